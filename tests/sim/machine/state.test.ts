import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lanes } from '../../../src/base/hash.ts';
import { slot } from '../../../src/sim/machine/slot.ts';
import { State } from '../../../src/sim/machine/state.ts';
import type { Value } from '../../../src/sim/machine/value.ts';

const slots = ['a', 'b', 'c'].map((name) => slot<Value>(`state-test:${name}`));
const shown = slot<Value>('state-test:shown', { hashed: false });

type Write = { kind: 'word'; frame: number; offset: number; value: number } | { kind: 'slot'; index: number; value: Value };

const value: fc.Arbitrary<Value> = fc.oneof(
  fc.integer(),
  fc.string(),
  fc.constant(undefined),
  fc.array(fc.integer()),
  fc.record({ x: fc.integer(), y: fc.string() }),
);
const write: fc.Arbitrary<Write> = fc.oneof(
  fc.record({
    kind: fc.constant('word' as const),
    frame: fc.integer({ min: 1, max: 6 }).map((n) => n * 1000),
    offset: fc.integer({ min: 0, max: 1023 }).map((n) => n * 4),
    value: fc.integer({ min: 0, max: 0xffffffff }),
  }),
  fc.record({ kind: fc.constant('slot' as const), index: fc.integer({ min: 0, max: 2 }), value }),
);

function apply(state: State, writes: readonly Write[]): void {
  for (const one of writes) {
    if (one.kind === 'word') state.store32(one.frame, one.offset, one.value);
    else state.set(slots[one.index]!, one.value);
  }
}

/** Everything that can be seen of a state. */
function picture(state: State): unknown {
  const pages = [1, 2, 3, 4, 5, 6].map((n) => Buffer.from(state.pageBytes(n * 1000)).toString('base64'));
  return { pages, slots: slots.map((one) => state.get(one)), a: state.a, b: state.b };
}

describe('the journal', () => {
  it('undoes any writes back to the same picture and fingerprint, and does them again', () => {
    fc.assert(
      fc.property(fc.array(write, { size: 'max', maxLength: 60 }), fc.array(write, { size: 'max', maxLength: 60 }), (first, second) => {
        const state = new State();
        apply(state, first);
        const mark = state.journal.size;
        const before = picture(state);
        apply(state, second);
        const after = picture(state);
        const end = state.journal.size;
        state.undoTo(mark);
        expect(picture(state)).toEqual(before);
        state.travel(mark, end, (after as Lanes).a, (after as Lanes).b);
        expect(picture(state)).toEqual(after);
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});

describe('the fingerprint', () => {
  it('depends on what is there, not on the way there', () => {
    fc.assert(
      fc.property(fc.array(write, { size: 'max', maxLength: 40 }), (writes) => {
        const direct = new State();
        // The last write to each place, in reverse order of places.
        const last = new Map<string, Write>();
        for (const one of writes) last.set(one.kind === 'word' ? `${one.frame}+${one.offset}` : `slot ${one.index}`, one);
        apply(direct, [...last.values()].reverse());
        const roundabout = new State();
        apply(roundabout, writes);
        expect([roundabout.a, roundabout.b]).toEqual([direct.a, direct.b]);
      }),
      { numRuns: 200, seed: 11 },
    );
  });

  it('is that of the empty world again when everything is cleared', () => {
    const state = new State();
    state.store32(9, 4, 77);
    state.set(slots[0]!, { deep: ['x', 1, true, null] });
    expect([state.a, state.b]).not.toEqual([0, 0]);
    state.store32(9, 4, 0);
    state.set(slots[0]!, undefined);
    expect([state.a, state.b]).toEqual([0, 0]);
  });

  it('ignores what only the page shows, and the order of keys', () => {
    const state = new State();
    state.set(shown, 'a log line');
    expect([state.a, state.b]).toEqual([0, 0]);
    state.set(slots[0]!, { x: 1, y: 'z' });
    const { a, b } = state;
    state.set(slots[0]!, { y: 'z', x: 1 });
    expect([state.a, state.b]).toEqual([a, b]);
  });
});

describe('words', () => {
  it('holds 16-bit fields little-endian beside each other', () => {
    const state = new State();
    state.store16(5, 0, 0x1234);
    state.store16(5, 2, 0xabcd);
    expect(state.load32(5, 0)).toBe(0xabcd1234);
    expect(state.load16(5, 2)).toBe(0xabcd);
    expect(Array.from(state.pageBytes(5).slice(0, 4))).toEqual([0x34, 0x12, 0xcd, 0xab]);
  });
});
