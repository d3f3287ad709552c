import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { formatLink } from '../../src/store/permalink.ts';
import { SCHEMES, SIZES } from './pictures.ts';
import type { Doing, Picture, View } from './pictures.ts';

/** Only ends what would wait for ever. */
const PATIENCE_MS = 60_000;

/** One picture in one size and one set of colours. */
export interface Shot {
  readonly picture: Picture;
  readonly size: (typeof SIZES)[number];
  readonly scheme: (typeof SCHEMES)[number];
}

/** Each picture in each size, light and dark. */
export function shotsOf(pictures: readonly Picture[]): Shot[] {
  return pictures.flatMap((picture) => SIZES.flatMap((size) => SCHEMES.map((scheme) => ({ picture, size, scheme }))));
}

/** Its file: what it shows, how wide and high, and its colours. */
export function fileOf({ picture, size, scheme }: Shot): string {
  return `${picture.name}-${size.width}x${size.height}-${scheme}.png`;
}

/** Puts the picture into `folder`. @throws what could not be done for it, or what the page complained of */
export async function take(browser: Browser, address: string, shot: Shot, folder: string): Promise<void> {
  const { picture, size, scheme } = shot;
  const context = await browser.newContext({ viewport: size, colorScheme: scheme });
  context.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (/^(error|warning)$/.test(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (error) => complaints.push(`page error: ${error.error().message}`));
  try {
    const page = await context.newPage();
    const run = { scenario: 'netif-multipage', config: picture.config, choices: [] };
    await page.goto(`${address}${formatLink(run, picture.at)}`);
    await atPosition(page, picture.at.kind === 'position' ? /^step 0 of [1-9]/ : /^step [1-9]\d* of /);
    await begun(page);
    await bringForward(page, picture.view);
    for (const doing of picture.doing) await act(page, doing);
    await settled(page);
    await page.screenshot({ path: join(folder, fileOf(shot)), animations: 'disabled', caret: 'hide' });
  } finally {
    await context.close();
  }
  if (complaints.length > 0) throw new Error(`the page complained: ${complaints.join('; ')}`);
}

/** Waits for the counter of the transport, which some widths hide. */
async function atPosition(page: Page, counter: RegExp): Promise<void> {
  await page.locator('section[aria-label=Transport]').getByText(counter).waitFor({ state: 'attached' });
}

/** What a page loads once it has begun is on its way: the marks are of that. */
async function begun(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Mark A', includeHidden: true }).first().waitFor({ state: 'attached' });
}

/** Shows that part where the page shows one at a time; elsewhere it is there. */
async function bringForward(page: Page, view: View): Promise<void> {
  const tab = page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view, exact: true });
  if (await tab.isVisible()) await tab.click();
  await page.getByRole('region', { name: view, exact: true }).waitFor();
}

async function act(page: Page, doing: Doing): Promise<void> {
  if ('press' in doing) {
    await page.keyboard.press(doing.press);
    await atPosition(page, /^step (\d+) of \1$/);
  } else if ('lens' in doing) {
    await page.getByRole('tab', { name: doing.lens }).click();
    // It comes on its own; one without anything in it has not come.
    await page.getByRole('tabpanel', { name: doing.lens }).locator(':scope > *').first().waitFor();
  } else {
    await page.getByRole('button', { name: doing.button, exact: true }).click();
    await page.locator('dialog, [role=dialog], section').and(page.getByLabel(doing.shows, { exact: true })).waitFor();
  }
}

/**
 * The words of the step are there, the letters have their shapes, what was asked for is drawn, and lists have scrolled to
 * where they show what matters: those that look at sizes do so after the picture (src/store/after-layout.ts).
 */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() =>
    document.querySelector('[aria-busy=true]') === null && document.querySelector('section[aria-label=Story] h2') !== null);
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let picture = 0; picture < 3; picture++) {
      await new Promise<void>((done) => {
        requestAnimationFrame(() => setTimeout(done));
      });
    }
  });
}
