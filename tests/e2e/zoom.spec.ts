import type { Page } from '@playwright/test';
import { expect, expectPainted, expectStep, here, link, open, SMALL, stage, test, words } from './ringscope.ts';

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

/** Whatever of the zone's headings and titles something else lies over, or the zone or the stage cuts off. */
async function covered(page: Page, name: string): Promise<string[]> {
  await expectPainted(page);
  return stage(page).getByRole('region', { name, exact: true }).evaluate((zone) => {
    const box = zone.getBoundingClientRect();
    return [...zone.querySelectorAll('h3, h4, header button')].flatMap((heading) => {
      const { left, top, right, bottom } = heading.getBoundingClientRect();
      const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      const inside = left >= box.left && right <= box.right && top >= box.top;
      // What its column scrolls to is not in sight, and so nothing lies over it.
      if (bottom > box.bottom || (at !== null && at.contains(heading))) return [];
      return inside && at !== null && heading.contains(at) ? [] : [heading.textContent];
    });
  });
}

/** How large a line of text is drawn: the whole map and the zone have the same style sheet. */
async function scaleOf(page: Page, name: string): Promise<number> {
  return stage(page).getByRole('region', { name, exact: true }).getByRole('heading', { name, exact: true })
    .evaluate((heading: HTMLElement) => heading.getBoundingClientRect().height / heading.offsetHeight);
}

for (const [width, height] of [[1440, 900], [1024, 768]] as const) {
  for (const [what, config] of [
    ['4 pages and 1 queue', {}], ['16 pages and 8 queues', { txPages: 16, rxPages: 16, queues: 8 }],
  ] as const) {
    test(`at ${width} by ${height} each zone fills the stage, larger and with nothing over it: ${what}`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await open(page, link(config, { kind: 'chapter', chapter: 'mapping' }));
      const { position } = await here(page);
      for (const name of ['domU 5', 'dom0', 'Xen', 'xenstore']) {
        const zone = stage(page).getByRole('region', { name, exact: true });
        const whole = await scaleOf(page, name);
        await zone.getByRole('button', { name: `Zoom to ${name}`, exact: true }).click();
        const back = zone.getByRole('button', { name: 'Show the whole map' });
        await expect(stage(page).getByRole('region')).toHaveCount(1);
        await expect(back).toBeFocused();
        expect(await scaleOf(page, name) / whole, name).toBeGreaterThan(1.3);
        const room = (await stage(page).boundingBox())!;
        const box = (await zone.boundingBox())!;
        expect(box.width, name).toBeGreaterThan(0.95 * room.width);
        expect(box.height, name).toBeGreaterThan(0.92 * room.height);
        expect(await covered(page, name), name).toEqual([]);
        // It goes with the steps, and the key leads back to where it was asked for.
        await page.keyboard.press('ArrowRight');
        await expectStep(page, position + 1);
        await page.keyboard.press('ArrowLeft');
        await expectStep(page, position);
        await page.keyboard.press('Escape');
        await expect(zone.getByRole('button', { name: `Zoom to ${name}`, exact: true })).toBeFocused();
        await expect(stage(page).getByRole('region')).not.toHaveCount(1);
      }
    });
  }
}

test('in a zone the arrow keys go from value to value, and Escape leaves them before it leaves the zone', async ({ page }) => {
  await open(page, link({ queues: 2 }, { kind: 'chapter', chapter: 'mapping' }));
  await stage(page).getByRole('button', { name: 'Zoom to domU 5', exact: true }).press('Enter');
  const zone = stage(page).getByRole('region', { name: 'domU 5' });
  const values = zone.getByRole('group', { name: 'Values of domU 5' });
  // The button has the same name, and the focus, in the whole map too until the zone takes its place.
  await expect(stage(page).getByRole('region')).toHaveCount(1);
  await expect(zone.getByRole('button', { name: 'Show the whole map' })).toBeFocused();
  await values.focus();
  await page.keyboard.press('ArrowRight');
  await expect(zone.getByRole('button', { name: /^Frontend state 0 / })).toBeFocused();
  await page.keyboard.press('End');
  await expect(zone.getByRole('button', { name: /^rsp_cons of the RX ring of queue 0: / })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(values).toBeFocused();
  await zone.getByRole('button', { name: /^q1 / }).click();
  await expect(zone.getByRole('heading', { name: /^q1 TX ring/ })).toBeVisible();
  await values.focus();
  await page.keyboard.press('Escape');
  await expect(stage(page).getByRole('button', { name: 'Zoom to domU 5', exact: true })).toBeFocused();
  await expect(zone.getByRole('heading', { name: /^q1 TX ring/ })).toBeVisible();
});

test('once the map can be moved, its buttons have a bar of their own that no heading shows through', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page, link(SMALL));
  await stage(page).getByRole('button', { name: 'Zoom in' }).click();
  await stage(page).getByRole('button', { name: 'Move the view down' }).click();
  const bar = stage(page).locator('.react-flow__panel', { has: page.getByRole('button', { name: 'Zoom in' }) });
  await expect.poll(async () => (await bar.boundingBox())?.width).toBeCloseTo((await stage(page).boundingBox())!.width, 0);
  expect(await bar.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const places = Array.from({ length: 40 }, (_, at) => left + width * (at + 0.5) / 40);
    return places.every((x) => element.parentElement?.querySelector('.react-flow__nodes')
      ?.contains(document.elementFromPoint(x, top + height / 2)) === false);
  })).toBe(true);
  expect(await bar.evaluate((element) => getComputedStyle(element).backgroundColor)).toMatch(/^rgb\(/);
});
