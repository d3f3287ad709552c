import type { Locator, Page } from '@playwright/test';
import type { Config } from '../../src/sim/index.ts';
import { installDriver } from './driver.ts';
import { atMost, forInformation, quantile, rounded } from './figure.ts';
import type { Figure } from './figure.ts';
import type { Bench } from './page.ts';
import { SLOWDOWN, slowDown } from './slowed.ts';

const LIMIT_MS = 60;
const CLICKS_A_CHAPTER = 4;
const FLOOR_CLICKS = 40;

declare global {
  /** Milliseconds from each click to the picture that shows what it led to. */
  var clickToPaint: number[];
}

/**
 * From a click on the button that steps, on a processor so much slower, to the picture of the step that it led to. The clock
 * begins with the event's own time stamp. It ends when a message arrives that is sent in the animation frame after the
 * counter has changed, which is when that frame's style, layout and painting are done. (Event Timing ends at the first
 * picture after the handler: the step comes back from a worker later.) The floor is the same on a page of one button.
 */
export async function clickToPaint(bench: Bench, name: string, config: Config): Promise<Figure[]> {
  const floor = await floorOf(bench);
  const page = await bench.open(config);
  await installDriver(page);
  await slowDown(page);
  const transport = page.getByRole('region', { name: 'Transport' });
  const into = transport.getByRole('button', { name: 'Into' });
  await watchClicks(into, transport.getByText(/^step \d+ of \d+$/));
  for (let clicks = 0; ; clicks += CLICKS_A_CHAPTER) {
    await page.evaluate(() => globalThis.driver.press('PageDown'));
    if ((await into.getAttribute('aria-disabled')) === 'true') break;
    for (let n = 1; n <= CLICKS_A_CHAPTER; n++) await click(page, into, clicks + n);
  }
  const times = await page.evaluate(() => globalThis.clickToPaint);
  await page.close();
  const value = quantile(times, 0.95);
  return [
    atMost(LIMIT_MS, {
      name: `click to paint at ${SLOWDOWN}x slowdown, ${name}`,
      value,
      unit: 'ms p95',
      detail: { p50: rounded(quantile(times, 0.5)), clicks: times.length, aboveFloor: rounded(value - quantile(floor, 0.95)) },
    }),
    forInformation({
      name: `floor of click to paint at ${SLOWDOWN}x slowdown, a page of one button`,
      value: quantile(floor, 0.95),
      unit: 'ms p95',
      detail: { p50: rounded(quantile(floor, 0.5)), clicks: floor.length },
    }),
  ];
}

async function floorOf(bench: Bench): Promise<number[]> {
  const page = await bench.browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript('globalThis.__name = (named) => named;');
  await page.goto(bench.bare.button);
  await slowDown(page);
  const button = page.getByRole('button');
  await watchClicks(button, page.locator('#count'));
  for (let n = 1; n <= FLOOR_CLICKS; n++) await click(page, button, n);
  const times = await page.evaluate(() => globalThis.clickToPaint);
  await page.close();
  return times;
}

/** Clicks where the button is, without the checks of the tool, and waits for the picture. */
async function click(page: Page, button: Locator, nth: number): Promise<void> {
  const box = await button.boundingBox();
  if (box === null) throw new Error('the button is not there');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForFunction((count) => globalThis.clickToPaint.length >= count, nth);
}

/** Starts the clock at each click on `button`, and stops it when the text of `counter` has changed and is painted. */
async function watchClicks(button: Locator, counter: Locator): Promise<void> {
  const shown = await counter.elementHandle();
  await button.evaluate((pressed, text) => {
    const times: number[] = [];
    globalThis.clickToPaint = times;
    pressed.addEventListener(
      'click',
      ({ timeStamp }) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => {
              times.push(performance.now() - timeStamp);
              port1.close();
            };
            port2.postMessage(null);
          });
        });
        observer.observe(text, { childList: true, characterData: true, subtree: true });
      },
      { capture: true },
    );
  }, shown);
}
