import type { Page } from '@playwright/test';
import { builtPage, serveFolder, serveManual } from './hosts.ts';
import type { Host } from './hosts.ts';
import { expect, expectBegun, expectConnected, expectEnd, expectOpen, expectStep, link, SMALL, story, test } from './ringscope.ts';

test.use({ viewport: { width: 1280, height: 760 } });

/** The strictest that a site can have. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; worker-src 'self'; connect-src 'self'; " +
  "font-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types ringscope ringscope-frame";

let files: Host;
let manual: Host;
let attributes = '';

test.beforeAll(async ({ baseURL }) => {
  files = await serveFolder(builtPage(baseURL), { 'content-security-policy': POLICY });
  manual = await serveManual(() => `<iframe title="RingScope" width="1200" height="640" ${attributes}></iframe>`);
});

test.afterAll(async () => {
  await files.close();
  await manual.close();
});

test('the page works under the strictest policy, all of it', async ({ page }) => {
  await page.goto(`${files.address}${link(SMALL, 3)}`);
  await expectStep(page, 3);
  await expectBegun(page);
  expect(page.workers()).toHaveLength(1);
  await expect(story(page).getByRole('heading', { level: 2 })).toBeVisible();
  for (const lens of ['Rings', 'Memory', 'Xenstore', 'Grants', 'Events', 'Log', 'Choices']) {
    await page.getByRole('tab', { name: lens }).click();
    await expect(page.getByRole('tabpanel', { name: lens })).not.toBeEmpty();
  }
  await page.getByRole('button', { name: 'To the end', exact: true }).click();
  await expectConnected(page);
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect(page.locator('.react-flow__node').first()).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await expect(page.getByRole('dialog')).toBeVisible();
});

test.describe('in the ways to share', () => {
  // A policy that forbids frames says so once the preview is asked for.
  test.use({ allowed: [/Content Security Policy.*(?:frame-src|default-src)/] });

  test('files are made, and the preview says what forbids it', async ({ page }) => {
    await page.goto(`${files.address}${link(SMALL, 3)}`);
    await expectStep(page, 3);
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await page.getByRole('tab', { name: 'Picture' }).click();
    const part = page.getByRole('tabpanel', { name: 'Picture' });
    for (const format of ['SVG', 'PNG']) {
      await part.getByRole('radio', { name: format }).check();
      const coming = page.waitForEvent('download');
      await part.getByRole('link', { name: 'Download' }).click();
      expect((await coming).suggestedFilename()).toContain(`.${format.toLowerCase()}`);
    }
    expect(await part.getByRole('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    await page.getByRole('tab', { name: 'Embed' }).click();
    await page.getByRole('button', { name: 'Preview' }).click();
    await expect(page.getByText('The server of this page forbids frames in it')).toBeVisible();
  });
});

async function show(page: Page, address: string, more = ''): Promise<void> {
  attributes = `${more} src="${address}"`;
  await page.goto(manual.address);
}

test('so does a frame', async ({ page }) => {
  await show(page, `${files.address}embed.html?panels=stage,story,lens${link(SMALL, 3)}`);
  const frame = page.frameLocator('iframe');
  await expectStep(frame, 3);
  await expect(frame.getByRole('region', { name: 'Story' }).getByRole('heading', { level: 2 })).toBeVisible();
  expect(page.workers()).toHaveLength(1);
});

test.describe('in a sandboxed frame', () => {
  // Where a worker may come from no address and no blob, the browser says so.
  test.use({ allowed: [/blob:.*Content Security Policy|Content Security Policy.*blob:/] });

  test('the engine runs in process', async ({ page }) => {
    await show(page, `${files.address}embed.html?panels=stage,story${link(SMALL, 3)}`, 'sandbox="allow-scripts"');
    const frame = page.frameLocator('iframe');
    await expectOpen(frame);
    await expectStep(frame, 3);
    await frame.getByRole('button', { name: 'To the end', exact: true }).click();
    await expectEnd(frame);
    await expect(frame.getByRole('region', { name: 'Story' }).getByRole('heading', { level: 2 })).toBeVisible();
    expect(page.workers()).toHaveLength(0);
  });
});
