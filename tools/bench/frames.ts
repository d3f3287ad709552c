import type { Page } from '@playwright/test';
import type { Config } from '../../src/sim/index.ts';
import { installDriver, MARK } from './driver.ts';
import { atLeast, forInformation, rounded } from './figure.ts';
import type { Figure } from './figure.ts';
import type { Bench } from './page.ts';
import { SLOWDOWN, slowDown } from './slowed.ts';
import { record, stretchesOf } from './trace.ts';
import type { TraceEvent } from './trace.ts';

const LIMIT_FPS = 50;
const PLAY_MS = 5000;
const CATEGORIES = ['disabled-by-default-devtools.timeline.frame', 'blink.user_timing'];

/** Speeds to play at, as they are called on the page: the one that it begins with, and the fastest. */
const SPEEDS = ['1×', '16×'] as const;

/**
 * Pictures a second while the run plays on a processor so much slower: those that came onto the screen with what the main
 * thread had made. Without a change there is no picture: so a dot of one pixel changes its colour at each animation frame, on
 * a layer of its own, which is the least that a picture can cost. How many steps were shown is in the detail. The floor is
 * the same on a page of one button.
 */
export async function framesWhilePlaying(bench: Bench, name: string, config: Config, chapter: string): Promise<Figure[]> {
  const empty = await bench.browser.newPage({ viewport: { width: 1440, height: 900 } });
  await empty.goto(bench.bare.button);
  await slowDown(empty);
  const floor = picturesIn(await recordFrames(empty));
  await empty.close();
  const figures: Figure[] = [];
  for (const speed of SPEEDS) {
    const page = await bench.open(config, { kind: 'chapter', chapter });
    await installDriver(page);
    await page.getByRole('group', { name: 'Speed' }).getByRole('radio', { name: speed }).check();
    await slowDown(page);
    const from = await page.evaluate(() => globalThis.driver.position());
    await page.getByRole('region', { name: 'Transport' }).getByRole('button', { name: 'Play', exact: true }).click();
    const { pictures, seconds } = picturesIn(await recordFrames(page));
    const to = await page.evaluate(() => globalThis.driver.position());
    await page.close();
    if (to === from) throw new Error('nothing was played');
    figures.push(atLeast(LIMIT_FPS, {
      name: `frames a second while playing at ${speed}, ${SLOWDOWN}x slowdown, ${name}`,
      value: pictures / seconds,
      unit: 'frames/s',
      detail: { pictures, seconds: rounded(seconds), steps: to - from },
    }));
  }
  return [
    ...figures,
    forInformation({
      name: `frames a second at ${SLOWDOWN}x slowdown, a page of one button`,
      value: floor.pictures / floor.seconds,
      unit: 'frames/s',
      detail: { pictures: floor.pictures, seconds: rounded(floor.seconds) },
    }),
  ];
}

/** The frames of so many seconds, in each of which a dot changes. */
function recordFrames(page: Page): Promise<TraceEvent[]> {
  return record(page, CATEGORIES, () =>
    page.evaluate(
      async ({ mark, ms }) => {
        const dot = document.createElement('i');
        dot.style.cssText = 'position:fixed;inset:0 auto auto 0;width:1px;height:1px;contain:strict;will-change:transform';
        document.body.append(dot);
        performance.mark(`${mark}-begin`);
        const end = performance.now() + ms;
        for (let at = 0; performance.now() < end; at ^= 1) {
          dot.style.background = at === 0 ? 'black' : 'white';
          await new Promise(requestAnimationFrame);
        }
        performance.mark(`${mark}-end`);
      },
      { mark: MARK, ms: PLAY_MS },
    ),
  );
}

/** Pictures of the page's process that came whole onto the screen in the marked stretch. @throws without such a stretch */
export function picturesIn(events: readonly TraceEvent[]): { pictures: number; seconds: number } {
  const mark = events.find(({ name }) => name === `${MARK}-begin`);
  const [stretch] = stretchesOf(events);
  if (mark === undefined || stretch === undefined) throw new Error('the trace holds no marks of the driver');
  const pictures = events.filter(
    ({ name, ph, pid, ts, args }) =>
      name === 'PipelineReporter' && ph === 'b' && pid === mark.pid && isWhole(args) &&
      ts >= stretch.begin * 1000 && ts < stretch.end * 1000,
  );
  return { pictures: pictures.length, seconds: (stretch.end - stretch.begin) / 1000 };
}

/** Did the frame come onto the screen with all that was made for it, the main thread's part included? */
function isWhole(args: unknown): boolean {
  const { frame_reporter: reporter } = (args ?? {}) as { frame_reporter?: { state?: string } };
  return reporter?.state === 'STATE_PRESENTED_ALL';
}
