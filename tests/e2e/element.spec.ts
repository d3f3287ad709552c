import type { FrameLocator, Page } from '@playwright/test';
import type { RingScopeElement } from '../../src/embed/element/element.ts';
import { builtPage, serveManual, serveSite } from './hosts.ts';
import { expect, expectEnd, expectStep, link, SMALL, test } from './ringscope.ts';

test.use({ viewport: { width: 1280, height: 900 } });

declare global {
  /** What the element has told. */
  var told: { type: string; detail: Record<string, unknown> }[];
}

let site: Awaited<ReturnType<typeof serveSite>>;

test.beforeAll(async ({ baseURL }) => {
  site = await serveSite(builtPage(baseURL));
});

test.afterAll(() => site.close());

test.beforeEach(() => {
  site.headers = {};
  site.asked = [];
});

/** Shows that in a manual which has the script. */
async function show(page: Page, body: string, script = 'ring-scope.js'): Promise<void> {
  site.markup = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Manual</title><body>${body}<script src="${script}"></script>`;
  await page.addInitScript(() => {
    globalThis.told = [];
    for (const type of ['ready', 'step', 'chapter', 'playing', 'error']) {
      addEventListener(type, (event) => {
        if (event instanceof CustomEvent) globalThis.told.push({ type, detail: event.detail as Record<string, unknown> });
      }, true);
    }
  });
  await page.goto(`${site.address}manual.html`);
}

function inner(page: Page, nth = 0): FrameLocator {
  return page.locator('ring-scope').nth(nth).locator('iframe').contentFrame();
}

const whereabouts = ({ position, length }: RingScopeElement): { position: number; length: number } => ({ position, length });

const told = (page: Page, type: string): Promise<Record<string, unknown> | undefined> =>
  page.evaluate((wanted) => [...globalThis.told].reverse().find((one) => one.type === wanted)?.detail, type);

test('one script and one element show a step, and tell of the next', async ({ page }) => {
  await show(page, '<ring-scope pages="2" queues="1" step="mapping" label="The rings are mapped"><p>A picture</p></ring-scope><p>After</p>');
  await expect(inner(page).getByRole('heading', { name: /^TX ring, 2 pages/ })).toBeVisible();
  await expect(page.getByTitle('The rings are mapped')).toBeVisible();
  await expect(page.getByText('A picture')).toBeHidden();
  const { position, length } = await page.locator('ring-scope').evaluate(whereabouts);
  expect(position).toBeGreaterThan(0);
  expect((await told(page, 'ready'))?.['scenarios']).toContain('netif-multipage');
  expect(await told(page, 'chapter')).toEqual({ id: 'mapping', title: 'Xen maps the rings' });

  await inner(page).getByRole('button', { name: 'Into', exact: true }).click();
  await expectStep(inner(page), position + 1);
  await expect.poll(() => told(page, 'step')).toMatchObject({ position: position + 1, length });
  expect(page.workers()).toHaveLength(1);
});

test('until the engine answers there is what the author put into it, else the stage', async ({ page }) => {
  // The engine’s script comes from the same address: where files may not be kept, its worker asks for it again.
  let asked = 0;
  let release = (): void => {};
  const released = new Promise<void>((resolve) => { release = resolve; });
  await page.context().route('**/ring-scope.js', async (route) => {
    asked++;
    if (asked > 3) await released;
    await route.continue();
  });
  await show(page, '<ring-scope pages="1" step="3"><img alt="A picture" src="data:,"></ring-scope><ring-scope pages="1" step="4"></ring-scope>');
  await expect(inner(page, 1).getByText('No ring pages yet', { exact: false })).toBeVisible();
  await expect(page.locator('ring-scope iframe').nth(1)).toHaveCSS('opacity', '1');
  await expect(page.locator('ring-scope iframe').nth(0)).toHaveCSS('opacity', '0');
  release();
  await expectStep(inner(page, 1), 4);
  await expectStep(inner(page, 0), 3);
  await expect(page.locator('ring-scope iframe').nth(0)).toHaveCSS('opacity', '1');
});

test('attributes and properties are the same thing, and the frame follows them', async ({ page }) => {
  await show(page, '<ring-scope pages="1" step="3"></ring-scope>');
  await expectStep(inner(page), 3);
  const element = page.locator('ring-scope');
  expect(await element.evaluate((one: RingScopeElement) => [one.pages, one.step, one.queues, one.autoplay, one.panels])).toEqual([1, '3', null, false, null]);

  await element.evaluate((one: RingScopeElement) => { one.step = 9; });
  await expectStep(inner(page), 9);
  await expect(element).toHaveAttribute('step', '9');

  // Both at once are one run that is opened, at that step.
  await element.evaluate((one: RingScopeElement) => {
    one.pages = 4;
    one.step = 'end';
  });
  await expectEnd(inner(page));
  await expect(inner(page).getByRole('heading', { name: /^TX ring, 4 pages/ })).toBeVisible();

  await element.evaluate((one: RingScopeElement) => one.setAttribute('theme', 'dark'));
  await expect(inner(page).locator('html')).toHaveAttribute('data-theme', 'dark');

  // Other panels are another frame, at the same step.
  await inner(page).getByRole('button', { name: 'Back', exact: true }).click();
  const { position } = await element.evaluate(whereabouts);
  await element.evaluate((one: RingScopeElement) => { one.panels = 'stage,story'; });
  await expect(inner(page).getByRole('region', { name: 'Story' })).toBeVisible();
  await expectStep(inner(page), position);

  // Another run with them is that run.
  await element.evaluate((one: RingScopeElement) => {
    Object.assign(one, { pages: 2, step: 11, panels: 'stage', home: '/elsewhere/' });
  });
  await expectStep(inner(page), 11);
  await expect(inner(page).getByRole('heading', { name: /^TX ring, 2 pages|^domU/ }).first()).toBeVisible();
  await expect(inner(page).getByRole('link')).toHaveAttribute('href', new RegExp(`^${site.address}elsewhere/#v`));

  await element.evaluate((one: RingScopeElement) => { one.pages = 3; });
  await expect(inner(page).getByRole('alert')).toContainText('pages: “3” is none of 1, 2, 4, 8, 16');
  await expect.poll(() => told(page, 'error')).toEqual({ reason: 'pages: “3” is none of 1, 2, 4, 8, 16' });
});

test('its methods steer it, and ask it what is so', async ({ page }) => {
  await show(page, `<ring-scope link="${link(SMALL, 7)}"></ring-scope>`);
  const element = page.locator('ring-scope');
  // Asked before it is there, it answers when it is.
  const state = await element.evaluate((one: RingScopeElement) => one.getState());
  expect(state).toMatchObject({ position: 7, config: { txPages: 1 }, playing: false });
  await element.evaluate((one: RingScopeElement) => one.move());
  await expectStep(inner(page), 8);
  await element.evaluate((one: RingScopeElement) => one.move('end'));
  await expectEnd(inner(page));
  await element.evaluate((one: RingScopeElement) => one.seek('mapping'));
  await expect.poll(() => told(page, 'chapter')).toMatchObject({ id: 'mapping' });
  await element.evaluate((one: RingScopeElement) => one.play(16));
  await expect.poll(() => told(page, 'playing')).toEqual({ playing: true });
  await element.evaluate((one: RingScopeElement) => one.pause());
  await expect.poll(() => told(page, 'playing')).toEqual({ playing: false });
  await element.evaluate((one: RingScopeElement, fragment) => one.open(`https://elsewhere.example/${fragment}`), link({ txPages: 2, rxPages: 2 }, 5));
  await expectStep(inner(page), 5);
});

test('what is asked of it before it is ready, and while it is made anew, is done then', async ({ page }) => {
  await show(page, '<main></main>');
  await page.evaluate(() => {
    const made = Object.assign(document.createElement('ring-scope'), { pages: 1 });
    document.querySelector('main')!.append(made);
    made.seek(7);
    made.move();
  });
  await expectStep(inner(page), 8);
  await page.locator('ring-scope').evaluate((one: RingScopeElement) => {
    one.controls = 'full';
    one.seek('end');
  });
  await expect(inner(page).getByRole('combobox', { name: 'Chapter' })).toBeVisible();
  await expectEnd(inner(page));
});

test('what cannot be followed is an event too, from the beginning on', async ({ page }) => {
  await show(page, '<ring-scope pages="3" theme="blue" step="nowhere"></ring-scope>');
  await expect(inner(page).getByRole('alert').filter({ hasText: 'pages: “3”' })).toBeVisible();
  const reasons = () => page.evaluate(() => globalThis.told.filter(({ type }) => type === 'error').map(({ detail }) => String(detail['reason'])));
  await expect.poll(reasons).toEqual([
    'pages: “3” is none of 1, 2, 4, 8, 16', 'theme: “blue” is none of auto, light, dark', expect.stringContaining('nowhere'),
  ]);
});

test('what was set before the script came holds, and so does an element made by a script', async ({ page }) => {
  await show(page, '<main><ring-scope></ring-scope></main>', 'embed.js');
  await page.evaluate(() => {
    const early = document.querySelector('ring-scope')!;
    early.pages = 1;
    early.step = 4;
    document.body.append(Object.assign(document.createElement('script'), { src: 'ring-scope.js' }));
  });
  await expectStep(inner(page), 4);
  await page.evaluate(() => {
    const made = document.createElement('ring-scope');
    Object.assign(made, { pages: 1, step: 5 });
    document.querySelector('main')!.append(made);
  });
  await expectStep(inner(page, 1), 5);
  // Moved within the page it begins again, where it was.
  await inner(page, 1).getByRole('button', { name: 'Into', exact: true }).click();
  await expectStep(inner(page, 1), 6);
  await expect.poll(() => page.evaluate(() => document.querySelectorAll('ring-scope')[1]!.position)).toBe(6);
  await page.evaluate(() => document.querySelector('main')!.prepend(document.querySelectorAll('ring-scope')[1]!));
  await expectStep(inner(page, 0), 6);
});

test('a second one on the page fetches nothing, and far below it waits until it comes near', async ({ page }) => {
  // As file servers do, by which a browser knows how long it may keep a file.
  site.headers = { 'last-modified': 'Mon, 05 Jan 2026 10:00:00 GMT' };
  await show(page, '<ring-scope step="3"></ring-scope><div style="height: 4000px"></div><ring-scope pages="1" step="5"></ring-scope>');
  await expectStep(inner(page), 3);
  await expect(page.locator('ring-scope').nth(1).locator('iframe')).toHaveCount(0);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await expectStep(inner(page, 1), 5);
  expect(site.asked.filter((path) => path === '/ring-scope.js')).toHaveLength(1);
  expect(page.workers()).toHaveLength(2);
});

test('keys, styles and scripts of the page stay its own', async ({ page }) => {
  await show(page, '<style>* { color: red !important; font-size: 40px } button { display: none }</style><input aria-label="Search"><ring-scope pages="1" step="3"></ring-scope>');
  await expectStep(inner(page), 3);
  const into = inner(page).getByRole('button', { name: 'Into', exact: true });
  await expect(into).toBeVisible();
  await page.getByLabel('Search').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('End');
  await into.click();
  await expectStep(inner(page), 4);
  await page.keyboard.press('ArrowRight');
  await expectStep(inner(page), 5);
});

test('it is as high as what it shows, and as dark as what lies behind it', async ({ page }) => {
  await show(page, '<div style="width: 400px; background: #111"><ring-scope pages="1" step="end"></ring-scope></div>');
  await expectEnd(inner(page));
  await expect(inner(page).locator('html')).toHaveAttribute('data-theme', 'dark');
  const frame = page.locator('ring-scope iframe');
  await expect.poll(async () => (await frame.boundingBox())?.height).toBeGreaterThan(800);
  // Some of it comes later, and it grows by that.
  await expect.poll(() => inner(page).locator('html').evaluate((root) => root.scrollHeight - root.clientHeight)).toBeLessThanOrEqual(0);
  await page.locator('body > div').evaluate((element) => { element.style.background = '#fff'; document.body.dataset['mode'] = 'light'; });
  await expect(inner(page).locator('html')).toHaveAttribute('data-theme', 'light');
});

test.describe('under the strictest policy', () => {
  const POLICY =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; " +
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types ringscope ringscope-frame ringscope-element; ";

  test('it works, in a worker, with all that comes later', async ({ page }) => {
    site.headers = { 'content-security-policy': `${POLICY} worker-src 'self'` };
    await show(page, '<ring-scope pages="1" step="3" panels="stage,story,lens" lens="rings"></ring-scope>');
    await expectStep(inner(page), 3);
    await expect(inner(page).getByRole('region', { name: 'Story' }).getByRole('heading', { level: 2 })).toBeVisible();
    await inner(page).getByRole('tab', { name: 'Memory' }).click();
    await expect(inner(page).getByRole('tabpanel', { name: 'Memory' })).toContainText('0x');
    expect(page.workers()).toHaveLength(1);
  });

  test.describe('that forbids workers too', () => {
    test.use({ allowed: [/worker.*Content Security Policy|Content Security Policy.*worker/] });

    test('the engine runs in process', async ({ page }) => {
      site.headers = { 'content-security-policy': `${POLICY} worker-src 'none'` };
      await show(page, '<ring-scope pages="1" step="end"></ring-scope>');
      await expectEnd(inner(page));
      expect(page.workers()).toHaveLength(0);
    });
  });
});

test('from another origin it works too, in a worker that a blob loads', async ({ page }) => {
  const other = await serveManual(() => `<ring-scope pages="1" step="4"></ring-scope><script src="${site.address}ring-scope.js"></script>`);
  await page.goto(other.address);
  await expectStep(inner(page), 4);
  expect(page.workers()).toHaveLength(1);
  await other.close();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('what the author put into it is there', async ({ page }) => {
    await show(page, '<ring-scope pages="1"><a href="https://example.org/ringscope/">The rings are mapped</a></ring-scope>');
    await expect(page.getByRole('link', { name: 'The rings are mapped' })).toBeVisible();
  });
});

test.describe('when the worker dies', () => {
  test.use({ allowed: [/made to die/] });

  test('a crash within offers to go on from the same step', async ({ page }) => {
    await show(page, '<ring-scope pages="1" step="6"></ring-scope>');
    await expectStep(inner(page), 6);
    await page.workers()[0]!.evaluate(() => {
      setTimeout(() => { throw new Error('made to die'); });
    });
    await inner(page).getByRole('alert').getByRole('button', { name: 'Start again from this link' }).click();
    await expect(inner(page).getByRole('alert')).toHaveCount(0);
    await expectStep(inner(page), 6);
  });
});
