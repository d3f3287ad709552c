import { expect, expectStep, link, open, pick, SMALL, test } from './ringscope.ts';
import type { Page } from '@playwright/test';

const TRAFFIC = { scenario: 'traffic' };

async function openRings(page: Page, address: string): Promise<void> {
  await open(page, address);
  const lenses = page.getByRole('button', { name: 'Lenses', exact: true });
  if (await lenses.isVisible()) await lenses.click();
  await page.getByRole('tab', { name: 'Rings' }).click();
  await expect(page.getByRole('region', { name: /ring of queue 0$/ })).toBeVisible();
}

const circle = (page: Page) => page.getByRole('slider', { name: /^Slot of the/ });
const field = (page: Page) => page.getByRole('textbox', { name: 'Slot' });

test('a slot is pointed at on the circle and on the line of bytes, and keys go on from there', async ({ page }) => {
  await openRings(page, link(SMALL, 163, TRAFFIC));
  const box = (await circle(page).boundingBox())!;
  // To the right of the middle is a quarter of the way around.
  await circle(page).click({ position: { x: box.width * 0.85, y: box.height / 2 + 1 } });
  await expect(field(page)).toHaveValue('64');
  await circle(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect(circle(page)).toHaveAttribute('aria-valuenow', '65');
  await page.keyboard.press('Home');
  await expect(field(page)).toHaveValue('0');
  // The keys were the circle's alone.
  await expectStep(page, 163);
  await expect(page.getByRole('table', { name: /^as a request it is one/ })).toBeVisible();
  const line = page.getByRole('presentation').filter({ has: page.locator('[data-header]') });
  await line.scrollIntoViewIfNeeded();
  const bar = (await line.boundingBox())!;
  await line.click({ position: { x: (bar.width * (64 + 12 * 100 + 6)) / 4096, y: bar.height / 2 } });
  await expect(field(page)).toHaveValue('100');
});

test('the ring that the step touches is shown, until one is chosen', async ({ page }) => {
  await openRings(page, link(SMALL, 88, TRAFFIC));
  await expect(page.getByRole('region', { name: 'TX ring of queue 0' })).toBeVisible();
  await pick(page, 'Ring', 'RX');
  await expect(page.getByRole('region', { name: 'RX ring of queue 0' })).toBeVisible();
  const follow = page.getByRole('button', { name: 'Follow the step' });
  await expect(follow).toHaveAttribute('aria-pressed', 'false');
  await follow.click();
  await expect(page.getByRole('region', { name: 'TX ring of queue 0' })).toBeVisible();
});

test('the name of a structure keeps apart from what is said beside it', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openRings(page, link({}, 453));
  await field(page).fill('677');
  const name = (await page.getByText('netif_tx_response', { exact: true }).boundingBox())!;
  const beside = (await page.getByText('It means nothing now').boundingBox())!;
  expect(name.x + name.width).toBeLessThanOrEqual(beside.x - 16);
});

test('nothing is cut off on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await openRings(page, link({ txPages: 16, rxPages: 16 }, { kind: 'chapter', chapter: 'ready' }));
  await field(page).fill('4095');
  await expect(page.getByRole('region', { name: 'Slot 4095' })).toBeVisible();
  const region = page.getByRole('region', { name: /ring of queue 0$/ });
  await expect.poll(() => region.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
});
