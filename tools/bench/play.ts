import type { Config } from '../../src/sim/index.ts';
import { installDriver, MARK } from './driver.ts';
import { atMost, quantile, rounded } from './figure.ts';
import type { Figure } from './figure.ts';
import type { Bench } from './page.ts';
import { traced } from './trace.ts';

const LIMIT_MS = 50;
const PLAY_MS = 5000;

/** The longest task of the main thread in five seconds of play at 4x, from where Xen maps the rings: all is on stage. */
export async function playing(bench: Bench, name: string, config: Config): Promise<Figure> {
  const page = await bench.open(config);
  await installDriver(page);
  await page.getByRole('group', { name: 'Speed' }).getByRole('radio', { name: '4×' }).check();
  await page.evaluate(async () => {
    const story = document.querySelector('section[aria-label="Story"]');
    while (!story?.textContent?.includes('Xen maps the rings')) await globalThis.driver.press('PageDown');
  });
  const steps = { from: await page.evaluate(() => globalThis.driver.position()), to: 0 };
  const main = await traced(page, async () => {
    await page.evaluate(
      async ({ mark, ms }) => {
        performance.mark(`${mark}-begin`);
        globalThis.driver.send(' ');
        await new Promise((resolve) => setTimeout(resolve, ms));
        performance.mark(`${mark}-end`);
        globalThis.driver.send(' ');
      },
      { mark: MARK, ms: PLAY_MS },
    );
  });
  steps.to = await page.evaluate(() => globalThis.driver.position());
  await page.close();
  const [stretch] = main.marked;
  if (stretch === undefined) throw new Error('nothing was played');
  const tasks = main.tasks.filter(({ begin }) => begin >= stretch.begin && begin < stretch.end).map(({ ms }) => ms);
  return atMost(LIMIT_MS, {
    name: `longest task while playing at 4x, ${name}`,
    value: quantile(tasks, 1),
    unit: 'ms',
    detail: { steps, p99: rounded(quantile(tasks, 0.99)), busy: rounded(tasks.reduce((a, b) => a + b, 0) / PLAY_MS) },
  });
}
