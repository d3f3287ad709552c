/** What must be true of each site with a frame in it, seen from outside, in a browser. */
import type { Browser, BrowserContext, Frame, Locator, Page } from '@playwright/test';
import type { Generator, Scheme } from './generators.ts';

/** Only ends what would wait for ever. */
const PATIENCE_MS = 30_000;

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 390, height: 844 };

/** A site that is served, and where RingScope is. */
export interface Served {
  readonly generator: Generator;
  readonly browser: Browser;
  readonly site: string;
}

export interface Check {
  readonly says: string;
  /** @throws what is not so */
  readonly run: (served: Served) => Promise<void>;
}

/** The pages that each example has: the text of the link, which is the frame's name, and the step as the frame's own link names it. */
const MAPPING = { page: 'Mapping a ring', link: 'Xen maps a page of the RX ring', step: '.map_grant_ref!map_one~6.' };
const GRANTING = {
  page: 'Granting a page', link: 'The guest makes a grant entry valid', step: '.gnttab_grant_foreign_access!store_flags.',
};

export const CHECKS: readonly Check[] = [
  {
    says: 'the frame shows the step that the link names',
    run: (served) => visit(served, async (page) => {
      await step(page, MAPPING);
      holds((await page.locator('iframe').count()) === 1, 'there is more than one frame');
    }),
  },
  {
    says: 'it is as high as what it shows, and the page is never wider than its window',
    run: (served) => visit(served, async (page) => {
      await step(page, MAPPING);
      for (const size of [WIDE, NARROW]) {
        await page.setViewportSize(size);
        const frame = await inside(page, MAPPING);
        await within(frame, `as high as what it shows in a window of ${size.width}`, () =>
          Math.abs(document.documentElement.getBoundingClientRect().height - innerHeight) < 2);
        await within(frame, 'without a scroll bar', () => document.documentElement.scrollWidth <= innerWidth);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        holds(wide <= size.width, `the page is ${wide} px wide in a window of ${size.width}`);
      }
    }),
  },
  {
    says: "it is light or dark as the site, when it is opened and by the site's own switch",
    run: async (served) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await visit(served, async (page) => {
          await step(page, MAPPING);
          await themed(page, await schemeOf(page, served.generator));
          if (served.generator.dark === undefined) return;
          for (const scheme of ['dark', 'light', 'dark'] as const) {
            await turn(page, served.generator, scheme);
            await themed(page, scheme);
          }
        }, { colorScheme });
      }
    },
  },
  {
    says: "keys pressed outside are the site's",
    run: (served) => visit(served, async (page) => {
      await step(page, MAPPING);
      holds(await page.evaluate(() => document.activeElement === document.body), 'something has taken the focus');
      for (const key of ['ArrowRight', 'Space', 'End']) await page.keyboard.press(key);
      await page.waitForFunction(() => scrollY > 0);
      const { search } = served.generator;
      if (search !== undefined) {
        await page.keyboard.press(search.key);
        await page.locator(search.opens).waitFor();
        await page.keyboard.type('ring');
        await page.keyboard.press('Escape');
      }
      await step(page, MAPPING);
    }),
  },
  {
    says: 'another page of the site has its own frame, and the way back leads to the first',
    run: (served) => visit(served, async (page) => {
      await step(page, MAPPING);
      await page.getByRole('link', { name: GRANTING.page, exact: true }).locator('visible=true').first().click();
      await step(page, GRANTING);
      holds((await page.locator('iframe').count()) === 1, 'the frame of the first page is still there');
      // Its options: the grants alone.
      await iframe(page, GRANTING).contentFrame().getByRole('tab', { name: 'Grants', selected: true }).waitFor();
      await within(await inside(page, GRANTING), 'low', () => innerHeight < 500);
      await page.goBack();
      await step(page, MAPPING);
      holds((await page.locator('iframe').count()) === 1, 'the frame of the other page is still there');
    }),
  },
  {
    says: 'without JavaScript it is a link',
    run: (served) => visit(served, async (page) => {
      const link = page.getByRole('link', { name: MAPPING.link });
      await link.waitFor();
      const href = await link.getAttribute('href');
      holds(href?.includes(MAPPING.step) ?? false, `it leads to ${href}`);
      holds((await page.locator('iframe').count()) === 0, 'there is a frame');
    }, { javaScriptEnabled: false }),
  },
];

/** Opens the site's first page in a context of its own. @throws also for what a console said, or a request to elsewhere */
async function visit(
  { browser, site }: Served, look: (page: Page) => Promise<void>, options: Parameters<Browser['newContext']>[0] = {},
): Promise<void> {
  const context = await browser.newContext({ viewport: WIDE, colorScheme: 'light', ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const complaints = listen(context);
  try {
    const page = await context.newPage();
    await page.goto(site);
    await look(page);
  } finally {
    await context.close();
  }
  holds(complaints.length === 0, complaints.join('; '));
}

function listen(context: BrowserContext): string[] {
  const complaints: string[] = [];
  context.on('console', (message) => {
    // Whether a site has an icon is its own affair.
    if (/\/favicon\.\w+$/.test(message.location().url)) return;
    if (/^(error|warning)$/.test(message.type())) complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => complaints.push(`page error: ${error.error().message}`));
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') complaints.push(`request: ${request.url()}`);
  });
  return complaints;
}

function iframe(page: Page, { link }: typeof MAPPING): Locator {
  return page.getByTitle(link, { exact: true });
}

/** Waits until the frame shows its step: the way into the full page names it. */
async function step(page: Page, shown: typeof MAPPING): Promise<void> {
  await iframe(page, shown).scrollIntoViewIfNeeded();
  await iframe(page, shown).contentFrame().locator(`a[href*="${shown.step}"]`).first().waitFor();
}

async function inside(page: Page, shown: typeof MAPPING): Promise<Frame> {
  const frame = await (await iframe(page, shown).elementHandle())?.contentFrame();
  if (!frame) throw new Error('there is no frame');
  return frame;
}

/** Waits until that is so within the frame. */
async function within(frame: Frame, what: string, isSo: () => boolean): Promise<void> {
  await frame.waitForFunction(isSo).catch(() => {
    throw new Error(`the frame is not ${what}`);
  });
}

async function schemeOf(page: Page, { dark }: Generator): Promise<Scheme> {
  return dark !== undefined && (await page.locator(dark.is).count()) > 0 ? 'dark' : 'light';
}

/** Some switches go through three states. */
async function turn(page: Page, generator: Generator, to: Scheme): Promise<void> {
  for (let presses = 0; presses < 3 && (await schemeOf(page, generator)) !== to; presses++) await generator.dark?.turn(page, to);
  holds((await schemeOf(page, generator)) === to, `the site's switch does not make it ${to}`);
}

async function themed(page: Page, scheme: Scheme): Promise<void> {
  const frame = await inside(page, MAPPING);
  await frame.waitForFunction((wanted) => document.documentElement.dataset['theme'] === wanted, scheme).catch(() => {
    throw new Error(`the site is ${scheme}, the frame is not`);
  });
}

function holds(isSo: boolean, otherwise: string): void {
  if (!isSo) throw new Error(otherwise);
}
