import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, call, ret, step, whilst } from '../../../src/sim/machine/dsl.ts';
import { Frame } from '../../../src/sim/machine/frame.ts';
import { Machine } from '../../../src/sim/machine/machine.ts';
import { Pool } from '../../../src/sim/machine/pool.ts';
import { fn, type FnInfo } from '../../../src/sim/machine/program.ts';
import { slot } from '../../../src/sim/machine/slot.ts';
import { State } from '../../../src/sim/machine/state.ts';
import { Timeline } from '../../../src/sim/machine/timeline.ts';
import { Hashed, hashValue, lanes, type Value } from '../../../src/sim/machine/value.ts';

const info: FnInfo = { cite: { project: 'RingScope', version: '', path: 'tests', symbol: 'history' } };
const labels = ['one', 'two', 'three'];
const { code } = fn('history sample', info, [...labels.map((label) => step(label, () => {})), ret()]);
const slots = ['a', 'b', 'c', 'd'].map((name) => slot<Value>(`history-test:${name}`));
const shown = slot<Value>('history-test:shown', { hashed: false });

/** A value with lanes of its own that is no frame. */
class Sealed extends Hashed {
  readonly a: number;
  readonly b: number;

  constructor(readonly inside: number) {
    super();
    hashValue(inside);
    this.a = ~lanes.a;
    this.b = ~lanes.b;
  }
}

const key = fc.constantFrom('x', 'y', 'count', '7', 'a longer one');
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.integer(),
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(2 ** 29, 2 ** 29 - 1, -(2 ** 29), -(2 ** 29) - 1, 2 ** 31, 2 ** 32 - 1),
    fc.maxSafeInteger().map((n) => n || 0),
    fc.constantFrom(undefined, null, true, false, '', 'undefined', 'null', 'x'),
    fc.string(),
    fc.nat(3).map((n) => new Sealed(n)),
    fc.array(tie('value')),
    fc.dictionary(key, tie('value'), { noNullPrototype: true }),
  ),
}));
const activation = fc.tuple(fc.nat(2), fc.dictionary(key, value, { noNullPrototype: true }));
const frame: fc.Arbitrary<Frame> = fc.array(activation, { minLength: 1, maxLength: 4 }).map((stack) => {
  let top: Frame | undefined;
  for (const [pc, locals] of stack) top = new Frame(code[pc]!, pc, locals, top);
  return top!;
});

describe('a pool', () => {
  it('gives back what was put into it, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(value, frame), { size: 'max', maxLength: 40 }), (values) => {
        const pool = new Pool();
        const refs = values.map((one) => pool.put(one));
        expect(refs.map((ref) => pool.value(ref))).toStrictEqual(values);
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it('keeps what is equal to something put in of late once', () => {
    fc.assert(
      fc.property(fc.oneof(value, frame), (one) => {
        const pool = new Pool();
        const ref = pool.put(one);
        expect(pool.put(pool.value(ref))).toBe(ref);
        expect(new Pool().put(one)).toBe(ref);
        expect(pool.value(ref)).toBe(pool.value(ref));
      }),
      { numRuns: 200, seed: 6 },
    );
  });

  it('forgets only what is newer than all that it is told to keep', () => {
    const values = fc.array(fc.oneof(value, frame), { size: 'max', maxLength: 20 });
    fc.assert(
      fc.property(values, values, values, (kept, forgotten, later) => {
        const pool = new Pool();
        const refs = kept.map((one) => pool.put(one));
        for (const one of forgotten) pool.put(one);
        pool.cut(refs);
        const again = [...later, ...forgotten];
        const all = [...refs, ...again.map((one) => pool.put(one))];
        expect(all.map((ref) => pool.value(ref))).toStrictEqual([...kept, ...again]);
      }),
      { numRuns: 100, seed: 8 },
    );
  });

  it('shares the callers of frames that are made one after another', () => {
    const pool = new Pool();
    const below = new Frame(code[0]!, 0, { deep: [1] }, undefined);
    const refs = [1, 2].map((pc) => pool.put(new Frame(code[pc]!, pc, {}, below)));
    const [first, second] = refs.map((ref) => pool.value(ref) as Frame);
    expect(first!.parent).toBe(second!.parent);
    expect(first!.op).not.toBe(second!.op);
  });
});

type Action =
  | { kind: 'word'; page: number; offset: number; value: number }
  | { kind: 'slot'; index: number; value: Value }
  | { kind: 'pack' }
  | { kind: 'go' | 'undo' | 'branch' | 'listen'; where: number };

/** Some that come again and again, so that a slot goes back to what was put in long before. */
const again = fc.nat(2).map((n): Value => ({ x: [n], y: { x: 1 } }));
const held = fc.oneof(value, frame, again);
const where = fc.double({ min: 0, max: 1, noNaN: true });
const moves = fc.constantFrom('go' as const, 'undo' as const, 'branch' as const, 'listen' as const);
const number = fc.nat(2);
const word = fc.record({ kind: fc.constant('word' as const), page: number, offset: number, value: number });
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: word },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('slot' as const), index: fc.nat(4), value: held }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'pack' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: moves, where }) },
);

/** Everything that can be seen of a state. */
function picture(state: State): unknown {
  const all = [...slots, shown].map((one) => [state.get(one), state.laneA(one.id), state.laneB(one.id)]);
  const words = [0, 1, 2].map((n) => [0, 1, 2, 3].map((at) => state.load32(n, at * 4)));
  return { all, words, a: state.a, b: state.b };
}

/** What a journal tells of each of its writes. */
function told(state: State): unknown[] {
  const { journal } = state;
  return Array.from({ length: journal.size }, (_, i) => {
    const cell = journal.cell(i);
    if (cell >= 0) return [state.addressOf(cell), journal.oldWord(i), journal.newWord(i)];
    const lane = (after: boolean): number[] => [journal.lane(i, 0, after), journal.lane(i, 1, after)];
    return [cell, journal.oldValue(i), journal.newValue(i), lane(false), lane(true)];
  });
}

describe('a journal that is packed now and then', () => {
  it('says the same, and leads to the same pictures, as one that never is', () => {
    fc.assert(
      fc.property(fc.array(action, { size: 'max', maxLength: 80 }), (actions) => {
        const packed = new State();
        const never = new State();
        /** What there was to see at each position of the journal; where we are. */
        let pictures = [picture(never)];
        let at = 0;
        const lanesAt = (n: number): { a: number; b: number } => pictures[n] as { a: number; b: number };
        const travel = (to: number): void => {
          packed.travel(at, to, lanesAt(to).a, lanesAt(to).b);
          at = to;
          expect(picture(packed)).toStrictEqual(pictures[to]);
        };
        const write = (one: Extract<Action, { kind: 'word' | 'slot' }>): void => {
          for (const state of [packed, never]) {
            if (one.kind === 'word') state.store32(one.page, one.offset * 4, one.value);
            else state.set([...slots, shown][one.index]!, one.value);
          }
        };
        for (const one of actions) {
          const end = pictures.length - 1;
          if (one.kind === 'pack') packed.journal.pack();
          else if (one.kind === 'word' || one.kind === 'slot') {
            if (at < end) travel(end);
            write(one);
            if (never.journal.size > end) pictures.push(picture(never));
            at = never.journal.size;
          } else if (one.kind === 'go') travel(Math.round(one.where * end));
          else if (one.kind === 'undo') {
            const to = Math.round(one.where * at);
            packed.undoTo(to, at);
            expect(picture(packed)).toStrictEqual(pictures[to]);
            at = to;
          } else if (one.kind === 'branch') {
            const to = Math.round(one.where * end);
            travel(to);
            packed.journal.truncate(to);
            never.undoTo(to);
            never.journal.truncate(to);
            pictures = pictures.slice(0, to + 1);
          } else if (at === end) {
            // As a step is done once more: some writes that are undone and forgotten at once.
            packed.store32(0, 0, 77);
            packed.set(slots[0]!, { listened: one.where > 0.5 });
            packed.undoTo(end);
            packed.journal.truncate(end);
          }
          expect(packed.journal.size).toBe(never.journal.size);
        }
        travel(pictures.length - 1);
        expect(told(packed)).toStrictEqual(told(never));
      }),
      { numRuns: 150, seed: 13 },
    );
  });

  it('keeps on a branch what only the past refers to', () => {
    const state = new State();
    const seen: { a: number; b: number }[] = [];
    const write = (value: Value): void => {
      state.set(slots[0]!, value);
      state.journal.pack();
      seen[state.journal.size] = picture(state) as { a: number; b: number };
    };
    for (const x of [1, 2, 1, 3]) write({ x: [x] });
    state.travel(4, 3, seen[3]!.a, seen[3]!.b);
    state.journal.truncate(3);
    write({ x: [4], y: 5 });
    state.travel(4, 2, seen[2]!.a, seen[2]!.b);
    expect(picture(state)).toStrictEqual(seen[2]);
  });

  it('goes on after everything up to now was forgotten', () => {
    const state = new State();
    state.set(slots[0]!, { x: [1, 2] });
    state.journal.pack();
    state.set(slots[1]!, 'unpacked');
    state.journal.truncate(0);
    const before = picture(state) as { a: number; b: number };
    state.set(slots[0]!, { x: [3] });
    state.set(slots[1]!, undefined);
    const after = picture(state) as { a: number; b: number };
    state.travel(2, 0, before.a, before.b);
    expect(picture(state)).toStrictEqual(before);
    state.travel(0, 2, after.a, after.b);
    expect(picture(state)).toStrictEqual(after);
  });
});

const total = slot<number>('history-test:total');
const add = fn<{ by: number; tags?: readonly string[]; far?: number }, number>('history add', info, [
  assign((l) => {
    l.tags = [`by ${l.by}`];
    l.far = 2 ** 40 + l.by;
  }),
  step('add', (c, l) => {
    c.enter();
    c.set(total, (c.get(total) ?? 0) + l.by);
    c.leave();
  }),
  ret((l) => (l.tags?.length ?? 0) + l.by),
]);
const adding = fn<{ left: number; sum?: number; seen?: { last: number | null } }>('history adding', info, [
  whilst((l) => l.left > 0, [
    call('add', () => add, (l) => ({ by: l.left }), (l, sum) => {
      l.sum = (l.sum ?? 0) + sum;
      l.seen = { last: l.left % 2 === 0 ? sum : null };
      l.left--;
    }),
  ]),
  ret(),
]);

describe('a timeline', () => {
  it('leads to the same stacks, on any way, and the run goes on from them in the same way', () => {
    const begun = (): Timeline => {
      const machine = new Machine(['first', 'second']);
      machine.spawn('first', adding, { left: 9 });
      machine.spawn('second', adding, { left: 7 });
      return new Timeline(machine, (enabled, last) => enabled.find((one) => one !== last) ?? enabled[0]!);
    };
    const stacks = ({ machine: { threads, state } }: Timeline): unknown =>
      [...threads.map((thread) => state.get(thread.slot)), state.get(total), state.a, state.b];
    const straight = begun();
    const seen = [stacks(straight)];
    while (straight.forward()) seen.push(stacks(straight));
    expect(seen).toHaveLength(33);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(32), fc.boolean()), { size: 'max', maxLength: 30 }), (ways) => {
        const timeline = begun();
        for (const [to, other] of ways) {
          timeline.seek(to);
          expect(stacks(timeline)).toStrictEqual(seen[to]);
          const natural = timeline.natural();
          const chosen = timeline.enabled().find((thread) => thread !== natural);
          if (!other || !natural || !chosen) continue;
          // Another way, and back to this one.
          timeline.forward(chosen);
          timeline.seek(Math.min(timeline.length + 3, 32));
          timeline.seek(to);
          timeline.forward(natural);
        }
        timeline.seek(32);
        expect(stacks(timeline)).toStrictEqual(seen[32]);
      }),
      { numRuns: 60, seed: 17 },
    );
  });
});
