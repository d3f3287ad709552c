import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import type { TourQuestion, TourStop } from '../../src/content/tour.ts';
import type { Config } from '../../src/engine/protocol.ts';
import { expect, expectBeyond, expectEnd, expectFits, expectStep, here, link, open, pick, sliders, stage, story, test } from './ringscope.ts';

const { stops: tourStops, questions: tourQuestions } = JSON.parse(
  readFileSync(new URL('../../src/content/en/tour.json', import.meta.url), 'utf8'),
) as { stops: readonly TourStop[]; questions: readonly TourQuestion[] };
const LAST = tourStops.length;

function tour(page: Page): Locator {
  return page.getByRole('region', { name: 'Guided tour' });
}

/** Where it begins and ends, from the top of the window. */
async function edges(part: Locator): Promise<{ top: number; bottom: number }> {
  return part.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return { top, bottom };
  });
}

/** It can be seen: nothing cuts it off or lies over it. */
async function expectOnTop(part: Locator): Promise<void> {
  await expect.poll(() => part.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    return there !== null && element.contains(there);
  })).toBe(true);
}

function count(page: Page, text: string): Promise<void> {
  return expect(tour(page).getByText(text, { exact: true })).toBeVisible();
}

/** Goes on with Tab until the button has the focus, and presses it. */
async function pressByKeys(page: Page, name: string): Promise<void> {
  const button = tour(page).getByRole('button', { name, exact: true });
  await expect(button).toBeVisible();
  for (let presses = 0; presses < 24; presses++) {
    if (await button.evaluate((element) => element === document.activeElement)) return page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not come to “${name}”`);
}

/** Starts the tour from the invitation, by keyboard. */
async function start(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'take the tour' }).focus();
  await page.keyboard.press('Enter');
  await expect(tour(page).getByRole('heading', { level: 2 })).toBeFocused();
}

/** As somebody who was sent a link: to a step of the usual run, or of another. */
async function follow(page: Page, key: string, occurrence = 1, config: Partial<Config> = {}, scenario?: string): Promise<void> {
  const fragment = link(config, { kind: 'key', key, occurrence }, scenario === undefined ? {} : { scenario });
  await page.evaluate((hash) => {
    location.hash = hash;
  }, fragment);
}

/** Asks who wrote a thing that the step changed, by keyboard. */
async function ask(page: Page, name: RegExp): Promise<void> {
  await story(page).getByRole('button', { name }).focus();
  await page.keyboard.press('Enter');
  const answer = page.getByRole('dialog', { name: /^Who wrote this\?/ });
  await expect(answer).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(answer).toHaveCount(0);
}

async function answered(page: Page): Promise<void> {
  await expect(tour(page).getByText('That is it.')).toBeVisible();
}

// Many steps each: the limit only ends what hangs, on a slow and busy machine as well.
test.describe.configure({ timeout: 180_000 });

const ONE_PAGE = { txPages: 1, rxPages: 1 } as const;
const FRONT = String.raw`/local/domain/5/device/vif/0`;

/** What answers each question, in their order. */
const doings: readonly ((page: Page) => Promise<void>)[] = [
  async (page) => {
    await follow(page, 'talk_to_netback#transaction_end');
    await ask(page, new RegExp(`${FRONT}/tx-ring-ref0: who wrote this`));
  },
  async (page) => {
    // The fourteenth chapter is the mapping; Xen comes eight steps after it begins.
    await page.keyboard.press('Home');
    await expectStep(page, 0);
    for (let chapter = 1; chapter <= 14; chapter++) await page.keyboard.press('PageDown');
    await expect(page.getByLabel('Chapter', { exact: true })).toHaveValue(/13|mapping/);
    const { position } = await here(page);
    for (let step = 1; step <= 8; step++) {
      await page.keyboard.press('ArrowRight');
      await expectStep(page, position + step);
    }
  },
  (page) => follow(page, 'unmap_grant_ref#unmap_one', 1, ONE_PAGE, 'close-unplug'),
  async (page) => {
    await follow(page, 'xenbus_switch_state#transaction_end', 2);
    await ask(page, new RegExp(`${FRONT}/state: who wrote this`));
  },
  (page) => follow(page, 'connect_rings#read_ring_ref'),
  (page) => pick(page, 'Ring pages', '16'),
  async (page) => {
    await pick(page, 'Backend', 'PVH');
    await follow(page, 'xenbus_map_ring_valloc_hvm#vmap_pages', 1, { backend: 'pvh' });
  },
  (page) => follow(page, 'map_grant_ref#map_one', 3, {}, 'fault-third-page-bad'),
  (page) => pressByKeys(page, tourQuestions[8]!.choices!.find(({ right }) => right)!.text),
  (page) => follow(page, 'gnttab_end_foreign_access#free_page', 1, ONE_PAGE, 'close-unplug'),
  (page) => follow(page, 'xenvif_napi_schedule_or_enable_events#count_requests_again'),
  (page) => pressByKeys(page, tourQuestions[11]!.choices!.find(({ right }) => right)!.text),
];

test('the tour from the invitation to its end by keyboard, with every question answered by doing', async ({ page }) => {
  await open(page);
  await start(page);
  for (let stop = 1; stop <= LAST; stop++) {
    await count(page, `Stop ${stop} of ${LAST}`);
    await expect(tour(page).getByRole('heading', { level: 2 })).toBeFocused();
    await expect(page.locator('html')).toHaveAttribute('data-look', tourStops[stop - 1]!.look.spot);
    await expect(tour(page).getByText(/^You are elsewhere/)).toHaveCount(0);
    await pressByKeys(page, stop === LAST ? 'To the questions' : 'Next');
  }
  for (const [index, doing] of doings.entries()) {
    await count(page, `Question ${index + 1} of 12`);
    await expect(tour(page).getByRole('heading', { level: 2 })).toBeFocused();
    await expect(tour(page).getByText('That is it.')).toHaveCount(0);
    await doing(page);
    await answered(page);
    await tour(page).getByRole('heading', { level: 2 }).focus();
    await pressByKeys(page, index === 11 ? 'To the results' : 'Next');
  }
  await expect(tour(page).getByText('12 of 12 without help.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tour(page)).toHaveCount(0);
  await expect(page.locator('html')).not.toHaveAttribute('data-look');
});

/** Where its buttons are that lead on and back, on the screen. */
async function ways(page: Page): Promise<unknown> {
  const foot = tour(page).locator('footer');
  return Promise.all([foot.getByRole('button').first(), foot.getByRole('button').last()].map((button) =>
    button.evaluate((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return { left, top, right, bottom };
    })));
}

for (const [width, height] of [[1440, 900], [1200, 800], [1024, 768], [390, 844]] as const) {
  test(`at ${width} × ${height} the ways on and back stay under the pointer, whatever is said in the card`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    await start(page);
    const next = tour(page).getByRole('button', { name: 'Next' });
    const place = await ways(page);
    for (let stop = 2; stop < LAST; stop++) {
      await next.click();
      await count(page, `Stop ${stop} of ${LAST}`);
      expect([stop, await ways(page)]).toEqual([stop, place]);
    }
    await page.keyboard.press('ArrowRight');
    const back = tour(page).getByRole('button', { name: 'Return to this stop' });
    // Said in sight, however long the words above it are.
    await expectOnTop(back);
    expect(await ways(page)).toEqual(place);
    await back.click();
    await next.click();
    await tour(page).getByRole('button', { name: 'To the questions' }).click();
    const asked = await ways(page);
    await tour(page).getByRole('button', { name: 'Hint' }).click();
    await expectOnTop(tour(page).getByText(tourQuestions[0]!.hint));
    expect(await ways(page)).toEqual(asked);
  });
}

const EVERY = tourQuestions.map(({ id }) => id);
const WITH_CHOICES = tourQuestions.flatMap(({ id, choices }) => (choices === undefined ? [] : [id]));

for (const [width, height, questions] of [
  [1440, 900, EVERY], [1024, 768, EVERY], [768, 1024, EVERY], [390, 844, WITH_CHOICES], [320, 640, WITH_CHOICES],
] as const) {
  test(`at ${width} × ${height} a question stays in sight above its choices, its answer and what is said of it`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    await page.getByRole('button', { name: 'take the tour' }).click();
    for (let stop = 1; stop < LAST; stop++) await tour(page).getByRole('button', { name: 'Next' }).click();
    await tour(page).getByRole('button', { name: 'To the questions' }).click();
    const title = tour(page).getByRole('heading', { level: 2 });
    for (const question of EVERY) {
      await count(page, `Question ${question} of 12`);
      if (questions.includes(question)) {
        await tour(page).getByRole('button', { name: 'Show me' }).click();
        const said = tour(page).getByText('Here it is.');
        await expectOnTop(said);
        await expectOnTop(title);
        const [above, below] = await Promise.all([title, said].map((one) => one.boundingBox()));
        expect(above!.y + above!.height).toBeLessThanOrEqual(below!.y);
      }
      await tour(page).getByRole('button', { name: /^(Next|Skip|To the results)$/ }).click();
    }
  });
}

test('at 1024 × 768 a stop shows whole, a question all that there is to press, and the results more than a few', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page);
  await start(page);
  const title = tour(page).getByRole('heading', { level: 2 });
  const beyond = (): Promise<number> =>
    title.locator('xpath=..').evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
  for (let stop = 1; stop <= LAST; stop++) {
    await count(page, `Stop ${stop} of ${LAST}`);
    await expect.poll(beyond, `stop ${stop}`).toBeLessThanOrEqual(0);
    await tour(page).getByRole('button', { name: stop === LAST ? 'To the questions' : 'Next' }).click();
  }
  for (let question = 1; question <= 12; question++) {
    await count(page, `Question ${question} of 12`);
    for (const { text } of tourQuestions[question - 1]!.choices ?? []) await expectOnTop(tour(page).getByRole('button', { name: text }));
    if (question === 3) await expectOnTop(tour(page).getByRole('button', { name: /^Open “Unplug/ }));
    await tour(page).getByRole('button', { name: question === 12 ? 'To the results' : 'Skip' }).click();
  }
  await expectOnTop(title);
  for (let question = 1; question <= 5; question++) {
    await expectOnTop(tour(page).getByRole('button', { name: `Try question ${question} again` }));
  }
});

for (const [width, height] of [[1440, 900], [1024, 768], [768, 1024], [390, 844], [320, 640]] as const) {
  test(`at ${width} × ${height} the end has the way to begin anew in sight, and names questions whole`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    await page.getByRole('button', { name: 'take the tour' }).click();
    await toQuestion(page, 12);
    await tour(page).getByRole('button', { name: 'To the results' }).click();
    await expectOnTop(tour(page).getByRole('button', { name: 'Begin the tour anew' }));
    const shown = tour(page).getByRole('listitem');
    await expect(shown).toHaveCount(12);
    for (const one of await shown.all()) expect(await one.evaluate((part) => part.scrollWidth - part.clientWidth)).toBeLessThanOrEqual(0);
    // A phone has nothing else to show then.
    if (width === 390) for (const n of [1, 2, 3, 4, 5]) await expectOnTop(tour(page).getByRole('button', { name: `Try question ${n} again` }));
  });
}

for (const [width, height] of [[1024, 768], [1024, 820], [768, 1024]] as const) {
  test(`at ${width} × ${height} a row of branches beneath the card has it cover no more of the stage, nor the page scroll`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    await start(page);
    await follow(page, 'talk_to_netback#transaction_end');
    await expectBeyond(page, 1);
    const beyond = (): Promise<number> => page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
    const before = await beyond();
    await stage(page).getByRole('button', { name: 'Act in domU 5' }).click();
    await page.getByRole('menuitem', { name: 'Publish a TX reference beyond the table' }).click();
    await expect(page.getByRole('list', { name: 'Branches' })).toBeVisible();
    expect(await beyond()).toBeLessThanOrEqual(before);
    const whole = page.getByRole('main').getByRole('region', { name: 'Stage', exact: true });
    expect((await edges(tour(page))).top).toBeGreaterThanOrEqual((await edges(whole)).bottom);
  });
}

for (const [width, height] of [[1024, 768], [1024, 820], [1100, 900], [768, 1024]] as const) {
  test(`at ${width} × ${height} the card, a lens and the story have their room beneath a stage that stays, and the page does not scroll`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    await start(page);
    await tour(page).getByRole('button', { name: 'Next' }).click();
    await expectBeyond(page, 1);
    const whole = page.getByRole('main').getByRole('region', { name: 'Stage', exact: true });
    const place = await edges(whole);
    const expectRoom = async (): Promise<void> => {
      expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
      expect(await edges(whole)).toEqual(place);
      for (const tab of await page.getByRole('navigation', { name: 'Views' }).getByRole('button').all()) await expectOnTop(tab);
    };
    await expectRoom();
    // What the stop is about is in sight and outlined: only the lens is led to.
    await expect(tour(page).getByRole('button', { name: 'xenstore on the stage' })).toBeHidden();
    await tour(page).getByRole('button', { name: 'Lenses: Xenstore' }).click();
    await expectOnTop(page.getByRole('grid').first().getByRole('row').nth(1));
    await expectOnTop(tour(page).getByRole('heading', { level: 2 }));
    await expectRoom();
    const about = tour(page).getByText(/^One transaction of libxl/);
    await expect(about).toBeHidden();
    await tour(page).getByRole('button', { name: 'Show text' }).click();
    await expectOnTop(about);
    await expectRoom();
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Story' }).click();
    await expectOnTop(about);
    await tour(page).getByRole('button', { name: 'Hide text' }).click();
    await expectOnTop(story(page).getByRole('heading', { level: 2 }));
    await expectRoom();
    // The next stop begins with its words.
    await tour(page).getByRole('button', { name: 'Next' }).click();
    await expectOnTop(tour(page).getByText(/^netback publishes its features/));
    await expectRoom();
    // An answer lies over the page, and needs no room beside the card.
    const card = await edges(tour(page));
    await stage(page).getByRole('button', { name: /^Backend state: / }).click();
    await expect(page.getByRole('dialog', { name: /^Who wrote this/ })).toBeVisible();
    expect(await edges(tour(page))).toEqual(card);
  });
}

test('at 1024 × 700 a stop has the page at its top again, after a lens was looked at from the one before', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await open(page);
  await start(page);
  await tour(page).getByRole('button', { name: 'Next' }).click();
  const scrolled = (): Promise<number> => page.evaluate(() => scrollY);
  for (const name of ['Next', 'Back']) {
    await tour(page).getByRole('button', { name: 'Lenses: Xenstore' }).click();
    await expect.poll(scrolled).toBeGreaterThan(0);
    await tour(page).getByRole('button', { name, exact: true }).click();
    await expect.poll(scrolled).toBe(0);
    await expectOnTop(page.getByRole('banner'));
    // The card lies over the story then, and says the step in its place.
    await expectOnTop(tour(page).getByText(/^step [1-9]\d* of \d+$/));
  }
});

test('at 1440 × 900 each stop begins with the story at its top', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page);
  await start(page);
  // A stop whose step's story is longer than the page.
  for (let stop = 1; stop < 7; stop++) await tour(page).getByRole('button', { name: 'Next' }).click();
  const scrolled = (): Promise<number> => story(page).evaluate(({ scrollTop }) => scrollTop);
  await expect.poll(async () => {
    await story(page).evaluate((column) => column.scrollBy(0, 200));
    return scrolled();
  }).toBeGreaterThan(0);
  await tour(page).getByRole('button', { name: 'Next' }).click();
  await expect.poll(scrolled).toBe(0);
});

test('at 1024 × 768, where the card lies over the story, it says what the step did', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page);
  await start(page);
  for (let stop = 1; stop < 3; stop++) await tour(page).getByRole('button', { name: 'Next' }).click();
  await expectOnTop(tour(page).getByText('netback commits its features'));
  await page.keyboard.press('ArrowRight');
  await expect(tour(page).getByText('netback commits its features')).toHaveCount(0);
});

test('beneath the card the story says but once that there is more of it', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page);
  await start(page);
  await follow(page, 'setup_netfront#grant_ring');
  // A long note: alone it has a box of its own, which says that it goes on.
  await expect(story(page).getByText('Said in a kernel developer’s notes, with which this project began')).toBeVisible();
  await expect(story(page).getByText('more below ↓').last()).toBeVisible();
  await expect(story(page).getByRole('button', { name: 'More ↓' })).toHaveCount(0);
  await tour(page).getByRole('button', { name: 'End tour' }).click();
  await expect(story(page).getByRole('button', { name: 'More ↓' })).toBeVisible();
});

/** Begins the tour and goes on to its second stop, with the keyboard in its card. @returns the stop's position */
async function atSecondStop(page: Page): Promise<number> {
  await open(page);
  await start(page);
  await pressByKeys(page, 'Next');
  await expectBeyond(page, 1);
  const { position } = await here(page);
  await tour(page).getByRole('heading', { level: 2 }).focus();
  return position;
}

test('a person may step about in between, and come back', async ({ page }) => {
  const position = await atSecondStop(page);
  await page.keyboard.press('ArrowRight');
  await expectStep(page, position + 1);
  await expect(tour(page).getByText(/^You are elsewhere/)).toBeVisible();
  await page.keyboard.press('End');
  await expectEnd(page);
  await pressByKeys(page, 'Return to this stop');
  await expectStep(page, position);
  await expect(tour(page).getByText(/^You are elsewhere/)).toHaveCount(0);
});

for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]] as const) {
  test(`at ${width} × ${height} Escape ends it, and where it was left stays beside the page until somebody goes on`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const position = await atSecondStop(page);
    await page.keyboard.press('Escape');
    await expect(page.locator('[data-says=tour]')).toHaveText(`Tour left at stop 2 of ${LAST}. “Go on” leads back to it.`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await count(page, `Stop 2 of ${LAST}`);
    await expectStep(page, position);
    await page.keyboard.press('Escape');
    const notice = page.getByRole('group', { name: 'Guided tour' });
    const button = notice.getByRole('button', { name: 'Go on with the tour' });
    await expectOnTop(button);
    // It lies over nothing that can be pressed or that shows the run.
    const box = (await notice.boundingBox())!;
    for (const other of await page.locator('main > section:visible, header, [aria-label=Transport]').all()) {
      const part = await other.boundingBox();
      // Of a phone's views, another one may be shown by now.
      if (part === null) continue;
      expect(Math.min(box.y + box.height, part.y + part.height) - Math.max(box.y, part.y) <= 1
        || Math.min(box.x + box.width, part.x + part.width) - Math.max(box.x, part.x) <= 1).toBe(true);
    }
    for (const tab of await page.getByRole('navigation', { name: 'Views' }).getByRole('button').all()) await expectOnTop(tab);
    await page.keyboard.press('ArrowRight');
    await expectStep(page, position + 1);
    await page.keyboard.press('End');
    await expectEnd(page);
    await expectOnTop(button);
    await button.click();
    await count(page, `Stop 2 of ${LAST}`);
    await expectStep(page, position);
    await expect(notice).toHaveCount(0);
    await tour(page).getByRole('button', { name: 'End tour' }).click();
    await page.getByRole('button', { name: 'Close this notice' }).click();
    await expect(notice).toHaveCount(0);
  });
}

for (const [width, height] of [[1440, 900], [1200, 800], [1024, 768], [768, 1024], [390, 844], [320, 640]] as const) {
  test(`at ${width} × ${height} a run that has begun still has the tour in sight: it begins, ends and goes on there`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, link({}, { kind: 'key', key: 'map_grant_ref#map_one', occurrence: 1 }));
    const settings = page.getByRole('button', { name: 'Settings' });
    const button = page.getByRole('button', { name: 'Tour', exact: true });
    // A phone has no room for it beside the settings, but in them.
    const press = async (): Promise<void> => {
      if (width < 768) await settings.click();
      await expectOnTop(button);
      await expectFits(page);
      await button.click();
    };
    await press();
    await count(page, `Stop 1 of ${LAST}`);
    await expectStep(page, 0);
    await expect(tour(page).getByRole('heading', { level: 2 })).toBeFocused();
    await expect(page.locator('[aria-controls=settings]')).toHaveAttribute('aria-expanded', 'false');
    await tour(page).getByRole('button', { name: 'Next' }).click();
    await press();
    await expect(tour(page)).toHaveCount(0);
    await press();
    await count(page, `Stop 2 of ${LAST}`);
  });
}

test('a stop whose step a slider has removed says so, and opens the tour’s run', async ({ page }) => {
  await open(page);
  await start(page);
  const references = tourStops.findIndex(({ id }) => id === 'references');
  for (let stop = 0; stop < references; stop++) {
    const before = await here(page);
    await tour(page).getByRole('button', { name: 'Next' }).click();
    // Each is at a later step than the one before.
    await expectBeyond(page, before.position + 1);
  }
  await count(page, `Stop ${references + 1} of ${LAST}`);
  const { position } = await here(page);

  await pick(page, 'Ring pages', '1');
  await expect(tour(page).getByText(/does not come to this step/)).toBeVisible();
  await tour(page).getByRole('button', { name: 'Open the tour’s run' }).click();
  await expectStep(page, position);
  expect((await sliders(page))['pages']).toBe('4');
  await expect(tour(page).getByText(/does not come to this step/)).toHaveCount(0);

  await pick(page, 'Ring pages', '1');
  await tour(page).getByRole('button', { name: 'Skip' }).click();
  await count(page, `Stop ${references + 2} of ${LAST}`);
  await expect(tour(page).getByText(/does not come to this step/)).toHaveCount(0);
});

/** From the first stop, by pressing, to the question with that number. */
async function toQuestion(page: Page, number: number): Promise<void> {
  for (let stop = 1; stop < LAST; stop++) await tour(page).getByRole('button', { name: 'Next' }).click();
  await tour(page).getByRole('button', { name: 'To the questions' }).click();
  for (let skipped = 1; skipped < number; skipped++) await tour(page).getByRole('button', { name: 'Skip' }).click();
  await count(page, `Question ${number} of 12`);
}

// So low a page as the second has no room for a lens beside the answer, and a phone shows one thing at a time.
for (const [width, height, question, entry, where] of [
  [1024, 900, 5, '2056', 'lens'], [1024, 768, 5, '2056', 'stage'], [390, 844, 8, '2058', 'stage'],
] as const) {
  test(`at ${width} × ${height} “Show me” has the entries of the rings in sight, in the ${where}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    await start(page);
    await toQuestion(page, question);
    await tour(page).getByRole('button', { name: 'Show me' }).click();
    const entries = where === 'lens' ? page.getByRole('grid', { name: 'Grant table of domain 5' }) : page.locator("section[data-party='xen']");
    await expectOnTop(entries.getByText(entry, { exact: true }));
    await expectOnTop(tour(page).getByText('Here it is.'));
  });
}

test('“Show me” does what was asked, and is not counted', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page);
  await start(page);
  for (let stop = 1; stop < LAST; stop++) await tour(page).getByRole('button', { name: 'Next' }).click();
  await tour(page).getByRole('button', { name: 'To the questions' }).click();
  await tour(page).getByRole('button', { name: 'Show me' }).click();
  await expect(tour(page).getByText('Here it is.')).toBeVisible();
  await expect(page.getByRole('dialog').getByText(/tx-ring-ref0/).first()).toBeVisible();
  // What it is about is in sight on the stage and in the lens, and the answer does not lie over it.
  const key = '/local/domain/5/device/vif/0/tx-ring-ref0';
  await expectOnTop(page.locator(`[data-path='${key}']`).getByText('2056'));
  await expectOnTop(page.getByRole('grid', { name: 'device/vif/0' }).getByRole('button', { name: `${key} = 2056` }));
  await page.keyboard.press('Escape');
  for (let question = 1; question < 12; question++) {
    await tour(page).getByRole('button', { name: /^(Next|Skip)$/ }).click();
  }
  await tour(page).getByRole('button', { name: 'To the results' }).click();
  await expect(tour(page).getByText('0 of 12 without help, 1 with “Show me”, 11 open.')).toBeVisible();
  await tour(page).getByText('What the notes said').click();
  await tour(page).getByRole('button', { name: 'Go to the step that settles it (5)' }).click();
  await expect(story(page).getByRole('heading', { name: 'domU makes the grant entry valid with one last store' })).toBeVisible();
});

for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]] as const) {
  test(`at ${width} × ${height} “Show me” at a question about a setting leads to where one sets it`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    await start(page);
    for (let stop = 1; stop < LAST; stop++) await tour(page).getByRole('button', { name: 'Next' }).click();
    await tour(page).getByRole('button', { name: 'To the questions' }).click();
    for (let question = 1; question < 7; question++) await tour(page).getByRole('button', { name: 'Skip' }).click();
    await count(page, 'Question 7 of 12');
    await tour(page).getByRole('button', { name: 'Show me' }).click();
    await expect(tour(page).getByText('Here it is.')).toBeVisible();
    const narrow = width < 768;
    const settings = page.getByRole('region', { name: 'Settings' });
    const backend = settings.getByRole('group', { name: 'Backend' });
    // It is outlined, or where it is behind a button, that is.
    const outlined = narrow ? page.getByRole('button', { name: /^Settings/ }) : backend;
    await expectOnTop(outlined);
    await expect(outlined).toHaveCSS('outline-style', 'solid');
    await tour(page).getByRole('button', { name: 'Backend, in the settings' }).click();
    await expect(backend.getByRole('radio', { name: 'PVH' })).toBeFocused();
    await expect(backend.getByRole('radio', { name: 'PVH' })).toBeChecked();
    await expectOnTop(backend);
    if (narrow) await page.getByRole('button', { name: 'Close settings' }).click();
    await expect(tour(page).getByText('Here it is.')).toBeVisible();
    await tour(page).getByRole('button', { name: 'Next' }).click();
    await expect(outlined).toHaveCSS('outline-style', 'none');
  });
}

/** Of many keys that the step writes, those that the words of the stop are about. */
async function expectOrders(page: Page): Promise<void> {
  await expect(tour(page).getByText('max-rx-ring-page-order')).toBeVisible();
  for (const name of ['max-tx-ring-page-order', 'max-rx-ring-page-order']) {
    await expectOnTop(page.getByRole('region', { name: 'Stage', exact: true }).getByText(name, { exact: true }));
  }
}

for (const [width, height] of [[1440, 900], [1024, 768]] as const) {
  test(`at ${width} × ${height} a stop has the keys that it names in sight, on either way to it`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    await start(page);
    for (const name of ['Next', 'Next']) await tour(page).getByRole('button', { name }).click();
    await expectOrders(page);
    for (const name of ['Next', 'Back']) await tour(page).getByRole('button', { name }).click();
    await expectOrders(page);
  });
}

test.describe('narrow', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the tour is a sheet above the transport, which stays in reach', async ({ page }) => {
    await open(page);
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Story' }).tap();
    await page.getByRole('button', { name: 'take the tour' }).tap();
    await tour(page).getByRole('button', { name: 'Next' }).tap();
    await count(page, `Stop 2 of ${LAST}`);
    const transport = page.getByRole('region', { name: 'Transport' });
    const [foot, top] = [async () => (await edges(tour(page))).bottom, async () => (await edges(transport)).top];
    await expect.poll(async () => (await foot()) - (await top())).toBeLessThanOrEqual(1);
    await expect.poll(async () => (await edges(transport)).bottom).toBeLessThanOrEqual(844);
    for (const name of ['Back', 'Next', 'End tour']) {
      const button = tour(page).getByRole('button', { name });
      await expect.poll(async () => (await button.boundingBox())?.height, name).toBeGreaterThanOrEqual(44);
    }
    // It leaves room for what it is about, and says where there is more of it.
    for (const height of [844, 664]) {
      await page.setViewportSize({ width: 390, height });
      await expect.poll(async () => (await edges(transport)).bottom).toBeLessThanOrEqual(height);
      const sheet = await edges(tour(page));
      expect(sheet.bottom - sheet.top).toBeLessThanOrEqual(0.4 * height);
    }
    await expect(tour(page).getByText('more below')).toBeVisible();
    // The stop is about the stage, so the stage is shown; the lens is one tap away.
    await expect(page.getByRole('region', { name: 'Stage', exact: true })).toBeVisible();
    await tour(page).getByRole('button', { name: 'Lenses: Xenstore' }).tap();
    await expect(page.getByRole('tab', { name: 'Xenstore' })).toBeVisible();
  });

  test('each stop and question shows its own spot, and so does the lens that it leads to', async ({ page }) => {
    await open(page);
    await page.getByRole('button', { name: 'take the tour' }).tap();
    let stop = 0;
    const to = async (id: string): Promise<void> => {
      for (; tourStops[stop]!.id !== id; stop++) await tour(page).getByRole('button', { name: 'Next' }).tap();
      await count(page, `Stop ${stop + 1} of ${LAST}`);
    };
    const stage = page.getByRole('region', { name: 'Stage', exact: true });

    await to('offer');
    await expectOrders(page);

    await to('first-look');
    await expectOnTop(stage.locator('tr[data-hot]').getByText('2056', { exact: true }));
    await tour(page).getByRole('button', { name: 'Lenses: Grants' }).tap();
    await expectOnTop(page.getByRole('grid', { name: 'Grant table of domain 5' }).getByText('2056', { exact: true }));

    await to('both');
    await expectOnTop(page.locator("section[data-party='dom0'] [data-hot]").getByText('4', { exact: true }).first());

    await tour(page).getByRole('button', { name: 'To the questions' }).tap();
    await count(page, 'Question 1 of 12');
    await expectOnTop(page.locator("section[data-party='xenstored']").getByRole('heading', { level: 3 }));
  });

  test('what a tap answers is said in sight, while the sheet about the value is open', async ({ page }) => {
    await open(page);
    await page.getByRole('button', { name: 'take the tour' }).tap();
    await toQuestion(page, 1);
    const stage = page.getByRole('region', { name: 'Stage', exact: true });
    const sheet = page.getByRole('dialog', { name: /^Who wrote this\?/ });
    await stage.getByRole('button', { name: /device\/vif\/0\/tx-ring-ref1/ }).tap();
    await expect(sheet.getByRole('list', { name: 'Every write' })).toBeVisible();
    await expectOnTop(tour(page).getByText('Not that one'));
    await sheet.getByRole('button', { name: 'Close' }).tap();
    await stage.getByRole('button', { name: /device\/vif\/0\/tx-ring-ref0/ }).tap();
    await expect(sheet.getByRole('list', { name: 'Every write' })).toBeVisible();
    await expectOnTop(tour(page).getByText('That is it.'));
  });

  test('a question that the settings answer, and its answer, are in sight beneath them', async ({ page }) => {
    await open(page);
    await page.getByRole('button', { name: 'take the tour' }).tap();
    await toQuestion(page, 6);
    await expect(page.getByRole('region', { name: 'Stage', exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Settings' }).tap();
    await expectOnTop(tour(page).getByRole('heading', { level: 2 }));
    const pages = page.getByRole('group', { name: 'Ring pages', exact: true });
    await pages.getByRole('radio', { name: '8', exact: true }).tap();
    await expectOnTop(tour(page).getByText('Not yet'));
    await pages.getByRole('radio', { name: '16', exact: true }).tap();
    await expectOnTop(tour(page).getByText('That is it.'));
  });

  test('the settings leave a question its five lines, and close for the next one', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 664 });
    await open(page);
    await page.getByRole('button', { name: 'take the tour' }).tap();
    await toQuestion(page, 6);
    const settings = page.locator('[aria-controls=settings]');
    await settings.tap();
    await expect(settings).toHaveAttribute('aria-expanded', 'true');
    const words = await edges(tour(page).getByRole('heading', { level: 2 }).locator('xpath=..'));
    expect(words.bottom - words.top).toBeGreaterThanOrEqual(5 * 21 + 12);
    await expectOnTop(page.getByRole('group', { name: 'Ring pages', exact: true }).locator('label').last());
    await tour(page).getByRole('button', { name: 'Skip' }).tap();
    await count(page, 'Question 7 of 12');
    await expect(settings).toHaveAttribute('aria-expanded', 'false');
  });

  test('all that a question gives to pick from is in sight', async ({ page }) => {
    await open(page);
    await page.getByRole('button', { name: 'take the tour' }).tap();
    await toQuestion(page, 9);
    for (const { text } of tourQuestions[8]!.choices!) await expectOnTop(tour(page).getByRole('button', { name: text }));
    for (let skipped = 9; skipped < 12; skipped++) await tour(page).getByRole('button', { name: 'Skip' }).tap();
    await count(page, 'Question 12 of 12');
    for (const { text } of tourQuestions[11]!.choices!) await expectOnTop(tour(page).getByRole('button', { name: text }));
  });

  test('a stop at which only a thread went on shows the beginning of its part, not the thread', async ({ page }) => {
    await open(page);
    await page.getByRole('button', { name: 'take the tour' }).tap();
    for (let stop = 1; stop < 13; stop++) await tour(page).getByRole('button', { name: 'Next' }).tap();
    await count(page, 'Stop 13 of 15');
    const dom0 = stage(page).locator('section[data-party=dom0]');
    const handle = dom0.getByText('handle 0', { exact: true });
    await expect(handle).toBeInViewport({ ratio: 1 });
    expect((await edges(handle)).bottom).toBeLessThanOrEqual((await edges(tour(page))).top);
    await expect(dom0.getByText('__xenbus_map_ring', { exact: true })).not.toBeInViewport();
  });

  test('beside a lens the card is its heading, and unfolds; what is said of what was pressed shows either way', async ({ page }) => {
    await open(page);
    await page.getByRole('button', { name: 'take the tour' }).tap();
    await tour(page).getByRole('button', { name: 'Next' }).tap();
    await tour(page).getByRole('button', { name: 'Lenses: Xenstore' }).tap();
    const text = tour(page).getByText('Each end owns a directory');
    await expect(text).toBeHidden();
    await tour(page).getByRole('button', { name: 'Show text' }).tap();
    await expectOnTop(text);
    await tour(page).getByRole('button', { name: 'Hide text' }).tap();
    await expect(text).toBeHidden();
    for (let stop = 2; stop < LAST; stop++) await tour(page).getByRole('button', { name: 'Next' }).tap();
    await tour(page).getByRole('button', { name: 'To the questions' }).tap();
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Lenses' }).tap();
    await page.getByRole('tabpanel', { name: 'Xenstore' }).getByRole('button', { name: /device\/vif\/0\/backend-id = 0/ }).tap();
    await expectOnTop(tour(page).getByText('Not that one'));
  });

  test('a question begins with its first words, harm is told where it is led to, and the end leads back', async ({ page }) => {
    await open(page);
    await page.getByRole('button', { name: 'take the tour' }).tap();
    await toQuestion(page, 11);
    await tour(page).getByRole('button', { name: 'Show me' }).tap();
    await tour(page).getByRole('button', { name: 'See one get lost' }).tap();
    await expectOnTop(story(page).getByText('Here the bug does harm.'));
    await expectOnTop(tour(page).getByText(/^“Bug: .+” has opened/));
    await tour(page).getByRole('button', { name: 'Back', exact: true }).tap();
    await count(page, 'Question 10 of 12');
    await expect(tour(page).getByRole('button', { name: /^Open “Unplug/ })).toBeVisible();
    expect(await tour(page).getByRole('heading', { level: 2 }).evaluate(({ parentElement }) => parentElement!.scrollTop)).toBe(0);
    for (const name of ['Skip', 'Next', 'To the results']) await tour(page).getByRole('button', { name }).tap();
    const back = tour(page).getByRole('button', { name: 'Back to the tour’s run' });
    await back.tap();
    await expectStep(page, 0);
    await expect(back).toHaveCount(0);
  });

  test('what stopped the run is not said over where the tour was left', async ({ page }) => {
    await open(page);
    await page.getByRole('button', { name: 'take the tour' }).tap();
    await tour(page).getByRole('button', { name: 'Next' }).tap();
    await tour(page).getByRole('button', { name: 'End tour' }).tap();
    await page.keyboard.press('b');
    const panel = page.getByRole('dialog', { name: 'Breakpoints' });
    await panel.getByRole('combobox', { name: 'Stop when' }).selectOption('a state is published');
    await panel.getByRole('button', { name: 'Add', exact: true }).tap();
    await page.keyboard.press('Escape');
    await follow(page, 'xenbus_switch_state#transaction_end', 3);
    await expectBeyond(page, 500);
    const { position } = await here(page);
    await page.keyboard.press('ArrowLeft');
    await expectStep(page, position - 1);
    await page.getByRole('button', { name: 'Play' }).tap();
    const said = page.getByText(/^Stopped: /).locator('xpath=..');
    await expectOnTop(said);
    const left = page.getByRole('group', { name: 'Guided tour' });
    expect((await edges(said)).bottom).toBeLessThanOrEqual((await edges(left)).top);
  });

  test('beside the tour a lens has room for what the stop is about', async ({ page }) => {
    await open(page);
    await page.getByRole('button', { name: 'take the tour' }).tap();
    let stop = 1;
    const lens = async (at: number, name: string): Promise<void> => {
      for (; stop < at; stop++) await tour(page).getByRole('button', { name: 'Next' }).tap();
      await tour(page).getByRole('button', { name: `Lenses: ${name}` }).tap();
    };
    await lens(2, 'Xenstore');
    for (const directory of ['device/vif/0', 'backend/vif/5/0']) {
      const grid = page.getByRole('grid', { name: directory });
      for (const row of await grid.getByRole('row').all().then((rows) => rows.slice(1, 3))) await expectOnTop(row);
    }
    await lens(7, 'Rings');
    // It scrolls in one box alone.
    expect(await page.getByRole('region', { name: 'Lenses', exact: true }).evaluate((part) => part.scrollHeight - part.clientHeight)).toBe(0);
    await lens(12, 'Grants');
    const grants = page.getByRole('grid', { name: 'Grant table of domain 5' });
    for (const ref of ['2056', '2057']) await expectOnTop(grants.getByText(ref, { exact: true }));
    await lens(14, 'Events');
    await expectOnTop(page.getByRole('button', { name: /^pending of domain 0 port 21/ }));
    // What a channel waits for stands in its own column, whose end would say nothing beside the first one.
    const waits = page.getByRole('gridcell', { name: 'waits for domain 0' });
    expect(await waits.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0);
  });

  test('a term is explained by a tap, and closed by the next', async ({ page }) => {
    await open(page);
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Story' }).tap();
    await page.getByRole('button', { name: 'take the tour' }).tap();
    await tour(page).getByRole('button', { name: 'Next' }).tap();
    const word = tour(page).getByRole('button', { name: 'libxl', exact: true });
    await word.tap();
    await expect(page.getByRole('tooltip')).toContainText('The library of the toolstack');
    const box = (await page.getByRole('tooltip').boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(390);
    await word.tap();
    await expect(page.getByRole('tooltip')).toHaveCount(0);
  });
});

test('a term says what it means by focus and by pointing, and Escape closes only that', async ({ page }) => {
  await open(page);
  await start(page);
  await pressByKeys(page, 'Next');
  const word = tour(page).getByRole('button', { name: 'libxl', exact: true });
  await word.focus();
  await expect(page.getByRole('tooltip')).toBeVisible();
  await expect(word).toHaveAccessibleDescription(/^libxl The library/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  await expect(tour(page)).toBeVisible();
  await tour(page).getByRole('heading', { level: 2 }).focus();
  // A pointer that has only just come to the page has not moved yet.
  await tour(page).getByRole('heading', { level: 2 }).hover();
  await word.hover();
  await expect(page.getByRole('tooltip')).toBeVisible();
});

test('the help has the tour, the glossary and the nine claims', async ({ page }) => {
  await open(page);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'RingScope: help' });
  await help.getByText('What the words mean').click();
  await expect(help.getByText('The daemon that keeps xenstore.')).toBeVisible();
  await help.getByText('What the notes said').click();
  await expect(help.getByRole('button', { name: /^Go to the step/ })).toHaveCount(9);
  await help.getByRole('button', { name: 'Go to the step that settles it (9)' }).click();
  await expect(help).toHaveCount(0);
  await expect(story(page).getByText('Xen looks at the grant entry, marks it, and maps the page into dom0')).toBeVisible();
  await page.keyboard.press('?');
  await help.getByRole('button', { name: 'Take the tour' }).click();
  await expectStep(page, 0);
  await count(page, `Stop 1 of ${LAST}`);
});

test('a tour that was taken by mistake leads back to where one was', async ({ page }) => {
  await open(page, link({ txPages: 2, rxPages: 2 }, 100));
  await page.getByRole('banner').getByRole('button', { name: 'Tour' }).click();
  await expect(page.getByText('Stop 1 of 15')).toBeVisible();
  await expectStep(page, 0);
  await page.getByRole('button', { name: 'End tour' }).click();
  await expectStep(page, 100);
  await expect(page.getByRole('group', { name: 'Ring pages' }).getByRole('radio', { name: '2' })).toBeChecked();
});
