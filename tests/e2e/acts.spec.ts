import type { Locator, Page } from '@playwright/test';
import {
  expect, expectAnother, expectEnd, expectStep, expectStory, here, link, open, SMALL, sliders, stage, story, test,
} from './ringscope.ts';

function actButton(page: Page, where: string): Locator {
  return stage(page).getByRole('button', { name: `Act in ${where}` });
}

function menu(page: Page): Locator {
  return page.getByRole('menu');
}

test('something breaks by a click: the run branches, and the story says what was done and how it ended', async ({ page }) => {
  await open(page, link(SMALL, { kind: 'chapter', chapter: 'buffers' }));
  const { position, length } = await here(page);
  await actButton(page, 'domU 5').click();
  const act = menu(page).getByRole('menuitem', { name: 'Publish a TX reference beyond the table' });
  await expect(act).toBeEnabled();
  await act.click();
  await expect(menu(page)).toHaveCount(0);
  await expectStep(page, position + 1);
  await expectStory(page);
  await expect(story(page).getByRole('heading', { level: 2 })).toHaveText(/^You/);
  await expect.poll(() => page.url()).toContain(`${position}~act:ref-beyond-table`);

  await page.keyboard.press('End');
  await expectEnd(page);
  await expectAnother(page, length);
  await expect(story(page).getByRole('status')).toContainText('Both ends say Connected, but netback has no ring that it could use');
});

test('what cannot be done now says why, to the keyboard as well', async ({ page }) => {
  await open(page, link(SMALL, 0));
  const button = actButton(page, 'domU 5');
  await button.focus();
  await page.keyboard.press('Enter');
  const act = menu(page).getByRole('menuitem', { name: 'Publish a TX reference beyond the table' });
  await expect(act).toHaveAttribute('aria-disabled', 'true');
  await expect(act).toContainText('too early');
  await expect(menu(page).getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(menu(page).getByRole('menuitem').last()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(menu(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu(page)).toHaveCount(0);
  await expect(button).toBeFocused();
  // Had it been done, the next step would be another one.
  await page.getByRole('button', { name: 'Into' }).click();
  await expectStep(page, 1);
  await expect(page.getByRole('list', { name: 'Branches' })).toHaveCount(0);
});

test('why something cannot be done is said whole, in the narrow bar of the toolstack as well', async ({ page }) => {
  await open(page, link(SMALL, 100));
  await stage(page).getByRole('button', { name: /^Act in .*toolstack/ }).click();
  await expect(menu(page).getByRole('menuitem').first()).toBeVisible();
  expect(await menu(page).evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
});

test('a menu closes where one clicks elsewhere, and by its button', async ({ page }) => {
  await open(page, link(SMALL, 0));
  const button = actButton(page, 'domU 5');
  await button.click();
  await expect(menu(page)).toBeVisible();
  await button.click();
  await expect(menu(page)).toHaveCount(0);
  await button.click();
  await expect(menu(page)).toBeVisible();
  await page.getByRole('heading', { name: 'RingScope' }).click();
  await expect(menu(page)).toHaveCount(0);
});

test('a scenario is read about, then opened with its own sliders', async ({ page }) => {
  await open(page, link({ txPages: 16, rxPages: 16 }));
  const { length } = await here(page);
  await page.getByRole('button', { name: /^Scenario: / }).click();
  const dialog = page.getByRole('dialog', { name: 'Choose a scenario' });
  await dialog.getByRole('option', { name: 'A reference that permits nothing' }).click();
  await expect(dialog.getByText(/^The guest grants dom0 the page of its TX ring, and then takes the permission back/)).toBeVisible();
  await expectStep(page, 0);
  await dialog.getByRole('button', { name: 'Open it' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Scenario: Fault: A reference that permits nothing' })).toBeFocused();
  await expectAnother(page, length);
  expect((await sliders(page))['pages']).toBe('1');
  await expect.poll(() => page.url()).toContain('#v2.fault-ref-not-granted.1.1.1.64.pv.-');
});

test.describe('on a narrow page', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('an act is within reach of a finger', async ({ page }) => {
    await open(page, link(SMALL, { kind: 'chapter', chapter: 'buffers' }));
    const { position } = await here(page);
    const button = actButton(page, 'domU 5');
    await button.tap();
    await expect(menu(page)).toBeVisible();
    const items = await menu(page).getByRole('menuitem').all();
    expect(items.length).toBeGreaterThan(1);
    for (const target of [button, ...items]) expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await menu(page).getByRole('menuitem', { name: 'Remove the TX ring key' }).tap();
    await expectStep(page, position + 1);
  });
});
