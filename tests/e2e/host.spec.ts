import type { Page } from '@playwright/test';
import type { FrameMessage } from '../../src/embed/told.ts';
import { builtPage, serveFolder, serveManual } from './hosts.ts';
import type { Host } from './hosts.ts';
import { expect, expectOpen, expectStep, link, SMALL, test } from './ringscope.ts';

test.use({ viewport: { width: 1280, height: 760 } });

/** Another origin, whose page shows the markup it is given. */
let manual: Host;
let markup = '';

test.beforeAll(async () => {
  manual = await serveManual(() => `${markup}<script>
    heard = [];
    addEventListener('message', ({ data }) => heard.push(data));
    say = (message) => document.querySelector('iframe').contentWindow.postMessage(message, '*');
  </script>`);
});

test.afterAll(() => manual.close());

declare global {
  /** What the manual's own script has: messages of the frame, and how to answer them. */
  var heard: (FrameMessage & { ringscope: number })[];
  var say: (message: unknown) => void;
}

async function show(page: Page, address: string, attributes = ''): Promise<void> {
  markup = `<iframe title="RingScope" width="1200" height="640" ${attributes} src="${address}"></iframe>`;
  await page.goto(manual.address);
  await expectOpen(page.frameLocator('iframe'));
}

const say = (page: Page, message: object): Promise<void> => page.evaluate((text) => globalThis.say(text), { ringscope: 1, ...message });

/** The last message of that type. */
async function last<T extends FrameMessage['type']>(page: Page, type: T): Promise<Extract<FrameMessage, { type: T }>> {
  const read = () => page.evaluate((wanted) => [...globalThis.heard].reverse().find((one) => one.type === wanted), type);
  await expect.poll(read).toBeDefined();
  return (await read()) as unknown as Extract<FrameMessage, { type: T }>;
}

test('the page around steers a frame without an origin, and hears of what it does', async ({ page, baseURL }) => {
  const files = await serveFolder(builtPage(baseURL));
  await show(page, `${files.address}embed.html${link(SMALL, 3)}`, 'sandbox="allow-scripts"');
  const frame = page.frameLocator('iframe');
  expect((await last(page, 'ready')).scenarios).toContain('netif-multipage');

  await say(page, { type: 'step' });
  await expectStep(frame, 4);
  await expect.poll(async () => (await last(page, 'step')).position).toBe(4);
  await say(page, { type: 'step', how: 'end' });
  await expect.poll(async () => { const { position, length } = await last(page, 'step'); return position === length; }).toBe(true);

  await say(page, { type: 'seek', to: 'mapping' });
  await expect.poll(async () => (await last(page, 'chapter')).id).toBe('mapping');
  await say(page, { type: 'getState', id: 'mine' });
  const { id, state } = await last(page, 'state');
  expect(id).toBe('mine');
  expect(state).toMatchObject({
    scenario: 'netif-multipage', config: { txPages: 1 }, chapter: { id: 'mapping' }, playing: false,
    states: { frontend: 4, backend: 2 }, rings: [{ direction: 'tx', queue: 0, pages: 1, mapped: 0 }, { direction: 'rx' }],
  });
  expect(state.link).toMatch(/^#v2\.netif-multipage\./);

  await say(page, { type: 'seek', to: 5 });
  await expectStep(frame, 5);
  await say(page, { type: 'play', speed: 16 });
  await expect.poll(async () => (await last(page, 'playing')).playing).toBe(true);
  await say(page, { type: 'pause' });
  await expect.poll(async () => (await last(page, 'playing')).playing).toBe(false);

  await say(page, { type: 'open', link: `https://elsewhere.example/${link({ txPages: 2, rxPages: 2 }, 7)}` });
  await expectStep(frame, 7);
  await say(page, { type: 'getState', id: 'other' });
  await expect.poll(async () => (await last(page, 'state')).state.config['txPages']).toBe(2);

  await say(page, { type: 'setTheme', theme: 'dark' });
  await expect.poll(() => page.frames()[1]!.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');

  await say(page, { type: 'ping' });
  await expect.poll(() => page.evaluate(() => globalThis.heard.filter(({ type }) => type === 'ready').length)).toBe(2);
  await files.close();
});

test('a place that is none, and a damaged link, are answered with an error', async ({ page, baseURL }) => {
  await show(page, `${baseURL}embed.html${link(SMALL, 3)}`);
  await say(page, { type: 'seek', to: 'nowhere' });
  expect((await last(page, 'error')).reason).toBe('“nowhere” is no place in a run');
  await say(page, { type: 'open', link: '#v1.netif-multipage.3' });
  await expect.poll(async () => (await last(page, 'error')).reason).toContain('This link cannot be followed: “3” is not a number of TX ring pages.');
  await expectOpen(page.frameLocator('iframe'));
});

test.describe('a frame that is spoken to in a tongue it does not know', () => {
  test.use({ allowed: [/^warning: RingScope does not know this message \(type: .*"reboot"\)$/] });

  test('warns once, and goes on', async ({ page, baseURL }) => {
    const warnings: string[] = [];
    page.on('console', (message) => warnings.push(message.text()));
    await show(page, `${baseURL}embed.html${link(SMALL, 3)}`);
    for (let times = 0; times < 3; times++) await say(page, { type: 'reboot' });
    await page.evaluate(() => globalThis.say('words for another frame'));
    await say(page, { type: 'step' });
    await expectStep(page.frameLocator('iframe'), 4);
    expect(warnings.filter((text) => text.includes('RingScope'))).toHaveLength(1);
  });
});

test('a frame obeys the host that its address names, and nobody else', async ({ page, baseURL }) => {
  await show(page, `${baseURL}embed.html?host=https://docs.example.org${link(SMALL, 3)}`);
  await say(page, { type: 'step' });
  // It came and was not obeyed: what the same page asks of a frame that names it is.
  await show(page, `${baseURL}embed.html?host=${manual.address.slice(0, -1)}${link(SMALL, 3)}`);
  await say(page, { type: 'step' });
  await expectStep(page.frameLocator('iframe'), 4);

  await show(page, `${baseURL}embed.html?host=https://docs.example.org${link(SMALL, 3)}`);
  await say(page, { type: 'step' });
  await page.frameLocator('iframe').getByRole('button', { name: 'Back', exact: true }).click();
  await expectStep(page.frameLocator('iframe'), 2);
  expect(await page.evaluate(() => globalThis.heard)).toEqual([]);
});

test('one script and one attribute turn a link into a frame of the right height and theme', async ({ page, baseURL }) => {
  markup = `<p>Before</p>
    <a data-ring-scope href="${baseURL}${link(SMALL, { kind: 'chapter', chapter: 'mapping' })}">dom0 maps the rings</a>
    <a data-ring-scope="panels=stage,story&theme=light" href="${baseURL}${link(SMALL, 3)}">The beginning</a>
    <p>After</p><script src="${baseURL}embed.js"></script>`;
  await page.goto(manual.address);
  const frame = page.getByTitle('dom0 maps the rings');
  await expectOpen(page.frameLocator('iframe[title="dom0 maps the rings"]'));
  await expect(frame).toHaveAttribute('loading', 'lazy');
  await expect(page.getByRole('link', { name: 'dom0 maps the rings' })).toBeHidden();

  const height = async (): Promise<number> => (await frame.boundingBox())?.height ?? 0;
  const needed = (): Promise<number> => page.frames()[1]!.evaluate(() => document.documentElement.getBoundingClientRect().height);
  await expect.poll(async () => Math.abs((await height()) - (await needed()))).toBeLessThan(2);
  await page.setViewportSize({ width: 420, height: 760 });
  await expect.poll(height).toBeGreaterThan(1000);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(420);

  const themes = (): Promise<(string | undefined)[]> =>
    Promise.all(page.frames().slice(1).map((one) => one.evaluate(() => document.documentElement.dataset['theme'])));
  expect(await themes()).toEqual(['light', 'light']);
  await page.evaluate(() => document.body.setAttribute('style', 'background: #111'));
  await expect.poll(themes).toEqual(['dark', 'light']);
});

test('links that come later become frames too, and a frame goes with its link', async ({ page, baseURL }) => {
  markup = `<main></main><script src="${baseURL}embed.js"></script>`;
  await page.goto(manual.address);
  const add = (name: string, at: number): Promise<void> => page.evaluate(([text, href]) => {
    const link = Object.assign(document.createElement('a'), { textContent: text, href });
    link.dataset['ringScope'] = '';
    document.querySelector('main')!.append(link);
  }, [name, `${baseURL}${link(SMALL, at)}`] as const);
  await add('The beginning', 3);
  await expectStep(page.frameLocator('iframe[title="The beginning"]'), 3);

  // What drew the link takes it away, or draws the page anew.
  await page.evaluate(() => document.querySelector('a')!.remove());
  await expect(page.locator('iframe')).toHaveCount(0);
  await page.evaluate(() => document.body.replaceChildren(document.createElement('main')));
  await add('A little later', 5);
  await expectStep(page.frameLocator('iframe[title="A little later"]'), 5);
  await page.evaluate(() => document.body.setAttribute('style', 'background: #111'));
  await expect.poll(() => page.frames()[1]!.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
});

test('a frame follows a page whose styles follow the system', async ({ page, baseURL }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  markup = `<style>@media (prefers-color-scheme: dark) { body { background: #111 !important } }</style>
    <a data-ring-scope href="${baseURL}${link(SMALL, 3)}">The beginning</a><script src="${baseURL}embed.js"></script>`;
  await page.goto(manual.address);
  await expectOpen(page.frameLocator('iframe'));
  const theme = (): Promise<string | undefined> => page.frames()[1]!.evaluate(() => document.documentElement.dataset['theme']);
  expect(await theme()).toBe('light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(theme).toBe('dark');
});
