import type { Locator, Page } from '@playwright/test';
import {
  expect, expectAnother, expectBeyond, expectFits, expectPainted, expectStep, here, link, open, stage, story, test,
} from './ringscope.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

/** Goes to one of the views, of which a narrow page shows one at a time. */
async function view(page: Page, name: 'Stage' | 'Story' | 'Lenses' | 'Timeline'): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name }).tap();
  await expect(page.getByRole('region', { name, exact: true })).toBeVisible();
}

/** Goes to a chapter by its name in the timeline. */
async function toChapter(page: Page, title: string): Promise<void> {
  await view(page, 'Timeline');
  const chapters = page.getByRole('region', { name: 'Timeline' }).getByRole('list').filter({ hasText: 'The toolstack writes' });
  const chapter = chapters.getByRole('button', { name: title });
  await chapter.tap();
  await expect(chapter).toHaveAttribute('aria-current', 'step');
}

function transport(page: Page, name: string): Locator {
  return page.getByRole('region', { name: 'Transport' }).getByRole('button', { name, exact: true });
}

/** Each is as large as a finger needs. */
async function expectLarge(targets: Locator): Promise<void> {
  const sizes = await targets.evaluateAll((all) =>
    all
      .map((one) => {
        const { width, height } = one.getBoundingClientRect();
        return { name: one.getAttribute('aria-label') ?? one.textContent, width, height };
      })
      .filter(({ width }) => width > 0));
  expect(sizes.length).toBeGreaterThan(0);
  expect(sizes.filter(({ width, height }) => width < 44 || height < 44)).toEqual([]);
}

test('by taps alone: steps, all views, who wrote a value, a lens, the sliders, an act, and play', async ({ page }) => {
  test.setTimeout(240_000);
  await open(page);
  await expectFits(page);
  await expectLarge(page.getByRole('region', { name: 'Transport' }).getByRole('button'));
  await expectLarge(page.getByRole('navigation', { name: 'Views' }).getByRole('button'));

  await transport(page, 'Into').tap();
  await transport(page, 'Into').tap();
  await expectStep(page, 2);
  await transport(page, 'Back').tap();
  await expectStep(page, 1);

  await view(page, 'Story');
  await expect(story(page).getByRole('heading', { level: 2 })).toBeVisible();
  await expectFits(page);
  await view(page, 'Timeline');
  await expectFits(page);
  await toChapter(page, 'The event channels are bound');

  await view(page, 'Stage');
  await expectFits(page);
  const lamp = stage(page).getByRole('button', { name: /^reading of grant entry \d+, set/ }).first();
  await lamp.tap();
  const inquiry = page.getByRole('dialog', { name: /^Who wrote this\?/ });
  await expect(inquiry.getByRole('list', { name: 'Every write' })).toContainText('map_grant_ref');
  await expectFits(page);
  const { position } = await here(page);
  await inquiry.getByRole('button', { name: 'Go to the last write so far' }).tap();
  await expect.poll(async () => (await here(page)).position).toBeLessThan(position);
  await inquiry.getByRole('button', { name: 'Close' }).tap();
  await expect(inquiry).toHaveCount(0);

  await view(page, 'Lenses');
  await page.getByRole('tab', { name: 'Grants' }).tap();
  await expect(page.getByRole('tabpanel', { name: 'Grants' }).getByRole('row', { name: /queue 0 TX ring page 3/ })).toBeVisible();
  await expectFits(page);

  const { length: four } = await here(page);
  await page.getByRole('button', { name: 'Settings' }).tap();
  await expectFits(page);
  await page.getByRole('group', { name: 'Ring pages', exact: true }).getByRole('radio', { name: '1', exact: true }).tap();
  await expect(page.getByText('256 TX · 256 RX')).toBeVisible();
  await page.getByRole('button', { name: 'Settings' }).tap();
  await expectAnother(page, four);
  await view(page, 'Stage');
  await expect(stage(page).getByRole('heading', { name: /^TX ring, 1 page, 256 entries/ })).toBeVisible();

  await toChapter(page, 'Receive buffers are posted');
  await view(page, 'Stage');
  const { position: before, length } = await here(page);
  await stage(page).getByRole('button', { name: 'Act in domU 5' }).tap();
  await expect(page.getByRole('menu')).toBeVisible();
  await expectFits(page);
  await page.getByRole('menuitem', { name: 'Remove the TX ring key' }).tap();
  await expectStep(page, before + 1);
  await transport(page, 'Play').tap();
  await expectBeyond(page, before + 3);
  await transport(page, 'Pause').tap();
  await expect(transport(page, 'Play')).toBeVisible();
  const { position: paused } = await here(page);
  await transport(page, 'Into').tap();
  await expectStep(page, paused + 1);
  await expectAnother(page, length);
  await view(page, 'Timeline');
  await expect(page.getByRole('list', { name: 'Branches' }).getByRole('button')).toHaveCount(2);
  await expectFits(page);
});

test('beside the tour a sheet has two writes in sight, and its buttons stay under the finger from one to the next', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'take the tour' }).tap();
  const tour = page.getByRole('region', { name: 'Guided tour' });
  for (let stop = 1; stop < 15; stop++) await tour.getByRole('button', { name: 'Next' }).tap();
  await tour.getByRole('button', { name: 'To the questions' }).tap();
  for (let question = 1; question < 4; question++) await tour.getByRole('button', { name: 'Skip' }).tap();
  await stage(page).getByRole('button', { name: /device\/vif\/0\/state/ }).first().tap();
  await expect(tour.getByText('That is it.')).toBeVisible();
  const sheet = page.getByRole('dialog', { name: /^Who wrote this\?/ });
  const writes = sheet.getByRole('list', { name: 'Every write' });
  const rows = (): Promise<number> => writes.evaluate((list) => {
    const { top, bottom } = list.getBoundingClientRect();
    const boxes = [...list.children].map((row) => row.getBoundingClientRect());
    return boxes.filter((row) => row.top >= top && row.bottom <= bottom).length;
  });
  await expect.poll(rows).toBe(2);
  const [back, on] = ['Previous write', 'Next write'].map((name) => sheet.getByRole('button', { name }));
  const place = await on!.boundingBox();
  await back!.tap();
  await expect(writes.locator('[aria-current=step]')).toContainText('libxl');
  expect(await on!.boundingBox()).toEqual(place);
  await expect.poll(rows).toBe(2);
  // The card does not lie over it, nor it over the card.
  const [over, card] = [(await sheet.boundingBox())!, (await tour.boundingBox())!];
  expect(Math.abs(over.y + over.height - card.y)).toBeLessThanOrEqual(1);
});

for (const [width, height] of [[390, 844], [320, 640]] as const) {
  test(`at ${width} px the stage says what each step did, in one place, and the buttons have names`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    const caption = page.getByRole('button', { name: /^step \d+ of \d+/ });
    await expect(caption).toHaveAccessibleName(/^step 0 of \d+ Press Play below/);
    const place = await caption.boundingBox();
    await transport(page, 'Into').tap();
    await expect(caption).toHaveAccessibleName(/^step 1 of \d+ toolstack libxl__\w+ The toolstack/);
    expect(await caption.boundingBox()).toEqual(place);
    await toChapter(page, 'Xen maps the rings');
    await view(page, 'Stage');
    await transport(page, 'Into').tap();
    await expect(caption).toHaveAccessibleName(/dom0 xenwatch/);
    expect(await caption.boundingBox()).toEqual(place);
    await expectFits(page);

    const title = (await caption.innerText()).split('\n').at(-1)!;
    await caption.tap();
    await expect(story(page).getByRole('heading', { level: 2 })).toHaveText(title);
    await expect(page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Story' })).toBeFocused();

    for (const name of ['Back', 'Play', 'Into', 'Over', 'Out']) {
      await expect(transport(page, name).getByText(name, { exact: true })).toBeVisible();
    }
    await expectLarge(page.getByRole('region', { name: 'Transport' }).getByRole('button'));
    const settings = page.getByRole('button', { name: 'Settings Netif, multi-page rings' });
    await settings.tap();
    await expect(page.getByRole('button', { name: 'Scenario: Netif, multi-page rings' })).toBeVisible();
    await expectLarge(page.getByRole('banner').getByRole('button'));
    await expectFits(page);
  });
}

test('every lens fits the width of a phone, and its tabs are large', async ({ page }) => {
  await open(page);
  await toChapter(page, 'Xen maps the rings');
  await view(page, 'Lenses');
  await expectLarge(page.getByRole('tab'));
  for (const name of ['Rings', 'Memory', 'Xenstore', 'Grants', 'Events', 'Log', 'Choices']) {
    await page.getByRole('tab', { name }).tap();
    await expect(page.getByRole('tabpanel', { name }).locator(':scope > *').first()).toBeVisible();
    await expectFits(page);
  }
});

test('the signs around a ring are explained beneath it, in sight', async ({ page }) => {
  await open(page);
  await toChapter(page, 'Xen maps the rings');
  await view(page, 'Lenses');
  await page.getByRole('tab', { name: 'Rings' }).tap();
  const signs = page.getByRole('list', { name: 'Signs of the indexes' });
  await expect(signs).toBeInViewport({ ratio: 1 });
  for (const text of ['producer', 'consumer', 'event asked for', 'filled: of requests', 'hollow: of responses']) {
    await expect(signs.getByText(text, { exact: true })).toBeInViewport({ ratio: 1 });
  }
  // What its colours mean is in sight as well.
  await expect(page.getByText('responses published, not consumed')).toBeInViewport({ ratio: 1 });
});

test('what could run next, and what could be done, stands beside its own button', async ({ page }) => {
  await open(page);
  await toChapter(page, 'Xen maps the rings');
  await view(page, 'Lenses');
  await page.getByRole('tab', { name: 'Choices' }).tap();
  const lens = page.getByRole('tabpanel', { name: 'Choices' });
  for (const name of [/^Run it: dom0 xenbus/, /^Do it: xl network-detach$/]) {
    const button = lens.getByRole('button', { name });
    const { right } = await button.evaluate((element) => element.getBoundingClientRect());
    const others = await button.locator('xpath=following-sibling::*').evaluateAll((all) =>
      all.map((one) => one.getBoundingClientRect().left));
    expect(others.length).toBeGreaterThanOrEqual(2);
    for (const left of others) expect(left).toBeGreaterThanOrEqual(right);
  }
});

test('the beginning speaks of the button, and the copies of a state go when a finger is elsewhere', async ({ page }) => {
  await open(page);
  await expect(page.getByText(/^Press Play below/).filter({ visible: true })).toHaveCount(1);
  await view(page, 'Story');
  await expect(story(page).getByText('Press Play below, or')).toBeVisible();
  await expect(story(page).getByText('Press Space, or')).toBeHidden();

  await view(page, 'Stage');
  const copies = stage(page).getByRole('group', { name: 'The three copies of this state' }).first();
  const track = stage(page).getByRole('group', { name: /^Frontend state:/ });
  const showCopies = async (): Promise<void> => {
    await track.dispatchEvent('focusin');
    await expect(copies).toBeVisible();
  };
  await showCopies();
  await page.touchscreen.tap(195, 700);
  await expect(copies).toBeHidden();
  await showCopies();
  await page.keyboard.press('Escape');
  await expect(copies).toBeHidden();
  await showCopies();
  await stage(page).evaluate((area) => area.scrollBy(0, 40));
  await expect(copies).toBeHidden();
});

test('two lines of the caption are whole, and no card on the stage is wider than the page', async ({ page }) => {
  // Two lines of words, one of them with the name of a key, and of words alone with ports that are not bound yet.
  for (const [step, words] of [[446, 'rx-ring-ref3'], [458, 'and maps the page into dom0']] as const) {
    await open(page, link({}, step));
    const title = page.getByRole('button', { name: new RegExp(`^step ${step} of \\d+ .*${words}`) }).locator(':scope > span').last();
    const heights = await title.evaluate(({ scrollHeight, clientHeight }) => ({ scrollHeight, clientHeight }));
    expect(heights).toEqual({ scrollHeight: 36, clientHeight: 36 });
  }
  const sideways = await stage(page).evaluate((area) => [...area.querySelectorAll('[role=group]')]
    .filter((box) => getComputedStyle(box).overflowX === 'auto' && box.scrollWidth > box.clientWidth)
    .map((box) => box.getAttribute('aria-label')));
  expect(sideways).toEqual([]);
});

test('a table that a step scrolled sideways goes back with one that changes nothing in it, unless somebody scrolled it', async ({ page }) => {
  await open(page, link({}, { kind: 'key', key: 'evtchn_bind_interdomain#bind_ports', occurrence: 1 }));
  await view(page, 'Lenses');
  await page.getByRole('tab', { name: 'Events' }).tap();
  const table = page.getByRole('tabpanel', { name: 'Events' }).getByRole('grid');
  const sideways = (): Promise<number> => table.evaluate(({ scrollLeft }) => scrollLeft);
  const into = page.getByRole('region', { name: 'Transport' }).getByRole('button', { name: 'Into' });
  await expect.poll(sideways).toBeGreaterThan(0);
  await into.tap();
  await expect.poll(sideways).toBe(0);
  await table.evaluate((box) => box.scrollBy(40, 0));
  const { position } = await here(page);
  await into.tap();
  await expectStep(page, position + 1);
  await expectPainted(page);
  expect(await sideways()).toBe(40);
});

test('whoever chooses a scenario sees it, and who wants to see the harm that it does reads which', async ({ page }) => {
  await open(page);
  const settings = page.locator('[aria-controls=settings]');
  const choose = async (name: RegExp, button: RegExp): Promise<void> => {
    await settings.tap();
    await page.getByRole('button', { name: /^Scenario: / }).tap();
    await page.getByRole('dialog').getByRole('option', { name }).tap();
    await page.getByRole('dialog').getByRole('button', { name: button }).tap();
    await expect(settings).toHaveAttribute('aria-expanded', 'false');
  };
  await choose(/One bad page among four/, /^Open/);
  await expect(stage(page)).toBeVisible();
  await choose(/No second look before sleeping/, /harm/);
  await expect(story(page).getByText('Here the bug does harm.')).toBeInViewport();
});

test('the settings close once the search has led somewhere, and stay where it was given up', async ({ page }) => {
  await open(page);
  const settings = page.getByRole('button', { name: 'Settings' });
  const search = page.getByRole('button', { name: 'Search' });
  await settings.tap();
  await search.tap();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(settings).toHaveAttribute('aria-expanded', 'true');
  await search.tap();
  await page.getByRole('dialog').getByRole('combobox').fill('map_grant_ref');
  await page.getByRole('dialog').getByRole('option').first().tap();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expectBeyond(page, 1);
  await expect(settings).toHaveAttribute('aria-expanded', 'false');
  await expect(search).toHaveCount(0);
});

test('the header, the settings, what a step changed and the rows of the grant table are as large as a finger needs', async ({ page }) => {
  // Xen has just mapped the first page.
  await open(page, link({}, { kind: 'key', key: 'map_grant_ref#map_one', occurrence: 1 }));
  await expectLarge(page.getByRole('banner').getByRole('button'));
  await page.getByRole('button', { name: 'Settings' }).tap();
  await expectLarge(page.getByRole('banner').getByRole('button'));
  await expectLarge(page.getByRole('region', { name: 'Settings' }).locator('button, input[type=number], .segmented label'));
  await expectFits(page);
  await page.getByRole('button', { name: 'Settings' }).tap();
  await view(page, 'Story');
  const changes = story(page).getByRole('button', { name: /who wrote this/ });
  await expect(changes.first()).toBeVisible();
  const heights = await changes.evaluateAll((all) =>
    all.map((one) => one.getBoundingClientRect().height));
  expect(heights.length).toBeGreaterThan(0);
  expect(heights.filter((height) => height < 44)).toEqual([]);
  await view(page, 'Stage');
  const fold = stage(page).getByRole('button', { name: /^8 to 2055/ });
  await expect.poll(async () => (await fold.boundingBox())?.height).toBeGreaterThanOrEqual(44);
});

test('all lenses are in sight, whichever is chosen', async ({ page }) => {
  await open(page);
  await view(page, 'Lenses');
  const tabs = page.getByRole('tab');
  await expectLarge(tabs);
  for (const tab of await tabs.all()) {
    await tab.tap();
    await expect(tab).toHaveAttribute('aria-selected', 'true');
    for (const one of await tabs.all()) await expect(one).toBeInViewport({ ratio: 1 });
  }
});

test('the names of the lanes are whole', async ({ page }) => {
  await open(page);
  await view(page, 'Timeline');
  const cut = await page.getByRole('region', { name: 'Timeline' }).locator('li[data-party]').evaluateAll((all) =>
    all.filter((one) => one.scrollWidth > one.clientWidth).map(({ textContent }) => textContent));
  expect(cut).toEqual([]);
  await expectFits(page);
});

test('the stage follows the run from zone to zone, and stays where a person scrolls it in between', async ({ page }) => {
  const box = stage(page);
  const scrolled = (): Promise<number> => box.evaluate((one) => one.scrollTop);
  await open(page);
  await transport(page, 'Into').tap();
  await transport(page, 'Into').tap();
  await expectStep(page, 2);
  await expect(box.getByText('▸')).toBeInViewport();

  // The toolstack, which acts first, stands far down: one way there.
  await open(page, link({}, 0));
  const ends = await box.evaluateHandle((one) => {
    const tops: number[] = [];
    one.addEventListener('scrollend', () => tops.push(one.scrollTop));
    return tops;
  });
  await transport(page, 'Into').tap();
  await expectStep(page, 1);
  await expect.poll(() => ends.evaluate(({ length }) => length)).toBe(1);
  await transport(page, 'Into').tap();
  await expectStep(page, 2);
  await expect(box.getByText('▸')).toBeInViewport({ ratio: 1 });
  expect(await ends.evaluate(({ length }) => length)).toBe(1);

  await open(page, link({}, 62));
  await expect.poll(scrolled).toBeGreaterThan(0);
  await box.evaluate((one) => one.scrollTo(0, 0));
  await transport(page, 'Into').tap();
  await expectStep(page, 63);
  expect(await scrolled()).toBe(0);

  await open(page, link({}, 437));
  const read = (key: string): Promise<void> => expect(box.locator('[data-hot]', { hasText: key })).toBeInViewport({ ratio: 1 });
  await read('tx-ring-ref0');
  await transport(page, 'Into').tap();
  await read('tx-ring-ref1');

  // What a thread reads is seen, and not only who reads it.
  await open(page, link({}, 403));
  await transport(page, 'Into').tap();
  await transport(page, 'Into').tap();
  await expectStep(page, 405);
  await read('state');
});

test('a step is seen where it writes, and else where it acts, and not where something is seen of it elsewhere', async ({ page }) => {
  const box = stage(page);
  const title = (name: string): Locator => box.getByRole('heading', { level: 3, name, exact: true });
  // Xen clears the marks of an entry: the page of the guest is another page then, and so is what dom0 had of it.
  await open(page, link({}, 89, { scenario: 'close-unplug' }));
  await transport(page, 'Into').tap();
  await transport(page, 'Into').tap();
  await expectStep(page, 91);
  await expect(box.getByRole('row', { name: /^grant entry 2056/ })).toBeInViewport({ ratio: 1 });
  // dom0 writes its state to the store, and then unmaps.
  await open(page, link({}, 476, { scenario: 'fault-third-page-bad' }));
  await transport(page, 'Into').tap();
  await expectStep(page, 477);
  await expect(title('dom0')).toBeInViewport({ ratio: 1 });
  // Nothing is changed at the steps after Xen's.
  for (const from of [462, 476]) {
    await open(page, link({}, from, { choices: [[408, 'act:third-page-bad']] }));
    await expect(title('Xen')).toBeInViewport();
    await transport(page, 'Into').tap();
    await transport(page, 'Into').tap();
    await expectStep(page, from + 2);
    await expect(title('dom0')).toBeInViewport({ ratio: 1 });
    await expect(box.getByText('▸')).toBeInViewport({ ratio: 1 });
  }
});

test('stage and story say of a step that it is a branch\'s', async ({ page }) => {
  for (const [choices, count] of [[[], /^step 464 of \d+$/], [[[408, 'act:third-page-bad']], /^step 464 of \d+ · branch$/]] as const) {
    await open(page, link({}, 464, { choices }));
    await expect(page.getByRole('button', { name: /^step 464 of/ }).getByText(/^step/)).toHaveText(count);
    await view(page, 'Story');
    await expect(story(page).getByText(/^step 464 of/)).toHaveText(count);
    await expectFits(page);
  }
});

test('what runs to any breakpoint says so, and once the sheet is closed the keys are the run\'s', async ({ page }) => {
  await open(page);
  await view(page, 'Timeline');
  const button = page.getByRole('button', { name: /^Breakpoints \d+ on$/ });
  const sheet = page.getByRole('dialog', { name: 'Breakpoints' });
  const ways = [
    () => sheet.getByRole('button', { name: 'Close' }).tap(),
    () => button.tap(),
  ];
  for (const [times, close] of [...ways, ...ways].entries()) {
    await button.tap();
    if (times === 0) {
      await sheet.getByRole('textbox', { name: 'Function' }).or(sheet.getByRole('combobox', { name: 'Function' })).fill('map_grant_ref');
      await sheet.getByRole('button', { name: 'Add' }).tap();
    }
    for (const name of ['Run to the next', 'Run back to the one before']) {
      await expect(sheet.getByRole('button', { name, exact: true })).toHaveText(name);
    }
    await expectFits(page);
    await close();
    await expect(sheet).toHaveCount(0);
    await page.keyboard.press('Space');
    await expect(transport(page, 'Pause')).toBeVisible();
    await page.keyboard.press('Space');
    await expect(transport(page, 'Play')).toBeVisible();
    await expect(sheet).toHaveCount(0);
  }
});

test('the menu of acts offers first what can be done, and nothing shows beneath the sign that there is more', async ({ page }) => {
  await open(page, link({}, 408));
  await stage(page).getByRole('button', { name: 'Act in domU 5' }).tap();
  const menu = page.getByRole('menu');
  await expect(menu.getByRole('menuitem').first()).toHaveAttribute('aria-disabled', 'true');
  await expect(menu.getByRole('menuitem', { name: 'The guest crashes, and Xen destroys it' })).toBeFocused();
  const [box, sign] = [(await menu.boundingBox())!, (await menu.getByText('more below').boundingBox())!];
  // Its border is one pixel.
  expect(box.y + box.height - (sign.y + sign.height)).toBeLessThanOrEqual(1);
});

test('a head of two lines is whole, and so is what the help is opened at', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page, link({}, 19));
  const aside = stage(page).getByText('transaction of toolstack: 14 unseen writes');
  const [head, text] = [(await aside.locator('xpath=ancestor::header').boundingBox())!, (await aside.boundingBox())!];
  expect(text.height).toBeGreaterThan(30);
  expect(text.y).toBeGreaterThanOrEqual(head.y);
  expect(text.y + text.height).toBeLessThanOrEqual(head.y + head.height);
  await page.getByRole('banner').getByRole('button', { name: /composite/ }).tap();
  const help = page.getByRole('dialog');
  const title = help.getByRole('heading', { name: 'How faithful this is' });
  await expect(title).toBeFocused();
  const { y, height } = (await help.getByRole('banner').or(help.locator('header')).first().boundingBox())!;
  await expect.poll(async () => (await title.boundingBox())!.y).toBeGreaterThanOrEqual(y + height);
});

test('the tour shows the stage that it speaks of, from whichever view it is taken', async ({ page }) => {
  await open(page);
  await view(page, 'Timeline');
  await page.getByRole('button', { name: 'Help' }).tap();
  await page.getByRole('dialog').getByRole('button', { name: /tour/i }).first().tap();
  await expect(page.getByRole('region', { name: 'Guided tour' })).toBeVisible();
  await expect(stage(page)).toBeVisible();
});

test('the flags of marks at the first and at the last step stay within the lanes', async ({ page }) => {
  await open(page);
  await view(page, 'Timeline');
  await page.getByRole('button', { name: /^Mark A here/ }).tap();
  await page.keyboard.press('End');
  await page.getByRole('button', { name: /^Mark B here/ }).tap();
  const lanes = (await page.getByRole('slider', { name: 'Position in the run' }).boundingBox())!;
  for (const step of [/^Mark A, at step 0$/, /^Mark B, at step [1-9]/]) {
    const flag = (await page.getByRole('region', { name: 'Timeline' }).getByTitle(step).boundingBox())!;
    expect(flag.x).toBeGreaterThanOrEqual(lanes.x - 1);
    expect(flag.x + flag.width).toBeLessThanOrEqual(390);
  }
});

test('a branch that leaves the run at its last step does not have the timeline scroll sideways', async ({ page }) => {
  await open(page);
  await page.keyboard.press('End');
  await view(page, 'Lenses');
  await page.getByRole('tab', { name: 'Choices' }).tap();
  const { length } = await here(page);
  await page.getByRole('tabpanel', { name: 'Choices' }).getByRole('button', { name: 'Do it: xl network-detach', exact: true }).tap();
  await expectAnother(page, length);
  await view(page, 'Timeline');
  await page.getByRole('list', { name: 'Branches' }).getByRole('button', { name: /^natural order/ }).tap();
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await expect(timeline.getByTitle('A branch leaves here').or(timeline.locator('svg > title', { hasText: 'A branch leaves here' }))).toHaveCount(1);
  expect(await timeline.evaluate((part) => part.scrollWidth - part.clientWidth)).toBe(0);
});

test('on a slow phone a link leads to where its step is as well', async ({ page, context }) => {
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 8 });
  await open(page, link({}, 470));
  await expect(stage(page).getByText('▸')).toBeInViewport();
});

test('however far the grant table has scrolled, its columns have names', async ({ page }) => {
  await open(page, link({ txPages: 16, rxPages: 16 }, 600));
  const list = stage(page).getByRole('table', { name: 'Entries of domain 5’s grant table' });
  await list.getByRole('row').nth(20).scrollIntoViewIfNeeded();
  const head = stage(page).getByRole('columnheader', { name: 'handle' });
  await expect(head).toBeInViewport();
  // And no longer once the table is past.
  await stage(page).evaluate((box) => box.scrollTo(0, box.scrollHeight));
  await expect(head).not.toBeInViewport();
});
