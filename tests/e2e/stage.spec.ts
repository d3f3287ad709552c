import type { Locator, Page } from '@playwright/test';
import { expect, expectPainted, expectStep, here, link, open, SMALL, stage, test } from './ringscope.ts';

const MAPPED = link({ ...SMALL, txPages: 4, rxPages: 4 }, { kind: 'chapter', chapter: 'ports' });

function zone(page: Page, name: string): Locator {
  return stage(page).getByRole('region', { name, exact: true });
}

function lamp(page: Page, name: string, ref: number): Locator {
  return zone(page, 'Xen').getByRole('button', { name: new RegExp(`^${name} of grant entry ${ref}, set`) });
}

/** A ring page on one side. */
function tile(page: Page, where: string, name: string): Locator {
  return zone(page, where).getByRole('button', { name: new RegExp(`^${name},`) });
}

/** The grant reference of a ring page, as its entry's sentence says. */
async function refOf(page: Page, name: string): Promise<number> {
  const says = await tile(page, 'domU 5', name).getAttribute('aria-label');
  return Number(/grant reference (\d+)/.exec(says ?? '')?.[1]);
}

/** The answer is there: the last who wrote it are Xen’s own steps. */
async function expectAnswer(page: Page, what: string): Promise<void> {
  const answer = page.getByRole('dialog', { name: what });
  await expect(answer).toBeVisible();
  await expect(answer.getByRole('list').first()).toContainText('map_grant_ref');
}

test('the keyboard comes to a zone by one tab stop, and to each value in it by arrows', async ({ page }) => {
  await open(page, MAPPED);
  const ref = await refOf(page, 'TX page 2');
  await zone(page, 'Xen').getByRole('group', { name: 'Values of Xen' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await expect(zone(page, 'Xen').getByRole('button', { name: /open in the grants lens/ }).first()).toBeFocused();
  // Down the column of references to the entry, then along it.
  const entry = zone(page, 'Xen').getByRole('button', { name: new RegExp(`^grant entry ${ref},`) });
  await entry.focus();
  for (const name of ['permit', 'readonly', 'reading']) {
    while (!(await zone(page, 'Xen').getByRole('button', { name: new RegExp(`^${name} of grant entry ${ref},`) })
      .evaluate((value) => value === document.activeElement))) await page.keyboard.press('ArrowRight');
  }
  await expect(lamp(page, 'reading', ref)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(lamp(page, 'reading', ref - 1)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(zone(page, 'Xen').getByRole('group', { name: 'Values of Xen' })).toBeFocused();
});

test('what is said where nothing is yet begins where the titles of the cards do', async ({ page }) => {
  await open(page, link(SMALL, 0));
  for (const [name, says] of [['domU 5', 'No ring pages yet'], ['dom0', 'Nothing mapped yet']] as const) {
    const title = await zone(page, name).getByRole('heading', { name, exact: true }).boundingBox();
    const words = await zone(page, name).getByText(says).boundingBox();
    expect(words?.x).toBe(title?.x);
  }
});

test('a lamp says who lit it, asked by mouse or by keyboard', async ({ page }) => {
  await open(page, MAPPED);
  const ref = await refOf(page, 'TX page 2');
  await lamp(page, 'reading', ref).click();
  await expectAnswer(page, `reading in the flags of grant entry ${ref}`);
  await page.keyboard.press('Escape');
  await lamp(page, 'writing', ref).focus();
  await page.keyboard.press('Enter');
  await expectAnswer(page, `writing in the flags of grant entry ${ref}`);
});

test('pointing at a page lights its entry and its mapped twin, and the other lines recede', async ({ page }) => {
  await open(page, MAPPED);
  const ref = await refOf(page, 'RX page 1');
  await tile(page, 'domU 5', 'RX page 1').hover();
  const lit = stage(page).locator('[data-line][data-lit]');
  await expect(lit.first()).toBeVisible();
  expect(new Set(await lit.evaluateAll((parts) => parts.map((part) => (part as HTMLElement).dataset['line']))))
    .toEqual(new Set([String(ref)]));
  await expect(zone(page, 'Xen').locator('tr[data-lit]')).toHaveCount(1);
  await expect(zone(page, 'dom0').locator('li[data-lit]')).toHaveCount(1);
  await expect(stage(page).locator('[data-kind=page][data-lit]')).toHaveCount(1);
  await expect(stage(page).locator('[data-kind=page]:not([data-lit])').first()).toHaveCSS('opacity', '0.18');
  await zone(page, 'xenstore').getByRole('heading', { name: 'xenstore' }).hover();
  await expect(lit).toHaveCount(0);
});

test('a commit of many keys shows the first reference among them, with the state above whatever scrolls', async ({ page }) => {
  await open(page, link({ txPages: 4, rxPages: 4 }, 360));
  const keys = zone(page, 'xenstore').getByRole('group', { name: /device\/vif\/0/ });
  const key = (name: string): Locator => keys.getByRole('listitem').filter({ hasText: new RegExp(`^${name}`) });
  await expect(key('tx-ring-ref0')).toBeInViewport({ ratio: 1 });
  const state = zone(page, 'xenstore').getByRole('listitem').filter({ hasText: /^state/ }).first();
  await expect(state).toBeInViewport({ ratio: 1 });
  await keys.evaluate((box) => box.scrollTo(0, box.scrollHeight));
  await expect(key('tx-ring-ref0')).not.toBeInViewport();
  await expect(state).toBeInViewport({ ratio: 1 });
});

test('of a long list of keys only those are drawn that show or may be scrolled to, without a gap', async ({ page }) => {
  await open(page, link({ txPages: 16, rxPages: 16, queues: 8, maxGrantFrames: 256 }, 2924));
  const keys = zone(page, 'xenstore').getByRole('group', { name: /device\/vif\/0/ });
  const [rows, row] = await keys.evaluate((box) => [Math.round(box.scrollHeight / box.querySelector('li')!.offsetHeight), box.querySelector('li')!.offsetHeight]);
  expect(rows).toBe(288);
  for (const first of [0, 40, 41, 150, 280, 288]) {
    await keys.evaluate((box, top) => box.scrollTo(0, top), first * row);
    await expect.poll(() => keys.evaluate((box) => {
      const height = box.querySelector('li')!.offsetHeight;
      const drawn = new Set([...box.querySelectorAll('li')].map((item) => Number(item.ariaPosInSet) - 1));
      const missing: number[] = [];
      for (let at = Math.floor(box.scrollTop / height); at * height < box.scrollTop + box.clientHeight; at++) if (!drawn.has(at)) missing.push(at);
      return { missing, few: drawn.size < 100 };
    })).toEqual({ missing: [], few: true });
  }
  await expect(keys.getByRole('listitem').last()).toBeInViewport({ ratio: 1 });
  // The keyboard comes to the last key as well, and to one after the other from there.
  const others = zone(page, 'xenstore').getByRole('group', { name: /backend\/vif\/5\/0/ }).getByRole('listitem');
  await keys.getByRole('button').first().focus();
  await page.keyboard.press('End');
  await expect(others.last().getByRole('button')).toBeFocused();
  await expect(others.last()).toBeInViewport({ ratio: 1 });
  for (let at = 23; at > 1; at--) {
    await expect(others.and(page.locator(`[aria-posinset='${at}']`)).getByRole('button')).toBeFocused();
    await page.keyboard.press('ArrowUp');
  }
});

/** The figures of one end, which scroll by themselves. */
function figures(page: Page, name: 'netfront' | 'netback'): Locator {
  return stage(page).getByRole('group', { name: `${name} in figures` });
}

test('the line that runs stands at the top of its domain, whose figures stay where they are for it', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  for (const [step, name, end, line] of [
    [360, 'domU 5', 'netfront', 'transaction_end'], [456, 'dom0', 'netback', 'map_batch'], [630, 'domU 5', 'netfront', 'rtnl_unlock'],
  ] as const) {
    await open(page, link({}, step));
    await expect(zone(page, name).getByText(line, { exact: false })).toBeInViewport({ ratio: 1 });
    await expectPainted(page);
    expect(await figures(page, end).evaluate((box) => box.scrollTop)).toBe(0);
    await expect(figures(page, end).getByText('more above ↑')).toBeHidden();
  }
  // The toolstack is in the same function for many steps.
  await open(page, link({}, 12));
  const toolstack = stage(page).getByRole('region', { name: 'toolstack' });
  await expect(toolstack).toContainText('write_frontend_key');
  await page.keyboard.press('ArrowRight');
  await expect(toolstack).toContainText('set_frontend_key_perms');
});

test('a state is named whole beside the driver’s own, whatever line runs', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, link({}, { kind: 'key', key: 'netback_probe#write_split_event_channels', occurrence: 1 }));
  const name = zone(page, 'dom0').getByRole('button', { name: /^Backend state: 1 Initialising/ });
  await expect(name).toHaveText('Initialising');
  await expect(zone(page, 'dom0').getByText('driver: 0')).toBeVisible();
  await expect(zone(page, 'dom0').getByText(/^▸/)).toBeVisible();
  expect(await name.evaluate((button) => button.scrollWidth - button.clientWidth)).toBe(0);
});

test('in the smallest tiles numbers keep apart from the signs', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, link({ txPages: 16, rxPages: 16 }, { kind: 'chapter', chapter: 'ports' }));
  const gaps = await zone(page, 'domU 5').getByRole('list', { name: /^TX ring/ }).getByRole('listitem').evaluateAll((tiles) => tiles.map((tile) => {
    const sign = tile.querySelector('[data-life]')!;
    return sign.getBoundingClientRect().left - sign.previousElementSibling!.getBoundingClientRect().right;
  }));
  expect(gaps).toHaveLength(16);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1);
});

test('what a domain scrolls past to show what changed are whole rows; a sign says so, and columns keep their names', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  for (const [pages, step, end] of [
    [4, 361, 'netfront'], [4, 385, 'netfront'], [4, 490, 'netback'], [16, 561, 'netfront'], [16, 730, 'netback'],
  ] as const) {
    await open(page, link({ txPages: pages, rxPages: pages }, step));
    const box = figures(page, end);
    await expect(box.getByText('more above ↑')).toBeVisible();
    // Its mark is a little wider than the box.
    await expect(box.locator('[data-hot]:is(p, td)').first()).toBeInViewport({ ratio: 0.9 });
    const cut = await box.evaluate((around) => {
      const sign = around.querySelector('[data-edge=above][data-more] > *')!;
      const head = around.querySelector('thead')!;
      const edge = Math.max(sign.getBoundingClientRect().bottom, head.getBoundingClientRect().bottom);
      return [...around.querySelectorAll('[data-block]')].filter((block) => {
        const { top, bottom } = block.getBoundingClientRect();
        return top < edge - 1 && bottom > edge + 1;
      }).map(({ textContent }) => textContent);
    });
    expect(cut, `step ${step}`).toEqual([]);
  }
  await open(page, link({}, 361));
  const columns = figures(page, 'netfront').getByRole('columnheader');
  await expect(columns.filter({ hasText: 'ring indexes' })).toBeInViewport({ ratio: 1 });
  await expect(columns.filter({ hasText: 'TX' })).toBeInViewport({ ratio: 1 });
  await expect(figures(page, 'netfront').getByRole('row', { name: /^req_prod shared/ })).toHaveCount(1);
  await figures(page, 'netfront').evaluate((box) => box.scrollTo(0, 0));
  await expect(figures(page, 'netfront').getByText('more above ↑')).toBeHidden();
});

test('a zone is seen alone by its button or a double click, and the whole map again', async ({ page }) => {
  await open(page, MAPPED);
  const width = async (): Promise<number> => (await zone(page, 'Xen').boundingBox())?.width ?? 0;
  const whole = await width();
  const near = zone(page, 'Xen').getByRole('button', { name: 'Zoom to Xen', exact: true });
  await near.focus();
  await page.keyboard.press('Enter');
  await expect.poll(width).toBeGreaterThan(whole * 1.25);
  const back = zone(page, 'Xen').getByRole('button', { name: 'Show the whole map' });
  await expect(back).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(width).toBeCloseTo(whole, 0);
  await zone(page, 'Xen').getByRole('heading', { name: 'Xen', exact: true }).dblclick();
  await expect.poll(width).toBeGreaterThan(whole * 1.25);
});

test('what moves on the stage moves as layers, and is not painted anew for each picture', async ({ page }) => {
  const moved = new Set<string>();
  for (const chapter of ['frontend-found', 'mapping']) {
    await open(page, link(SMALL, { kind: 'chapter', chapter }));
    const { position } = await here(page);
    for (let n = 1; n <= 12; n++) {
      await page.keyboard.press('ArrowRight');
      await expectStep(page, position + n);
      await expectPainted(page);
      const properties = await stage(page).evaluate((root) =>
        root.getAnimations({ subtree: true }).flatMap(({ effect }) =>
          effect instanceof KeyframeEffect ? effect.getKeyframes().flatMap((frame) => Object.keys(frame)) : []));
      for (const property of properties) moved.add(property);
    }
  }
  for (const about of ['offset', 'computedOffset', 'easing', 'composite']) moved.delete(about);
  expect([...moved].sort()).toEqual(['opacity', 'transform']);
});

test.describe('without motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('nothing on the stage moves, whatever a step does', async ({ page }) => {
    await open(page, link(SMALL, { kind: 'chapter', chapter: 'mapping' }));
    const { position } = await here(page);
    for (let n = 1; n <= 12; n++) {
      await page.keyboard.press('ArrowRight');
      await expectStep(page, position + n);
      // Whatever flies sets out after the picture.
      await expectPainted(page);
      const running = await stage(page).evaluate((root) =>
        root.getAnimations({ subtree: true }).filter((moving) => Number(moving.effect?.getComputedTiming().duration) > 1).length);
      expect(running).toBe(0);
    }
  });
});

for (const [width, height] of [[1440, 900], [1024, 768], [1280, 720], [390, 844]] as const) {
  test(`no text of the stage is smaller than can be read at ${width} by ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, MAPPED);
    const small = await stage(page).evaluate((root) => {
      const found = new Set<string>();
      const [zone] = root.querySelectorAll<HTMLElement>('section[data-party]');
      // The box of the zone is fractional, its own width is not.
      const scale = zone!.getBoundingClientRect().width / zone!.offsetWidth;
      if (scale < 0.995) found.add(`everything is drawn at ${scale}`);
      for (const part of root.querySelectorAll<HTMLElement>('*')) {
        const own = [...part.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
        const style = getComputedStyle(part);
        const size = Number.parseFloat(style.fontSize);
        const shown = part.checkVisibility({ visibilityProperty: true }) && size > 0;
        if (own && shown && size < 11) found.add(`${part.className}: ${size}`);
      }
      return [...found];
    });
    expect(small).toEqual([]);
  });
}

for (const [width, ends] of [[1440, [7]], [390, [7, 11]]] as const) {
  test(`at ${width} the mark of an entry on two pages is whole between them, and in two halves where a row ends`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await open(page, link({ txPages: 16, rxPages: 16 }, { kind: 'chapter', chapter: 'mapping' }));
    const tiles = zone(page, 'domU 5').getByRole('list', { name: /^TX ring/ });
    await expect(tiles.getByRole('button', { name: /^TX page 8,.*straddles this seam/ })).toHaveCount(1);
    const marks = await tiles.evaluate((list) => [...list.children].map((tile) => {
      const own = tile.getBoundingClientRect();
      const mark = tile.querySelector(':scope > span:not(:first-child):empty')?.getBoundingClientRect();
      const half = getComputedStyle(tile, '::after');
      const seen = { left: Number.parseFloat(half.left) + Number.parseFloat(half.marginLeft), bottom: Number.parseFloat(half.bottom) };
      return {
        inside: mark === undefined ? null : mark.left >= own.left - 1 && mark.bottom <= own.bottom + 1,
        ends: half.content === 'none' ? null : seen.left + Number.parseFloat(half.width) <= own.width && seen.bottom >= -1,
      };
    }));
    for (const end of ends) {
      expect(marks[end]?.ends).toBe(true);
      expect(marks[end + 1]).toEqual({ inside: true, ends: null });
    }
    expect(marks.filter(({ ends: half }) => half !== null)).toHaveLength(ends.length);
    // Between two tiles of a row it lies over both.
    expect(marks[9]?.inside).toBe(false);
  });
}
