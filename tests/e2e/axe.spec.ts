import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from '@playwright/test';
import { expect, expectConnected, expectEnd, expectStory, link, open, test } from './ringscope.ts';

const axe = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));

/** What axe finds wrong, one line an element. */
async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.addScriptTag({ path: axe });
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: () => Promise<AxeResults> } };
    const found = await axe.run();
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
    );
  });
}

for (const [width, viewport] of [
  ['wide', { width: 1440, height: 900 }],
  ['narrow', { width: 390, height: 844 }],
] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${width}, ${colorScheme}`, () => {
      // Half-way through a fade, colours are nobody's.
      test.use({ viewport, colorScheme, contextOptions: { reducedMotion: 'reduce' } });

      test('axe finds nothing at the start, while mapping and when connected', async ({ page }) => {
        await open(page);
        expect(await violations(page)).toEqual([]);

        await open(page, link({}, { kind: 'chapter', chapter: 'mapping' }));
        await expect(page.getByRole('button', { name: 'Frontend state: 4 Connected' })).toBeVisible();
        if (width === 'wide') await expectStory(page);
        expect(await violations(page)).toEqual([]);

        await page.keyboard.press('End');
        await expectEnd(page);
        await expectConnected(page);
        expect(await violations(page)).toEqual([]);
        if (width === 'wide') return;
        const views = page.getByRole('navigation', { name: 'Views' });
        for (const view of ['Story', 'Lenses', 'Timeline']) {
          await views.getByRole('button', { name: view }).click();
          if (view === 'Story') await expectStory(page);
          expect(await violations(page), view).toEqual([]);
        }
      });

      test('axe finds nothing in the menus, and where a vif is gone', async ({ page }) => {
        await open(page, link({ txPages: 1, rxPages: 1 }, 0, { scenario: 'close-unplug' }));
        await page.getByRole('button', { name: 'Act in domU 5' }).click();
        await expect(page.getByRole('menu')).toBeVisible();
        expect(await violations(page), 'acts').toEqual([]);
        await page.keyboard.press('Escape');

        await page.keyboard.press('End');
        await expectEnd(page);
        expect(await violations(page), 'end').toEqual([]);

        if (width === 'narrow') await page.getByRole('button', { name: 'Settings' }).click();
        await page.getByRole('button', { name: /^Scenario: / }).click();
        await expect(page.getByRole('option', { name: 'Unbind in the guest' })).toBeVisible();
        expect(await violations(page), 'scenarios').toEqual([]);
      });
    });
  }
}
