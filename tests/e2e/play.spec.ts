import {
  expect, expectBeyond, expectConnected, expectEnd, expectStates, expectStep, here, open, pick, test,
} from './ringscope.ts';

test('from the first open, Space plays to the end, where both ends are connected', async ({ page }) => {
  test.setTimeout(240_000);
  await open(page);
  await expect(page).toHaveTitle(/RingScope/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('RingScope');
  await expectStep(page, 0);
  await expectStates(page, 'no state yet', 'no state yet');
  await expect(page.getByText('Press Space, or')).toBeVisible();

  await pick(page, 'Speed', '16×');
  // The chosen speed keeps the focus, and with it the Space key.
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  // Some 600 steps, at 32 a second or faster.
  await expect(page.getByRole('button', { name: 'Play again from the start', exact: true })).toBeVisible({ timeout: 180_000 });

  await expectEnd(page);
  await expectConnected(page);
});

test('playing can be paused, and Space at the end begins again', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Space');
  await expectBeyond(page, 2);
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  const { position } = await here(page);
  await page.keyboard.press('ArrowRight');
  await expectStep(page, position + 1);

  await page.keyboard.press('End');
  await expectEnd(page);
  await expectConnected(page);
  const { length } = await here(page);
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect.poll(async () => (await here(page)).position).toBeLessThan(length);
});
