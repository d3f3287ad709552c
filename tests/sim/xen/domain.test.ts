import { describe, expect, it } from 'vitest';
import { createDomain, gfnToMfn, sharedInfoMfn } from '../../../src/sim/xen/domain.ts';
import { entryAddress, grantFrameMfn } from '../../../src/sim/xen/grant-table.ts';
import { DOMU, inOneStep, world } from './world.ts';

const spec = {
  id: 9, kind: 'pvh', vcpus: 8, maxGrantFrames: 64, maxMaptrackFrames: 1024, maxPort: 1023,
} as const;

describe('createDomain', () => {
  it('refuses what the memory map has no room for, and a domain that exists', () => {
    const machine = world();
    expect(() => createDomain(machine, { ...spec, id: 28 })).toThrow('domain id 28 is not in 0..27');
    expect(() => createDomain(machine, { ...spec, id: DOMU })).toThrow('domain 5 exists already');
    for (const maxGrantFrames of [0, 1024]) {
      expect(() => createDomain(machine, { ...spec, maxGrantFrames })).toThrow('is not in 1..1023');
    }
  });
});

describe('machine frames', () => {
  it('never meet: RAM of every domain, shared info and grant frames', () => {
    const machine = world();
    const frames: number[] = [];
    for (const domid of [0, 5, 27]) {
      for (let gfn = 0; gfn < 0x20000; gfn++) frames.push(gfnToMfn(machine, domid, gfn)!);
      frames.push(sharedInfoMfn(domid));
      for (let index = 0; index < 1023; index++) frames.push(grantFrameMfn(domid, index));
    }
    expect(new Set(frames).size).toBe(frames.length);
    expect(frames.every((mfn) => mfn > 0 && mfn < 2 ** 22)).toBe(true);
  });

  it('keep no neighbours together', () => {
    const machine = world();
    let nearest = Infinity;
    for (let gfn = 0; gfn < 0x1ffff; gfn++) {
      const apart = gfnToMfn(machine, DOMU, gfn + 1)! - gfnToMfn(machine, DOMU, gfn)!;
      nearest = Math.min(nearest, Math.abs(apart));
    }
    expect(nearest).toBeGreaterThan(1);
  });

  it('exist for RAM only', () => {
    const machine = world();
    for (const gfn of [-1, 0.5, 0x20000, 2 ** 40]) expect(gfnToMfn(machine, DOMU, gfn)).toBeUndefined();
  });

  it('are looked up without a shared access', () => {
    const machine = world();
    const { result } = inOneStep(machine, (c) => {
      const mfn = gfnToMfn(c, DOMU, 0x1a3c0)!;
      c.store32(mfn, 64, 7);
      return mfn;
    });
    expect(machine.load32(result, 64)).toBe(7);
  });
});

describe('entryAddress', () => {
  it('finds 512 entries of 8 bytes on a frame', () => {
    expect(entryAddress(DOMU, 8)).toEqual({ frame: grantFrameMfn(DOMU, 0), offset: 64 });
    expect(entryAddress(DOMU, 520)).toEqual({ frame: grantFrameMfn(DOMU, 1), offset: 64 });
  });
});
