import type { Locator, Page } from '@playwright/test';
import { expect, expectAnother, expectStates, expectStep, expectStory, here, link, open, pick, SMALL, stage, story, test } from './ringscope.ts';

const lines = (page: Page): Locator => story(page).getByRole('list', { name: 'Listing' }).locator('[data-rove]');
const marked = (page: Page): Locator => story(page).locator('[aria-current=step]');

/** Adds the breakpoint "backend state becomes 4". */
async function stopAtConnected(page: Page): Promise<Locator> {
  await page.keyboard.press('b');
  const panel = page.getByRole('dialog', { name: 'Breakpoints' });
  await panel.getByRole('combobox', { name: 'Stop when' }).selectOption('a state is published');
  await panel.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(panel.getByRole('checkbox', { name: 'backend state becomes 4 Connected' })).toBeChecked();
  return panel;
}

test('a line is run to by a press or from the keyboard, which sets breakpoints as well', async ({ page }) => {
  await open(page, link(SMALL, 3));
  await expect(marked(page)).toContainText('clear_libxl_dir');
  await marked(page).locator('[data-rove]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(marked(page)).toContainText('clear_frontend_dir');
  const { position } = await here(page);
  expect(position).toBeGreaterThan(3);
  await lines(page).filter({ hasText: 'set_frontend_perms' }).click();
  await expect(marked(page)).toContainText('set_frontend_perms');
  expect((await here(page)).position).toBeGreaterThan(position);

  await page.keyboard.press('Home');
  await expect(lines(page).first()).toBeFocused();
  const dot = page.getByRole('button', { name: /^Breakpoint at / }).first();
  await page.keyboard.press('b');
  await expect(dot).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('button', { name: 'Breakpoints 1 on' })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('b');
  await expect(dot).toHaveAttribute('aria-pressed', 'false');
});

for (const [width, height] of [[1440, 900], [1200, 800]] as const) {
  test(`at ${width} × ${height} what stopped the run is said over nothing that can be read or pressed`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, link(SMALL, { kind: 'key', key: 'xenbus_probe_node#read_state', occurrence: 1 }));
    await stage(page).getByRole('button', { name: /^Frontend state 1 / }).click();
    await page.getByRole('button', { name: 'Stop when it changes' }).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Home');
    await expectStep(page, 0);
    await pick(page, 'Speed', '16×');
    const said = page.getByText(/^Stopped: /);
    const others = page.locator('[aria-label=Transport], [aria-label=Timeline], [role=tabpanel], [role=tablist] > *, [role=tablist] ~ button, section[data-party]');
    // Early in the run, and late in it.
    for (let stop = 1; stop <= 2; stop++) {
      await page.getByRole('button', { name: 'Play' }).click();
      await expect(said).toBeVisible();
      // All of it is there.
      expect(await said.evaluate((part) => [part.scrollWidth - part.clientWidth, part.scrollHeight - part.clientHeight])).toEqual([0, 0]);
      const notice = (await said.locator('xpath=..').boundingBox())!;
      for (const other of await others.all()) {
        const part = (await other.boundingBox())!;
        expect(Math.min(notice.y + notice.height, part.y + part.height) - Math.max(notice.y, part.y) <= 1
          || Math.min(notice.x + notice.width, part.x + part.width) - Math.max(notice.x, part.x) <= 1).toBe(true);
      }
    }
  });
}

test('what stopped the run is not said over the branches', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page, link(SMALL, 470));
  await stopAtConnected(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('7');
  await page.getByRole('tabpanel').getByRole('button', { name: /^Run it: / }).nth(1).click();
  const branches = page.getByRole('list', { name: 'Branches' });
  await expect(branches.getByRole('button')).toHaveCount(2);
  await pick(page, 'Speed', '16×');
  await page.getByRole('button', { name: 'Play' }).click();
  const said = page.getByText('Stopped: backend state becomes 4 Connected');
  await expect(said).toBeVisible();
  const [notice, row] = await Promise.all([said.locator('xpath=..'), branches].map((part) => part.boundingBox()));
  expect(notice!.y + notice!.height).toBeLessThanOrEqual(row!.y);
});

test('playing stops when the backend says 4, and it is said what stopped it', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, link(SMALL, 470));
  await stopAtConnected(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await pick(page, 'Speed', '16×');
  await page.getByRole('button', { name: 'Play' }).click();
  const said = page.getByText('Stopped: backend state becomes 4 Connected');
  await expect(said).toBeVisible();
  // What the lens shows of the step is there to be read.
  const [notice, lens] = await Promise.all([said, page.getByRole('tabpanel')].map((part) => part.boundingBox()));
  expect(notice!.y + notice!.height).toBeLessThanOrEqual(lens!.y);
  await expectStates(page, '4 Connected', '4 Connected');
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  const { position, length } = await here(page);

  // The breakpoint holds for other sliders as well.
  await page.getByRole('button', { name: 'To the start' }).click();
  await expectStep(page, 0);
  await expect(page.getByText(/^Stopped: /)).toHaveCount(0);
  await pick(page, 'Ring pages', '2');
  await expectAnother(page, length);
  await page.getByRole('button', { name: 'Breakpoints 1 on' }).click();
  await page.getByRole('button', { name: 'Run to the next', exact: true }).click();
  await expect(page.getByText('Stopped: backend state becomes 4 Connected')).toBeVisible();
  expect((await here(page)).position).toBeGreaterThan(position);
});

test('a breakpoint that never hits says so, and one that cannot be is refused where it is typed', async ({ page }) => {
  await open(page, link(SMALL, 500));
  const panel = await stopAtConnected(page);
  const reason = 'That does not happen in the rest of this run.';
  await panel.getByRole('button', { name: 'Run to the next time: backend state becomes 4 Connected' }).click();
  await expect(panel.getByRole('listitem')).toContainText(reason);
  await expect(page.getByRole('alert').filter({ hasText: reason })).toHaveCount(1);
  await expectStep(page, 500);

  await panel.getByRole('combobox', { name: 'Stop when' }).selectOption('a grant entry changes');
  // The entries of the rings are there by name; what they are can be chosen with keys alone.
  const entry = panel.getByRole('combobox', { name: 'Grant entry' });
  await expect(entry.getByRole('option')).toHaveText([/^TX ring, page 0, queue 0 · \d+$/, /^RX ring, page 0, queue 0 · \d+$/, 'another, by its number']);
  await entry.press('End');
  await panel.getByRole('combobox', { name: 'Grant reference' }).fill('40000');
  await panel.getByRole('combobox', { name: 'Grant reference' }).press('Enter');
  await expect(panel.getByText('Grant entry 40000 is beyond the table: with 64 grant frames the last one is 32767.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Breakpoints 1 on' })).toBeVisible();
});

test('what a breakpoint refuses goes with the dialog', async ({ page }) => {
  await open(page, link(SMALL, 500));
  const panel = await stopAtConnected(page);
  await panel.getByRole('button', { name: /^Run to the next time/ }).click();
  await expect(panel.getByRole('listitem')).toContainText('That does not happen in the rest of this run.');
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(page.getByText('That does not happen in the rest of this run.')).toHaveCount(0);
});

for (const [width, height] of [[1440, 900], [390, 844]] as const) {
  test(`at ${width} × ${height} playing to the end says which breakpoint was not met`, async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await open(page, link(SMALL, 0));
    await stopAtConnected(page);
    await page.keyboard.press('Escape');
    await pick(page, 'Speed', '16×');
    const { length } = await here(page);
    await page.setViewportSize({ width, height });
    await page.evaluate((hash) => {
      location.hash = hash;
    }, link(SMALL, length - 12));
    await expectStep(page, length - 12);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    const notice = page.getByText(`Played from step ${length - 12} to the end without meeting the breakpoint: backend state becomes 4 Connected`);
    await expect(notice).toBeVisible();
    // All of it: nothing is cut.
    expect(await notice.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    await expectStep(page, length);
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await expect(notice).toHaveCount(0);
  });
}

test('a branch is left and come back to, each run at the place where one was', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, link(SMALL, 100));
  await page.keyboard.press('7');
  const stage = page.getByRole('region', { name: 'Stage', exact: true });
  const place = await stage.boundingBox();
  await page.getByRole('tabpanel').getByRole('button', { name: /^Run it: / }).nth(1).click();
  await expectStep(page, 101);
  const branches = page.getByRole('list', { name: 'Branches' });
  await expect(branches.getByRole('button')).toHaveCount(2);
  // What is under the stage makes room for them.
  expect(await stage.boundingBox()).toEqual(place);
  const branch = branches.getByRole('button', { name: /^after step 100: .+ goes first/ });
  await expect(branch).toHaveAttribute('aria-current', 'true');
  await page.getByRole('button', { name: 'Into', exact: true }).click();
  await page.getByRole('button', { name: 'Into', exact: true }).click();
  await expectStep(page, 103);
  await expectStory(page);
  const there = await story(page).getByRole('heading', { level: 2 }).textContent();

  const natural = branches.getByRole('button', { name: /^natural order/ });
  await natural.click();
  await expectStep(page, 100);
  await expect(natural).toHaveAttribute('aria-current', 'true');
  await branch.click();
  await expectStep(page, 103);
  await expect(branch).toHaveAttribute('aria-current', 'true');
  await expect(story(page).getByRole('heading', { level: 2 })).toHaveText(there ?? '');

  // Another configuration has none of them.
  await page.getByRole('button', { name: 'One queue more' }).click();
  await expect(branches).toHaveCount(0);
});

test('the search goes to a function, and says so where nothing has the name', async ({ page }) => {
  await open(page, link(SMALL));
  await page.keyboard.press('/');
  const palette = page.getByRole('dialog', { name: 'Search this run' });
  const field = palette.getByRole('combobox');
  await field.fill('<img src=x onerror=alert(1)>');
  await expect(palette.getByText('Nothing in this run is called “<img src=x onerror=alert(1)>”.')).toBeVisible();
  await field.fill('xenvif_connect');
  await expect(palette.getByRole('option').first()).toBeVisible();
  await field.press('Enter');
  await expect(palette).toHaveCount(0);
  await expect(story(page).getByRole('list', { name: 'Call stack' })).toContainText('xenvif_connect');
});

test('with single keys switched off, /, B and the digits do nothing', async ({ page }) => {
  await open(page, link(SMALL));
  await page.keyboard.press('6');
  await expect(page.getByRole('tab', { name: 'Log' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('?');
  await page.getByRole('checkbox', { name: 'Single-key shortcuts' }).uncheck();
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { level: 1 }).click();
  for (const key of ['/', 'b', 'B', '3']) await page.keyboard.press(key);
  await page.getByRole('button', { name: 'Into', exact: true }).click();
  await expectStep(page, 1);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('tab', { name: 'Log' })).toHaveAttribute('aria-selected', 'true');
});

test('Escape closes the breakpoints from the page, and the comparison takes their place', async ({ page }) => {
  await open(page, link(SMALL, 40));
  const breakpoints = page.getByRole('dialog', { name: 'Breakpoints' });
  const comparison = page.getByRole('dialog', { name: 'What changed between A and B' });
  await page.keyboard.press('[');
  await page.getByRole('button', { name: 'Into', exact: true }).click();
  await expectStep(page, 41);
  await page.keyboard.press(']');
  await page.keyboard.press('b');
  await expect(breakpoints).toBeVisible();
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(comparison).toBeVisible();
  await expect(breakpoints).toHaveCount(0);
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('b');
  await expect(breakpoints).toBeVisible();
  await expect(comparison).toHaveCount(0);
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a frame with all controls says what stopped it as well', async ({ page }) => {
  await page.goto(`./embed.html?panels=story&controls=full${link(SMALL, 3)}`);
  await expectStory(page);
  await lines(page).filter({ hasText: 'clear_frontend_dir' }).focus();
  await page.keyboard.press('b');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  const said = page.getByText(/^Stopped: .*clear_frontend_dir/);
  await expect(said).toBeVisible();
  await expect(said).toBeInViewport({ ratio: 1 });
});

test('after a breakpoint was set with the mouse in the listing, Home and Space go to the start and play', async ({ page }) => {
  await open(page, link(SMALL, 30));
  const dot = story(page).getByRole('list', { name: 'Listing' }).getByRole('button', { name: /^Breakpoint at / }).first();
  await dot.click();
  await expect(dot).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Home');
  await expectStep(page, 0);
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
});
