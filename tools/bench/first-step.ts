import { atMost, quantile, rounded } from './figure.ts';
import type { Figure } from './figure.ts';
import type { Bench } from './page.ts';
import { SLOWDOWN, slowDown } from './slowed.ts';

const LIMIT = 1.1;
const RUNS = 7;

declare global {
  /** Milliseconds from the beginning of the navigation until the page could be used; undefined before. */
  var usableAfter: number | undefined;
}

/** When the page can be used. It runs in the page. */
const usable = {
  page: () => {
    const into = document.querySelector('[aria-keyshortcuts="ArrowRight"]');
    return into?.getAttribute('aria-disabled') === 'false';
  },
  flow: () => {
    const nodes = [...document.querySelectorAll<HTMLElement>('.react-flow__node')];
    return nodes.length === 50 && nodes.every(({ style }) => style.visibility === 'visible');
  },
} as const;

/**
 * How long it takes until the first step can be made, against how long a bare page of fifty nodes of React Flow takes to
 * show them. Both are built and served alike, and opened in turns, each time in a browser context of its own, where
 * nothing is cached.
 */
export async function firstStep(bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const factor of [1, SLOWDOWN]) {
    const times = { page: [] as number[], flow: [] as number[] };
    for (let run = 0; run < RUNS; run++) {
      for (const which of ['page', 'flow'] as const) times[which].push(await usableAfter(bench, which, factor));
    }
    const page = quantile(times.page, 0.5);
    const flow = quantile(times.flow, 0.5);
    figures.push(
      atMost(LIMIT, {
        name: `time to the first step against a bare React Flow page, ${factor}x slowdown`,
        value: page / flow,
        unit: 'times',
        detail: { pageMs: rounded(page), flowMs: rounded(flow), runs: RUNS, all: times },
      }),
    );
  }
  return figures;
}

async function usableAfter(bench: Bench, which: keyof typeof usable, factor: number): Promise<number> {
  const context = await bench.browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  if (factor > 1) await slowDown(page, factor);
  await page.addInitScript(`globalThis.__name = (named) => named; (${watch.toString()})(${usable[which].toString()})`);
  await page.goto(bench.bare[which]);
  await page.waitForFunction(() => globalThis.usableAfter !== undefined);
  const time = await page.evaluate(() => globalThis.usableAfter);
  await context.close();
  if (time === undefined) throw new Error('the page did not become usable');
  return time;
}

/** Writes down when `ready` is first true after a change of the document. It runs in the page, before all else. */
function watch(ready: () => boolean): void {
  const observer = new MutationObserver(() => {
    if (!ready()) return;
    observer.disconnect();
    globalThis.usableAfter = performance.now();
  });
  observer.observe(document, { childList: true, subtree: true, attributes: true });
}
