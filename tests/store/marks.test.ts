// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { isPositionOf } from '../../src/store/marks.ts';
import { appStore } from '../../src/store/store.ts';
import type { RunSpec } from '../../src/store/store.ts';
import { freshPage, sentTo } from '../harness/page.ts';

const branch = (...choices: RunSpec['choices']): RunSpec => ({ ...DEFAULT_RUN, choices });
const wider: RunSpec = { ...DEFAULT_RUN, config: { ...DEFAULT_RUN.config, queues: 2 } };
const other: RunSpec = { ...DEFAULT_RUN, scenario: 'close-unplug' };

describe('a mark belongs to the open run', () => {
  const open = { run: branch([10, 'a'], [20, 'b']), length: 100 };
  it.each([
    ['that is its own', open.run, 50, true],
    ['before the choice in which they differ', branch([10, 'a']), 20, true],
    ['before any choice', DEFAULT_RUN, 10, true],
    ['at its end', open.run, 100, true],
    ['not after a choice that the open run makes', branch([10, 'a']), 21, false],
    ['not after one that only its own makes', branch([10, 'a'], [20, 'b'], [30, 'c']), 31, false],
    ['not where another thread was chosen', branch([10, 'a'], [20, 'c']), 21, false],
    ['not beyond the end', open.run, 101, false],
    ['not where the sliders differ', { ...wider, choices: open.run.choices }, 5, false],
    ['not in another scenario', other, 0, false],
  ])('%s', (_, run, position, belongs) => {
    expect(isPositionOf(open, { run, position })).toBe(belongs);
  });
});

describe('marks', () => {
  let engine: ReturnType<typeof freshPage>;
  beforeEach(() => {
    engine = freshPage();
    commands.open(DEFAULT_RUN, { kind: 'position', position: 12 });
    sentTo(engine);
  });
  const marks = () => appStore.getState().marks;

  it('keep the step shown and its run, and lead back to it', () => {
    commands.mark('a');
    commands.seek(40);
    commands.mark('b');
    expect(marks()).toEqual({ a: { run: DEFAULT_RUN, position: 12 }, b: { run: DEFAULT_RUN, position: 40 } });
    commands.goToMark('a');
    expect(appStore.getState().position).toBe(12);
    commands.clearMark('a');
    expect(marks().a).toBeNull();
  });

  it('are compared, from A to B', () => {
    commands.mark('b');
    commands.seek(40);
    commands.mark('a');
    sentTo(engine);
    expect(commands.compareMarks()).toBe(true);
    expect(sentTo(engine)).toMatchObject([{ type: 'ask', question: { kind: 'compare', from: 40, to: 12 } }]);
    expect(appStore.getState().comparison).toEqual({ from: 40, to: 12, answer: null });
  });

  it('are not compared where one is missing, or lies in another run', () => {
    commands.mark('a');
    expect(commands.compareMarks()).toBe(false);
    commands.open(wider, { kind: 'position', position: 3 });
    commands.mark('b');
    expect(commands.compareMarks()).toBe(false);
    expect(appStore.getState().comparison).toBeNull();
  });

  it('of another run open that run again', () => {
    commands.mark('a');
    commands.open(wider, { kind: 'position', position: 3 });
    sentTo(engine);
    commands.goToMark('a');
    expect(sentTo(engine)).toEqual([{ type: 'open', run: DEFAULT_RUN, at: { kind: 'position', position: 12 } }]);
  });
});
