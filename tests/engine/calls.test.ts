import { describe, expect, it } from 'vitest';
import { isEntry, turnOf } from '../../src/base/calls.ts';
import type { Calls } from '../../src/base/calls.ts';

/** Steps as [function, depth, floor], all of one thread unless a fourth says which. */
function recorded(...steps: (readonly [string, number, number, number?])[]): Calls & { functionOf: (step: number) => string } {
  return {
    length: steps.length,
    thread: steps.map(([, , , thread]) => thread ?? 0),
    depth: steps.map(([, depth]) => depth),
    floor: steps.map(([, , floor]) => floor),
    functionOf: (step) => steps[step]![0],
  };
}

function turns(calls: ReturnType<typeof recorded>): string[] {
  return Array.from({ length: calls.length }, (_, step) => {
    const { n, count } = turnOf(calls, calls.functionOf, step);
    return `${n}/${count}`;
  });
}

describe('calls in a row', () => {
  it('are those between two steps of their caller, another thread\'s steps in between or not', () => {
    const calls = recorded(
      ['outer', 1, 1], ['map', 2, 1], ['elsewhere', 2, 2, 1], ['map', 2, 1], ['map', 2, 1], ['outer', 1, 1], ['map', 2, 1],
      ['outer', 1, 0],
    );
    expect(turns(calls)).toEqual(['1/1', '1/3', '1/1', '2/3', '3/3', '1/1', '1/1', '1/1']);
  });

  it('may take several steps each, and call others', () => {
    const calls = recorded(
      ['outer', 0, 0], ['f', 1, 1], ['deep', 2, 1], ['f', 1, 0], ['f', 1, 1], ['deep', 2, 0], ['outer', 0, -1],
    );
    expect(turns(calls)).toEqual(['1/1', '1/2', '1/1', '1/2', '2/2', '1/1', '1/1']);
  });

  it('are of one function', () => {
    const calls = recorded(['o', 0, 0], ['f', 1, 0], ['f', 1, 0], ['g', 1, 0], ['f', 1, 0], ['o', 0, -1]);
    expect(turns(calls)).toEqual(['1/1', '1/2', '2/2', '1/1', '1/1', '1/1']);
  });

  it('are of one activation of their caller', () => {
    const calls = recorded(['o', 0, 0], ['f', 2, 1], ['f', 2, 0], ['f', 2, 1], ['o', 0, -1]);
    expect(turns(calls)).toEqual(['1/1', '1/2', '2/2', '1/1', '1/1']);
  });

  it('are none of a thread\'s first function, however often it begins anew', () => {
    expect(turns(recorded(['you', 0, -1], ['you', 0, -1]))).toEqual(['1/1', '1/1']);
  });

  it('count one that has not returned yet', () => {
    expect(turns(recorded(['o', 0, 0], ['f', 1, 0], ['f', 1, 1], ['f', 1, 1]))).toEqual(['1/1', '1/2', '2/2', '2/2']);
  });
});

describe('the entry of a function', () => {
  it('is its first own step each time it is called', () => {
    const calls = recorded(['o', 0, 0], ['deep', 2, 1], ['f', 1, 1], ['f', 1, 0], ['f', 1, 0], ['o', 0, -1]);
    expect(Array.from({ length: 6 }, (_, step) => isEntry(calls, step))).toEqual([true, true, true, false, true, false]);
  });
});
