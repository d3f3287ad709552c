import type { Page } from '@playwright/test';
import {
  chapter, expect, expectBeyond, expectConnected, expectEnd, expectPainted, expectStep, expectStory, here, link, open, pick, SMALL, sliders, stage,
  story, test,
} from './ringscope.ts';

test('the page slider runs anew and keeps the chapter', async ({ page }) => {
  await open(page, link(SMALL, { kind: 'chapter', chapter: 'mapping' }));
  const { length } = await here(page);
  await expect(chapter(page)).toHaveText(/ · Xen maps the rings$/);
  await expectStory(page);
  const title = await story(page).getByRole('heading', { level: 2 }).textContent();
  await expect(stage(page).getByRole('heading', { name: /^TX ring, 1 page, 256 entries/ })).toBeVisible();

  await pick(page, 'Ring pages', '16');
  await expect(stage(page).getByRole('heading', { name: /^TX ring, 16 pages, 4096 entries/ })).toBeVisible();
  await expect(chapter(page)).toHaveText(/ · Xen maps the rings$/);
  await expect(story(page).getByRole('heading', { level: 2 })).toHaveText(title ?? '');
  await expect.poll(async () => (await here(page)).length).toBeGreaterThan(length);

  await page.getByRole('button', { name: 'To the end' }).click();
  await expectEnd(page);
  await expectConnected(page);
});

test('the page slider keeps the chapter during play', async ({ page }) => {
  // The chapter has ninety steps, more than eleven seconds of play.
  await open(page, link(SMALL, { kind: 'chapter', chapter: 'backend-offers' }));
  const { position, length } = await here(page);
  await page.keyboard.press('Space');
  await expectBeyond(page, position + 2);
  await pick(page, 'Ring pages', '8');
  await expect.poll(async () => (await here(page)).length).toBeGreaterThan(length);
  await expect(chapter(page)).toHaveText(/ · The backend offers$/);
  expect((await here(page)).position).toBeGreaterThanOrEqual(position);
  expect((await sliders(page))['pages']).toBe('8');
});

test('a number of grant frames out of range is answered with the range', async ({ page }) => {
  await open(page, link(SMALL));
  const field = page.getByRole('spinbutton', { name: 'Grant frames' });
  for (const [typed, answer] of [
    ['1000', '1000 grant frames are too many: the largest number offered is 256.'],
    ['1', '1 grant frames are too few: the smallest number offered is 4.'],
    ['', 'Enter a number of grant frames, from 4 to 256.'],
  ] as const) {
    await field.fill(typed);
    await field.press('Enter');
    await expect(page.getByRole('alert')).toHaveText(answer);
    await expect(field).toHaveAccessibleDescription(answer);
  }
  await field.fill('128');
  await field.press('Enter');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(stage(page).getByText('of 128 frames')).toBeVisible();
});

/** The guest's queue buttons say so. */
async function expectQueues(page: Page, titles: string[]): Promise<void> {
  const rows = stage(page).getByRole('region', { name: 'domU 5' }).getByRole('button', { name: /^q\d/ });
  await expect
    .poll(() => rows.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('title'))))
    .toEqual(titles);
}

test('16 pages x 8 queues make three queues and say why; with 256 frames all eight', async ({ page }) => {
  await open(page);
  await pick(page, 'Ring pages', '16');
  for (let n = 2; n <= 8; n++) {
    await page.getByRole('button', { name: 'One queue more' }).click();
    await expect(page.getByRole('status', { name: 'Queues' })).toHaveText(String(n));
  }
  await page.getByRole('button', { name: 'To the end' }).click();
  await expectEnd(page);
  await expectConnected(page);
  const made = (n: number): string => `queue ${n}: all mapped`;
  const failed = (n: number): string => `queue ${n}: not made, grant references ran out`;
  await expectQueues(page, [...[0, 1, 2].map(made), ...[3, 4, 5, 6, 7].map(failed)]);
  await expect(stage(page).getByText('57 of 64 frames')).toBeVisible();
  await page.getByRole('tab', { name: 'Log' }).click();
  const log = page.getByRole('tabpanel', { name: 'Log' });
  await expect(log).toContainText('only created 3 queues');
  await expect(log).toContainText('max_grant_frames reached cur=57 extra=8 limit=64');

  const field = page.getByRole('spinbutton', { name: 'Grant frames' });
  await field.fill('256');
  await field.press('Enter');
  await expect(stage(page).getByText('129 of 256 frames')).toBeVisible();
  await expectEnd(page);
  await expectConnected(page);
  await expectQueues(page, [0, 1, 2, 3, 4, 5, 6, 7].map(made));
  await expect(log).not.toContainText('only created');
});

test('why fewer queues are made is not said before somebody asks, whatever comes to lie under the pointer', async ({ page }) => {
  await open(page, link({ txPages: 16, rxPages: 16, queues: 3 }));
  const note = page.getByRole('group', { name: 'Queues' }).getByRole('button', { name: /^3 of 4 queues are made/ });
  // Where the note will be.
  await page.getByRole('button', { name: 'One queue more' }).focus();
  await page.keyboard.press('Enter');
  const { x, y } = (await note.boundingBox())!;
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(note).toHaveCount(0);
  await page.mouse.move(x + 5, y + 5);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(note).toBeVisible();
  await expectPainted(page);
  expect((await page.getByText(/^Queue 3 needs 4096/).boundingBox())!.width).toBeLessThanOrEqual(1);
  await page.mouse.move(x + 8, y + 6);
  await expect.poll(async () => (await page.getByText(/^Queue 3 needs 4096/).boundingBox())!.width).toBeGreaterThan(200);
});

for (const width of [1280, 1440, 1600]) {
  test(`the buttons of the queues stay where they are once fewer are made, at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await open(page, link({ txPages: 16, rxPages: 16, queues: 3 }));
    const more = page.getByRole('button', { name: 'One queue more' });
    const settings = page.getByRole('region', { name: 'Settings', exact: true });
    const [place, row] = [await more.boundingBox(), await settings.boundingBox()];
    await more.click();
    await expect(page.getByRole('button', { name: /^3 of 4 queues are made/ })).toBeVisible();
    expect(await more.boundingBox()).toEqual(place);
    expect(await settings.boundingBox()).toEqual(row);
  });
}

test('beside the number of queues stands how many are made, why not all, and the way to where that is decided', async ({ page }) => {
  await open(page, link({ txPages: 16, rxPages: 16, queues: 4 }));
  const note = page.getByRole('group', { name: 'Queues' }).getByRole('button', { name: /^3 of 4 queues are made/ });
  await expect(note).toHaveText('3 made');
  await expect(note).toHaveAccessibleDescription(/^Queue 3 needs 4096 references for TX and 4096 for RX.*64 frames of 512 entries/);
  const why = page.getByText(/^Queue 3 needs 4096/);
  expect((await why.boundingBox())!.width).toBeLessThanOrEqual(1);
  // A pointer comes from somewhere.
  await page.mouse.move(0, 0);
  await note.hover();
  await expect.poll(async () => (await why.boundingBox())!.width).toBeGreaterThan(200);
  await page.mouse.move(0, 0);
  await expect.poll(async () => (await why.boundingBox())!.width).toBeLessThanOrEqual(1);
  // Pressing it leaves it the focus, but not in the way.
  await note.click();
  await expect.poll(async () => (await here(page)).position).toBeGreaterThan(0);
  await expect.poll(async () => (await why.boundingBox())!.width).toBeGreaterThan(200);
  await page.mouse.move(0, 0);
  await expect.poll(async () => (await why.boundingBox())!.width).toBeLessThanOrEqual(1);
  await expect(note).toBeFocused();
  await note.hover();
  await expect.poll(async () => (await why.boundingBox())!.width).toBeGreaterThan(200);
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await why.boundingBox())!.width).toBeLessThanOrEqual(1);

  await page.keyboard.press('Home');
  await expectStep(page, 0);
  await page.getByRole('button', { name: 'One queue more' }).focus();
  await page.keyboard.press('Tab');
  await expect(note).toBeFocused();
  await expect.poll(async () => (await why.boundingBox())!.width).toBeGreaterThan(200);
  await note.press('Enter');
  await expect.poll(async () => (await here(page)).position).toBeGreaterThan(0);
  await expect(story(page).getByRole('heading', { level: 2 })).toContainText(/references/i);
  await page.getByRole('spinbutton', { name: 'Grant frames' }).fill('128');
  await page.keyboard.press('Enter');
  await expect(note).toHaveCount(0);
});

test('the list of scenarios says that there is more below, until its end is in sight', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page, link(SMALL));
  await page.getByRole('button', { name: /^Scenario: / }).click();
  const menu = page.getByRole('dialog', { name: 'Choose a scenario' });
  await expect(menu.getByText('more below ↓')).toBeVisible();
  await page.keyboard.press('End');
  await expect(menu.getByText('more below ↓')).toBeHidden();
});
