import config from '../../playwright.config.ts';
import { expect, expectPainted, link, open, stage, test } from './ringscope.ts';

// As most people have them who use a mouse: they take room from what they scroll.
test.use({ launchOptions: { ...config.use?.launchOptions, ignoreDefaultArgs: ['--hide-scrollbars'] } });

for (const [width, height] of [[1440, 900], [1280, 720], [390, 844]] as const) {
  test(`nothing on the stage scrolls sideways for its scrollbars, at ${width} by ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, link({}, 470));
    await expect(stage(page).getByText('▸')).toBeVisible();
    const boxes = stage(page).locator('[role=group]');
    // A bar that takes no room proves nothing.
    await expect.poll(() => boxes.evaluateAll((all) => all.some((box) => box.clientWidth < (box as HTMLElement).offsetWidth))).toBe(true);
    expect(await boxes.evaluateAll((all) => all
      .filter((box) => /auto|scroll/.test(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth)
      .map((box) => `${box.ariaLabel}: ${box.scrollWidth} in ${box.clientWidth}`))).toEqual([]);
  });
}

test('a map that fits its room has no bars left from when the page was being made higher', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 757 });
  await open(page, link({}, 470));
  await expect(stage(page).getByText('▸')).toBeVisible();
  const map = stage(page).getByRole('group', { name: 'Stage: who holds what at this step' });
  await page.setViewportSize({ width: 1440, height: 900 });
  // A higher page opens the lenses, which takes room from the stage again.
  await expect(page.getByRole('tabpanel')).toBeVisible();
  await expectPainted(page);
  expect(await map.evaluate((box) => (box as HTMLElement).offsetWidth - box.clientWidth)).toBe(0);
});

test('the tables of the rings lens end before its scrollbar, at 1440 by 900', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, link({ txPages: 16, rxPages: 16 }, { kind: 'chapter', chapter: 'ports' }));
  await page.getByRole('tab', { name: 'Rings' }).click();
  const tables = page.getByRole('tabpanel', { name: 'Rings' }).getByRole('table');
  await expect(tables).not.toHaveCount(0);
  expect(await tables.evaluateAll((all) => all
    .map((table) => [table.getBoundingClientRect().right, table.parentElement!.getBoundingClientRect().right])
    .filter(([end, room]) => end! > room! + 0.5))).toEqual([]);
});
