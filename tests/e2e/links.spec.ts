import type { Page } from '@playwright/test';
import {
  copied, counter, expect, expectAnother, expectEnd, expectStep, here, link, open, pick, SMALL, sliders, test, words,
  stage,
} from './ringscope.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

/** The page's copied link opens what the page shows, at that position. Returns the link. */
async function expectCopyOpens(page: Page, position: number): Promise<string> {
  const address = await copied(page, 'Copy link');
  const other = await page.context().newPage();
  await other.goto(address);
  await expectStep(other, position);
  await expect(counter(other)).toHaveText((await counter(page).textContent()) ?? '');
  expect(await sliders(other)).toEqual(await sliders(page));
  // What a part says of its own size, such as how many rows are below, follows the other page's last parts.
  const said = await words(page);
  await expect.poll(() => words(other)).toBe(said);
  return address;
}

test.describe('a copied link opens the same step', () => {
  test('in the natural order, with other sliders', async ({ page }) => {
    await open(page);
    for (const change of [
      () => pick(page, 'Ring pages', '8'),
      () => pick(page, 'Backend', 'PVH'),
      () => page.getByRole('button', { name: 'One queue more' }).click(),
    ]) {
      const { length } = await here(page);
      await change();
      await expectAnother(page, length);
    }
    await expect(page.getByRole('status', { name: 'Queues' })).toHaveText('2');
    for (let n = 0; n < 3; n++) await page.getByRole('button', { name: 'Next chapter' }).click();
    await expect(page.getByText(/^Chapter 3 of/)).toBeVisible();
    const { position } = await here(page);
    await page.keyboard.press('ArrowRight');
    await expectStep(page, position + 1);
    await expectCopyOpens(page, position + 1);
  });

  test('with a choice made in the Choices lens', async ({ page, context }) => {
    // The natural order is the toolstack's here; others could run as well.
    await open(page, link(SMALL, 45));
    await page.getByRole('tab', { name: /^Choices/ }).click();
    const lens = page.getByRole('tabpanel', { name: /^Choices/ });
    await expect(lens.getByRole('button', { name: /^Run it: / }).first()).toHaveAccessibleName(/^Run it: toolstack,/);
    await lens.getByRole('button', { name: /^Run it: domU xenbus,/ }).click();
    await expectStep(page, 46);
    await page.keyboard.press('ArrowRight');
    await expectStep(page, 47);
    const said = await words(page);
    const address = await expectCopyOpens(page, 47);
    expect(address).toContain('45~domU+xenbus');

    // The natural order is elsewhere at that step.
    const natural = await context.newPage();
    await open(natural, link(SMALL, 47));
    expect(await words(natural)).not.toBe(said);
  });
});

test('the address follows the page, so that a reload stays at the step', async ({ page }) => {
  await open(page, link(SMALL));
  await page.keyboard.press('PageDown');
  await expectStep(page, 1);
  await page.keyboard.press('ArrowRight');
  await expectStep(page, 2);
  const address = await copied(page, 'Copy link');
  await expect.poll(() => page.url()).toBe(address);
  const said = await words(page);
  await page.reload();
  await expectStep(page, 2);
  await expect.poll(() => words(page)).toBe(said);
});

const good = link({ txPages: 16, rxPages: 16, backend: 'pvh' }, 100);
const digits = 'This link is damaged: its check digits do not match, so it was cut or changed.';

/** A link, what the page answers, the ring pages and the position that it shows instead. */
type Bad = readonly [what: string, link: string, answer: string, pages: string, at: number | 'end'];
const bad: readonly Bad[] = [
  ['cut short in its last part', good.slice(0, -2), digits, '16', 0],
  ['cut short in the middle', good.slice(0, good.indexOf('pvh') + 3), 'its end is missing', '16', 0],
  ['with one digit changed', good.replace('.64.', '.63.'), digits, '16', 0],
  ['of another version', good.replace('#v2.', '#v3.'), 'made by a newer RingScope (version 3)', '4', 0],
  ['that is something else', '#top', 'it does not begin with a version such as v2', '4', 0],
  ['of an unknown scenario', link({}, 7, { scenario: 'blkif' }), 'names the scenario “blkif”', '4', 0],
  ['beyond the end of the run', link(SMALL, 100_000), 'there is no position 100000', '1', 'end'],
  ['with rings of 3 pages', link({ txPages: 3 }, 7), '“3” is not a number of TX ring pages', '4', 0],
  ['to an unknown chapter', link(SMALL, { kind: 'chapter', chapter: 'lost' }), 'no chapter lost', '1', 0],
  ['with an unknown act', link(SMALL, 9, { choices: [[3, 'act:lightning']] }), 'there is no act lightning', '4', 0],
  ['with an unknown thread', link(SMALL, 9, { choices: [[3, 'domU nobody']] }), 'thread domU nobody', '4', 0],
];

for (const [what, fragment, answer, pages, at] of bad) {
  test(`a link ${what} is answered, and the page goes on from the nearest state`, async ({ page }) => {
    await open(page, fragment);
    await expect(page.getByRole('alert').first()).toContainText(answer);
    await expect(page.getByRole('alert')).toHaveCount(1);
    await expect.poll(async () => (await sliders(page))['pages']).toBe(pages);
    if (at === 'end') await expectEnd(page);
    else await expectStep(page, at);

    const { position } = await here(page);
    await page.keyboard.press(at === 'end' ? 'ArrowLeft' : 'ArrowRight');
    await expectStep(page, at === 'end' ? position - 1 : position + 1);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
}

for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]] as const) {
  test(`at ${width} by ${height} what is said of a damaged link can be seen and covers nothing`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, good.slice(0, -2));
    const notice = page.getByRole('alert');
    await expect(notice).toBeInViewport({ ratio: 1 });
    const { y, height: own } = (await notice.boundingBox())!;
    const header = (await page.getByRole('banner').boundingBox())!;
    expect(y).toBeGreaterThanOrEqual(header.y + header.height - 1);
    expect((await stage(page).boundingBox())!.y).toBeGreaterThanOrEqual(y + own - 1);
    await notice.getByRole('button').click();
    await expect(notice).toHaveCount(0);
  });
}
