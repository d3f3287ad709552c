import { atMost, quantile, rounded } from './figure.ts';
import type { Figure } from './figure.ts';
import type { Bench } from './page.ts';
import { SLOWDOWN, slowDown } from './slowed.ts';
import { usableAfter, watchUsable } from './usable.ts';

const LIMIT = 1.1;
const RUNS = 7;

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
      for (const which of ['page', 'flow'] as const) times[which].push(await timeOf(bench, which, factor));
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

async function timeOf(bench: Bench, which: 'page' | 'flow', factor: number): Promise<number> {
  const context = await bench.browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  if (factor > 1) await slowDown(page, factor);
  await watchUsable(page, which);
  await page.goto(bench.bare[which]);
  const time = await usableAfter(page);
  await context.close();
  return time;
}
