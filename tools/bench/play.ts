import type { Config } from '../../src/sim/index.ts';
import { installDriver, MARK } from './driver.ts';
import { atMost, quantile, rounded } from './figure.ts';
import type { Figure } from './figure.ts';
import type { Bench } from './page.ts';
import { traced } from './trace.ts';

const LIMIT_MS = 50;
const PLAY_MS = 5000;

/** The longest task of the main thread in five seconds of play at 16x from that chapter. */
export async function playing(bench: Bench, name: string, config: Config, chapter: string): Promise<Figure> {
  const page = await bench.open(config, { kind: 'chapter', chapter });
  await installDriver(page);
  await page.getByRole('group', { name: 'Speed' }).getByRole('radio', { name: '16×' }).check();
  const steps = { from: await page.evaluate(() => globalThis.driver.position()), to: 0 };
  const main = await traced(page, async () => {
    await page.evaluate(
      async ({ mark, ms }) => {
        performance.mark(`${mark}-begin`);
        globalThis.driver.send(' ');
        await new Promise((resolve) => setTimeout(resolve, ms));
        performance.mark(`${mark}-end`);
      },
      { mark: MARK, ms: PLAY_MS },
    );
  });
  steps.to = await page.evaluate(() => globalThis.driver.position());
  await page.close();
  const [stretch] = main.marked;
  if (stretch === undefined) throw new Error('nothing was played');
  const tasks = main.tasks.filter(({ begin }) => begin >= stretch.begin && begin < stretch.end);
  const cpu = tasks.map((task) => task.cpu);
  return atMost(LIMIT_MS, {
    name: `longest task while playing at 16x, ${name}`,
    value: quantile(cpu, 1),
    unit: 'ms',
    detail: {
      steps,
      wall: rounded(quantile(tasks.map((task) => task.wall), 1)),
      p99: rounded(quantile(cpu, 0.99)),
      busy: rounded(cpu.reduce((sum, ms) => sum + ms, 0) / PLAY_MS),
    },
  });
}
