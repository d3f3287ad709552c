import { expect, test } from '@playwright/test';

test('the page opens with its title and without an error on the console', async ({ page }) => {
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));

  await page.goto('./');

  await expect(page).toHaveTitle(/RingScope/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('RingScope');
  expect(errors).toEqual([]);
});
