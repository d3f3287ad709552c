import type { Locator, Page } from '@playwright/test';
import { expect, expectEnd, expectStep, here, link, open, SMALL, stage, story, test } from './ringscope.ts';

/** The popover that says who wrote something. */
function inquiry(page: Page): Locator {
  return page.getByRole('dialog', { name: /^Who wrote this\?/ });
}

/** The changed thing with that name in the story. */
function changed(page: Page, name: RegExp): Locator {
  return story(page).getByRole('button', { name: new RegExp(`${name.source}.*: who wrote this\\?$`) });
}

function writes(page: Page): Locator {
  return inquiry(page).getByRole('list', { name: 'Every write' }).getByRole('listitem');
}

/** The step of a write in the list. */
async function stepOf(write: Locator): Promise<number> {
  const [, step] = /^Step (\d+) /.exec((await write.getByRole('button').textContent()) ?? '') ?? [];
  return Number(step);
}

/** The write that is marked. */
function marked(page: Page): Locator {
  return writes(page).filter({ has: page.locator('xpath=self::*[@aria-current="step"]') });
}

/** Waits until the write of that step is the marked one. */
async function expectMarked(page: Page, step: number): Promise<void> {
  await expect.poll(() => stepOf(marked(page))).toBe(step);
}

const at = (key: string, occurrence = 1) => link(SMALL, { kind: 'key', key, occurrence });

test('who wrote the flags of a grant entry: domU, then Xen', async ({ page }) => {
  await open(page, at('map_grant_ref#map_one'));
  const { position } = await here(page);
  const flags = changed(page, /^flags of entry 520/);
  await flags.click();
  await expect(inquiry(page)).toBeFocused();
  await expect(inquiry(page)).toHaveAccessibleName('Who wrote this? flags of grant entry 520');
  await expect(inquiry(page).getByText('19 00', { exact: true }).first()).toBeVisible();
  await expect(writes(page)).toHaveCount(2);
  await expect(writes(page).first()).toContainText('domU');
  await expect(writes(page).last()).toContainText('map_grant_ref');
  await expectMarked(page, position);

  const granted = await stepOf(writes(page).first());
  expect(granted).toBeLessThan(position);
  await writes(page).first().getByRole('button').click();
  await expectStep(page, granted);
  await expect(inquiry(page).getByText('01 00', { exact: true }).first()).toBeVisible();
  await expectMarked(page, granted);

  await inquiry(page).getByRole('button', { name: 'Next write' }).click();
  await expectStep(page, position);
  await page.keyboard.press('Escape');
  await expect(inquiry(page)).toHaveCount(0);
});

test('who wrote a key: Escape gives the focus back, and the answer follows the run', async ({ page }) => {
  await open(page, at('xenbus_switch_state#transaction_end', 2));
  const key = changed(page, /^key .*\/device\/vif\/0\/state/);
  await key.focus();
  await page.keyboard.press('Enter');
  await expect(inquiry(page)).toHaveAccessibleName('Who wrote this? /local/domain/5/device/vif/0/state');
  await expect(writes(page)).toHaveCount(2);
  await expect(inquiry(page).getByRole('button', { name: 'At the last write so far' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(key).toBeFocused();

  // A key is a key in every run: with other sliders the question is asked again.
  await page.keyboard.press('Enter');
  await expect(writes(page)).toHaveCount(2);
  const before = await stepOf(marked(page));
  await page.getByRole('group', { name: 'Ring pages', exact: true }).getByRole('radio', { name: '4', exact: true }).check();
  await expect(writes(page)).toHaveCount(2);
  await expect.poll(() => stepOf(marked(page))).toBeGreaterThan(before);
});

test('who wrote bytes of a ring, as they lie in memory', async ({ page }) => {
  await open(page, at('xennet_alloc_rx_buffers#store_req_prod'));
  await changed(page, /^req_prod of the RX ring of queue 0/).click();
  await expect(writes(page)).not.toHaveCount(0);
  await expect(inquiry(page).getByText('00 01 00 00', { exact: true }).first()).toBeVisible();
  const { position } = await here(page);
  await expectMarked(page, position);
});

/** A lens, opened. */
async function lens(page: Page, name: string): Promise<Locator> {
  await page.getByRole('tab', { name }).click();
  return page.getByRole('tabpanel', { name });
}

test('who lit a flag of a grant entry, asked by its lamp in the lens of the grants', async ({ page }) => {
  await open(page, link(SMALL, { kind: 'chapter', chapter: 'ports' }));
  const { position } = await here(page);
  const row = (await lens(page, 'Grants')).getByRole('row', { name: /queue 0 TX ring page 0/ });
  await row.getByRole('button', { name: 'reading on: who wrote this?' }).click();
  await expect(inquiry(page)).toHaveAccessibleName('Who wrote this? reading in the flags of grant entry 520');
  // domU's own stores into the entry leave the bit as it was.
  await expect(writes(page)).toHaveCount(1);
  await expect(writes(page)).toContainText('map_grant_ref');
  const lit = await stepOf(marked(page));
  expect(lit).toBeLessThan(position);

  await inquiry(page).getByRole('button', { name: 'Go to the last write so far' }).click();
  await expectStep(page, lit);
  await page.keyboard.press('Escape');
  // The value was pressed with the mouse: the table, whose own these keys are, does not keep them.
  await page.keyboard.press('ArrowLeft');
  await expectStep(page, lit - 1);
  await expect(row.getByRole('button', { name: 'reading off: who wrote this?' })).toBeVisible();
  await page.keyboard.press('Home');
  await expectStep(page, 0);
});

test('the keys are the run’s again after a value of the stage that was pressed with the mouse', async ({ page }) => {
  await open(page, at('map_grant_ref#map_one'));
  const { position } = await here(page);
  const value = stage(page).getByRole('button', { name: 'reading of grant entry 520, set: who wrote this?' });
  await value.click();
  await expect(inquiry(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(inquiry(page)).toHaveCount(0);
  await page.keyboard.press('ArrowLeft');
  await expectStep(page, position - 1);
  await page.keyboard.press('End');
  await expectEnd(page);
});

test('who wrote a key, asked by its value in the lens of xenstore', async ({ page }) => {
  await open(page, link(SMALL, { kind: 'chapter', chapter: 'mapping' }));
  const { position } = await here(page);
  const directory = (await lens(page, 'Xenstore')).getByRole('grid', { name: 'device/vif/0' });
  const path = '/local/domain/5/device/vif/0/state';
  await directory.getByRole('button', { name: `${path} = 4: who wrote this?` }).click();
  await expect(inquiry(page)).toHaveAccessibleName(`Who wrote this? ${path}`);
  await expect(writes(page)).toHaveCount(2);
  await expect(writes(page).first()).toContainText('toolstack');
  await expect(writes(page).last()).toContainText('domU');
  expect(await stepOf(marked(page))).toBeLessThan(position);

  const first = await stepOf(writes(page).first());
  await writes(page).first().getByRole('button').click();
  await expectStep(page, first);
  await expectMarked(page, first);
  await expect(directory.getByRole('button', { name: `${path} = 1: who wrote this?` })).toBeVisible();
});

test('who wrote a byte of a ring, asked by mouse and by keyboard in the lens of the memory', async ({ page }) => {
  await open(page, at('xennet_alloc_rx_buffers#store_req_prod'));
  const { position } = await here(page);
  const memory = await lens(page, 'Memory');
  const grid = memory.getByRole('grid', { name: 'Bytes of the page: RX ring, queue 0, page 0' });
  await grid.getByRole('gridcell', { name: '0x001: 01, req_prod, changed by this step' }).click();
  const chosen = memory.getByRole('region', { name: 'The chosen byte' });
  await chosen.getByRole('button', { name: /^req_prod .*: who wrote this\?$/ }).click();
  await expect(inquiry(page)).toHaveAccessibleName(/^Who wrote this\? req_prod /);
  await expect(inquiry(page).getByText('00 01 00 00', { exact: true }).first()).toBeVisible();
  await expect(writes(page).filter({ hasText: 'domU' })).not.toHaveCount(0);
  await expectMarked(page, position);
  await page.keyboard.press('Escape');
  await expect(inquiry(page)).toHaveCount(0);

  await grid.focus();
  await page.keyboard.press('Enter');
  await expect(inquiry(page)).toHaveAccessibleName(/^Who wrote this\? req_prod /);
  await page.keyboard.press('Escape');
  await expect(grid).toBeFocused();
});

test('a thing that is asked about stops the run where it changes', async ({ page }) => {
  await open(page, at('map_grant_ref#map_one'));
  const { position } = await here(page);
  await changed(page, /^flags of entry 520/).click();
  await inquiry(page).getByRole('button', { name: 'Stop when it changes' }).click();
  await page.keyboard.press('Escape');
  for (let back = 1; back <= 3; back++) {
    await page.keyboard.press('ArrowLeft');
    await expectStep(page, position - back);
  }
  await page.keyboard.press('Space');
  await expectStep(page, position);
  await expect(page.locator('[data-says=step]')).toHaveText(
    new RegExp(`^Stopped at step ${position}: flags of grant entry 520 changes\\. Step ${position}, dom0 xenwatch, map_grant_ref: `),
  );
});

test('what changed between two steps, by place, and who wrote it', async ({ page }) => {
  await open(page, link(SMALL, { kind: 'chapter', chapter: 'mapping' }));
  await page.keyboard.press('[');
  const { position: from } = await here(page);
  await page.keyboard.press('PageDown');
  await expect.poll(async () => (await here(page)).position).toBeGreaterThan(from);
  await page.keyboard.press(']');
  await page.keyboard.press('=');
  const drawer = page.getByRole('dialog', { name: 'What changed between A and B' });
  await expect(drawer.getByRole('button', { name: /^Xen’s own \d+$/ })).toBeVisible();
  await expect(drawer.getByText('flags of entry 520')).toBeVisible();

  await drawer.getByRole('searchbox', { name: 'Filter' }).fill('maptrack handle 0');
  await expect(drawer.getByRole('status')).toHaveText(/^1 of \d+$/);
  await drawer.getByRole('button', { name: /^maptrack handle 0/ }).click();
  await expect(inquiry(page)).toBeFocused();
  await expect(writes(page)).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(drawer).toBeVisible();

  await drawer.getByRole('button', { name: `Go to A, step ${from}, ` }).click();
  await expectStep(page, from);
  await page.keyboard.press('Escape');
  await expect(drawer).toHaveCount(0);
});

test('a mark in a run that is not open says so, and opens it again', async ({ page }) => {
  await open(page, link(SMALL, 100));
  await page.getByRole('button', { name: 'Mark A here ([)' }).click();
  await page.getByRole('group', { name: 'Ring pages', exact: true }).getByRole('radio', { name: '4', exact: true }).check();
  const away = page.getByRole('button', { name: 'A not here: it marks step 100 of another run' });
  await away.click();
  await expect(page.getByRole('dialog')).toContainText('ring pages 1 and 1');
  await page.getByRole('button', { name: 'Open its run' }).click();
  await expectStep(page, 100);
  await expect(page.getByRole('button', { name: 'A 100: go to this mark' })).toBeVisible();

  await page.keyboard.press('=');
  await expect(page.getByRole('alert')).toContainText('Mark two steps first');
});

test('the state as text is the first thing in the stage for the keyboard', async ({ page }) => {
  await open(page, at('map_grant_ref#map_one'));
  const button = page.getByRole('region', { name: 'Stage', exact: true }).getByRole('button', { name: 'State as text' });
  await button.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /^State as text/ });
  await expect(dialog.getByRole('heading', { level: 3 })).toHaveCount(9);
  await expect(dialog.getByRole('row', { name: /^520 .* 0x19: permit, reading, writing / })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(button).toBeFocused();
});
