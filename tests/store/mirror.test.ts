import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command, Frame, RunSpec, StepHow, Value } from '../../src/engine/protocol.ts';
import { createMirror, type Mirror } from '../../src/store/mirror.ts';
import { Rig } from '../engine/rig.ts';

function frame(parts: Partial<Frame>): Frame {
  const nothing = { slots: [], pages: [], words: new Float64Array(), step: null, choices: [], refusals: [] };
  const past = { gone: [], printed: [] };
  return { id: 1, kind: 'delta', position: 0, fingerprint: '', ...nothing, ...past, ...parts };
}

function page(first: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4096);
  bytes[0] = first;
  return bytes;
}

describe('a mirror', () => {
  test('takes a keyframe for all there is', () => {
    const mirror = createMirror();
    mirror.apply(frame({ kind: 'key', slots: [['a', 1], ['b', [2]]], pages: [[7, page(1)]] }));
    mirror.apply(frame({ kind: 'key', slots: [['b', 3]], pages: [[8, page(2)]] }));
    expect(mirror.slot('a')).toBeUndefined();
    expect(mirror.slot('b')).toBe(3);
    expect([...mirror.pages.keys()]).toEqual([8]);
    expect(mirror.changed).toEqual({ slots: new Set(['a', 'b']), pages: new Set([7, 8]) });
  });

  test('applies a delta and says what it touched, and when', () => {
    const mirror = createMirror();
    mirror.apply(frame({ kind: 'key', slots: [['a', 1], ['b', 2]], pages: [[7, page(1)], [8, page(2)]] }));
    mirror.apply(frame({ slots: [['a', undefined]], words: Float64Array.of(8, 4, 0x89abcdef, 9, 4092, 1) }));
    expect([...mirror.slots]).toEqual([['b', 2]]);
    expect([...mirror.pages.get(8)!.bytes.subarray(0, 8)]).toEqual([2, 0, 0, 0, 0xef, 0xcd, 0xab, 0x89]);
    expect([...mirror.pages.get(9)!.bytes.subarray(4092)]).toEqual([1, 0, 0, 0]);
    expect(mirror.changed).toEqual({ slots: new Set(['a']), pages: new Set([8, 9]) });
    expect(mirror.version).toBe(2);
    expect([7, 8, 9].map((mfn) => mirror.pages.get(mfn)!.version)).toEqual([1, 2, 2]);
  });

  test('cannot begin with a delta', () => {
    expect(() => createMirror().apply(frame({}))).toThrow('a mirror must begin with a keyframe');
  });
});

const HOWS: StepHow[] = ['into', 'over', 'out', 'back', 'back-over', 'chapter', 'chapter-back', 'start', 'end'];

/** What a page may do; `null` is the acknowledgement of the last frame. */
const action: fc.Arbitrary<Command | null> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  { weight: 3, arbitrary: fc.nat(50).map((to): Command => ({ type: 'seek', to })) },
  // Where the natural run has a choice.
  { weight: 2, arbitrary: fc.constantFrom(13, 14, 27, 28).map((to): Command => ({ type: 'seek', to })) },
  { weight: 1, arbitrary: fc.constantFrom(...HOWS).map((how): Command => ({ type: 'step', how })) },
  { weight: 3, arbitrary: fc.constantFrom('front', 'back').map((thread): Command => ({ type: 'choose', thread })) },
);

/** Slots, and the pages that are not all zeros: whether one of those is there at all is of no meaning. */
function content({ slots, pages }: Mirror): [Record<string, Value>, Record<number, string>] {
  const bytes: Record<number, string> = {};
  for (const [mfn, { bytes: raw }] of pages) {
    if (raw.some((byte) => byte !== 0)) bytes[mfn] = Buffer.from(raw).toString('hex');
  }
  return [Object.fromEntries(slots), bytes];
}

/** The keyframe of a run at a position, from an engine that has done nothing else. */
function keyframe(run: RunSpec, position: number): Frame {
  const rig = new Rig();
  rig.open(run, { kind: 'position', position });
  return rig.last();
}

test('a mirror fed by deltas equals one fed by a keyframe, whatever the way there', () => {
  fc.assert(
    fc.property(fc.array(action, { size: 'max', maxLength: 40 }), (actions) => {
      const rig = new Rig();
      rig.open();
      const mirror = createMirror();
      let seen = 0;
      const look = (): void => {
        for (; seen < rig.frames().length; seen++) mirror.apply(rig.frames()[seen]!);
      };
      for (const command of actions) {
        if (command) rig.send(command);
        else rig.ack();
        look();
      }
      rig.settle();
      rig.ack();
      look();
      expect(rig.of('fatal')).toEqual([]);
      const here = rig.last();
      const straight = keyframe(rig.outline().run, here.position);
      const other = createMirror();
      other.apply(straight);
      expect(content(mirror)).toEqual(content(other));
      const { step, choices, fingerprint } = straight;
      expect(here).toMatchObject({ step, choices, fingerprint });
    }),
    { numRuns: 500 },
  );
});
