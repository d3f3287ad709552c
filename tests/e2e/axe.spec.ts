import { fileURLToPath } from 'node:url';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Locator, Page } from '@playwright/test';
import {
  counter, expect, expectConnected, expectEnd, expectOpen, expectStep, expectStory, here, link, open, SMALL, stage, story, test,
} from './ringscope.ts';

const axe = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));

/**
 * The document is the same in both themes, and only colours differ: so every rule is asked in the light one, and in the
 * dark one those that colours decide.
 */
const THEMES: readonly (readonly [colorScheme: 'light' | 'dark', options: RunOptions])[] = [
  ['light', {}],
  ['dark', { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }],
];

/** What axe finds wrong in an element, one line an element. */
function violations(within: Locator, options: RunOptions): Promise<string[]> {
  return within.evaluate(async (element, asked) => {
    // Another theme begins to show in the next frame; even without motion, colours change by transitions, if by short ones.
    await new Promise(requestAnimationFrame);
    await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})));
    const { axe } = globalThis as unknown as { axe: { run: (within: Node, options: RunOptions) => Promise<AxeResults> } };
    const found = await axe.run(element === document.documentElement ? document : element, asked);
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
    );
  }, options);
}

/** Has axe look at a view in both themes: at all of it, or only at what was not looked at before. */
async function examine(page: Page, what: string, within: Locator = page.locator('html')): Promise<void> {
  await expect(within).toBeVisible();
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.addScriptTag({ path: axe });
  for (const [colorScheme, options] of THEMES) {
    await page.emulateMedia({ colorScheme });
    expect.soft(await violations(within, options), `${what}, ${colorScheme}`).toEqual([]);
  }
}

/** A step in the midst of the mapping, which has something to show in every lens and marks what it changes. */
const AT = { kind: 'key', key: 'map_grant_ref#map_one', occurrence: 3 } as const;

for (const [width, viewport] of [
  ['wide', { width: 1440, height: 900 }],
  ['narrow', { width: 390, height: 844 }],
] as const) {
  const narrow = width === 'narrow';

  /** Has a narrow page show one of its views; a wide one shows them all. */
  const view = async (page: Page, name: 'Stage' | 'Story' | 'Lenses' | 'Timeline'): Promise<void> => {
    if (narrow) await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name }).click();
  };

  test.describe(`${width}: axe finds nothing in either theme`, () => {
    // Half-way through a fade, colours are nobody's. And axe takes its time, on a slow and busy machine above all.
    test.use({ viewport, contextOptions: { reducedMotion: 'reduce' } });
    test.describe.configure({ timeout: 240_000 });

    test('in a frame, with all panels and all controls, and with options that it does not know', async ({ page }) => {
      await page.goto(`./embed.html?panels=stage,story,lens&lens=rings&controls=full${link(SMALL, { ...AT, occurrence: 2 })}`);
      await expectOpen(page);
      await expectStory(page);
      await expect(page.getByRole('tabpanel', { name: 'Rings' })).not.toBeEmpty();
      await examine(page, 'a frame');
      await page.goto(`./embed.html?panels=map&height=auto${link(SMALL, { ...AT, occurrence: 2 })}`);
      await expect(page.getByRole('alert')).toBeVisible();
      await examine(page, 'a frame as high as its panels');
    });

    test('at the start, while mapping and when connected', async ({ page }) => {
      await open(page);
      if (!narrow) await expectStory(page);
      await examine(page, 'start');
      await view(page, 'Story');
      if (narrow) await examine(page, 'start, story', story(page));

      await open(page, link({}, AT));
      await expect(page.getByRole('button', { name: 'Frontend state: 4 Connected' })).toBeVisible();
      if (!narrow) await expectStory(page);
      await examine(page, 'mapping');

      await page.keyboard.press('End');
      await expectEnd(page);
      await expectConnected(page);
      await examine(page, 'connected, stage', stage(page));
      await view(page, 'Story');
      await expectStory(page);
      await examine(page, 'connected, story', story(page));
      await view(page, 'Timeline');
      await examine(page, 'connected, timeline', page.getByRole('region', { name: 'Timeline' }));
    });

    test('in the lenses', async ({ page }) => {
      await open(page, link({}, AT));
      await view(page, 'Lenses');
      const lens = async (name: string): Promise<Locator> => {
        await page.getByRole('tab', { name }).click();
        return page.getByRole('tabpanel', { name });
      };
      const rings = await lens('Rings');
      if (!narrow) await page.getByRole('button', { name: 'Enlarge the lenses' }).click();
      await rings.getByRole('textbox', { name: 'Slot' }).fill('7');
      await expect(rings.getByRole('region', { name: 'Slot 7' })).toBeVisible();
      await examine(page, 'rings');

      const memory = await lens('Memory');
      await memory.getByRole('grid').press('ArrowRight');
      await expect(memory.getByRole('region', { name: 'The chosen byte' })).toBeVisible();
      await examine(page, 'memory', memory);

      const xenstore = await lens('Xenstore');
      // A narrow lens shows the first keys only, as the others are further down.
      await xenstore.getByRole('searchbox').fill('ring-ref');
      await xenstore.getByRole('button', { name: 'tx-ring-ref2', exact: true }).click();
      await expect(xenstore.getByRole('region', { name: /^Key .*tx-ring-ref2$/ }).getByRole('list').first()).toBeVisible();
      await examine(page, 'xenstore, a key', xenstore);
      await xenstore.getByRole('searchbox').fill('');
      await xenstore.getByRole('radio', { name: 'Whole store' }).check();
      await xenstore.getByRole('tree').press('Enter');
      await expect(xenstore.getByRole('region', { name: 'Key /' })).toBeVisible();
      await examine(page, 'xenstore, all of it', xenstore);

      const grants = await lens('Grants');
      await expect(grants.getByRole('row', { name: /queue 0 TX ring page 3/ })).toBeVisible();
      await examine(page, 'grants', grants);
      await grants.getByRole('radio', { name: 'Maptrack' }).check();
      await expect(grants.getByRole('grid', { name: 'Maptrack of dom0' })).toBeVisible();
      await examine(page, 'maptrack', grants);

      const events = await lens('Events');
      await expect(events.getByRole('row', { name: /queue 0 TX/ })).toBeVisible();
      await examine(page, 'events', events);

      const choices = await lens('Choices');
      await expect(choices.getByRole('button', { name: /^Run it: / }).first()).toBeVisible();
      await examine(page, 'choices', choices);

      // Neither kernel has said anything before the rings are connected.
      await page.getByRole('heading', { level: 1 }).click();
      await page.keyboard.press('End');
      await expectEnd(page);
      const log = await lens('Log');
      await expect(log.getByRole('list', { name: 'Messages of both kernels' })).toBeVisible();
      await examine(page, 'log', log);
    });

    test('in the help, the state as text, the scenarios and the acts', async ({ page }) => {
      await open(page, link({}, AT));
      await page.keyboard.press('?');
      const help = page.getByRole('dialog', { name: 'RingScope: help' });
      await help.getByText('What the words mean').click();
      await expect(help.getByText('The daemon that keeps xenstore.')).toBeVisible();
      await help.getByText('What the notes said').click();
      await expect(help.getByRole('button', { name: 'Go to the step that settles it (9)' })).toBeVisible();
      await expect(help.getByRole('searchbox')).toBeVisible();
      await examine(page, 'help', help);

      await help.getByRole('button', { name: 'State as text' }).click();
      const text = page.getByRole('dialog', { name: /^State as text/ });
      await expect(text.getByRole('heading', { level: 3 })).toHaveCount(9);
      await examine(page, 'state as text', text);
      await page.keyboard.press('Escape');
      await expect(text).toHaveCount(0);

      await stage(page).getByRole('button', { name: 'Act in domU 5' }).click();
      await examine(page, 'acts', page.getByRole('menu'));
      await page.keyboard.press('Escape');
      await expect(page.getByRole('menu')).toHaveCount(0);

      if (narrow) await page.getByRole('button', { name: 'Settings' }).click();
      if (narrow) await examine(page, 'settings');
      await page.getByRole('button', { name: /^Scenario: / }).click();
      const scenarios = page.getByRole('dialog', { name: 'Choose a scenario' });
      await scenarios.getByRole('option', { name: 'Unbind in the guest' }).click();
      await examine(page, 'scenarios', scenarios);
    });

    test('in the tour, a term and a question', async ({ page }) => {
      await open(page);
      await view(page, 'Story');
      await page.getByRole('button', { name: 'take the tour' }).click();
      const tour = page.getByRole('region', { name: 'Guided tour' });
      await tour.getByRole('button', { name: 'Next', exact: true }).click();
      await expect(tour.getByText('Stop 2 of 15')).toBeVisible();
      await examine(page, 'tour');
      await tour.getByRole('button', { name: 'libxl', exact: true }).click();
      const box = page.getByRole('tooltip');
      await examine(page, 'term', box);
      await tour.getByRole('heading', { level: 2 }).focus();
      await expect(box).toHaveCount(0);

      for (let stop = 2; stop < 15; stop++) await tour.getByRole('button', { name: 'Next', exact: true }).click();
      await tour.getByRole('button', { name: 'To the questions' }).click();
      await expect(tour.getByText('Question 1 of 12')).toBeVisible();
      await tour.getByRole('button', { name: 'Hint' }).click();
      await examine(page, 'question', tour);
    });

    test('in an inquiry, a comparison, the breakpoints, the search and the branches', async ({ page }) => {
      await open(page, link(SMALL, { kind: 'key', key: 'map_grant_ref#map_one', occurrence: 1 }));
      const { position } = await here(page);
      await view(page, 'Story');
      await story(page).getByRole('button', { name: /^flags of entry 520.*: who wrote this\?$/ }).click();
      const inquiry = page.getByRole('dialog', { name: /^Who wrote this\?/ });
      await expect(inquiry.getByRole('list', { name: 'Every write' }).getByRole('listitem')).toHaveCount(2);
      await examine(page, 'inquiry', inquiry);
      await page.keyboard.press('Escape');
      await expect(inquiry).toHaveCount(0);

      await page.keyboard.press('[');
      await page.keyboard.press('PageDown');
      await expect(counter(page)).not.toHaveText(new RegExp(`^step ${position} `));
      await page.keyboard.press(']');
      await page.keyboard.press('=');
      const drawer = page.getByRole('dialog', { name: 'What changed between A and B' });
      await expect(drawer.getByText('flags of entry', { exact: false }).first()).toBeVisible();
      await examine(page, 'comparison', drawer);
      await page.keyboard.press('Escape');
      await expect(drawer).toHaveCount(0);

      await page.keyboard.press('b');
      const breakpoints = page.getByRole('dialog', { name: 'Breakpoints' });
      await breakpoints.getByRole('button', { name: 'Add', exact: true }).click();
      await breakpoints.getByRole('combobox', { name: 'Stop when' }).selectOption('a state is published');
      await breakpoints.getByRole('button', { name: 'Add', exact: true }).click();
      await expect(breakpoints.getByRole('checkbox')).toBeChecked();
      await examine(page, 'breakpoints', breakpoints);
      await page.keyboard.press('Escape');
      await expect(breakpoints).toHaveCount(0);

      await page.keyboard.press('/');
      const search = page.getByRole('dialog', { name: 'Search this run' });
      await search.getByRole('combobox').fill('map');
      await expect(search.getByRole('option').first()).toBeVisible();
      await examine(page, 'search', search);
      await page.keyboard.press('Escape');
      await expect(search).toHaveCount(0);

      await view(page, 'Stage');
      const { position: before } = await here(page);
      await stage(page).getByRole('button', { name: 'Act in domU 5' }).click();
      await page.getByRole('menuitem').and(page.locator(':not([aria-disabled=true])')).first().click();
      await expectStep(page, before + 1);
      await view(page, 'Timeline');
      await expect(page.getByRole('list', { name: 'Branches' }).getByRole('button')).toHaveCount(2);
      await examine(page, 'branches');
    });

    test('in the ways to share', async ({ page }) => {
      await open(page, link(SMALL, { kind: 'key', key: 'map_grant_ref#map_one', occurrence: 1 }));
      if (narrow) await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByRole('button', { name: 'Share', exact: true }).click();
      const share = page.getByRole('dialog', { name: 'Share this step' });
      const part = async (name: string): Promise<Locator> => {
        await share.getByRole('tab', { name }).click();
        return share.getByRole('tabpanel', { name });
      };
      await examine(page, 'link', share);
      await examine(page, 'embed', await part('Embed'));
      const picture = await part('Picture');
      await expect(picture.getByRole('img')).toBeVisible();
      await examine(page, 'picture', picture);
      await picture.getByRole('radio', { name: 'Sequence' }).check();
      await expect(picture.getByRole('radio', { name: 'Mermaid' })).toBeVisible();
      await picture.getByRole('radio', { name: 'Mermaid' }).check();
      await expect(picture.getByText('sequenceDiagram')).toBeVisible();
      await examine(page, 'sequence', picture);
      const data = await part('Data');
      await expect(data.getByRole('link', { name: 'Download' })).toBeVisible();
      await examine(page, 'data', data);
    });

    test('where a vif is gone', async ({ page }) => {
      await open(page, link(SMALL, 0, { scenario: 'close-unplug' }));
      await page.keyboard.press('End');
      await expectEnd(page);
      if (!narrow) await expectStory(page);
      await examine(page, 'gone');
    });
  });
}
