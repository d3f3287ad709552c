import type { Context } from '../machine/context.ts';
import { slot } from '../machine/slot.ts';
import { grantFrameMfn, ramFrame, sharedInfoMfn } from './memory.ts';

/** Where frames of a domain lie in the machine, for whoever shows its memory: fixed for the whole run. */
export type MemoryMap = {
  readonly shared_info: number;
  /** Frame 0 of its grant table; the others follow. */
  readonly grant_table: number;
  /** The machine frames behind `mfns.length` frames of its RAM, the first of which is `gfn`. */
  readonly gfn: number;
  readonly mfns: readonly number[];
};

/** `xen:memory:<dom>`: nobody in the simulated world reads it, so it is no part of the fingerprint. */
export function memoryMapSlot(domid: number) {
  return slot<MemoryMap>(`xen:memory:${domid}`, { hashed: false });
}

/** Set-up: lays open where `count` frames of a domain's RAM are, from `gfn` on, and what it shares with Xen. */
export function showMemory(c: Context, domid: number, gfn = 0, count = 0): void {
  c.set(memoryMapSlot(domid), {
    shared_info: sharedInfoMfn(domid),
    grant_table: grantFrameMfn(domid, 0),
    gfn,
    mfns: Array.from({ length: count }, (_, i) => ramFrame(domid, gfn + i)!),
  });
}
