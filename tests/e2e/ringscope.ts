import { test as base, expect as patient } from '@playwright/test';
import type { BrowserContext, FrameLocator, Locator, Page } from '@playwright/test';
import type { Config, Place, RunSpec } from '../../src/engine/protocol.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { formatLink } from '../../src/store/permalink.ts';

/** Nothing here is timed: the limit only ends what hangs, on a slow and busy machine as well. */
export const expect = patient.configure({ timeout: 30_000 });

interface Fixtures {
  /** Complaints that a test provokes on purpose. */
  allowed: readonly RegExp[];
  quiet: undefined;
}

/** Every test fails for an error or warning that its pages report, and for a request to another machine. */
export const test = base.extend<Fixtures>({
  allowed: [[], { option: true }],
  quiet: [
    async ({ context, allowed }, use) => {
      const complaints = listen(context);
      await use(undefined);
      expect(complaints.filter((text) => !allowed.some((pattern) => pattern.test(text)))).toEqual([]);
    },
    { auto: true },
  ],
});

function listen(context: BrowserContext): string[] {
  const complaints: string[] = [];
  context.on('console', (message) => {
    const type = message.type();
    if (type === 'error' || type === 'warning') complaints.push(`${type}: ${message.text()}`);
  });
  context.on('weberror', (error) => complaints.push(`page error: ${error.error().message}`));
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') complaints.push(`request: ${request.url()}`);
  });
  return complaints;
}

/** A page of ours, or a frame of another page that shows ours. */
export type View = Page | FrameLocator;

/** The fragment of a run with these sliders, elsewhere as usual, at this place. */
export function link(
  config: Partial<Config>,
  at: Place | number = 0,
  rest: Partial<Omit<RunSpec, 'config'>> = {},
): string {
  const run: RunSpec = { ...DEFAULT_RUN, ...rest, config: { ...DEFAULT_RUN.config, ...config } };
  return formatLink(run, typeof at === 'number' ? { kind: 'position', position: at } : at);
}

/** The small run of one page and one queue, for journeys that are not about its size. */
export const SMALL = { txPages: 1, rxPages: 1 } as const;

/** Opens the page and waits until its run is there and drawn, and the page has begun. `address` is relative to the page's own. */
export async function open(page: Page, address = ''): Promise<void> {
  // An address that differs in its fragment alone would not load the page anew.
  await page.goto('about:blank');
  await page.goto(`./${address}`);
  await expectOpen(page);
  await expectBegun(page);
}

/** What waits until the first step can be made is there, such as the marks: so the page listens to keys as well. */
export async function expectBegun(page: Page): Promise<void> {
  // A narrow page has them in a view that is not shown yet.
  await expect(page.getByRole('group', { name: 'Marks', includeHidden: true })).not.toHaveCount(0);
}

/** A run is open: its length is known. Where one was before, see {@link expectAnother}. */
export async function expectOpen(view: View): Promise<void> {
  await expect(counter(view)).toHaveText(/^step \d+ of [1-9]\d*$/);
}

/** Waits until a run of another length is open; until then the one before stays on screen. */
export async function expectAnother(page: Page, length: number): Promise<void> {
  await expect(counter(page)).not.toHaveText(new RegExp(` of ${length}$`));
}

/** "step 3 of 629", the first thing to change when the page has moved. */
export function counter(view: View): Locator {
  return view.getByRole('region', { name: 'Transport' }).getByText(/^step \d+ of \d+$/);
}

/** Waits for position `n`. */
export async function expectStep(view: View, n: number): Promise<void> {
  await expect(counter(view)).toHaveText(new RegExp(`^step ${n} of [1-9]`));
}

/** Waits for the last position. */
export async function expectEnd(view: View): Promise<void> {
  await expect(counter(view)).toHaveText(/^step (\d+) of \1$/);
}

/** Where the page is in its run. */
export async function here(view: View): Promise<{ position: number; length: number }> {
  const [, position, length] = /^step (\d+) of (\d+)$/.exec((await counter(view).textContent()) ?? '') ?? [];
  return { position: Number(position), length: Number(length) };
}

export function stage(view: View): Locator {
  return view.getByRole('region', { name: 'Stage', exact: true });
}

export function story(view: View): Locator {
  return view.getByRole('region', { name: 'Story', exact: true });
}

/** Both ends' state tracks say so, as the store holds it. */
export async function expectStates(view: View, front: string, back: string): Promise<void> {
  await expect(view.getByRole('group', { name: /^Frontend state: / })).toHaveAccessibleName(
    `Frontend state: ${front}`,
  );
  await expect(view.getByRole('group', { name: /^Backend state: / })).toHaveAccessibleName(
    `Backend state: ${back}`,
  );
}

export async function expectConnected(view: View): Promise<void> {
  await expectStates(view, '4 Connected', '4 Connected');
}

/** Waits until the words of the step are there: they come after its picture, and the first ones are fetched. */
export async function expectStory(page: Page): Promise<void> {
  await expect(story(page).locator('[aria-busy="true"]')).toHaveCount(0);
  await expect(story(page).getByRole('heading', { level: 2 })).toBeVisible();
}

/** Waits until the picture is on the screen, and until those who look at sizes then (src/store/after-layout.ts) have done so. */
export async function expectPainted(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // The second picture is of what they changed.
    for (let picture = 0; picture < 2; picture++) {
      await new Promise<void>((done) => {
        requestAnimationFrame(() => setTimeout(done));
      });
    }
  });
}

/** Waits until the small parts of the stage are there, which come after its first picture: heads that explain themselves, and frames. */
export async function expectWhole(page: Page): Promise<void> {
  const head = stage(page).getByRole('columnheader', { name: 'handle', exact: true });
  if ((await head.count()) > 0) await expect(head.getByRole('button')).toBeVisible();
  await expect(stage(page).locator('figure:empty')).toHaveCount(0);
}

/** All that the stage and the story say at this step, as a screen reader finds it. */
export async function words(page: Page): Promise<string> {
  await expectStory(page);
  await expectWhole(page);
  await expectPainted(page);
  return `${await stage(page).ariaSnapshot()}\n${await story(page).ariaSnapshot()}`;
}

/** The chapter in the story, such as "Chapter 14 of 17 · Xen maps the rings". */
export function chapter(page: Page): Locator {
  return story(page).getByText(/^Chapter \d+ of \d+ · /);
}

/** The sliders by their values, as they stand on the page. */
export async function sliders(page: Page): Promise<Record<string, string>> {
  const picked = (name: string): Promise<string> =>
    page.getByRole('group', { name, exact: true }).getByRole('radio', { checked: true }).evaluate(labelOf);
  return {
    scenario: (await page.getByRole('button', { name: /^Scenario: / }).textContent()) ?? '',
    pages: await picked('Ring pages'),
    queues: (await page.getByRole('status', { name: 'Queues' }).textContent()) ?? '',
    frames: await page.getByRole('spinbutton', { name: 'Grant frames' }).inputValue(),
    backend: await picked('Backend'),
  };
}

function labelOf(radio: HTMLElement | SVGElement): string {
  return radio.closest('label')?.textContent ?? '';
}

/** Picks one of a row of exclusive choices. */
export async function pick(page: Page, group: string, value: string): Promise<void> {
  const choices = page.getByRole('group', { name: group, exact: true });
  await choices.getByRole('radio', { name: value, exact: true }).check();
}

/** What the button with that name copies. That it says so passes: what it copied stays. */
export async function copied(page: Page, name: string): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await page.getByRole('button', { name }).click();
  const read = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(read).not.toBe('');
  return read();
}

/** Waits for position `n` or beyond: while the page plays, no single position can be waited for. */
export async function expectBeyond(view: View, n: number): Promise<void> {
  await expect.poll(async () => (await here(view)).position).toBeGreaterThanOrEqual(n);
}

/**
 * Nothing sticks out to the side: the page does not scroll there, and every control that can be seen ends within the
 * window, but for those in a part that itself scrolls sideways.
 */
export async function expectFits(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(sticksOut)).toEqual([]);
}

function sticksOut(): string[] {
  const width = document.documentElement.clientWidth;
  const found: string[] = [];
  const wide = document.scrollingElement?.scrollWidth ?? 0;
  // On a phone the window would grow with what sticks out, so the screen is asked as well.
  if (wide > Math.min(width, screen.width)) found.push(`the page is ${wide} wide, of ${width}`);
  for (const control of document.querySelectorAll('button, input, select, textarea, summary, a[href], [role=slider]')) {
    const { left, right, width: own } = control.getBoundingClientRect();
    // What only screen readers get is a point.
    if (own <= 1 || !control.checkVisibility({ visibilityProperty: true, opacityProperty: false })) continue;
    if ((left < -0.5 || right > width + 0.5) && !scrollsSideways(control)) {
      found.push(`${control.getAttribute('aria-label') ?? control.textContent ?? control.tagName}: ${left} to ${right}`);
    }
  }
  return found;

  function scrollsSideways(element: Element): boolean {
    for (let around = element.parentElement; around !== null; around = around.parentElement) {
      const { overflowX } = getComputedStyle(around);
      if (/auto|scroll/.test(overflowX) && around.scrollWidth > around.clientWidth) return true;
    }
    return false;
  }
}
