import { describe, expect, it } from 'vitest';
import { DOMID, GNTCOPY, GNTST, GTF } from '../../../src/abi/grant-table.ts';
import type { Machine } from '../../../src/sim/machine/machine.ts';
import { gfnToMfn } from '../../../src/sim/xen/domain.ts';
import { copyGrant, type CopyEnd, type CopyOp } from '../../../src/sim/xen/grant-copy.ts';
import { activeSlot } from '../../../src/sim/xen/grant-table.ts';
import { DOM0, DOMU, entryFlags, inOneStep, OTHER, poke, world } from './world.ts';

const REF = 8;
const GFN = 0x8000;
const OWN_GFN = 0x100;

function mfn(machine: Machine, dom: number, gfn: number): number {
  return gfnToMfn(machine, dom, gfn)!;
}

/** Byte i of the guest's page is i + 1. */
function granted(flags: number = GTF.permit_access): Machine {
  const machine = world();
  poke(machine, DOMU, REF, { flags, domid: DOM0, frame: GFN });
  for (let at = 0; at < 64; at += 4) {
    machine.store32(
      mfn(machine, DOMU, GFN),
      at,
      at + 1 + ((at + 2) << 8) + ((at + 3) << 16) + ((at + 4) << 24),
    );
  }
  return machine;
}

function own(machine: Machine, change: Partial<CopyEnd> = {}): CopyEnd {
  return { page: mfn(machine, DOM0, OWN_GFN), domid: DOMID.SELF, offset: 0, ...change };
}

function byRef(change: Partial<CopyEnd> = {}): CopyEnd {
  return { page: REF, domid: DOMU, offset: 0, ...change };
}

/** Copies as one step. @returns the status, and the check that refused it */
function run(machine: Machine, op: CopyOp) {
  const before = [entryFlags(machine, DOMU, REF), machine.get(activeSlot(DOMU, REF))];
  const { result, effects } = inOneStep(machine, (c) => copyGrant(c, DOM0, op));
  expect(effects).toMatchObject([{ kind: 'xen', op: 'copy', caller: DOM0, result }]);
  // Whatever was claimed is released.
  expect([entryFlags(machine, DOMU, REF), machine.get(activeSlot(DOMU, REF))]).toEqual(before);
  return { status: result.status, why: effects[0]!['why'] };
}

function bytes(machine: Machine, frame: number, from: number, count: number): number[] {
  return Array.from(
    { length: count },
    (_, i) => (machine.load32(frame, (from + i) & ~3) >>> (((from + i) & 3) * 8)) & 0xff,
  );
}

describe('a copy', () => {
  it('brings words from a page of the guest that is granted for reading', () => {
    const machine = granted(GTF.permit_access | GTF.readonly);
    const op = { source: byRef(), dest: own(machine), len: 60, flags: GNTCOPY.source_gref };
    expect(run(machine, op)).toEqual({ status: GNTST.okay, why: undefined });
    expect(bytes(machine, mfn(machine, DOM0, OWN_GFN), 0, 64)).toEqual([
      ...Array.from({ length: 60 }, (_, i) => i + 1),
      0,
      0,
      0,
      0,
    ]);
  });

  it('brings bytes that begin and end anywhere in a word, and nothing besides', () => {
    const machine = granted();
    const dest = mfn(machine, DOM0, OWN_GFN);
    for (let at = 0; at < 32; at += 4) machine.store32(dest, at, 0xffffffff);
    const op = {
      source: byRef({ offset: 3 }),
      dest: own(machine, { offset: 6 }),
      len: 7,
      flags: GNTCOPY.source_gref,
    };
    expect(run(machine, op).status).toBe(GNTST.okay);
    expect(bytes(machine, dest, 4, 12)).toEqual([255, 255, 4, 5, 6, 7, 8, 9, 10, 255, 255, 255]);
  });

  it('reads the source before it writes, where both are one page', () => {
    const machine = granted();
    const op = {
      source: byRef(),
      dest: byRef({ offset: 2 }),
      len: 6,
      flags: GNTCOPY.source_gref | GNTCOPY.dest_gref,
    };
    expect(run(machine, op).status).toBe(GNTST.okay);
    expect(bytes(machine, mfn(machine, DOMU, GFN), 0, 10)).toEqual([1, 2, 1, 2, 3, 4, 5, 6, 9, 10]);
  });

  it('takes bytes to a page of the guest', () => {
    const machine = granted();
    machine.store32(mfn(machine, DOM0, OWN_GFN), 0, 0xcafe);
    const op = { source: own(machine), dest: byRef({ offset: 8 }), len: 4, flags: GNTCOPY.dest_gref };
    expect(run(machine, op).status).toBe(GNTST.okay);
    expect(machine.load32(mfn(machine, DOMU, GFN), 8)).toBe(0xcafe);
  });
});

describe('the checks of a copy in order', () => {
  const flags = GNTCOPY.source_gref;
  const cases: readonly (readonly [string, number, (machine: Machine) => CopyOp])[] = [
    [
      'no length: nothing is looked at',
      GNTST.okay,
      (m) => ({ source: byRef({ domid: 99 }), dest: own(m, { domid: 99 }), len: 0, flags }),
    ],
    [
      'a frame of another domain',
      GNTST.permission_denied,
      (m) => ({ source: byRef({ page: 1e6 }), dest: own(m, { domid: OTHER }), len: 8, flags }),
    ],
    [
      'a frame of the caller by its own number',
      GNTST.permission_denied,
      (m) => ({ source: byRef({ page: 1e6 }), dest: own(m, { domid: DOM0 }), len: 8, flags }),
    ],
    [
      'a granter that does not exist',
      GNTST.bad_domain,
      (m) => ({ source: byRef({ domid: 99 }), dest: own(m, { page: 1 }), len: 8, flags }),
    ],
    [
      'a reference beyond the table',
      GNTST.bad_gntref,
      (m) => ({ source: byRef({ page: 1e6 }), dest: own(m, { page: 1 }), len: 8000, flags }),
    ],
    [
      'an entry that permits nothing',
      GNTST.general_error,
      (m) => ({ source: byRef({ page: 9 }), dest: own(m, { page: 1 }), len: 8000, flags }),
    ],
    [
      'a frame that is no RAM',
      GNTST.bad_page,
      (m) => ({ source: byRef(), dest: own(m, { page: 1 }), len: 8000, flags }),
    ],
    [
      'a source that runs over its page',
      GNTST.bad_copy_arg,
      (m) => ({ source: byRef({ offset: 4090 }), dest: own(m), len: 7, flags }),
    ],
    [
      'a destination that runs over its page',
      GNTST.bad_copy_arg,
      (m) => ({ source: byRef(), dest: own(m, { offset: 4090 }), len: 7, flags }),
    ],
  ];
  it.each(cases)('%s', (_, status, op) => {
    const machine = granted();
    expect(run(machine, op(machine)).status).toBe(status);
  });

  it('a page that is granted for reading is no destination', () => {
    const machine = granted(GTF.permit_access | GTF.readonly);
    const op = { source: own(machine), dest: byRef(), len: 8, flags: GNTCOPY.dest_gref };
    expect(run(machine, op)).toEqual({ status: GNTST.general_error, why: 'ref 8 is granted read-only' });
  });

  it('an entry that another domain holds', () => {
    const machine = granted();
    machine.set(activeSlot(DOMU, REF), { pin: 1, mapper: OTHER, mfn: mfn(machine, DOMU, GFN) });
    const op = { source: byRef(), dest: own(machine), len: 8, flags };
    expect(run(machine, op).status).toBe(GNTST.general_error);
  });
});
