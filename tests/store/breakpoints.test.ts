import { describe, expect, it } from 'vitest';
import { breakpointAt, stopId, toggled } from '../../src/store/breakpoints.ts';
import type { Breakpoint, Stop } from '../../src/store/store.ts';
import { keySubject } from '../../src/store/subjects.ts';

const line: Stop = { kind: 'line', key: 'connect#attach' };
const { cell } = keySubject('/a');

describe('a breakpoint', () => {
  it('is the same for the same stop alone', () => {
    const stops: Stop[] = [
      line,
      { kind: 'line', key: 'connect#read' },
      { kind: 'function', fn: 'connect#attach' },
      { kind: 'changes', cell },
      { kind: 'changes', cell: keySubject('/b').cell },
      { kind: 'changes', cell: { cell: 'bytes', frame: 1, offset: 0, length: 4 } },
      { kind: 'becomes', cell, value: '4' },
      { kind: 'becomes', cell, value: 4 },
    ];
    expect(new Set(stops.map(stopId)).size).toBe(stops.length);
    // What comes back from the engine is another object.
    for (const stop of stops) expect(stopId(structuredClone(stop))).toBe(stopId(stop));
  });

  it('is set, taken away while it is on, and switched on again while it is off', () => {
    const other: Breakpoint = { stop: { kind: 'function', fn: 'f' }, name: 'f', on: true };
    const set = toggled([other], line, 'a');
    expect(set).toEqual([other, { stop: line, name: 'a', on: true }]);
    expect(breakpointAt(set, { ...line })).toBe(set[1]);
    expect(toggled(set, line, 'a')).toEqual([other]);
    const off = set.map((one) => ({ ...one, on: false }));
    expect(toggled(off, line, 'a').map(({ on }) => on)).toEqual([false, true]);
  });
});
