import type { Page } from '@playwright/test';
import { expect, expectBeyond, expectConnected, expectEnd, expectPainted, expectStep, expectStory, here, link, open, SMALL, sliders, test } from './ringscope.ts';

/** What has the focus, in which part of the page it is, and whether a person can see that it has. */
function focused(page: Page): Promise<{ tag: string; name: string; part: string; visible: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    // The look of a hidden radio button is its label's.
    let part = '';
    for (let around: Element | null = element; around !== null; around = around.parentElement) {
      if (around.matches('header, section')) part = around.getAttribute('aria-label') ?? around.tagName;
    }
    const shown = [element, ...(element.parentElement?.querySelectorAll(':scope > span') ?? [])];
    return {
      tag: element.tagName,
      name: element.getAttribute('aria-label') ?? element.textContent ?? '',
      part,
      visible: shown.some((one) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(one);
        // A group of values is framed from inside: what is around it would cut an outline off.
        const { content, borderTopStyle, borderTopWidth } = getComputedStyle(one, '::after');
        const framed = element.matches('[data-roving]') && content !== 'none' && borderTopStyle !== 'none' && borderTopWidth !== '0px';
        return framed || (outlineStyle !== 'none' && outlineWidth !== '0px');
      }),
    };
  });
}

test('at the first open, Space plays, and Tab comes to the tour', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expectBeyond(page, 2);
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.keyboard.press('Home');
  await expectStep(page, 0);

  await expect(page.getByRole('button', { name: 'take the tour' })).toBeVisible();
  let stops = 0;
  for (let at = await focused(page); at.name !== 'take the tour'; at = await focused(page)) {
    expect(stops++, `Tab comes to the tour, beyond ${at.name}`).toBeLessThan(60);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Guided tour' }).getByRole('heading', { level: 2 })).toBeFocused();
});

test('the keyboard alone leads through the help and the sliders to the end', async ({ page }) => {
  await open(page);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'RingScope: help' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.keyboard.press('ArrowRight');
  await expectStep(page, 1);
  await page.keyboard.press('PageDown');
  await expect(page.getByText(/^Chapter 2 of/)).toBeVisible();
  await page.keyboard.press('Home');
  await expectStep(page, 0);
  // What goes with the step before would take the focus along.
  await expectStory(page);
  await expectPainted(page);

  // Once round the page: every stop can be seen, and the way leads out again.
  const stops: string[] = [];
  const parts: string[] = [];
  await page.keyboard.press('Tab');
  for (let at = await focused(page); at.tag !== 'BODY'; at = await focused(page)) {
    expect(at.visible, `the focus on "${at.name}" (${at.tag}) can be seen`).toBe(true);
    stops.push(at.name);
    if (parts.at(-1) !== at.part) parts.push(at.part);
    expect(stops.length, `the focus comes out again: ${stops.slice(-8).join(', ')}`).toBeLessThan(80);
    await page.keyboard.press('Tab');
  }
  const among = ['Copy link', 'One queue more', 'Play', 'Position in the run'];
  expect(among.filter((stop) => !stops.includes(stop))).toEqual([]);
  // Part after part, as they stand on the page, and none twice.
  expect(parts).toEqual(['HEADER', 'Settings', 'Stage', 'Story', 'Lenses', 'Transport', 'Timeline']);

  const pages = page.getByRole('group', { name: 'Ring pages', exact: true });
  await pages.getByRole('radio', { checked: true }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText('2048 TX · 2048 RX')).toBeVisible();
  expect((await sliders(page))['pages']).toBe('8');

  await page.getByRole('button', { name: 'Into' }).focus();
  await page.keyboard.press('Enter');
  await expectStep(page, 1);
  await page.keyboard.press('End');
  await expectEnd(page);
  await expectConnected(page);
});

test('single-key shortcuts can be switched off', async ({ page }) => {
  await open(page);
  await page.keyboard.press('?');
  await page.getByRole('checkbox', { name: 'Single-key shortcuts' }).uncheck();
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('End');
  await page.getByRole('button', { name: 'Into' }).click();
  await expectStep(page, 1);
});

test('after a search the arrows step, whatever had the focus before it', async ({ page }) => {
  await open(page, link(SMALL, 3));
  const backend = page.getByRole('radio', { name: 'PV', exact: true });
  await backend.focus();
  await page.keyboard.press('/');
  await page.getByRole('dialog', { name: 'Search this run' }).getByRole('combobox').fill('xenvif_connect');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect.poll(async () => (await here(page)).position).toBeGreaterThan(3);
  const { position, length } = await here(page);
  await page.keyboard.press('ArrowRight');
  await expectStep(page, position + 1);
  await expect(backend).toBeChecked();
  expect((await here(page)).length).toBe(length);
});

test('the arrows go on stepping after a setting or a lens was picked with the mouse', async ({ page }) => {
  await open(page, link(SMALL, 30));
  await page.getByRole('radio', { name: 'PVH' }).click();
  await expect(page.getByRole('radio', { name: 'PVH' })).toBeChecked();
  await page.getByRole('tab', { name: 'Grants' }).click();
  await expect(page.getByRole('tab', { name: 'Grants' })).toHaveAttribute('aria-selected', 'true');
  await expectStep(page, 30);
  await page.keyboard.press('ArrowRight');
  await expectStep(page, 31);
  await expect(page.getByRole('radio', { name: 'PVH' })).toBeChecked();
  await expect(page.getByRole('tab', { name: 'Grants' })).toHaveAttribute('aria-selected', 'true');
  // A cell of a table, too.
  const table = page.getByRole('tabpanel', { name: 'Grants' }).getByRole('grid').first();
  const cell = table.getByRole('rowheader').nth(1);
  await cell.click({ position: { x: 2, y: 2 } });
  await page.keyboard.press('ArrowRight');
  await expectStep(page, 32);
  await table.focus();
  const active = await table.getAttribute('aria-activedescendant');
  await page.keyboard.press('ArrowUp');
  await expect(table).not.toHaveAttribute('aria-activedescendant', active!);
  await expectStep(page, 32);
  // Come to by keyboard it keeps them, as ever.
  await page.getByRole('radio', { name: 'PVH' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('radio', { name: 'PV', exact: true })).toBeChecked();
});

test('whoever picks a branch with the mouse goes on stepping with the arrows', async ({ page }) => {
  await open(page, link(SMALL, 30, { scenario: 'bug-missing-barrier', choices: [[38, 'story']] }));
  const branches = page.getByRole('list', { name: 'Branches' });
  await branches.getByRole('button', { name: /^natural order/ }).click();
  const step = page.getByRole('region', { name: 'Transport' }).getByText(/^step \d+ of \d+$/);
  await expect(step).toHaveText(/^step 38 /);
  await page.keyboard.press('ArrowRight');
  await expectStep(page, 39);
});
