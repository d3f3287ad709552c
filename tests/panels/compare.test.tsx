// @vitest-environment happy-dom
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { answer } from '../../src/engine/answers.ts';
import { frameAt } from '../../src/engine/delta.ts';
import { Run } from '../../src/engine/run.ts';
import { filtered, groupsOf, queuesOf, ringsOf } from '../../src/panels/compare/model.ts';
import type { Group } from '../../src/panels/compare/model.ts';
import ComparePanel from '../../src/panels/compare/Panel.tsx';
import type { Layout } from '../../src/parts/frame-names.ts';
import { scenarios } from '../../src/sim/index.ts';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { createMirror } from '../../src/store/mirror.ts';
import type { MemoryMap } from '../../src/store/stage/slots.ts';
import { appStore } from '../../src/store/store.ts';
import type { SlotChange } from '../../src/store/store.ts';
import { freshPage, sentTo } from '../harness/page.ts';

const run = new Run(scenarios.find(({ id }) => id === DEFAULT_RUN.scenario)!, DEFAULT_RUN);
run.record(Infinity);

/** What the page shows of the differences, standing at position 0, where no ring is there. */
function compared(from: number, to: number): { groups: Group[]; layout: Layout } {
  const found = answer(run, { kind: 'compare', from, to }, 0);
  if (found.kind !== 'compare') throw new Error(JSON.stringify(found));
  run.timeline.seek(0);
  const mirror = createMirror();
  mirror.apply(frameAt(run, 1, null));
  const memory = (domid: number) => mirror.slot(`xen:memory:${domid}`) as unknown as MemoryMap | undefined;
  const { rings, refs } = ringsOf(queuesOf(found.slots, (name) => mirror.slot(name), 8), memory);
  const layout = { rings, memory };
  return { groups: groupsOf(found.slots, found.words, layout, refs), layout };
}

const of = (groups: readonly Group[], place: Group['place']) => groups.find((one) => one.place === place);
const labels = (group: Group | undefined) =>
  group?.items.map((item) => (item.kind === 'line' ? item.said.what : `${item.words.length} ${item.label}`)) ?? [];

describe('the whole handshake as differences', () => {
  const { groups, layout } = compared(0, run.length);

  it('is told place by place', () => {
    expect(groups.map(({ place }) => place)).toEqual([
      'states', 'xenstore', 'grants', 'ports', 'rings', 'netfront', 'netback', 'xen', 'logs', 'other',
    ]);
    expect(labels(of(groups, 'states'))).toEqual([
      'key /local/domain/5/device/vif/0/state', 'key /local/domain/0/backend/vif/5/0/state',
    ]);
    expect(labels(of(groups, 'xenstore'))).toContain('key /local/domain/5/device/vif/0/tx-ring-ref3');
    expect(labels(of(groups, 'ports'))).toContain('port 11 of domain 5');
    expect(labels(of(groups, 'xen'))).toContain('Xen’s own record of entry 2063 of domain 5');
    expect(labels(of(groups, 'netfront'))).toContain('netfront’s queue 0');
    expect(labels(of(groups, 'netback'))).toContain('netback’s backend_info');
    expect(labels(of(groups, 'logs'))).toEqual(['log of dom0']);
  });

  it('names entries of ring pages one by one and folds those of the receive buffers', () => {
    const grants = of(groups, 'grants');
    expect(labels(grants).filter((label) => /entry 205[6-9]|entry 206/.test(label))).toEqual(
      [2056, 2057, 2058, 2059, 2060, 2061, 2062, 2063].flatMap((ref) => [`flags of entry ${ref}`, `frame of entry ${ref}`]),
    );
    // 1024 buffers, two words each: one line, behind the entries of the rings, though they lie in three frames.
    expect(labels(grants).slice(16)).toEqual([
      'size of the grant table of domain 5', '2048 entries 1032 to 2055 of the grant table: granted, 1,024 entries',
    ]);
    expect(grants!.count).toBe(2048 + 16 + 1);
    expect(labels(of(compared(run.length, 0).groups, 'grants')).at(-1))
      .toBe('2048 entries 1032 to 2055 of the grant table: no longer granted, 1,024 entries');
  });

  it('has the keys of both ends before those of libxl and what xenstored keeps of its clients', () => {
    const kinds = labels(of(groups, 'xenstore')).map((label) =>
      label.startsWith('key /local/') ? 0 : label.startsWith('key ') ? 1 : 2);
    expect(new Set(kinds)).toEqual(new Set([0, 1, 2]));
    expect(kinds).toEqual([...kinds].sort((a, b) => a - b));
  });

  it('names the indexes of a ring and folds its entries by the page', () => {
    const rings = labels(of(groups, 'rings'));
    expect(rings.slice(-3)).toEqual([
      '1007 page 0 of the RX ring of queue 0', '1024 page 1 of the RX ring of queue 0', '16 page 2 of the RX ring of queue 0',
    ]);
    expect(rings).toContain('req_prod of the RX ring of queue 0');
    expect(rings).toContain('rsp_event of the TX ring of queue 0');
    expect(rings.filter((label) => label.endsWith('of the RX ring of queue 0') && /^\d+ page/.test(label)))
      // 1024 entries of 8 bytes: the fourth page is never touched.
      .toHaveLength(3);
  });

  it('leaves out what only the model keeps, and nothing else', () => {
    const found = answer(run, { kind: 'compare', from: 0, to: run.length }, 0);
    if (found.kind !== 'compare') throw new Error(found.kind);
    const kept = found.slots.filter(({ name }) => name.startsWith('xs:writer:')).length;
    const children = found.slots.filter(({ name, before }) => name.startsWith('xs:node:') && before !== undefined).length;
    const all = groups.reduce((sum, { count }) => sum + count, 0);
    expect(kept).toBeGreaterThan(50);
    expect(all).toBe(found.slots.length - kept - children + found.words.length / 4);
  });

  it('is filtered by words, inside folds as well', () => {
    expect(filtered(groups, '  ', layout)).toBe(groups);
    const refs = filtered(groups, 'TX-ring-ref', layout);
    expect(refs.map(({ place, count }) => [place, count])).toEqual([['xenstore', 4]]);
    const entry = filtered(groups, 'of entry 2050', layout);
    expect(entry).toMatchObject([{ place: 'grants', count: 2, items: [{ kind: 'fold' }] }]);
    expect(filtered(groups, 'no such thing', layout)).toEqual([]);
  });

  it('is the same backwards, with before and after exchanged', () => {
    const back = compared(run.length, 0).groups;
    expect(back.map(({ place, count }) => [place, count])).toEqual(groups.map(({ place, count }) => [place, count]));
    const state = (all: readonly Group[]) =>
      of(all, 'states')!.items.flatMap((item) =>
        item.kind === 'line' && item.said.what.endsWith('device/vif/0/state')
          ? [[item.said.before, item.said.after]] : []);
    expect(state(groups)).toEqual([['absent', '“4”']]);
    expect(state(back)).toEqual([['“4”', 'absent']]);
  });
});

describe('a step compared with itself', () => {
  it('has no difference', () => {
    expect(compared(100, 100).groups).toEqual([]);
  });
});

describe('the comparison on the page', () => {
  let engine: ReturnType<typeof freshPage>;
  const key = (name: string, after: string): SlotChange => ({ cell: 'slot', name: `xs:node:/${name}`, before: undefined, after });
  const words = new Float64Array(Array.from({ length: 300 }, (_, i) => [0x77, i * 4, 0, i + 1]).flat());

  function open(slots: readonly SlotChange[] = [key('a', '1'), { cell: 'slot', name: 'log:domU', before: [], after: ['x'] }]): void {
    render(<ComparePanel />);
    act(() => commands.compare(10, 40));
    const { id } = sentTo(engine).find((command) => (command as { type: string }).type === 'ask') as { id: number };
    expect(screen.getByText('Comparing…')).toBeTruthy();
    act(() => engine.emit({ type: 'answer', id, answer: { kind: 'compare', from: 10, to: 40, slots, words } }));
  }
  beforeEach(() => {
    engine = freshPage();
    commands.open(DEFAULT_RUN, { kind: 'position', position: 40 });
    sentTo(engine);
  });
  const place = (name: RegExp) => screen.getByRole('button', { name });

  it('counts the differences, opens long stretches on demand and only so far', () => {
    open();
    expect(screen.getByText('302 differences in 3 lines')).toBeTruthy();
    expect(place(/^xenstore 1$/).getAttribute('aria-expanded')).toBe('true');
    const fold = place(/^300 words machine frame 0x77$/);
    fireEvent.click(fold);
    const list = fold.parentElement!.querySelector('ul')!;
    expect(within(list).getAllByRole('button', { name: /who wrote this/ })).toHaveLength(40);
    fireEvent.click(screen.getByRole('button', { name: 'Show 200 more' }));
    expect(within(list).getAllByRole('button', { name: /who wrote this/ })).toHaveLength(240);
  });

  it('says once how many they are where each has a line', () => {
    render(<ComparePanel />);
    act(() => commands.compare(10, 40));
    const { id } = sentTo(engine).find((command) => (command as { type: string }).type === 'ask') as { id: number };
    const slots = [key('a', '1'), key('b', '2')];
    act(() => engine.emit({ type: 'answer', id, answer: { kind: 'compare', from: 10, to: 40, slots, words: new Float64Array() } }));
    expect(screen.getByText('2 differences')).toBeTruthy();
  });

  it('asks who wrote a difference', () => {
    open();
    sentTo(engine);
    fireEvent.click(screen.getByRole('button', { name: /^key \/a: / }));
    expect(sentTo(engine)).toMatchObject([
      { type: 'ask', question: { kind: 'writers', cell: { cell: 'slot', name: 'xs:node:/a', part: ['value'] } } },
    ]);
  });

  it('leads to both steps and swaps them, and says where that reads back in time', () => {
    open();
    expect(screen.queryByText(/back in time/)).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: /^Go to A, step 10(,|$)/ }));
    expect(appStore.getState().position).toBe(10);
    expect(screen.getByRole('button', { name: /^Go to A, step 10(,|$)/ }).getAttribute('aria-current')).toBe('step');
    sentTo(engine);
    fireEvent.click(screen.getByRole('button', { name: 'Swap A and B' }));
    expect(sentTo(engine)).toMatchObject([{ type: 'ask', question: { kind: 'compare', from: 40, to: 10 } }]);
    expect(screen.getByRole('button', { name: /^Go to A, step 40(,|$)/ })).toBeTruthy();
    expect(screen.getByText('This reads back in time: from step 40 to step 10.')).toBeTruthy();
  });

  it('closes with Escape, but not while an inquiry over it is open', () => {
    open();
    const dialog = screen.getByRole('dialog', { name: 'What changed between A and B' });
    expect(document.activeElement).toBe(dialog);
    fireEvent.click(screen.getByRole('button', { name: /^key \/a: / }));
    fireEvent.keyDown(dialog, { key: 'Escape' });
    expect(appStore.getState().comparison).not.toBeNull();
    act(() => commands.closeInquiry());
    fireEvent.keyDown(dialog, { key: 'Escape' });
    expect(appStore.getState().comparison).toBeNull();
  });
});
