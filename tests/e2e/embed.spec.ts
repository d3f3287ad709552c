import type { FrameLocator, Page } from '@playwright/test';
import { builtPage, serveFolder, serveManual } from './hosts.ts';
import type { Host } from './hosts.ts';
import {
  copied, expect, expectBeyond, expectEnd, expectOpen, expectStep, here, link, open, SMALL, test,
} from './ringscope.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'], viewport: { width: 1280, height: 760 } });

/** Another origin, whose page shows the markup it is given. */
let manual: Host;
let markup = '';

test.beforeAll(async () => {
  manual = await serveManual(() => markup);
});

test.afterAll(() => manual.close());

/** Shows frames of these addresses, relative to the page's own, in the manual. */
async function show(page: Page, addresses: readonly string[], attributes = 'width="1200" height="640"', baseURL?: string): Promise<FrameLocator> {
  markup = addresses.map((address) => `<iframe title="RingScope" ${attributes} src="${baseURL}${address}"></iframe>`).join('');
  await page.goto(manual.address);
  return page.frameLocator('iframe').first();
}

const button = (frame: FrameLocator, name: string) => frame.getByRole('button', { name, exact: true });

test('the markup that the page makes shows the step in a page of another origin', async ({ page, baseURL }) => {
  await open(page, link(SMALL, { kind: 'chapter', chapter: 'mapping' }));
  const { position } = await here(page);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByRole('tab', { name: 'Embed' }).click();
  markup = await copied(page, 'Copy the markup');
  expect(markup).toContain(`src="${baseURL}embed.html#`);

  await page.goto(manual.address);
  const frame = page.frameLocator('iframe');
  await expectStep(frame, position);
  await expect(frame.getByRole('region', { name: 'Stage' })).toBeVisible();
  await expect(frame.getByRole('heading', { name: /^TX ring, 1 page/ })).toBeVisible();
  await expect(frame.getByRole('region', { name: 'Story' })).toHaveCount(0);
  await expect(frame.getByRole('slider', { name: 'Position in the run' })).toBeVisible();
  await expect(frame.getByRole('link', { name: /^Open this step in RingScope/ })).toHaveAttribute(
    'href',
    new RegExp(`^${baseURL?.replaceAll('.', '\\.')}#v2\\.`),
  );

  const buttons = frame.getByRole('region', { name: 'Transport' }).getByRole('button');
  expect(await buttons.count()).toBeGreaterThan(4);
  const rows = () => buttons.evaluateAll((all) => new Set(all.map((one) => one.getBoundingClientRect().top)).size);
  await expect.poll(rows).toBe(1);
});

test('a link that asks the whole page for a frame leads to the frame', async ({ page, baseURL }) => {
  const frame = await show(page, [`?embed&panels=stage,story${link(SMALL, 9)}`], undefined, baseURL);
  await expectStep(frame, 9);
  await expect(frame.getByRole('region', { name: 'Story' })).toBeVisible();
  expect(page.frames()[1]?.url()).toContain(`${baseURL}embed.html?panels=`);
});

test('a frame steps by clicking and takes keys only with the focus, and says so', async ({ page, baseURL }) => {
  const frame = await show(page, [`embed.html?controls=full${link(SMALL)}`], undefined, baseURL);
  await expectOpen(frame);
  await expect(frame.getByText('Click here for keys')).toBeVisible();

  // Were one of these keys taken, the click after them would lead elsewhere.
  const search = page.getByRole('textbox', { name: 'Search the manual' });
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('End');
  await page.keyboard.press('Space');
  await search.click();
  await page.keyboard.type('a b');
  await page.keyboard.press('ArrowRight');
  await button(frame, 'Into').click();
  await expectStep(frame, 1);
  await expect(search).toHaveValue('a b');
  await expect(frame.getByText(/^Keys work here now/)).toBeVisible();

  await page.keyboard.press('ArrowRight');
  await expectStep(frame, 2);
  await page.keyboard.press('ArrowLeft');
  await expectStep(frame, 1);

  await search.click();
  await expect(frame.getByText('Click here for keys')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await button(frame, 'Into').click();
  await expectStep(frame, 2);
});

test('a frame shows the panels and the controls that its author picks', async ({ page, baseURL }) => {
  const frame = await show(page, [`embed.html?panels=lens,story&lens=grants&controls=none${link(SMALL, 300)}`], undefined, baseURL);
  await expect(frame.getByRole('tab', { name: 'Grants' })).toHaveAttribute('aria-selected', 'true');
  await expect(frame.getByRole('region', { name: 'Story' }).getByRole('heading', { level: 2 })).toBeVisible();
  await expect(frame.getByRole('region', { name: 'Stage' })).toHaveCount(0);
  await expect(frame.getByRole('region', { name: 'Transport' })).toHaveCount(0);

  const full = await show(page, [`embed.html?controls=full${link(SMALL, 300)}`], undefined, baseURL);
  await expect(full.getByRole('combobox', { name: 'Chapter' })).toBeVisible();
  await expect(full.getByRole('slider', { name: 'Position in the run' })).toBeVisible();
});

test('a frame says which options it does not know, and shows the rest', async ({ page, baseURL }) => {
  const frame = await show(page, [`embed.html?panels=stage,<b>map</b>&theme=blue${link(SMALL, 3)}`], undefined, baseURL);
  await expect(frame.getByRole('alert')).toContainText('theme: “blue” is none of auto, light, dark');
  await expect(frame.getByRole('alert')).toContainText('panels: “<b>map</b>” is none of');
  await expectStep(frame, 3);
});

test('what cannot be followed is said where it can be seen', async ({ page, baseURL }) => {
  for (const address of [`embed.html?step=nowhere`, `embed.html?scenario=nothing`, `embed.html${link(SMALL, 3).slice(0, -1)}x`]) {
    const frame = await show(page, [address], undefined, baseURL);
    await expectOpen(frame);
    const notice = frame.getByRole('alert');
    await expect(notice).toBeInViewport({ ratio: 1 });
  }
});

test('one chapter alone: its ends are the ends', async ({ page, baseURL }) => {
  await open(page, link(SMALL, { kind: 'chapter', chapter: 'mapping' }));
  const { position: first } = await here(page);
  await page.keyboard.press('PageDown');
  await expect.poll(async () => (await here(page)).position).toBeGreaterThan(first);
  const last = (await here(page)).position - 1;

  const frame = await show(page, [`embed.html?from=mapping&to=mapping${link(SMALL)}`], undefined, baseURL);
  await expectStep(frame, first);
  await expect(button(frame, 'Back')).toHaveAttribute('aria-disabled', 'true');
  const slider = frame.getByRole('slider', { name: 'Position in the run' });
  await expect(slider).toHaveAttribute('min', String(first));
  await expect(slider).toHaveAttribute('max', String(last));
  await button(frame, 'To the end').click();
  await expectStep(frame, last);
  await expect(button(frame, 'Into')).toHaveAttribute('aria-disabled', 'true');
  await expect(button(frame, 'Next chapter')).toHaveAttribute('aria-disabled', 'true');
});

test('a range that the run does not have: the whole run, and why', async ({ page, baseURL }) => {
  const frame = await show(page, [`embed.html?from=nowhere${link(SMALL, 3)}`], undefined, baseURL);
  await expect(frame.getByRole('alert')).toContainText('This run has no “nowhere”, with which the frame was to begin.');
  await expect(frame.getByRole('alert')).toContainText('Its chapters are toolstack, backend-found,');
  await expectStep(frame, 3);
  await button(frame, 'To the end').click();
  await expectEnd(frame);
});

test('a frame that plays by itself goes round and round, but only while it can be seen', async ({ page, baseURL }) => {
  markup = `<div style="height: 3000px"></div><iframe title="RingScope" width="1000" height="600"
    src="${baseURL}embed.html?autoplay&loop&from=3&to=6${link(SMALL)}"></iframe>`;
  await page.goto(manual.address);
  const frame = page.frameLocator('iframe');
  await expectOpen(frame);
  // Out of sight it waits: its button offers to play.
  await expect(button(frame, 'Play')).toHaveCount(1);
  await page.evaluate(() => scrollTo(0, 3000));
  await expect(button(frame, 'Pause')).toBeVisible();
  await expectStep(frame, 6);
  // It is before its end for part of each round alone: who looks seldom may find it there every time.
  await expect.poll(async () => (await here(frame)).position, { intervals: [20] }).toBeLessThan(6);
  await expectStep(frame, 6);
  await page.evaluate(() => scrollTo(0, 0));
  // At the end of a round it would play again.
  await expect(frame.getByRole('button', { name: /^Play( again from the start)?$/ })).toHaveCount(1);
  await page.evaluate(() => scrollTo(0, 3000));
  await expect(button(frame, 'Pause')).toBeVisible();
});

test.describe('with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('a frame that would play by itself waits for somebody to start it', async ({ page, baseURL }) => {
    const frame = await show(page, [`embed.html?autoplay&loop&from=3&to=6${link(SMALL)}`], undefined, baseURL);
    await expectStep(frame, 3);
    await button(frame, 'Play').click();
    await expectBeyond(frame, 5);
  });
});

test('several frames on one page go their own ways', async ({ page, baseURL }) => {
  await show(page, [`embed.html${link(SMALL, 3)}`, `embed.html${link({ txPages: 2, rxPages: 2 }, 9)}`], 'width="600" height="500"', baseURL);
  const [one, other] = [page.frameLocator('iframe').first(), page.frameLocator('iframe').last()];
  await expectStep(one, 3);
  await expectStep(other, 9);
  await button(one, 'Into').click();
  await expectStep(one, 4);
  await expectStep(other, 9);
});

test('a frame leaves scrolling to the page around it', async ({ page, baseURL }) => {
  const frame = await show(page, [`embed.html${link(SMALL, 3)}`], 'style="width: 1200px; height: 640px; margin-bottom: 2000px"', baseURL);
  await expectStep(frame, 3);
  await page.mouse.move(600, 300);
  await page.mouse.wheel(0, 900);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(500);
});

test('in a column of text both ends stand side by side, in half the height', async ({ page, baseURL }) => {
  const frame = await show(page, [`embed.html?height=auto&pages=4&step=mapping`], 'style="width: 690px; height: 640px; border: 0"', baseURL);
  await expectOpen(frame);
  const zone = (name: string) => frame.getByRole('region', { name: new RegExp(`^${name}\\b`) }).first();
  const [domU, dom0, store] = await Promise.all(['domU 5', 'dom0', 'xenstore'].map(async (name) => (await zone(name).boundingBox())!));
  expect(dom0!.y).toBe(domU!.y);
  expect(dom0!.x).toBeGreaterThanOrEqual(domU!.x + domU!.width);
  expect(store!.y).toBeGreaterThanOrEqual(dom0!.y + dom0!.height);
  await expect(frame.getByText(/^step \d+ of/)).toBeVisible();
  expect(await frame.locator('html').evaluate((root) => root.scrollHeight)).toBeLessThan(1250);
});

test('on paper a frame is a still picture', async ({ page, baseURL }) => {
  const frame = await show(page, [`embed.html${link(SMALL, 3)}`], undefined, baseURL);
  await expectStep(frame, 3);
  await page.emulateMedia({ media: 'print' });
  await expect(frame.getByRole('region', { name: 'Stage' })).toBeVisible();
  await expect(frame.getByRole('region', { name: 'Transport' })).toBeHidden();
});

test.describe('from a plain file server', () => {
  let files: Host;
  test.beforeAll(async ({ baseURL }) => {
    files = await serveFolder(builtPage(baseURL));
  });
  test.afterAll(() => files.close());

  test('a frame that may run scripts and nothing else works, in a worker', async ({ page }) => {
    const frame = await show(page, [`embed.html?panels=stage,story,lens&lens=rings${link(SMALL, 3)}`],
      'sandbox="allow-scripts" width="1200" height="640"', files.address);
    await expectStep(frame, 3);
    await button(frame, 'Into').click();
    await expectStep(frame, 4);
    // What comes later comes too: words, lenses, answers.
    await expect(frame.getByRole('region', { name: 'Story' }).getByRole('heading', { level: 2 })).toBeVisible();
    await frame.getByRole('tab', { name: 'Memory' }).click();
    await expect(frame.getByRole('tabpanel', { name: 'Memory' })).toContainText('0x');
    await button(frame, 'To the end').click();
    await expectEnd(frame);
    expect(page.workers()).toHaveLength(1);
  });

  test('the page works from any path', async ({ page }) => {
    await page.goto(`${files.address}index.html`);
    await expectOpen(page);
    await page.keyboard.press('ArrowRight');
    await expectStep(page, 1);
  });
});
