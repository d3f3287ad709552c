import type { Page } from '@playwright/test';
import { counter, expect, expectEnd, expectPainted, expectStep, here, link, open, SMALL, stage, test, words } from './ringscope.ts';

/**
 * The stage as an image. Transitions are taken to their end, so that equal states are equal images; and all of it is
 * painted anew, as the other theme and back makes a browser do: where it paints only what changed, an edge may come out
 * softer than it was.
 */
async function picture(page: Page): Promise<string> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.emulateMedia({ colorScheme: 'light' });
  // After the picture, lists scroll to what a step changed, or back.
  await expectPainted(page);
  const png = await stage(page).screenshot({ animations: 'disabled', caret: 'hide' });
  return `data:image/png;base64,${png.toString('base64')}`;
}

/**
 * The most that any pixel differs in any channel, of 255. What was drawn before may leave a difference of 1
 * on a few soft edges; whatever a person could see is far above that.
 */
function difference(page: Page, a: string, b: string): Promise<number> {
  return page.evaluate(async (sources) => {
    const [one, other] = await Promise.all(
      sources.map(async (source) => {
        const image = new Image();
        image.src = source;
        await image.decode();
        const { width, height } = image;
        const canvas = new OffscreenCanvas(width, height).getContext('2d')!;
        canvas.drawImage(image, 0, 0);
        return { width, height, bytes: canvas.getImageData(0, 0, width, height).data };
      }),
    );
    if (one!.width !== other!.width || one!.height !== other!.height) return 255;
    return one!.bytes.reduce((most, byte, i) => Math.max(most, Math.abs(byte - other!.bytes[i]!)), 0);
  }, [a, b]);
}

test('Home brings back the very picture of the start', async ({ page }) => {
  await open(page);
  const [said, seen] = [await words(page), await picture(page)];

  await page.keyboard.press('End');
  await expectEnd(page);
  expect(await words(page)).not.toBe(said);
  expect(await difference(page, seen, await picture(page))).toBeGreaterThan(100);

  await page.keyboard.press('Home');
  await expectStep(page, 0);
  expect(await words(page)).toBe(said);
  expect(await difference(page, seen, await picture(page))).toBeLessThanOrEqual(1);
});

test('a click on a step into is followed by its picture, with no message in between', async ({ page }) => {
  await open(page);
  const into = page.getByRole('region', { name: 'Transport' }).getByRole('button', { name: 'Into' });
  await into.click();
  await expectStep(page, 1);
  const shown = await counter(page).elementHandle();
  // Whether the picture of the next step has come already cannot be seen; as soon as it has, no click waits.
  const isAtOnce = (): Promise<boolean> =>
    into.evaluate(async (button, text) => {
      const before = text?.textContent;
      (button as HTMLElement).click();
      // React draws in a microtask; a message would be a task.
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
      return text?.textContent !== before;
    }, shown);
  await expect.poll(isAtOnce).toBe(true);
  const { position } = await here(page);
  await page.keyboard.press('ArrowLeft');
  await expectStep(page, position - 1);
});

test('each step back shows what was there on the way out, down to the start', async ({ page }) => {
  const STEPS = 32;
  // Twice as many steps, and all words after each: on a slow and busy machine that takes longer than a test usually may.
  test.setTimeout(240_000);
  await open(page, link(SMALL));
  const seen = await picture(page);
  const said = [await words(page)];
  for (let n = 1; n <= STEPS; n++) {
    await page.keyboard.press('ArrowRight');
    await expectStep(page, n);
    said.push(await words(page));
  }
  expect(new Set(said).size).toBe(STEPS + 1);

  for (let n = STEPS - 1; n >= 0; n--) {
    await page.keyboard.press('ArrowLeft');
    await expectStep(page, n);
    expect(await words(page)).toBe(said[n]);
  }
  expect(await difference(page, seen, await picture(page))).toBeLessThanOrEqual(1);
});

test('a step in the middle is the same from both sides and by a link', async ({ page, context }) => {
  await open(page, link(SMALL, { kind: 'chapter', chapter: 'mapping' }));
  const { position } = await here(page);
  const said = await words(page);
  await page.keyboard.press('ArrowRight');
  await expectStep(page, position + 1);
  await page.keyboard.press('ArrowLeft');
  await expectStep(page, position);
  expect(await words(page)).toBe(said);

  const other = await context.newPage();
  await open(other, link(SMALL, position));
  await expectStep(other, position);
  await expect.poll(() => words(other)).toBe(said);
});

/**
 * Takes a dozen steps through the mapping. Returns how long, in milliseconds, the longest motion takes that they bring
 * about, or less than nothing where they bring about none: as the browser was told, so that a slow machine cannot make it
 * longer or miss it.
 */
async function longestMotion(page: Page): Promise<number> {
  await open(page, link(SMALL, { kind: 'chapter', chapter: 'mapping' }));
  const { position } = await here(page);
  // The lines between the zones, which draw themselves, come a moment after the rest.
  await expect(stage(page).locator('[data-kind=page]').first()).toBeAttached();
  await page.evaluate(listen);
  for (let n = 1; n <= 12; n++) {
    await page.keyboard.press('ArrowRight');
    await expectStep(page, position + n);
    await page.evaluate(settled);
  }
  return page.evaluate(() => globalThis.longest * 1000);
}

declare global {
  // Seconds, on the page.
  var longest: number;
}

function listen(): void {
  globalThis.longest = -1;
  const ended = ({ elapsedTime }: TransitionEvent | AnimationEvent): void => {
    globalThis.longest = Math.max(globalThis.longest, elapsedTime);
  };
  document.addEventListener('transitionend', ended, true);
  document.addEventListener('animationend', ended, true);
}

/** Whatever moves has come to its end, and the page has heard of it. */
async function settled(): Promise<void> {
  await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})));
  await new Promise(requestAnimationFrame);
}

test('where motion is not wanted, a step moves nothing that could be seen', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await longestMotion(page)).toBeLessThan(0);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect(await longestMotion(page)).toBeGreaterThan(100);
});
