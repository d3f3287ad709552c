import type { Page } from '@playwright/test';
import { expect, expectFits, expectStep, link, open, pick, stage, story, test } from './ringscope.ts';

/** Puts the part into view and says how much of its height one sees at once, in pixels. */
async function seen(page: Page, region: string): Promise<number> {
  const part = page.getByRole('region', { name: region, exact: true });
  await expect(part).toBeInViewport();
  return part.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return Math.min(bottom, innerHeight) - Math.max(top, 0);
  });
}

for (const [what, width, height] of [
  // 1440 by 900 at 200 %.
  ['at 200 % zoom', 720, 450],
  // 1280 at 400 %, or the smallest phone.
  ['at 320 px', 320, 640],
] as const) {
  test(`${what}, everything can be reached and nothing is cut off at the side`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, link({}, { kind: 'chapter', chapter: 'mapping' }));
    await expectFits(page);
    const views = page.getByRole('navigation', { name: 'Views' });
    for (const name of ['Stage', 'Story', 'Lenses', 'Timeline']) {
      await views.getByRole('button', { name }).click();
      await expectFits(page);
      await expect.poll(() => seen(page, name), name).toBeGreaterThan(60);
    }

    for (const name of ['Rings', 'Memory', 'Xenstore', 'Grants', 'Events', 'Log', 'Choices']) {
      await views.getByRole('button', { name: 'Lenses' }).click();
      await page.getByRole('tab', { name }).click();
      await expect(page.getByRole('tabpanel', { name }).locator(':scope > *').first()).toBeVisible();
      await expectFits(page);
    }

    await views.getByRole('button', { name: 'Story' }).click();
    await expect(story(page).getByRole('heading', { level: 2 })).toBeInViewport();
    await views.getByRole('button', { name: 'Stage' }).click();
    await stage(page).getByRole('button', { name: 'Act in domU 5' }).click();
    await expect(page.getByRole('menuitem').first()).toBeInViewport();
    await expectFits(page);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Help' }).click();
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Close' })).toBeInViewport();
    await expectFits(page);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Settings' }).click();
    await expectFits(page);
    await pick(page, 'Ring pages', '1');
    await expect(page.getByText('256 TX · 256 RX')).toBeVisible();
    await page.getByRole('button', { name: 'Settings' }).focus();
    await page.keyboard.press('Home');
    await expectStep(page, 0);
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeInViewport({ ratio: 1 });
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Pause' })).toBeInViewport({ ratio: 1 });
  });
}

test('a lens that is opened from the stage comes into sight, also from a closed drawer on a low page', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 600 });
  await open(page, link({}, { kind: 'chapter', chapter: 'mapping' }));
  const toLens = stage(page).getByRole('button', { name: /open in the grants lens$/ }).first();
  for (let time = 0; time < 2; time++) {
    await page.getByRole('button', { name: 'Close the drawer' }).click();
    await expect(page.getByRole('tabpanel')).toBeHidden();
    await toLens.click();
    await expect(page.getByRole('tabpanel', { name: 'Grants' })).toBeInViewport({ ratio: 0.9 });
    // The strip with the transport lies over the foot of the page.
    const [panel, foot] = await Promise.all([
      page.getByRole('tabpanel', { name: 'Grants' }).boundingBox(),
      page.getByRole('region', { name: 'Transport' }).boundingBox(),
    ]);
    expect(panel!.y + panel!.height).toBeLessThanOrEqual(foot!.y + 1);
  }
});

for (const [width, height] of [[1440, 900], [1440, 780], [1024, 820], [1920, 1080]] as const) {
  test(`the circle of the rings lens shows in full at ${width} by ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, link({}, { kind: 'chapter', chapter: 'mapping' }));
    const drawer = page.getByRole('button', { name: 'Lenses', exact: true });
    if (await drawer.isVisible()) await drawer.click();
    await page.getByRole('tab', { name: 'Rings' }).click();
    const panel = (await page.getByRole('tabpanel', { name: 'Rings' }).boundingBox())!;
    const circle = (await page.getByRole('slider', { name: /^Slot of the/ }).boundingBox())!;
    expect(circle.y).toBeGreaterThanOrEqual(panel.y);
    expect(circle.y + circle.height).toBeLessThanOrEqual(panel.y + panel.height);
    // It uses the room there is.
    expect(circle.height).toBeGreaterThan(panel.height * 0.9);
  });
}

test('a key that is chosen leaves the keys half of the lens, however small the phone', async ({ page }) => {
  for (const [width, height] of [[320, 640], [390, 844]] as const) {
    await page.setViewportSize({ width, height });
    await open(page, link({}, { kind: 'chapter', chapter: 'mapping' }));
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Lenses' }).click();
    await page.getByRole('tab', { name: 'Xenstore' }).click();
    const lens = page.getByRole('tabpanel', { name: 'Xenstore' });
    const share = async (of: string): Promise<number> => {
      await expect(lens.getByRole('region', { name: /^Key / })).toBeInViewport({ ratio: 1 });
      return lens.evaluate((panel, selector) => {
        const boxes = [...panel.querySelectorAll(selector)].map((one) => one.getBoundingClientRect());
        const top = Math.min(...boxes.filter((box) => box.height > 0).map((box) => box.top));
        return (Math.max(...boxes.map(({ bottom }) => bottom)) - top) / panel.clientHeight;
      }, of);
    };
    await lens.getByRole('grid').last().getByRole('button', { name: 'frontend', exact: true }).click();
    expect(await share('[role=grid]')).toBeGreaterThanOrEqual(0.5);
    await expect(lens.getByRole('button', { name: 'frontend', exact: true, pressed: true })).toBeInViewport({ ratio: 1 });

    await lens.getByRole('region', { name: /^Key / }).getByRole('button', { name: 'Close' }).click();
    await lens.getByRole('radio', { name: 'Whole store' }).check();
    await lens.getByRole('treeitem', { name: 'Close local n0' }).click();
    expect(await share('[role=tree]')).toBeGreaterThanOrEqual(0.5);

    await lens.getByRole('region', { name: /^Key / }).getByRole('button', { name: 'Close' }).click();
    await expect(lens.getByRole('searchbox')).toBeInViewport({ ratio: 1 });
    await expectFits(page);
  }
});

test('no heading of a table lies half beneath what says that there is more to the right', async ({ page }) => {
  for (const width of [320, 360, 390, 430]) {
    await page.setViewportSize({ width, height: 844 });
    await open(page, link({}, { kind: 'chapter', chapter: 'ready' }));
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Lenses' }).click();
    for (const name of ['Events', 'Grants', 'Xenstore']) {
      await page.getByRole('tab', { name }).click();
      const grid = page.getByRole('tabpanel', { name }).getByRole('grid').first();
      const sign = grid.locator('xpath=..').getByText('more →');
      const cut = (): Promise<string[]> => grid.evaluate((table) => {
        const box = [...table.parentElement!.children].find(({ textContent }) => textContent === 'more →');
        if (box === undefined) return [];
        // What lies beneath it fades out on the first pixels.
        const left = box.getBoundingClientRect().left + 4;
        const edge = table.getBoundingClientRect().right;
        return [...table.querySelectorAll('[role=columnheader]')].filter((head) => {
          const range = document.createRange();
          range.selectNodeContents(head);
          const text = range.getBoundingClientRect();
          return getComputedStyle(head.firstElementChild ?? head).opacity !== '0' && text.right > left && text.left < edge;
        }).map(({ textContent }) => textContent);
      });
      if (name === 'Events') await expect(sign).toBeVisible();
      await expect.poll(cut, `${name} at ${width}`).toEqual([]);
      // All four lamps of an entry have their letters beside it.
      if (name === 'Grants' && width >= 360) await expect(grid.getByText('W', { exact: true })).toHaveCSS('opacity', '1');
      await grid.evaluate((table) => table.scrollBy({ left: 37, behavior: 'instant' }));
      await expect.poll(cut, `${name} at ${width}, scrolled`).toEqual([]);
    }
    if (width === 390) {
      await page.getByRole('tab', { name: 'Events' }).click();
      await expect(page.getByRole('columnheader', { name: 'domU: handler' }).getByText('handler')).toHaveCSS('opacity', '1');
    }
  }
});
