import { describe, expect, it } from 'vitest';
import { sayStep, sayStop } from '../../src/app/say.ts';
import type { Change, StepView } from '../../src/store/store.ts';

const layout = { rings: [], memory: () => undefined };
const cite = { project: 'Linux', version: 'v6.12.117', path: 'a.c', symbol: 'connect', line: 1 } as const;
const key = (name: string): Change => ({ cell: 'slot', name: `xs:node:/${name}`, before: undefined, after: '1' });
const step = (changes: readonly Change[], changed = changes.length, thread = 'dom0 xenwatch'): StepView => ({
  n: 11, thread, party: 'dom0', key: 'connect#map', listing: [], effects: [], changes, changed,
  stack: [{ fn: 'connect', shown: 'connect', party: 'dom0', cite, label: 'map' }],
});

describe('what is said of a step', () => {
  it.each([
    ['who, where, and what it is', [], 0, 'Step 12, dom0 xenwatch, connect: it maps.'],
    ['what it changed', [key('a')], 1, 'Step 12, dom0 xenwatch, connect: it maps. Changed: key /a, absent to “1”.'],
    [
      'two changes, and how many more there are', [key('a'), key('b'), key('c')], 9,
      'Step 12, dom0 xenwatch, connect: it maps. Changed: key /a, absent to “1”; key /b, absent to “1”; and 7 more.',
    ],
    [
      'nothing that only the model keeps', [{ cell: 'slot', name: 'xs:writer:/a', before: undefined, after: 'domU' } as const, key('a')], 2,
      'Step 12, dom0 xenwatch, connect: it maps. Changed: key /a, absent to “1”.',
    ],
  ])('is %s', (_, changes, changed, words) => {
    expect(sayStep(step(changes, changed), 'it maps', layout)).toBe(words);
  });

  it('counts calls that follow each other', () => {
    expect(sayStep(step([]), 'it maps', layout, { n: 2, count: 4 }))
      .toBe('Step 12, dom0 xenwatch, connect, call 2 of 4: it maps.');
  });

  it('names no function where a person acts', () => {
    expect(sayStep(step([], 0, 'you'), 'the vif is unplugged', layout)).toBe('Step 12, You: the vif is unplugged.');
  });
});

describe('what is said of a stop', () => {
  const stop = { kind: 'line', key: 'connect#map' } as const;
  it('is the name of the breakpoint, or what somebody ran to', () => {
    expect(sayStop(12, 99, stop, [{ stop, name: 'the rings are mapped', on: true }])).toBe('Stopped at step 12: the rings are mapped.');
    expect(sayStop(12, 99, stop, [])).toBe('Stopped at step 12: connect: map.');
    const cell = { cell: 'slot', name: 'xs:node:/a', part: ['value'] } as const;
    expect(sayStop(12, 99, { kind: 'changes', cell }, [])).toBe('Stopped at step 12: key /a changes.');
  });

  it('is the end, or a pause', () => {
    expect(sayStop(99, 99, null, [])).toBe('The end of the run, step 99.');
    expect(sayStop(12, 99, null, [])).toBe('Paused at step 12.');
  });
});
