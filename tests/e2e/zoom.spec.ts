import type { Page } from '@playwright/test';
import { expect, expectStep, link, open, SMALL, stage, test, words } from './ringscope.ts';

/** How wide a zone is drawn. */
async function widthOf(page: Page): Promise<number> {
  return (await stage(page).getByRole('region', { name: 'domU 5' }).boundingBox())?.width ?? 0;
}

test('a person zooms by a button, moves the map, and sees all of it again; steps go on', async ({ page }) => {
  await open(page, link(SMALL, { kind: 'chapter', chapter: 'mapping' }));
  const whole = await widthOf(page);
  const said = await words(page);
  await stage(page).getByRole('button', { name: 'Zoom in' }).click();
  await expect.poll(() => widthOf(page)).toBeGreaterThan(whole * 1.1);
  await expect(stage(page).getByRole('button', { name: 'Zoom in' })).toBeFocused();
  const zoomed = await stage(page).getByRole('region', { name: 'domU 5' }).boundingBox();
  await stage(page).getByRole('button', { name: 'Move the view right' }).click();
  await expect.poll(async () => (await stage(page).getByRole('region', { name: 'domU 5' }).boundingBox())?.x).toBeLessThan(zoomed!.x);

  await page.keyboard.press('Home');
  await expectStep(page, 0);
  await stage(page).getByRole('button', { name: 'Show the whole map' }).click();
  await expect.poll(() => widthOf(page)).toBeCloseTo(whole, 0);
  expect(await words(page)).not.toBe(said);
});

test('Ctrl and the wheel zoom the map and not the page', async ({ page }) => {
  await open(page, link(SMALL));
  const whole = await widthOf(page);
  const box = (await stage(page).boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.keyboard.down('Control');
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, -120);
      return widthOf(page);
    })
    .toBeGreaterThan(whole * 1.1);
  await page.keyboard.up('Control');
  expect(await page.evaluate(() => visualViewport?.scale)).toBe(1);
});
