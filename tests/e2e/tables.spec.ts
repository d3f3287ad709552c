import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Locator, Page } from '@playwright/test';
import { expect, expectStep, link, open, test } from './ringscope.ts';

const axe = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));

async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.addScriptTag({ path: axe });
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: () => Promise<AxeResults> } };
    const found = await axe.run();
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`));
  });
}

async function lens(page: Page, name: string): Promise<Locator> {
  await page.getByRole('tab', { name }).click();
  return page.getByRole('tabpanel', { name });
}

const mapping = link({}, { kind: 'chapter', chapter: 'mapping' });

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test('axe finds nothing in the lenses of grants, events and xenstore', async ({ page }) => {
      await open(page, mapping);
      await (await lens(page, 'Grants')).getByRole('row', { name: /queue 0 TX ring page 3/ }).waitFor();
      expect(await violations(page), 'grants').toEqual([]);
      await (await lens(page, 'Events')).getByRole('row', { name: /queue 0 TX/ }).waitFor();
      expect(await violations(page), 'events').toEqual([]);
      const xenstore = await lens(page, 'Xenstore');
      await xenstore.getByRole('radio', { name: 'Whole store' }).check();
      await xenstore.getByRole('tree').press('Enter');
      await expect(xenstore.getByRole('region', { name: 'Key /' })).toBeVisible();
      expect(await violations(page), 'xenstore').toEqual([]);
    });
  });
}

test('the entry that a step maps comes into view, and the page stays where it is', async ({ page }) => {
  const last = { kind: 'key', key: 'map_grant_ref#map_one', occurrence: 16 } as const;
  await open(page, link({ txPages: 16, rxPages: 16 }, last));
  const grants = await lens(page, 'Grants');
  await expect(grants.locator('[role=row][data-hot]').filter({ hasText: 'TX ring page 15' })).toBeInViewport({ ratio: 0.9 });
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
  expect(await grid.getByRole('row').count()).toBeLessThan(40);
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
