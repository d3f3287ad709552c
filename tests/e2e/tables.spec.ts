import type { Locator, Page } from '@playwright/test';
import { expect, expectStep, link, open, test } from './ringscope.ts';

async function lens(page: Page, name: string): Promise<Locator> {
  await page.getByRole('tab', { name }).click();
  return page.getByRole('tabpanel', { name });
}

const mapping = link({}, { kind: 'chapter', chapter: 'mapping' });

test('the entry that a step maps comes into view, and the page stays where it is', async ({ page }) => {
  const last = { kind: 'key', key: 'map_grant_ref#map_one', occurrence: 16 } as const;
  await open(page, link({ txPages: 16, rxPages: 16 }, last));
  const grants = await lens(page, 'Grants');
  // The row may be wider than the lens, whose table then scrolls sideways: its head says whether it is seen in its height.
  const mapped = grants.locator('[role=row][data-hot]').filter({ hasText: 'TX ring page 15' });
  await expect(mapped.getByRole('rowheader')).toBeInViewport({ ratio: 0.9 });
  expect(await page.evaluate(() => document.scrollingElement?.scrollTop)).toBe(0);
});

test('a table of 129 frames scrolls to its last entry by keyboard', async ({ page }) => {
  await open(page, link({ txPages: 16, rxPages: 16, queues: 8, maxGrantFrames: 256 }, { kind: 'chapter', chapter: 'mapping' }));
  const grants = await lens(page, 'Grants');
  await grants.getByRole('searchbox').fill('0-');
  const grid = grants.getByRole('grid');
  await grid.press('End');
  await expect(grid.getByRole('row', { name: /65800 to 66047 free/ })).toBeInViewport();
  await grid.press('Enter');
  await expect(grid.getByRole('button', { name: /65800 to 66047/, expanded: true })).toBeVisible();
  await grid.press('End');
  await expect(grid.getByRole('rowheader', { name: /66047/ })).toBeInViewport();
  await expect.poll(() => grid.getByRole('row').count()).toBeLessThan(40);
});

test('the same step is the same picture on every way to it, unless somebody scrolled', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, link({}, 360));
  const xenstore = await lens(page, 'Xenstore');
  const front = xenstore.getByRole('grid', { name: 'device/vif/0' });
  const top = (): Promise<number> => front.evaluate((grid) => grid.scrollTop);
  const step = async (key: string, to: number): Promise<void> => {
    await page.keyboard.press(key);
    await expectStep(page, to);
  };
  // The commit of eight keys, far below.
  await expect.poll(top).toBeGreaterThan(100);
  const committed = await top();
  await step('ArrowRight', 361);
  await expect.poll(top).toBe(0);
  await step('ArrowLeft', 360);
  await expect.poll(top).toBe(committed);
  await front.evaluate((grid) => grid.scrollBy(0, -24));
  await step('ArrowRight', 361);
  await step('ArrowRight', 362);
  expect(await top()).toBe(committed - 24);
});

test('the history of a key leads to the step that wrote it', async ({ page }) => {
  await open(page, mapping);
  const xenstore = await lens(page, 'Xenstore');
  await xenstore.getByRole('searchbox').fill('tx-ring-ref2');
  await xenstore.getByRole('button', { name: 'tx-ring-ref2', exact: true }).click();
  const details = xenstore.getByRole('region', { name: /tx-ring-ref2$/ });
  const write = details.getByRole('button', { name: /made: “2058”/ });
  const step = Number(/\d+/.exec((await write.textContent()) ?? '')?.[0]);
  await write.click();
  await expectStep(page, step);
  await expect(details.getByRole('listitem').filter({ has: page.locator('[aria-current=step]') })).toBeVisible();
});
