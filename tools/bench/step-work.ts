import type { Page } from '@playwright/test';
import type { Config } from '../../src/sim/index.ts';
import { installDriver } from './driver.ts';
import { atMost, forInformation, quantile, rounded } from './figure.ts';
import type { Figure } from './figure.ts';
import type { Bench } from './page.ts';
import { perMark, traced } from './trace.ts';
import type { MainThread, Span } from './trace.ts';

const LIMIT_MS = 3;
const STEPS_A_CHAPTER = 8;
const FLOOR_STEPS = 136;

/**
 * What one step costs the page's main thread: eight steps from the beginning of every chapter, twice: what runs for
 * the first time is interpreted by the browser, and compiled only when it is used. The limit is for both. Script is the
 * handling of the key and of the frame, the selectors and React's commit, with the layout that these force; the whole is
 * that with all style, layout and painting.
 */
export async function stepWork(bench: Bench, name: string, config: Config): Promise<Figure[]> {
  const page = await bench.open(config);
  await installDriver(page);
  const first = await throughTheChapters(page);
  await page.evaluate(() => globalThis.driver.press('Home'));
  const again = await throughTheChapters(page);
  await page.close();
  const forced = perMark(again.forced, again.marked).map((span) => span.cpu);
  return [
    atMost(LIMIT_MS, { name: `script of a step, ${name}`, ...median(perMark(again.script, again.marked)) }),
    atMost(LIMIT_MS, { name: `script of a step for the first time, ${name}`, ...median(perMark(first.script, first.marked)) }),
    forInformation({
      name: `layout forced by the script of a step, ${name}`,
      value: quantile(forced, 0.5),
      unit: 'ms median',
    }),
    forInformation({ name: `all main-thread work of a step, ${name}`, ...median(perMark(again.tasks, again.marked)) }),
  ];
}

/** What of that script is the method's own: the same on a page of one button, where a key changes a number. */
export async function stepFloor(bench: Bench): Promise<Figure> {
  const page = await bench.browser.newPage();
  await page.addInitScript('globalThis.__name = (named) => named;');
  await page.goto(bench.bare.button);
  await installDriver(page);
  const { script, marked } = await traced(page, () => page.evaluate((steps) => globalThis.driver.pressMarked('ArrowRight', steps), FLOOR_STEPS));
  await page.close();
  return forInformation({ name: 'floor of the script of a step, a page of one button', ...median(perMark(script, marked)) });
}

/** Eight steps from the beginning of every chapter. */
function throughTheChapters(page: Page): Promise<MainThread> {
  return traced(page, () =>
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
}

/** The median of the thread's time; the detail tells how far the others lie from it. */
function median(spans: readonly Span[]): Pick<Figure, 'value' | 'unit' | 'detail'> {
  const cpu = spans.map((span) => span.cpu);
  const wall = quantile(spans.map((span) => span.wall), 0.5);
  return {
    value: quantile(cpu, 0.5),
    unit: 'ms median',
    detail: {
      p95: rounded(quantile(cpu, 0.95)),
      longest: rounded(quantile(cpu, 1)),
      wall: rounded(wall),
      steps: spans.length,
    },
  };
}
