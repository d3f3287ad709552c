import type { Locator, Page } from '@playwright/test';
import { expect, expectPainted, expectStep, link, open, stage, test } from './ringscope.ts';

function region(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

/** Names of the keys that are in sight of their list, for each directory. */
function keysInSight(page: Page): Promise<string[][]> {
  return stage(page).getByRole('region', { name: 'xenstore', exact: true }).evaluate((zone) =>
    [...zone.querySelectorAll('[role=group][aria-label^="Keys of"]')].map((list) => {
      const box = list.getBoundingClientRect();
      return [...list.querySelectorAll<HTMLElement>('li')].filter((key) => {
        const { top, bottom } = key.getBoundingClientRect();
        return (top + bottom) / 2 > box.top && (top + bottom) / 2 < box.bottom;
      }).map((key) => key.dataset['path'] ?? '');
    }));
}

/** Goes there in the run that is open. */
async function jump(page: Page, n: number): Promise<void> {
  await page.evaluate((address) => location.replace(address), link({}, n));
  await expectStep(page, n);
  await expectPainted(page);
}

/** Opens the page at a step whose list of keys is scrolled: what scrolls it is fetched once the page can be used. */
async function openScrolled(page: Page, n: number): Promise<void> {
  await open(page, link({}, n));
  const list = stage(page).getByRole('group', { name: 'Keys of device/vif/0' });
  await expect.poll(() => list.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0);
  await expectPainted(page);
}

test('a step shows the same keys to who came by a link as to who came step by step', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  // Around reads of both directories, the commit of all of netfront's keys, and after each of them.
  for (const [from, to] of [[217, 229], [358, 363], [434, 452]] as const) {
    await openScrolled(page, 473);
    await jump(page, from);
    const walked: string[][][] = [];
    for (let n = from + 1; n <= to; n++) {
      await page.keyboard.press('ArrowRight');
      await expectStep(page, n);
      await expectPainted(page);
      walked.push(await keysInSight(page));
    }
    for (let n = to; n > from; n -= 3) {
      await open(page, link({}, n));
      await expect.poll(() => keysInSight(page), `step ${n}`).toEqual(walked[n - from - 1]);
    }
  }
});

test('a step shows the same keys to who jumped to it from where directories are shorter, or empty', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const at of [473, 556]) {
    await openScrolled(page, at);
    const fresh = await keysInSight(page);
    for (const from of [0, 20, 300]) {
      for (const to of [from, at]) await jump(page, to);
      expect(await keysInSight(page), `step ${at} from ${from}`).toEqual(fresh);
    }
  }
});

test('the key that stays at the top scrolls its list neither when it is asked about nor when it has the keyboard again', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await openScrolled(page, 556);
  const before = await keysInSight(page);
  const state = stage(page).locator('li[data-path="/local/domain/5/device/vif/0/state"]').getByRole('button');
  for (let turn = 0; turn < 2; turn++) {
    await state.press('Enter');
    await expect(page.getByRole('dialog', { name: /^Who wrote this/ })).toBeVisible();
    await expectPainted(page);
    expect(await keysInSight(page)).toEqual(before);
    await page.keyboard.press('Escape');
    await expect(state).toBeFocused();
    await expectPainted(page);
    expect(await keysInSight(page)).toEqual(before);
  }
});

test('nothing on the stage sticks to a box that has not scrolled, and names of columns do once it has', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await openScrolled(page, 556);
  // Each part that sticks is a layer more, which the page is divided by at every step.
  const sticky = (): Promise<string[]> => stage(page).evaluate((all) =>
    [...all.querySelectorAll('*')].filter((part) => getComputedStyle(part).position === 'sticky').map(({ tagName }) => tagName));
  expect(await sticky()).toEqual([]);
  const figures = stage(page).getByRole('group', { name: 'netfront in figures' });
  await figures.evaluate((box) => box.scrollTo(0, 40));
  await expect.poll(sticky).toEqual(['THEAD']);
  const heads = await figures.getByRole('columnheader', { name: 'TX' }).boundingBox();
  const box = await figures.boundingBox();
  expect(heads!.y - box!.y).toBeGreaterThanOrEqual(0);
  expect(heads!.y - box!.y).toBeLessThan(32);
});

for (const width of [1024, 1200, 1280, 1366, 1440, 1600, 1680]) {
  test(`at ${width} no setting moves what is beneath, and the backend has its name`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await open(page, link({ txPages: 16, rxPages: 16 }));
    const place = await region(page, 'Stage').boundingBox();
    const settings = region(page, 'Settings');
    const more = settings.getByRole('button', { name: 'One queue more' });
    await settings.getByRole('button', { name: 'RX apart' }).click();
    expect(await region(page, 'Stage').boundingBox()).toEqual(place);
    for (let n = 0; n < 7; n++) await more.click();
    await expect(settings.getByRole('button', { name: /^3 of 8 queues are made/ })).toBeVisible();
    expect(await region(page, 'Stage').boundingBox()).toEqual(place);
    await expect(settings.getByText('Backend', { exact: true }).and(page.locator(':not(legend)'))).toBeVisible();
    await settings.getByRole('button', { name: 'RX apart' }).click();
    expect(await region(page, 'Stage').boundingBox()).toEqual(place);
    await expect(settings.getByText('Backend', { exact: true }).and(page.locator(':not(legend)'))).toBeVisible();
  });
}

for (const [width, height] of [[1280, 720], [1440, 900], [1024, 768]] as const) {
  for (const under of ['open', 'closed'] as const) {
    test(`at ${width} by ${height} a branch moves no stage and no transport, what lies between them being ${under}`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await open(page, link({}, { kind: 'chapter', chapter: 'mapping' }));
      const close = page.getByRole('button', { name: /^(Close the drawer|Hide the lenses|Close the lenses)$/ });
      const show = page.getByRole('button', { name: 'Open the lenses', exact: true });
      const press = under === 'open' ? show : close;
      if (await press.isVisible()) await press.click();
      await expectPainted(page);
      const places = async (): Promise<unknown[]> =>
        await Promise.all(['Stage', 'Transport', 'Timeline'].map((name) => region(page, name).boundingBox()));
      const before = await places();
      await stage(page).getByRole('button', { name: 'Act in domU 5' }).click();
      await page.getByRole('menuitem', { name: 'Revoke the first TX ring page' }).click();
      await expect(page.getByRole('list', { name: 'Branches' }).getByRole('button')).toHaveCount(2);
      expect(await places()).toEqual(before);
    });
  }

  test(`at ${width} by ${height} the key is on one line, and no line of a domain is cut by a sign`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    for (const [queues, at] of [[1, 'mapping'], [1, 'ready'], [3, 'mapping']] as const) {
      await open(page, link({ queues }, { kind: 'chapter', chapter: at }));
      const tops = await stage(page).getByRole('list', { name: 'What the signs mean' }).evaluate((key) =>
        [...key.children].map((sign) => Math.round(sign.getBoundingClientRect().top)));
      expect(new Set(tops).size).toBe(1);
      for (const box of await stage(page).getByRole('group', { name: / in figures$/ }).all()) {
        await expect(box.getByText('more below ↓')).toBeVisible();
        for (const to of [0, 7, 20]) {
          await box.evaluate((one, top) => one.scrollTo(0, top), to);
          await expect.poll(() => box.evaluate((one) => {
            const sign = one.querySelector('[data-edge=below][data-more] > [data-says]')?.getBoundingClientRect();
            return [...one.querySelectorAll('tr, li, h4, p')].filter((line) => {
              const { top, bottom } = line.getBoundingClientRect();
              return sign !== undefined && top < sign.top - 1 && bottom > sign.top + 1;
            }).map(({ textContent }) => textContent);
          })).toEqual([]);
        }
      }
    }
  });
}

test('on a phone a menu of acts leaves the transport free', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, link({}, { kind: 'chapter', chapter: 'mapping' }));
  const bar = (await region(page, 'Transport').boundingBox())!;
  for (const where of ['domU 5', 'Xen', 'dom0']) {
    const button = stage(page).getByRole('button', { name: `Act in ${where}` });
    await button.scrollIntoViewIfNeeded();
    await button.click();
    const menu = (await page.getByRole('menu').boundingBox())!;
    expect(menu.y + menu.height).toBeLessThanOrEqual(bar.y);
    expect(menu.height).toBeGreaterThan(88);
    await page.keyboard.press('Escape');
  }
});
