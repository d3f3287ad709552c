import { beforeEach, describe, expect, test } from 'vitest';
import { Rig } from './rig.ts';
import { FIRST_PAGE, toyConfig } from './toy.ts';

let rig: Rig;
beforeEach(() => {
  rig = new Rig();
  rig.open();
});

describe('a keyframe', () => {
  test('holds every slot and the bytes of every page that is not all zeros', () => {
    const { slots, pages, words } = rig.last();
    expect(slots).toEqual([['thread:front', [{ fn: 'toy_front', shown: 'toy_front', label: 'spawn' }]]]);
    expect(pages.map(([frame]) => frame)).toEqual([FIRST_PAGE]);
    expect([...pages[0]![1].subarray(4088)]).toEqual([0, 0, 0, 0, 255, 255, 255, 255]);
    expect(words).toHaveLength(0);
  });

  test('can be cloned to another thread', () => {
    expect(structuredClone(rig.last())).toEqual(rig.last());
  });
});

describe('a delta', () => {
  test('of one step holds the cells that it wrote', () => {
    rig.frame({ type: 'seek', to: 8 });
    const frame = rig.frame({ type: 'step', how: 'into' });
    expect(frame).toMatchObject({ kind: 'delta', position: 9, pages: [] });
    expect([...frame.words]).toEqual([FIRST_PAGE, 8, 3]);
    expect(frame.slots).toEqual([
      ['thread:front', [
        { fn: 'toy_front', shown: 'toy_front', label: 'fill' },
        { fn: 'toy_fill', shown: 'fill', label: 'count' },
      ]],
    ]);
  });

  test('backwards holds the values from before, and what is absent again', () => {
    rig.frame({ type: 'seek', to: 13 });
    const frame = rig.frame({ type: 'seek', to: 8 });
    expect([...frame.words]).toEqual([FIRST_PAGE, 8, 0]);
    expect(frame.slots).toContainEqual(['toy:offered', undefined]);
  });

  test('gives way to a keyframe when too much was written', () => {
    rig.open({ scenario: 'long' });
    expect(rig.frame({ type: 'seek', to: 5_000 }).kind).toBe('delta');
    expect(rig.frame({ type: 'step', how: 'end' }).kind).toBe('key');
  });

  test('carries the fingerprint of the state, wherever it was reached from', () => {
    const there = rig.frame({ type: 'seek', to: 20 }).fingerprint;
    expect(there).toMatch(/^[0-9a-f]{16}$/);
    expect(rig.frame({ type: 'seek', to: 21 }).fingerprint).not.toBe(there);
    expect(rig.frame({ type: 'step', how: 'back' }).fingerprint).toBe(there);
  });
});

describe('the view of a step', () => {
  test('names its stack, outermost first, with what is under way in each function', () => {
    const { step } = rig.frame({ type: 'seek', to: 9 });
    expect(step).toMatchObject({ n: 8, thread: 'front', party: 'xen', key: 'toy_xen_op#store', departs: 'ours' });
    expect(step!.stack.map(({ shown, label, party }) => [shown, label, party])).toEqual([
      ['toy_front', 'fill', 'domU'],
      ['fill', 'op', 'domU'],
      ['toy_xen_op', 'store', 'xen'],
    ]);
    expect(step!.stack[2]!.cite.path).toBe('tests/engine/toy.ts');
    expect(step!.changes).toEqual([{ cell: 'word', frame: FIRST_PAGE, offset: 8, before: 0, after: 3 }]);
    expect(step!.changed).toBe(1);
  });

  test('of a call belongs to the caller', () => {
    const { step } = rig.frame({ type: 'seek', to: 2 });
    expect(step).toMatchObject({ key: 'toy_front#fill', party: 'domU', changes: [], changed: 0 });
    expect(step!.stack.map(({ fn, label }) => [fn, label])).toEqual([['toy_front', 'fill']]);
  });

  test('shows the function as it is written, nested', () => {
    expect(rig.frame({ type: 'seek', to: 1 }).step!.listing).toEqual([
      { label: 'spawn', kind: 'step', indent: 0, atomic: 'nobody else runs yet' },
      { label: 'fill', kind: 'call', indent: 1, callee: 'fill' },
      { label: 'offer', kind: 'step', indent: 1 },
      { label: 'finish', kind: 'call', indent: 0 },
    ]);
    expect(rig.frame({ type: 'seek', to: 5 }).step!.listing).toEqual([
      { label: 'op', kind: 'call', indent: 2, callee: 'toy_xen_op' },
      { label: 'skip', kind: 'local', indent: 2 },
      { label: 'count', kind: 'local', indent: 1 },
    ]);
  });

  test('tells what the step did and changed', () => {
    const { key, keys } = rig.outline();
    const offer = key.indexOf(keys.indexOf('toy_front#offer'));
    const { step } = rig.frame({ type: 'seek', to: offer + 1 });
    expect(step!.effects).toEqual([
      { kind: 'xs', op: 'write' },
      { kind: 'event', conn: 'dom0', path: '/toy' },
    ]);
    expect(step!.changes).toEqual([{ cell: 'slot', name: 'toy:offered', before: undefined, after: 1 }]);
  });

  test('shows a thread that it started by that thread\'s stack', () => {
    expect(rig.frame({ type: 'seek', to: 1 }).step!.changes).toEqual([
      { cell: 'slot', name: 'thread:back', before: undefined, after: [{ fn: 'toy_back', shown: 'toy_back', label: 'take' }] },
    ]);
  });

  test('counts more changes than it lists', () => {
    rig.open({ scenario: 'long' }, { kind: 'key', key: 'toy_wipe#wipe', occurrence: 1 });
    expect(rig.last().step!.changed).toBe(1_600);
    expect(rig.last().step!.changes).toHaveLength(200);
  });

  test('is the same wherever one came from', () => {
    const forwards = rig.frame({ type: 'seek', to: 15 }).step;
    rig.frame({ type: 'step', how: 'end' });
    expect(rig.frame({ type: 'seek', to: 15 }).step).toEqual(forwards);
  });
});

describe('an outline', () => {
  test('describes each step in parallel arrays', () => {
    const outline = rig.outline();
    expect(outline.threads).toEqual([{ name: 'front', party: 'domU' }, { name: 'back', party: 'dom0' }]);
    const rows = [0, 1, 2, 3].map((step) => [
      outline.thread[step], outline.keys[outline.key[step]!], outline.depth[step], outline.inXen[step],
    ]);
    expect(rows).toEqual([
      [0, 'toy_front#spawn', 0, 0],
      [0, 'toy_front#fill', 0, 0],
      [0, 'fill#op', 1, 0],
      [0, 'toy_xen_op#store', 2, 1],
    ]);
    expect(outline.inXenstored.reduce((sum, flag) => sum + flag, 0)).toBe(3);
  });

  test('has the chapters that the run reaches, in its order', () => {
    expect(rig.outline().chapters.map(({ id }) => id)).toEqual(['begin', 'fill', 'take']);
  });

  test('joins what was sent with where it was taken', () => {
    const { key, keys, messages } = rig.outline();
    const steps = (name: string): number[] => [...key.keys()].filter((step) => keys[key[step]!] === name);
    const takes = steps('toy_back#take');
    expect(messages).toEqual([
      { from: 0, to: takes[0], kind: 'spawn' },
      ...steps('toy_front#offer').map((from, i) => ({ from, to: takes[i], kind: 'watch' })),
    ]);
  });

  test('of a branch forgets what was beyond it, and says where its order is another', () => {
    rig.open({ config: { ...toyConfig, queues: 1 } }, { kind: 'key', key: 'toy_front#offer', occurrence: 1 });
    expect(rig.outline().messages.map(({ kind }) => kind)).toEqual(['spawn', 'watch']);
    // The front end forgets what it offered before the back end has looked.
    rig.frame({ type: 'choose', thread: 'front' });
    rig.frame({ type: 'choose', thread: 'front' });
    rig.settle();
    expect(rig.outline().messages).toEqual([]);
    expect(rig.outline().chapters.map(({ id }) => id)).toEqual(['begin', 'fill', 'choice@13']);
    expect(rig.outline().keys).not.toContain('toy_back#take');
  });
});
