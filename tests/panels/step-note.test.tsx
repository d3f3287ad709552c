// @vitest-environment happy-dom
import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import steps from '../../src/content/en/steps.json';
import { Run } from '../../src/engine/run.ts';
import { stepView } from '../../src/engine/step-view.ts';
import { StepNote } from '../../src/panels/story/StepNote.tsx';
import { scenarios } from '../../src/sim/index.ts';
import { appStore } from '../../src/store/store.ts';

/** What the story says at each time that a run comes to that operation, one text a time. */
function saidAt(wanted: string, scenario: string, backend: 'pv' | 'pvh'): string[] {
  const found = scenarios.find(({ id }) => id === scenario)!;
  const spec = { scenario, config: { ...found.defaults, txPages: 4, rxPages: 4, queues: 1, backend }, choices: [] };
  const run = new Run(found, spec);
  run.record(Infinity);
  appStore.setState({ run: spec, outline: run.outline, notes: steps });
  const { key, keys } = run.outline;
  const wantedKey = keys.indexOf(wanted);
  return [...key.keys()].filter((n) => key[n] === wantedKey).map((n) => {
    const { container, unmount } = render(<StepNote step={stepView(run.timeline, n, (name) => run.partyOf(name))} />);
    const { textContent } = container;
    unmount();
    return textContent;
  });
}

it('tells the first mapping in full, and of the others which element of the hypercall it is', () => {
  const [first, ...others] = saidAt('map_grant_ref#map_one', 'netif-multipage', 'pv');
  expect(first).toContain('points the page-table entry at it that dom0 has named');
  expect(first).toContain('No frame number crosses between the domains.');
  expect(first).not.toMatch(/p2m|PVH/);
  expect(others).toHaveLength(7);
  expect(others.map((text) => /Element \d of \d of the one hypercall for this ring/.exec(text)?.[0])).toEqual([
    ...[2, 3, 4].map((n) => `Element ${n} of 4 of the one hypercall for this ring`),
    ...[1, 2, 3, 4].map((n) => `Element ${n} of 4 of the one hypercall for this ring`),
  ]);
  for (const text of others) expect(text).not.toMatch(/Why|No frame number crosses/);
});

it('tells it as it is with a PVH backend, where that is the run\'s', () => {
  const [first] = saidAt('map_grant_ref#map_one', 'netif-multipage', 'pvh');
  expect(first).toContain('puts that into dom0\'s p2m');
  expect(first).not.toContain('page-table');
});

it('tells it so each time, also where its words stay the same', () => {
  const texts = saidAt('xenbus_unmap_ring_vfree#free_area', 'close-unplug', 'pvh');
  expect(texts).toHaveLength(2);
  expect(texts[1]).toBe(texts[0]);
});

it('tells once what the notes believed, where the run comes to the step first', () => {
  const [first, ...others] = saidAt('gnttab_grant_foreign_access#store_flags', 'netif-multipage', 'pv');
  expect(first).toContain('The notes believed');
  expect(others.length).toBeGreaterThan(1);
  for (const text of others) {
    expect(text).toContain('Why');
    expect(text).not.toContain('The notes believed');
  }
});

it('tells a refusal in its own words, each time, and what succeeds after it in short', () => {
  const texts = saidAt('map_grant_ref#map_one', 'fault-ref-not-granted', 'pv');
  expect(texts[0]).toContain('Xen refuses reference');
  expect(texts[1]).toContain('Element 2 of 4 of the one hypercall for this ring');
});
