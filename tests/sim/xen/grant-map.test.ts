import { describe, expect, it } from 'vitest';
import { GNTMAP, GNTST, GTF } from '../../../src/abi/grant-table.ts';
import type { Machine } from '../../../src/sim/machine/machine.ts';
import { gfnToMfn } from '../../../src/sim/xen/domain.ts';
import {
  activeSlot, growGrantTable, handleSlot, INVALID_HANDLE, mapGrantRef, maptrackSlot, p2mSlot, pteSlot,
  querySize, unmapGrantRef, type MapOp,
} from '../../../src/sim/xen/grant-table.ts';
import { DOM0, DOMU, entryFlags, inOneStep, OTHER, poke, world } from './world.ts';

const RW = GNTMAP.host_map;
const RO = GNTMAP.host_map | GNTMAP.readonly;
const GFN = 0x1a3c0;
const PTE = 0x21345678;
const NOT_RAM = 0xffffff;

/** Maps as one step; the result, and the check that refused it. */
function map(machine: Machine, caller: number, op: Partial<MapOp>) {
  const whole = { host_addr: PTE, flags: RW, ref: 8, dom: DOMU, ...op };
  const { result, effects } = inOneStep(machine, (c) => mapGrantRef(c, caller, whole));
  expect(effects).toHaveLength(1);
  expect(effects[0]).toMatchObject({ kind: 'xen', op: 'map_grant_ref', caller, args: whole, result });
  return { ...result, why: effects[0]!['why'] };
}

function unmap(machine: Machine, caller: number, handle: number, host_addr = PTE, dev_bus_addr = 0): number {
  const op = { host_addr, dev_bus_addr, handle };
  const { result, effects } = inOneStep(machine, (c) => unmapGrantRef(c, caller, op));
  expect(effects).toMatchObject([{ kind: 'xen', op: 'unmap_grant_ref', caller, args: op, result }]);
  return result.status;
}

function granted(change: { flags?: number; domid?: number; frame?: number } = {}): Machine {
  const machine = world();
  poke(machine, DOMU, 8, { flags: GTF.permit_access, domid: DOM0, frame: GFN, ...change });
  return machine;
}

function expectUntouched(machine: Machine, mapper: number): void {
  expect(machine.get(activeSlot(DOMU, 8))).toBeUndefined();
  expect(machine.get(handleSlot(mapper, 0))).toBeUndefined();
  expect(entryFlags(machine, DOMU, 8) & (GTF.reading | GTF.writing)).toBe(0);
}

/** Takes every handle of the mapper. */
function exhaust(machine: Machine, caller: number): void {
  const frames = machine.get(maptrackSlot(caller))!.limit / 256;
  machine.set(maptrackSlot(caller), { limit: frames * 256, free: [] });
}

describe('map_grant_ref: the checks in order', () => {
  // Each operation fails its own check and, where that can be, every later one too.
  it('1: neither host_map nor device_map', () => {
    const got = map(world(), DOM0, { flags: GNTMAP.readonly, dom: 99, ref: 1e6 });
    expect(got).toMatchObject({ status: GNTST.bad_gntref, handle: INVALID_HANDLE, dev_bus_addr: 0 });
    expect(got.why).toBe('neither a host nor a device mapping is asked for');
  });

  it.each([GNTMAP.device_map, GNTMAP.application_map, GNTMAP.contains_pte])(
    '2: a PVH mapper asks for what only PV domains have (flag %i)',
    (flag) => {
      const got = map(world(), OTHER, { flags: RW | flag, dom: 99, ref: 1e6 });
      expect(got).toMatchObject({ status: GNTST.general_error });
      expect(got.why).toBe('device_map, application_map and contains_pte are for PV domains');
    },
  );

  it.each([99, 0x7ff0])('3: no such domain (%i), DOMID_SELF included', (dom) => {
    const machine = world({ maxMaptrackFrames: 0 });
    const got = map(machine, DOM0, { dom, ref: 1e6 });
    expect(got).toMatchObject({ status: GNTST.bad_domain, why: `there is no domain ${dom}` });
    expect(machine.get(maptrackSlot(DOM0))!.limit).toBe(0);
  });

  it('5: no maptrack handle', () => {
    const got = map(world({ maxMaptrackFrames: 0 }), DOM0, { ref: 1e6 });
    expect(got).toMatchObject({ status: GNTST.no_space, why: 'no maptrack handle is left' });
  });

  it.each([512, 0xffffffff])('6: ref %i beyond the table', (ref) => {
    const got = map(world(), DOM0, { ref });
    expect(got.status).toBe(GNTST.bad_gntref);
    expect(got.why).toBe(`ref ${ref} is beyond the table of domain 5`);
  });

  it('7: pinned by another domain', () => {
    const machine = granted();
    expect(map(machine, DOM0, {}).status).toBe(GNTST.okay);
    poke(machine, DOMU, 8, { flags: 0, domid: 0, frame: NOT_RAM });
    const got = map(machine, OTHER, {});
    expect(got).toMatchObject({ status: GNTST.general_error, why: 'domain 0 has ref 8 mapped' });
  });

  it.each([
    ['host writable', RW, RO],
    ['host read-only', RO, RW],
    ['device writable', GNTMAP.device_map, RW],
    ['device read-only', GNTMAP.device_map | GNTMAP.readonly, RW],
  ])('7: 128 pins, %s; another class still has room', (_, flags, another) => {
    const machine = granted();
    for (let i = 0; i < 128; i++) expect(map(machine, DOM0, { flags }).status).toBe(GNTST.okay);
    const got = map(machine, DOM0, { flags });
    expect(got).toMatchObject({ status: GNTST.general_error, why: 'ref 8 is pinned 128 times in this way' });
    expect(map(machine, DOM0, { flags: another }).status).toBe(GNTST.okay);
  });

  it.each([GTF.invalid, GTF.accept_transfer, GTF.transitive, GTF.permit_access | GTF.sub_page])(
    '8: entry flags %i do not permit access',
    (flags) => {
      const machine = granted({ flags, domid: OTHER, frame: NOT_RAM });
      const got = map(machine, DOM0, {});
      expect(got.status).toBe(GNTST.general_error);
      expect(got.why).toBe(`ref 8 does not permit access to a whole page (flags 0x${flags.toString(16)})`);
      expectUntouched(machine, DOM0);
    },
  );

  it('8: the entry names another domain', () => {
    const machine = granted({ domid: OTHER, flags: GTF.permit_access | GTF.readonly, frame: NOT_RAM });
    const got = map(machine, DOM0, {});
    expect(got).toMatchObject({ status: GNTST.general_error, why: 'ref 8 grants to domain 7, not 0' });
    expectUntouched(machine, DOM0);
  });

  it('8: a writable map of a read-only grant', () => {
    const machine = granted({ flags: GTF.permit_access | GTF.readonly, frame: NOT_RAM });
    const got = map(machine, DOM0, {});
    expect(got).toMatchObject({ status: GNTST.general_error, why: 'ref 8 is granted read-only' });
    expectUntouched(machine, DOM0);
  });

  it('9: the frame is not RAM of the granter; the marks are undone', () => {
    const machine = granted({ domid: OTHER, frame: NOT_RAM });
    const got = map(machine, OTHER, { flags: RW | (1 << 16) });
    expect(got).toMatchObject({ status: GNTST.bad_page, why: 'the frame in ref 8 is not RAM of domain 5' });
    expectUntouched(machine, OTHER);
  });

  it('9: a PVH guest cannot grant on what it has mapped from another', () => {
    const machine = granted({ domid: OTHER });
    expect(map(machine, OTHER, { host_addr: GFN * 4096 }).status).toBe(GNTST.okay);
    poke(machine, OTHER, 9, { flags: GTF.permit_access, domid: DOM0, frame: GFN });
    expect(map(machine, DOM0, { dom: OTHER, ref: 9 }).status).toBe(GNTST.bad_page);
  });

  it('11: the p2m takes host_map and readonly alone; everything is undone', () => {
    const machine = granted({ domid: OTHER });
    const got = map(machine, OTHER, { flags: RW | (1 << 16), host_addr: 0x40000000 });
    expect(got.status).toBe(GNTST.general_error);
    expect(got.why).toBe('a PVH domain may map with host_map and readonly only');
    expect(machine.get(p2mSlot(OTHER, 0x40000))).toBeUndefined();
    expectUntouched(machine, OTHER);
  });
});

describe('map_grant_ref: what it does', () => {
  it('marks the entry, pins it, and fills a page table entry of a PV mapper', () => {
    const machine = granted();
    const mfn = gfnToMfn(machine, DOMU, GFN)!;
    const got = map(machine, DOM0, { flags: RW | GNTMAP.contains_pte });
    expect(got).toMatchObject({ status: GNTST.okay, handle: 0, dev_bus_addr: mfn * 4096, why: undefined });
    expect(entryFlags(machine, DOMU, 8)).toBe(GTF.permit_access | GTF.reading | GTF.writing);
    expect(machine.get(activeSlot(DOMU, 8))).toEqual({ pin: 1, mapper: DOM0, mfn });
    expect(machine.get(pteSlot(DOM0, PTE))).toBe(mfn);
    expect(machine.get(handleSlot(DOM0, 0))).toEqual({
      ref: 8, dom: DOMU, flags: RW | GNTMAP.contains_pte, host_addr: PTE, vcpu: 0,
    });
    expect(pteSlot(DOM0, PTE).name).toBe('xen:pte:0:21345678');
  });

  const types = [[RW, 'grant_rw'], [RO, 'grant_ro']] as const;
  it.each(types)('fills the p2m of a PVH mapper (flags %i)', (flags, type) => {
    const machine = granted({ domid: OTHER });
    expect(map(machine, OTHER, { flags, host_addr: 0x12345_000 }).status).toBe(GNTST.okay);
    expect(machine.get(p2mSlot(OTHER, 0x12345))).toEqual({ mfn: gfnToMfn(machine, DOMU, GFN), type });
  });

  it('marks a read-only map with reading only, readonly grant or not', () => {
    for (const flags of [GTF.permit_access, GTF.permit_access | GTF.readonly]) {
      const machine = granted({ flags });
      expect(map(machine, DOM0, { flags: RO }).status).toBe(GNTST.okay);
      expect(entryFlags(machine, DOMU, 8)).toBe(flags | GTF.reading);
      expect(machine.get(activeSlot(DOMU, 8))!.pin).toBe(0x100);
    }
  });

  it('counts host and device each when both are asked for', () => {
    const machine = granted();
    expect(map(machine, DOM0, { flags: RW | GNTMAP.device_map }).status).toBe(GNTST.okay);
    expect(machine.get(activeSlot(DOMU, 8))!.pin).toBe(0x10001);
  });

  it('does not look at the entry again while pinned: a zeroed one still maps, to the old frame', () => {
    const machine = granted();
    const first = map(machine, DOM0, {});
    poke(machine, DOMU, 8, { flags: 0, domid: 0, frame: 0 });
    expect(map(machine, DOM0, { host_addr: PTE + 8 })).toMatchObject({
      status: GNTST.okay, dev_bus_addr: first.dev_bus_addr,
    });
    expect(entryFlags(machine, DOMU, 8)).toBe(0);
  });

  it('looks again for the first writer, but only at readonly', () => {
    const machine = granted();
    expect(map(machine, DOM0, { flags: RO }).status).toBe(GNTST.okay);
    poke(machine, DOMU, 8, { flags: GTF.readonly, domid: OTHER, frame: 0 });
    expect(map(machine, DOM0, {}).why).toBe('ref 8 is granted read-only');
    poke(machine, DOMU, 8, { flags: GTF.invalid, domid: OTHER, frame: 0 });
    expect(map(machine, DOM0, {}).status).toBe(GNTST.okay);
    expect(entryFlags(machine, DOMU, 8)).toBe(GTF.reading | GTF.writing);
  });

  it('a domain may name its own number', () => {
    const machine = granted({ domid: DOMU });
    expect(map(machine, DOMU, { host_addr: 0x40000000 }).status).toBe(GNTST.okay);
  });

  it('a PV granter names machine frames, its own', () => {
    const machine = world();
    const mfn = gfnToMfn(machine, DOM0, 0x77)!;
    poke(machine, DOM0, 8, { flags: GTF.permit_access, domid: DOMU, frame: mfn });
    poke(machine, DOM0, 9, { flags: GTF.permit_access, domid: DOMU, frame: gfnToMfn(machine, DOMU, 0x77)! });
    expect(map(machine, DOMU, { dom: DOM0 })).toMatchObject({ status: GNTST.okay, dev_bus_addr: mfn * 4096 });
    expect(map(machine, DOMU, { dom: DOM0, ref: 9 }).status).toBe(GNTST.bad_page);
  });
});

describe('unmap_grant_ref', () => {
  it('undoes a map: host mapping, pin, marks and handle', () => {
    const machine = granted();
    const { handle } = map(machine, DOM0, {});
    expect(unmap(machine, DOM0, handle)).toBe(GNTST.okay);
    expect(machine.get(pteSlot(DOM0, PTE))).toBeUndefined();
    expect(entryFlags(machine, DOMU, 8)).toBe(GTF.permit_access);
    expectUntouched(machine, DOM0);
  });

  it.each([0, 1, 255, 256, 0xffffffff])('refuses handle %i before any map', (handle) => {
    expect(unmap(world(), DOM0, handle)).toBe(GNTST.bad_handle);
  });

  it('refuses a handle twice, one that was never given, and one beyond the limit', () => {
    const machine = granted();
    map(machine, DOM0, {});
    expect(unmap(machine, DOM0, 1)).toBe(GNTST.bad_handle);
    expect(unmap(machine, DOM0, 256)).toBe(GNTST.bad_handle);
    expect(unmap(machine, DOM0, 0)).toBe(GNTST.okay);
    expect(unmap(machine, DOM0, 0)).toBe(GNTST.bad_handle);
  });

  it('checks the bus address, of device mappings only, before the host address', () => {
    const machine = granted();
    const both = map(machine, DOM0, { flags: RW | GNTMAP.device_map });
    const host = map(machine, DOM0, { host_addr: PTE + 8 });
    expect(unmap(machine, DOM0, both.handle, PTE + 16, 0x1000)).toBe(GNTST.bad_dev_addr);
    expect(unmap(machine, DOM0, both.handle, PTE + 16, both.dev_bus_addr)).toBe(GNTST.general_error);
    expect(machine.get(activeSlot(DOMU, 8))!.pin).toBe(0x10002);
    expect(unmap(machine, DOM0, host.handle, PTE + 8, 0x1000)).toBe(GNTST.okay);
  });

  it('takes host and device parts in separate calls; a repeated host part is okay', () => {
    const machine = granted();
    const { handle, dev_bus_addr } = map(machine, DOM0, { flags: RW | GNTMAP.device_map });
    expect(unmap(machine, DOM0, handle, 0, 0)).toBe(GNTST.okay);
    expect(machine.get(handleSlot(DOM0, handle))!.flags).toBe(RW | GNTMAP.device_map);
    expect(unmap(machine, DOM0, handle, PTE, 0)).toBe(GNTST.okay);
    expect(unmap(machine, DOM0, handle, PTE, 0)).toBe(GNTST.okay);
    expect(machine.get(activeSlot(DOMU, 8))!.pin).toBe(0x10000);
    expect(entryFlags(machine, DOMU, 8)).toBe(GTF.permit_access | GTF.reading | GTF.writing);
    expect(unmap(machine, DOM0, handle, 0, dev_bus_addr)).toBe(GNTST.okay);
    expectUntouched(machine, DOM0);
  });

  it('keeps reading until the last pin goes, writing until the last writer', () => {
    const machine = granted();
    const reader = map(machine, DOM0, { flags: RO });
    const writer = map(machine, DOM0, { host_addr: PTE + 8 });
    expect(unmap(machine, DOM0, writer.handle, PTE + 8)).toBe(GNTST.okay);
    expect(entryFlags(machine, DOMU, 8)).toBe(GTF.permit_access | GTF.reading);
    expect(unmap(machine, DOM0, reader.handle)).toBe(GNTST.okay);
    expect(entryFlags(machine, DOMU, 8)).toBe(GTF.permit_access);
  });

  it('clears the marks in whatever the entry holds by then', () => {
    const machine = granted();
    map(machine, DOM0, {});
    poke(machine, DOMU, 8, { flags: 0xffff, domid: OTHER, frame: 1 });
    expect(unmap(machine, DOM0, 0)).toBe(GNTST.okay);
    expect(entryFlags(machine, DOMU, 8)).toBe(0xffff & ~(GTF.reading | GTF.writing));
  });

  it('leaves a hole in the p2m of a PVH mapper', () => {
    const machine = granted({ domid: OTHER });
    const { handle } = map(machine, OTHER, { host_addr: 0x40000000 });
    expect(unmap(machine, OTHER, handle, 0x40001000)).toBe(GNTST.general_error);
    expect(unmap(machine, OTHER, handle, 0x40000000)).toBe(GNTST.okay);
    expect(machine.get(p2mSlot(OTHER, 0x40000))).toBeUndefined();
  });
});

describe('the size of the table', () => {
  it('starts at one frame, grows to its limit, and never shrinks', () => {
    const machine = world();
    const grow = (frames: number) => inOneStep(machine, (c) => growGrantTable(c, DOMU, frames)).result;
    const size = () => inOneStep(machine, (c) => querySize(c, DOMU)).result;
    expect(size()).toEqual({ nr_frames: 1, max_nr_frames: 4, status: GNTST.okay });
    expect(grow(3)).toBe(true);
    expect(grow(2)).toBe(true);
    expect(size().nr_frames).toBe(3);
    expect(grow(5)).toBe(false);
    expect(size().nr_frames).toBe(3);
    expect(grow(4)).toBe(true);
    expect(size().nr_frames).toBe(4);
    expect(querySize(machine, 99)).toEqual({ nr_frames: 0, max_nr_frames: 0, status: GNTST.bad_domain });
  });

  it('makes the refs of the new frame good', () => {
    const machine = world();
    growGrantTable(machine, DOMU, 2);
    poke(machine, DOMU, 520, { flags: GTF.permit_access, domid: DOM0, frame: GFN });
    expect(map(machine, DOM0, { ref: 520 }).status).toBe(GNTST.okay);
    expect(map(machine, DOM0, { ref: 1024 }).status).toBe(GNTST.bad_gntref);
  });
});

describe('handles', () => {
  it('a failed map moves the numbers on: after three in a new domain, the first good one gets 3', () => {
    const machine = granted();
    for (const ref of [9, 10, 600]) expect(map(machine, DOM0, { ref }).status).not.toBe(GNTST.okay);
    expect(map(machine, DOM0, {}).handle).toBe(3);
  });

  it('none is taken for checks that come before', () => {
    const machine = granted();
    map(machine, DOM0, { flags: 0 });
    map(machine, DOM0, { dom: 99 });
    expect(map(machine, DOM0, {}).handle).toBe(0);
  });

  it('none left is found out before the entry is looked at', () => {
    const machine = world({ maxMaptrackFrames: 1 });
    expect(map(machine, DOM0, { ref: 9 }).status).toBe(GNTST.general_error);
    exhaust(machine, DOM0);
    expect(map(machine, DOM0, { ref: 9 }).status).toBe(GNTST.no_space);
  });
});
