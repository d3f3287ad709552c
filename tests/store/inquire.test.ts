// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { frameAt } from '../../src/engine/delta.ts';
import { answer } from '../../src/engine/answers.ts';
import { Run } from '../../src/engine/run.ts';
import { scenarios } from '../../src/sim/index.ts';
import { cellValue } from '../../src/store/cell-value.ts';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { createMirror } from '../../src/store/mirror.ts';
import { appStore } from '../../src/store/store.ts';
import type { Cell, RunSpec } from '../../src/store/store.ts';
import { bytesSubject, grantFlagSubject, grantSubject, keySubject } from '../../src/store/subjects.ts';
import { freshPage, sentTo } from '../harness/page.ts';

let engine: ReturnType<typeof freshPage>;
const state = () => appStore.getState();
const key = keySubject('/local/domain/5/device/vif/0/state');
const bytes = bytesSubject('some bytes', 7, 0, 4);
const writers = { kind: 'writers', writes: [], total: 0 } as const;
const same = { kind: 'compare', from: 1, to: 2, slots: [], words: new Float64Array() } as const;
const wider: RunSpec = { ...DEFAULT_RUN, config: { ...DEFAULT_RUN.config, queues: 2 } };

beforeEach(() => {
  engine = freshPage();
  commands.open(DEFAULT_RUN, { kind: 'position', position: 5 });
  commands.closeInquiry();
  commands.closeComparison();
  sentTo(engine);
});

/** Ids of the questions asked since the last call. */
function asked(): number[] {
  return sentTo(engine).flatMap((command) => {
    const { type, id } = command as { type: string; id: number };
    return type === 'ask' ? [id] : [];
  });
}

describe('an inquiry', () => {
  it('is open at once, and has its answer when that comes', () => {
    commands.inquire(key, document.body);
    expect(state().inquiry).toEqual({ subject: key, answer: null, from: document.body });
    const [id] = asked();
    engine.emit({ type: 'answer', id: id!, answer: writers });
    expect(state().inquiry).toEqual({ subject: key, answer: writers, from: document.body });
  });

  it('takes no answer to an earlier question, nor any once it is closed', () => {
    commands.inquire(key);
    commands.inquire(bytes);
    const [first, second] = asked();
    engine.emit({ type: 'answer', id: first!, answer: writers });
    expect(state().inquiry).toMatchObject({ subject: bytes, answer: null });
    commands.closeInquiry();
    engine.emit({ type: 'answer', id: second!, answer: writers });
    expect(state().inquiry).toBeNull();
  });

  it('is closed by another scenario, which has nothing of what was asked about', () => {
    commands.inquire(key);
    const [id] = asked();
    commands.openScenario({ id: 'close-unplug', defaults: DEFAULT_RUN.config });
    engine.emit({ type: 'answer', id: id!, answer: writers });
    expect(state().inquiry).toBeNull();
  });

  it('is closed by one that a link or the tour opens as well, and stays with other sliders of its own', () => {
    commands.inquire(key);
    commands.open(wider, { kind: 'position', position: 5 });
    expect(state().inquiry).toMatchObject({ subject: key });
    commands.open({ ...DEFAULT_RUN, scenario: 'close-unplug' }, { kind: 'position', position: 5 });
    expect(state().inquiry).toBeNull();
  });

  it('does not void a comparison that is under way', () => {
    commands.compare(1, 2);
    commands.inquire(key);
    const [comparison] = asked();
    engine.emit({ type: 'answer', id: comparison!, answer: same });
    expect(state().comparison).toEqual({ from: 1, to: 2, answer: same });
  });

  it('is asked again in another run where its subject has a name', () => {
    commands.inquire(key);
    engine.emit({ type: 'answer', id: asked()[0]!, answer: writers });
    commands.open(wider, { kind: 'position', position: 0 });
    expect(state().inquiry).toMatchObject({ subject: key, answer: null });
    expect(asked()).toHaveLength(1);
  });

  it('of an address says that this may be another thing’s where the sliders moved, but not in a branch', () => {
    commands.inquire(bytes);
    commands.open({ ...DEFAULT_RUN, choices: [[3, 'dom0 xenwatch']] }, { kind: 'position', position: 0 });
    expect(state().inquiry).toMatchObject({ answer: null });
    expect(asked()).toHaveLength(2);
    commands.open(wider, { kind: 'position', position: 0 });
    expect(state().inquiry).toMatchObject({ subject: bytes, answer: { kind: 'moved' } });
    expect(asked()).toEqual([]);
  });
});

describe('a comparison', () => {
  const branch: RunSpec = { ...DEFAULT_RUN, choices: [[20, 'dom0 xenwatch']] };
  it('stays where another run has both of its positions', () => {
    commands.compare(10, 20);
    commands.open(branch, { kind: 'position', position: 0 });
    expect(state().comparison).toMatchObject({ from: 10, to: 20 });
  });

  it('is closed where it has not', () => {
    commands.compare(10, 21);
    commands.open(branch, { kind: 'position', position: 0 });
    expect(state().comparison).toBeNull();
  });
});

describe('what a cell holds now', () => {
  const run = new Run(scenarios.find(({ id }) => id === DEFAULT_RUN.scenario)!, DEFAULT_RUN);
  run.record(Infinity);
  const mirrorAt = (position: number) => {
    run.timeline.seek(position);
    const mirror = createMirror();
    mirror.apply(frameAt(run, 1, null));
    return mirror;
  };
  const start = mirrorAt(0);
  const cells: [string, Cell][] = [
    ['a key', key.cell],
    ['the flags of an entry', grantSubject(start, 2056, 'flags').cell],
    ['one flag of it', grantFlagSubject(start, 2056, 'reading', 8).cell],
    ['a part of a slot', { cell: 'slot', name: 'netback:queue:0', part: ['tx', 'indexes', 'req_cons'] }],
    ['a slot', { cell: 'slot', name: 'xen:active:5:2056', part: [] }],
  ];
  it.each(cells)('is what the last write left: %s', (_, cell) => {
    const found = answer(run, { kind: 'writers', cell }, 0);
    if (found.kind !== 'writers') throw new Error(JSON.stringify(found));
    expect(found.writes.length).toBeGreaterThan(0);
    for (const { position, before, after } of found.writes) {
      expect(cellValue(mirrorAt(position - 1), cell)).toEqual(before);
      expect(cellValue(mirrorAt(position), cell)).toEqual(after);
    }
  });
});
