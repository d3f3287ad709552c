import { describe, expect, it } from 'vitest';
import { branchRows, MOST_BRANCHES, placed, remembered } from '../../src/store/branches.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import type { Branch, Outline, RunSpec } from '../../src/store/store.ts';
import { fakeOutline } from '../harness/fake-engine.ts';

type Choices = RunSpec['choices'];
type Kept = Parameters<typeof remembered>[0];

const nothing: Kept = { branches: [], forgotten: 0, shelf: [] };
const outline = (choices: Choices, length = 12, run: Partial<RunSpec> = {}): Outline =>
  fakeOutline({ ...DEFAULT_RUN, ...run, choices }, length);
/** Opens one run after the other. */
const opened = (...runs: Choices[]): Kept =>
  runs.reduce((kept, choices) => remembered(kept, outline(choices), 5), nothing);
const choicesOf = ({ branches }: Kept): Choices[] => branches.map(({ run }) => run.choices);

describe('branches', () => {
  it('are the runs that were open, each once', () => {
    const kept = opened([], [[4, 'b']], [], [[4, 'b'], [9, 'c']], [[4, 'b']]);
    expect(choicesOf(kept)).toEqual([[], [[4, 'b']], [[4, 'b'], [9, 'c']]]);
  });

  it('tell threads apart that run at one position, and positions at which one thread runs', () => {
    expect(opened([[4, 'b']], [[4, 'c']], [[5, 'b']]).branches).toHaveLength(4);
  });

  it('keep their place when they are opened again, and take their new length', () => {
    const [first] = opened([]).branches;
    const away = { branches: placed([first!], DEFAULT_RUN, 8), forgotten: 0, shelf: [] };
    const again = remembered(remembered(away, outline([[4, 'b']]), 5), outline([], 40), 0);
    expect(again.branches).toMatchObject([{ position: 8, length: 40 }, { position: 5, length: 12 }]);
  });

  it('begin anew with another scenario or configuration', () => {
    const kept = { ...opened([], [[4, 'b']]), forgotten: 3 };
    expect(remembered(kept, outline([], 9, { scenario: 'other' }), 0)).toMatchObject({ branches: [{ length: 9 }], forgotten: 0 });
    const config = { ...DEFAULT_RUN.config, queues: 2 };
    expect(remembered(kept, outline([], 9, { config }), 0).branches).toHaveLength(1);
  });

  it('are there again when their scenario and configuration are', () => {
    const kept = opened([], [[4, 'b']], [[7, 'c']]);
    const away = remembered(remembered(kept, outline([], 9, { scenario: 'other' }), 0), outline([[2, 'd']], 9, { scenario: 'other' }), 2);
    const back = remembered(away, outline([]), 0);
    expect(choicesOf(back)).toEqual([[], [[4, 'b']], [[7, 'c']]]);
    expect(choicesOf(remembered(back, outline([], 9, { scenario: 'other' }), 0))).toEqual([[], [[2, 'd']]]);
  });

  it('offer the natural order to whoever comes into a branch of it, from where it was left', () => {
    expect(opened([[4, 'b']]).branches).toMatchObject([
      { run: { choices: [] }, length: null, position: 4 },
      { run: { choices: [[4, 'b']] }, length: 12 },
    ]);
  });

  it('are so many and no more: the one not open for longest goes, and is counted', () => {
    let kept = opened([]);
    for (let i = 0; i < MOST_BRANCHES - 1; i++) kept = remembered(kept, outline([[i, 'b']]), 1);
    expect(kept).toMatchObject({ forgotten: 0 });
    kept = remembered(kept, outline([]), 0);
    kept = remembered(kept, outline([[99, 'b']]), 0);
    expect(kept.branches).toHaveLength(MOST_BRANCHES);
    expect(kept.forgotten).toBe(1);
    // The natural order was the first, and was open again since; the next in age went.
    expect(choicesOf(kept).slice(0, 2)).toEqual([[], [[1, 'b']]]);
    expect(choicesOf(kept).at(-1)).toEqual([[99, 'b']]);
  });

  it('are told of a place only in the run that it is in', () => {
    const { branches } = opened([], [[4, 'b']]);
    expect(placed(branches, { ...DEFAULT_RUN, choices: [[4, 'b']] }, 11).map(({ position }) => position)).toEqual([5, 11]);
    expect(placed(branches, { ...DEFAULT_RUN, scenario: 'other' }, 11)).toEqual(branches);
  });
});

describe('the tree of branches', () => {
  const rows = (kept: readonly Branch[]) => branchRows(kept).map(({ depth, own }) => [depth, ...own.map((one) => one.join(' '))]);

  it('hangs each from the longest that it goes on from', () => {
    const { branches } = opened([], [[9, 'c']], [[4, 'b'], [9, 'c']], [[4, 'b']], [[10, 'a']]);
    expect(rows(branches)).toEqual([
      [0],
      [1, '4 b'],
      [2, '9 c'],
      [1, '9 c'],
      [1, '10 a'],
    ]);
  });

  it('names all choices of one whose elders are not there', () => {
    expect(rows(opened([], [[4, 'b'], [9, 'c']]).branches)).toEqual([[0], [1, '4 b', '9 c']]);
  });
});
