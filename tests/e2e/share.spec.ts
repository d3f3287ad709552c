import { readFile } from 'node:fs/promises';
import type { Download, Locator, Page } from '@playwright/test';
import { serveManual } from './hosts.ts';
import type { Host } from './hosts.ts';
import { copied, expect, expectFits, expectStep, here, link, open, SMALL, test } from './ringscope.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'], viewport: { width: 1280, height: 760 } });

const MAPPING = { kind: 'key', key: 'map_grant_ref#map_one', occurrence: 1 } as const;

const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Share this step' });

/** Opens the dialog at one of its parts. */
async function share(page: Page, name: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await dialog(page).getByRole('tab', { name }).click();
  const part = dialog(page).getByRole('tabpanel', { name });
  await expect(part).toBeVisible();
  return part;
}

async function downloaded(page: Page, part: Locator): Promise<{ name: string; bytes: Buffer }> {
  const coming: Promise<Download> = page.waitForEvent('download');
  await part.getByRole('link', { name: 'Download' }).click();
  const file = await coming;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

test('the link leads back to the step', async ({ page }) => {
  await open(page, link(SMALL, MAPPING));
  const { position } = await here(page);
  const part = await share(page, 'Link');
  await expect(part.getByText('map_grant_ref#map_one', { exact: true })).toBeVisible();
  await expect(part.getByText('1 page for TX, 1 page for RX')).toBeVisible();
  const address = await copied(page, 'Copy the link');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Share', exact: true })).toBeFocused();
  await page.goto('about:blank');
  await page.goto(address);
  await expectStep(page, position);
});

test.describe('markup', () => {
  let manual: Host;
  let markup = '';
  test.beforeAll(async () => {
    manual = await serveManual(() => markup);
  });
  test.afterAll(() => manual.close());

  test('does in another page what its settings say, in both forms', async ({ page }) => {
    await open(page, link(SMALL, MAPPING));
    const { position } = await here(page);
    const part = await share(page, 'Embed');
    await part.getByRole('checkbox', { name: 'Story' }).check();
    await part.getByRole('checkbox', { name: 'Stage' }).uncheck();
    await part.getByRole('checkbox', { name: 'Only the chapter' }).check();
    const frame = await copied(page, 'Copy the markup');
    await part.getByRole('radio', { name: 'Link with script' }).check();
    const script = await copied(page, 'Copy the markup');

    for (const one of [frame, script]) {
      markup = one;
      await page.goto(manual.address);
      const shown = page.frameLocator('iframe');
      await expectStep(shown, position);
      await expect(shown.getByRole('region', { name: 'Story' }).getByRole('heading', { level: 2 })).toBeVisible();
      await expect(shown.getByRole('region', { name: 'Stage' })).toHaveCount(0);
      const slider = shown.getByRole('slider', { name: 'Position in the run' });
      expect(Number(await slider.getAttribute('min'))).toBeGreaterThan(0);
    }
  });

  test('is shown as a frame when somebody asks', async ({ page }) => {
    await open(page, link(SMALL, MAPPING));
    const { position } = await here(page);
    const part = await share(page, 'Embed');
    expect(page.frames()).toHaveLength(1);
    await part.getByRole('button', { name: 'Preview' }).click();
    const frame = part.frameLocator('iframe');
    await expectStep(frame, position);
    await expect(frame.getByRole('region', { name: 'Stage' })).toBeVisible();
    await part.getByRole('radio', { name: 'None' }).check();
    await expect(frame.getByRole('region', { name: 'Stage' })).toBeVisible();
    await expect(frame.getByRole('region', { name: 'Transport' })).toHaveCount(0);
  });
});

test('pictures come as files: SVG, and PNG of twice the size', async ({ page }) => {
  await open(page, link(SMALL, MAPPING));
  const { position } = await here(page);
  const part = await share(page, 'Picture');
  await part.getByRole('radio', { name: 'Dark' }).check();
  const image = part.getByRole('img');
  const size = await image.evaluate(async (element: HTMLImageElement) => {
    await element.decode();
    return [element.naturalWidth, element.naturalHeight];
  });
  expect(Math.min(...size)).toBeGreaterThan(300);

  const svg = await downloaded(page, part);
  expect(svg.name).toBe(`ringscope-netif-multipage-step-${position}-stage-dark.svg`);
  expect(svg.bytes.toString()).toMatch(/^<\?xml[^]*map_grant_ref#map_one[^]*<\/svg>\n$/);
  expect(await copied(page, 'Copy the SVG')).toBe(svg.bytes.toString());

  await part.getByRole('radio', { name: 'PNG' }).check();
  const png = await downloaded(page, part);
  expect(png.name).toMatch(/-stage-dark\.png$/);
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
  expect([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]).toEqual(size.map((one) => one * 2));
  // A picture of one colour would be a few hundred bytes.
  expect(png.bytes.length).toBeGreaterThan(20_000);
  await part.getByRole('button', { name: 'Copy the PNG' }).click();
  const types = () => page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => item.types));
  await expect.poll(types).toContain('image/png');

  await part.getByRole('radio', { name: 'Sequence' }).check();
  await expect(part.getByRole('textbox', { name: 'Alt text' })).toHaveValue(/What happened until then, in \d+ lines/);
  const sequence = await downloaded(page, part);
  expect(sequence.bytes.readUInt32BE(20)).toBeGreaterThan(png.bytes.readUInt32BE(20));
  await part.getByRole('radio', { name: 'Mermaid' }).check();
  expect((await downloaded(page, part)).bytes.toString()).toMatch(/^sequenceDiagram\n/);
});

test('a chapter comes as an SVG that moves as an image, and stands still for who asks for less motion', async ({ page, context }) => {
  await open(page, link(SMALL, MAPPING));
  const part = await share(page, 'Picture');
  await part.getByRole('radio', { name: 'This chapter, animated' }).check();
  await part.getByRole('radio', { name: '1 s' }).check();
  await expect(part.getByRole('radio', { name: 'PNG' })).toHaveCount(0);
  const image = part.getByRole('img');
  await expect(image).toHaveAttribute('alt', /, steps 391 to 428 of 549: Chapter 14 of 17 · Xen maps the rings\. /);
  const before = (await image.screenshot()).toString('base64');
  await expect.poll(async () => (await image.screenshot()).toString('base64')).not.toBe(before);
  const file = await downloaded(page, part);
  expect(file.name).toMatch(/^ringscope-netif-multipage-steps-391-428-stage-(light|dark)\.svg$/);

  const alone = await context.newPage();
  await alone.setContent(file.bytes.toString().replace(/^<\?.*\n/, ''));
  /** The numbers of steps that can be seen `seconds` after the beginning; as it stands for null. */
  const seen = (seconds: number | null) => alone.evaluate((at) => {
    for (const moving of document.getAnimations()) {
      moving.pause();
      moving.currentTime = at === null ? moving.currentTime : at * 1000;
    }
    return [...document.querySelectorAll('text')].filter((text) => getComputedStyle(text).visibility === 'visible')
      .flatMap(({ textContent }) => /^step \d+ of \d+$/.exec(textContent) ?? []);
  }, seconds);
  for (const [seconds, step] of [[0, 391], [0.9, 391], [1.1, 392], [20.5, 411], [37.9, 428], [38.1, 391]] as const) {
    expect(await seen(seconds)).toEqual([`step ${step} of 549`]);
  }
  await alone.emulateMedia({ reducedMotion: 'reduce' });
  expect(await alone.evaluate(() => document.getAnimations().length)).toBe(0);
  expect(await seen(null)).toEqual(['step 428 of 549']);
});

test('the run comes as JSON and as a trace', async ({ page }) => {
  await open(page, link(SMALL, MAPPING));
  const { position, length } = await here(page);
  const part = await share(page, 'Data');
  const trace = await downloaded(page, part);
  expect(trace.name).toBe(`ringscope-netif-multipage-${position}-steps.txt`);
  expect(trace.bytes.toString().trimEnd().split('\n')).toHaveLength(position);
  await part.getByRole('radio', { name: 'The whole run' }).check();
  await part.getByRole('radio', { name: 'JSON' }).check();
  const json = await downloaded(page, part);
  expect(JSON.parse(json.bytes.toString())).toHaveLength(length);
});

test('the keyboard alone comes to everything', async ({ page }) => {
  await open(page, link(SMALL, MAPPING));
  await page.getByRole('button', { name: 'Share', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('tab', { name: 'Link' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(dialog(page).getByRole('tab', { name: 'Picture' })).toBeFocused();
  const part = dialog(page).getByRole('tabpanel', { name: 'Picture' });
  await expect(part.getByRole('img')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(part).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(part.getByRole('radio', { name: 'Stage' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(part.getByRole('radio', { name: 'Ring' })).toBeChecked();
  await expect(part.getByRole('radio', { name: 'Ring' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(part.getByRole('combobox', { name: 'Which ring' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(part.getByRole('radio', { name: 'This step' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(part.getByRole('link', { name: 'Download' })).toBeFocused();
  const coming = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await coming).suggestedFilename()).toContain('-ring-');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Share', exact: true })).toBeFocused();
});

for (const width of [320, 390, 2560]) {
  test.describe(`${width} pixels wide`, () => {
    test.use({ viewport: { width, height: 844 } });

    test('every part fits', async ({ page }) => {
      await open(page, link(SMALL, MAPPING));
      if (width < 768) await page.getByRole('button', { name: 'Settings' }).click();
      for (const [n, name] of ['Link', 'Embed', 'Picture', 'Data'].entries()) {
        const part = n === 0 ? await share(page, name) : dialog(page).getByRole('tabpanel', { name });
        await dialog(page).getByRole('tab', { name }).click();
        await expect(part.getByRole('button', { name: /^Copy/ }).first()).toBeVisible();
        if (name === 'Picture') await part.getByRole('radio', { name: 'This chapter, animated' }).check();
        await expectFits(page);
        expect(await part.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
      }
    });
  });
}
