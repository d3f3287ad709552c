import type { Config } from '../../src/sim/index.ts';
import { installDriver } from './driver.ts';
import { atMost, forInformation, quantile, rounded } from './figure.ts';
import type { Figure } from './figure.ts';
import type { Bench } from './page.ts';
import { perMark, traced } from './trace.ts';

const LIMIT_MS = 4;
const STEPS_A_CHAPTER = 8;

/**
 * What one step costs the page's main thread: eight steps from the beginning of every chapter. Script is the handling
 * of the key and of the frame, the selectors and React's commit; the whole is that with style, layout and painting.
 */
export async function stepWork(bench: Bench, name: string, config: Config): Promise<Figure[]> {
  const page = await bench.open(config);
  await installDriver(page);
  const main = await traced(page, () =>
    page.evaluate(async (steps) => {
      const { driver } = globalThis;
      for (let before = -1; ; ) {
        await driver.press('PageDown');
        // A chapter shorter than the steps leads to one that was seen already.
        if (driver.position() <= before) throw new Error('a chapter leads back');
        before = driver.position();
        const end = document.querySelector('[aria-keyshortcuts="End"]')?.getAttribute('aria-disabled') === 'true';
        if (end) return;
        await driver.pressMarked('ArrowRight', steps);
      }
    }, STEPS_A_CHAPTER),
  );
  await page.close();
  const script = perMark(main.script, main.marked);
  const tasks = perMark(main.tasks, main.marked);
  return [
    atMost(LIMIT_MS, {
      name: `script of a step, ${name}`,
      value: quantile(script, 0.5),
      unit: 'ms median',
      detail: spread(script),
    }),
    forInformation({
      name: `all main-thread work of a step, ${name}`,
      value: quantile(tasks, 0.5),
      unit: 'ms median',
      detail: spread(tasks),
    }),
  ];
}

function spread(values: readonly number[]): NonNullable<Figure['detail']> {
  return { p95: rounded(quantile(values, 0.95)), max: rounded(quantile(values, 1)), steps: values.length };
}
