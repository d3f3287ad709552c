import type { Page } from '@playwright/test';
import {
  expect, expectBeyond, expectConnected, expectEnd, expectStep, link, open, SMALL, test,
} from './ringscope.ts';

/** Opens, steps, plays and jumps to the end, and has the page say where its engine runs. */
async function expectWorksInProcess(page: Page): Promise<void> {
  await open(page, link(SMALL));
  await page.keyboard.press('ArrowRight');
  await expectStep(page, 1);
  await page.keyboard.press('Space');
  await expectBeyond(page, 3);
  await page.keyboard.press('End');
  await expectEnd(page);
  await expectConnected(page);
  await page.keyboard.press('?');
  await expect(page.getByText('forbids workers, so the simulation runs beside the page')).toBeVisible();
  expect(page.workers()).toEqual([]);
}

test('with workers, the engine runs in one', async ({ page }) => {
  await open(page, link(SMALL));
  await page.keyboard.press('?');
  await expect(page.getByText('The simulation runs in a worker of its own.')).toBeVisible();
  expect(page.workers()).toHaveLength(1);
});

test('in a browser without workers, the page works all the same', async ({ page }) => {
  await page.addInitScript(() => {
    delete (globalThis as { Worker?: unknown }).Worker;
  });
  await expectWorksInProcess(page);
});

test.describe('under a policy', () => {
  test.use({ allowed: [/Content Security Policy/] });

  test('that forbids workers, the page works all the same', async ({ page, baseURL }) => {
    await page.route(`${baseURL}`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        headers: { ...response.headers(), 'content-security-policy': "worker-src 'none'" },
      });
    });
    await expectWorksInProcess(page);
  });
});
