import type { Locator, Page } from '@playwright/test';
import { expect, expectEnd, expectStep, expectStory, link, open, stage, story, test } from './ringscope.ts';

const MAPPING = { kind: 'chapter', chapter: 'mapping' } as const;

async function boxOf(part: Locator): Promise<{ top: number; bottom: number; height: number }> {
  const { y, height } = (await part.boundingBox())!;
  return { top: y, bottom: y + height, height };
}

/** A part of the page by its name. */
function region(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

/** The parts of the page lie one under another, and the last ends where the page does. */
async function expectStacked(page: Page, names: readonly string[]): Promise<void> {
  const boxes = await Promise.all(names.map((name) => boxOf(region(page, name))));
  for (const [at, { top }] of boxes.entries()) {
    if (at > 0) expect(top, names[at]).toBeGreaterThanOrEqual(boxes[at - 1]!.bottom - 1);
  }
  expect(boxes.at(-1)!.bottom).toBeLessThanOrEqual(page.viewportSize()!.height);
}

/** Each zone of the stage ends within it. */
async function expectWholeStage(page: Page): Promise<void> {
  const { bottom } = await boxOf(region(page, 'Stage'));
  for (const name of ['domU 5', 'xenstore', 'Xen', 'dom0']) {
    expect((await boxOf(stage(page).getByRole('region', { name, exact: true }))).bottom, name).toBeLessThanOrEqual(bottom);
  }
}

test('at 1024 by 768 the note, the stack and some lines of the listing are seen beneath a whole stage', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page, link({}, MAPPING));
  await expectStory(page);
  await expectStacked(page, ['Stage', 'Story', 'Transport']);
  await expectWholeStage(page);
  const { bottom } = await boxOf(region(page, 'Story'));
  const title = story(page).getByRole('heading', { level: 2 });
  const note = story(page).getByText('References in, addresses out.');
  const lines = story(page).getByRole('list', { name: 'Listing' }).getByRole('listitem');
  const innermost = story(page).getByRole('list', { name: 'Call stack' }).getByRole('listitem').last();
  for (const part of [title, note, innermost, lines.nth(0), lines.nth(1), lines.nth(2)]) {
    expect((await boxOf(part)).bottom).toBeLessThanOrEqual(bottom);
  }
});

test('at 1024 by 768 the first thing that could run next is seen on a branch of branches too', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  const choices = [[388, 'domU xenbus'], [494, 'domU xenbus']] as const;
  await open(page, link({}, 495, { choices }));
  await page.keyboard.press('7');
  const panel = page.getByRole('tabpanel');
  await expect(panel.getByText(/^This branch last left the natural order after step 494\./)).toBeVisible();
  const first = await boxOf(panel.getByRole('button', { name: /^Run it: / }).first());
  expect(first.bottom).toBeLessThanOrEqual((await boxOf(panel.getByText('more below'))).top);
});

test('at 1440 by 900 the lens has room for five keys, and the stage for a line to each page of two rings', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, link({}, { kind: 'chapter', chapter: 'ready' }));
  await expectStacked(page, ['Stage', 'Lenses', 'Transport', 'Timeline']);
  await expectWholeStage(page);
  const list = await boxOf(stage(page).getByRole('group', { name: 'Grant entries' }));
  const rows = await Promise.all([2056, 2063].map((ref) =>
    boxOf(stage(page).getByRole('rowheader', { name: new RegExp(`\\b${ref}\\b`) }))));
  expect(rows[0]!.top).toBeGreaterThanOrEqual(list.top);
  expect(rows[1]!.bottom).toBeLessThanOrEqual(list.bottom + 1);

  await page.getByRole('tab', { name: 'Xenstore' }).click();
  const panel = await boxOf(page.getByRole('tabpanel', { name: 'Xenstore' }));
  const fifth = page.getByRole('grid', { name: 'device/vif/0' }).getByRole('row').nth(5);
  expect((await boxOf(fifth)).bottom).toBeLessThanOrEqual(panel.bottom);

  // Each of the two tables says by itself that it goes on.
  const tables = page.getByRole('tabpanel', { name: 'Xenstore' });
  const below = page.getByRole('grid', { name: 'device/vif/0' }).locator('..').getByText('more below ↓');
  const above = tables.getByText('more above ↑');
  await expect(below).toBeVisible();
  await expect(above).toHaveCount(0);
  await page.getByRole('grid', { name: 'device/vif/0' }).press('End');
  await expect(above).toBeVisible();
  await expect(below).toHaveCount(0);
});

test('at 1024 by 768 whatever of the story goes on below says so, and its listing begins with a whole line', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page, link({}, 300));
  await expectStory(page);
  await expect(story(page).getByText('more below ↓').filter({ visible: true })).toHaveCount(1);
  // The title is whole on its line, and five lines of the note are beneath it.
  const title = story(page).getByRole('heading', { level: 2 });
  expect(await title.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
  const note = story(page).getByRole('group', { name: 'Note' });
  expect((await boxOf(note)).bottom - (await boxOf(note)).top).toBeGreaterThanOrEqual(95);

  // A function of many lines, of which the last is shown.
  await page.keyboard.press('End');
  await expectEnd(page);
  await expectStory(page);
  await expect.poll(() => story(page).getByRole('list', { name: 'Listing' }).evaluate((list) => {
    const { top } = list.parentElement!.getBoundingClientRect();
    const first = [...list.children].map((line) => line.getBoundingClientRect()).find(({ bottom }) => bottom > top + 2);
    return Math.round((first?.top ?? 0) - top) >= 0;
  })).toBe(true);
});

for (const { width, height } of [{ width: 390, height: 640 }, { width: 1024, height: 768 }, { width: 1440, height: 700 }]) {
  test(`at ${width} by ${height} the story says that there is more below until its last line is in sight`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, link({}, width === 1024 ? 300 : 59));
    if (width < 768) await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Story' }).click();
    await expectStory(page);
    const source = story(page).getByRole('heading', { name: 'Source' });
    // Of the stack and the listing each says so of itself.
    const more = story(page).getByText('more below ↓').and(page.locator(':not(section section *)'));
    await expect(more.filter({ visible: true })).toHaveCount(1);
    const changed = story(page).getByRole('heading', { name: 'Changed in this step' });
    await changed.hover();
    await page.mouse.wheel(0, 2000);
    await expect(source.locator('xpath=following-sibling::p').last()).toBeInViewport({ ratio: 1 });
    await expect(more.filter({ visible: true })).toHaveCount(0);
    // And says it again.
    await page.mouse.wheel(0, -2000);
    await expect(more.filter({ visible: true })).toHaveCount(1);
  });
}

test('a name that is longer than a narrow listing is broken, and not cut', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page, link({}, 611));
  await expectStory(page);
  const listing = story(page).getByRole('list', { name: 'Listing' });
  await expect(listing.getByText('switch_to_connected')).toBeAttached();
  expect(await listing.evaluate(({ parentElement: box }) => box!.scrollWidth - box!.clientWidth)).toBe(0);
});

test('a call stack that is higher than its place says where there is more', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page, link({}, MAPPING));
  await expectStory(page);
  const part = story(page).locator('section', { has: page.getByRole('list', { name: 'Call stack' }) });
  const above = part.getByText('callers above ↑');
  const below = part.getByText('more below ↓');
  await expect(above).toBeVisible();
  await expect(below).toBeHidden();
  const outermost = story(page).getByRole('list', { name: 'Call stack' }).getByRole('listitem').first();
  await outermost.scrollIntoViewIfNeeded();
  await outermost.hover();
  await page.mouse.wheel(0, -1000);
  await expect(below).toBeVisible();
  await expect(above).toBeHidden();

  // One that has room says nothing.
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expectStep(page, 1);
  await expect(above).toBeHidden();
  await expect(below).toBeHidden();
});

test('“n more” keys on the stage lead to the directory in the lens, also from a closed drawer', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page, link({}, MAPPING));
  await page.getByRole('button', { name: 'Close the drawer' }).click();
  await stage(page).getByRole('button', { name: /more: keys of backend\/vif\/5\/0/ }).click();
  const grid = page.getByRole('grid', { name: 'backend/vif/5/0' });
  await expect(grid).toBeFocused();
  await expect(grid).toBeInViewport({ ratio: 0.9 });
});

test('what is remarked on the current line stands beneath its words where it does not fit beside them', async ({ page }) => {
  for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]] as const) {
    await page.setViewportSize({ width, height });
    await open(page, link({}, { kind: 'key', key: 'you#ref-not-granted', occurrence: 1 }, { scenario: 'fault-ref-not-granted' }));
    const tab = page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Story' });
    if (await tab.isVisible()) await tab.click();
    await expectStory(page);
    const line = story(page).getByRole('list', { name: 'Listing' }).getByRole('listitem');
    const name = (await line.getByText('Revoke the first TX ring page').boundingBox())!;
    const remark = (await line.getByText('at once: nobody sees it half-done').boundingBox())!;
    const list = (await story(page).getByRole('list', { name: 'Listing' }).boundingBox())!;
    expect(remark.y).toBeGreaterThanOrEqual(name.y + name.height - 1);
    expect(remark.x).toBe(name.x);
    expect(remark.y + remark.height).toBeLessThanOrEqual(list.y + list.height);
    expect(remark.x + remark.width).toBeLessThanOrEqual(list.x + list.width);
  }
});

test('breakpoints and a comparison leave the story, its listing and the transport in sight', async ({ page }) => {
  for (const [width, height] of [[1440, 900], [1024, 768]] as const) {
    await page.setViewportSize({ width, height });
    await open(page, link({}, MAPPING));
    await expectStory(page);
    const beside = [region(page, 'Story'), region(page, 'Transport'), region(page, 'Timeline')];
    const ways = [['b'], ['[', 'ArrowRight', ']', '=']];
    for (const keys of ways) {
      for (const key of keys) await page.keyboard.press(key);
      const panel = (await page.getByRole('dialog').boundingBox())!;
      for (const part of beside) {
        const box = (await part.boundingBox())!;
        const apart = panel.x + panel.width <= box.x || panel.y + panel.height <= box.y;
        expect(apart, `${keys.at(-1)} at ${width}`).toBe(true);
      }
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
  }
});

test('the upper edge of the lenses gives them room and takes it back, by pointer and by keys', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, link({}, MAPPING));
  const lenses = region(page, 'Lenses');
  const edge = page.getByRole('separator', { name: 'Height of the lenses' });
  const usual = await boxOf(lenses);
  await edge.hover();
  await page.mouse.down();
  await page.mouse.move(500, usual.top - 100);
  await page.mouse.up();
  await expect.poll(async () => (await boxOf(lenses)).height).toBeCloseTo(usual.height + 100, -1);
  await expectStacked(page, ['Stage', 'Lenses', 'Transport', 'Timeline']);
  // The pointer leaves the keys to the run.
  await page.keyboard.press('ArrowRight');
  await expect(edge).not.toBeFocused();

  await edge.focus();
  await page.keyboard.press('End');
  const most = await boxOf(lenses);
  expect(most.height).toBeGreaterThan(usual.height + 150);
  expect((await boxOf(region(page, 'Stage'))).height).toBeGreaterThan(150);
  await expect(edge).toHaveAttribute('aria-valuenow', String(Math.round(most.height / 9)));
  await page.keyboard.press('ArrowDown');
  expect((await boxOf(lenses)).height).toBe(most.height - 32);

  await page.getByRole('button', { name: 'Make the lenses small again' }).click();
  await expect.poll(async () => (await boxOf(lenses)).height).toBe(usual.height);
});

test('a lens begins at its beginning, wherever the one before it was scrolled to', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, link({}, MAPPING));
  await page.getByRole('tab', { name: 'Choices' }).click();
  const lens = page.getByRole('tabpanel');
  await expect(lens.getByRole('button', { name: /^Run it/ }).first()).toBeVisible();
  await lens.evaluate((box) => box.scrollTo(0, box.scrollHeight));
  expect(await lens.evaluate((box) => box.scrollTop)).toBeGreaterThan(100);
  await page.getByRole('tab', { name: 'Rings' }).click();
  await expect(lens.getByRole('button', { name: 'Follow the step' })).toBeVisible();
  expect(await lens.evaluate((box) => box.scrollTop)).toBe(0);
});
