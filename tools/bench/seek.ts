import { seededRandom } from '../../src/base/random.ts';
import { scenarios, Timeline } from '../../src/sim/index.ts';
import type { Config } from '../../src/sim/index.ts';
import { installDriver } from './driver.ts';
import { atMost, forInformation, quantile, rounded } from './figure.ts';
import type { Figure } from './figure.ts';
import type { Bench } from './page.ts';

const LIMIT_MS = 16;
const SEEKS = 500;
const CLICKS = 100;
const SEED = 0x52_49_4e_47;
/** Pixels that a click must lie from the one before, so that it leads to another position. */
const APART = 4;

/** Random seeks through a finished run in Node: the state moves, nothing is drawn. */
export function seekInCore(config: Config): Figure[] {
  const scenario = scenarios[0]!;
  const timeline = new Timeline(scenario.build(config), scenario.schedule);
  while (timeline.forward());
  const random = seededRandom(SEED);
  const times = Array.from({ length: SEEKS }, () => {
    const to = Math.floor(random() * (timeline.length + 1));
    const began = performance.now();
    timeline.seek(to);
    return performance.now() - began;
  });
  const detail = { seeks: SEEKS, steps: timeline.length };
  return [
    forInformation({ name: 'random seek in Node, p50', value: quantile(times, 0.5), unit: 'ms', detail }),
    atMost(LIMIT_MS, { name: 'random seek in Node, longest', value: quantile(times, 1), unit: 'ms', detail }),
  ];
}

/** From a click on the timeline until the page shows that position: to the worker, back, and into the page. */
export async function seekInPage(bench: Bench, config: Config): Promise<Figure[]> {
  const page = await bench.open(config);
  await installDriver(page);
  const slider = page.getByRole('slider', { name: 'Position in the run' });
  const box = await slider.boundingBox();
  if (box === null) throw new Error('the page shows no timeline');
  const random = seededRandom(SEED);
  for (let clicks = 0, last = 0; clicks < CLICKS; ) {
    const x = random() * box.width;
    if (Math.abs(x - last) < APART) continue;
    last = x;
    clicks++;
    await page.mouse.click(box.x + x, box.y + box.height / 2);
    await page.waitForFunction((count) => globalThis.driver.roundTrips.length === count, clicks);
  }
  const times = await page.evaluate(() => globalThis.driver.roundTrips);
  await page.close();
  const detail = { clicks: CLICKS, longest: rounded(quantile(times, 1)) };
  return [forInformation({ name: 'random seek in the page, p50', value: quantile(times, 0.5), unit: 'ms', detail })];
}
