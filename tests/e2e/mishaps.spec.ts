import { expect, expectBegun, expectOpen, expectStep, expectWhole, link, open, SMALL, stage, test } from './ringscope.ts';

test.describe('when the worker dies', () => {
  test.use({ allowed: [/made to die/] });

  test('the page says what happened, keeps what it shows and goes on from there', async ({ page }) => {
    await open(page, link(SMALL, 25));
    await expectStep(page, 25);
    await expectWhole(page);
    const shown = await stage(page).ariaSnapshot();
    await page.workers()[0]?.evaluate(() => {
      setTimeout(() => {
        throw new Error('made to die');
      });
    });
    const alert = page.getByRole('alert').filter({ hasText: 'RingScope has a defect and stopped' });
    await expect(alert).toContainText('made to die');
    expect(await stage(page).ariaSnapshot()).toBe(shown);

    await alert.getByRole('button', { name: 'Start again from this link' }).click();
    await expect(alert).toHaveCount(0);
    await expectOpen(page);
    await expectBegun(page);
    await expectStep(page, 25);
    await page.keyboard.press('ArrowRight');
    await expectStep(page, 26);
  });
});

test.describe('when the server has a newer page', () => {
  test.use({ allowed: [/404|Failed to fetch dynamically imported module|Failed to load|Unable to preload CSS for \S+\/LogLens/] });

  for (const gone of ['rest', 'Splitter', 'Said', 'Marks', 'Panel']) {
    test(`without the script of ${gone} the page is there all the same, and says what it lacks`, async ({ page }) => {
      await page.route(new RegExp(`/assets/${gone}-[^/]*[.]js$`), (route) => route.fulfill({ status: 404, body: 'gone' }));
      // Where all parts show at once.
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto('');
      const transport = page.getByRole('region', { name: 'Transport' });
      await expect(transport.getByRole('button', { name: 'Into' })).toBeEnabled();
      await transport.getByRole('button', { name: 'Into' }).click();
      await expectStep(page, 1);
      await expect(page.getByRole('alert').filter({ hasText: 'published anew' })).toBeVisible();
    });
  }

  test('a part that is no longer there is told, and what is on screen stays', async ({ page }) => {
    await open(page, link(SMALL, 25));
    await page.route(/LogLens|Help/, (route) => route.fulfill({ status: 404, body: 'gone' }));
    await page.getByRole('tab', { name: 'Log' }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'published anew' });
    await expect(alert).toBeVisible();
    await page.getByRole('button', { name: 'Into' }).click();
    await expectStep(page, 26);

    await page.unroute(/LogLens|Help/);
    await alert.getByRole('button', { name: 'Reload at this step' }).click();
    // The page before stays on screen until the new one comes.
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expectOpen(page);
    await expectStep(page, 26);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
});
