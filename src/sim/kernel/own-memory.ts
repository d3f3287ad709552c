import { PAGE_SIZE } from '../../abi/ring.ts';
import { invariant } from '../../base/invariant.ts';
import type { Context } from '../machine/context.ts';
import { gfnToMfn } from '../xen/domain.ts';
import { DOMID } from './kernel.ts';
import type { RingMemory } from './ring-macros.ts';

/** Where a byte lies in the 16 bits at its even offset. */
function shift(offset: number): number {
  return (offset & 1) * 8;
}

/** A ring as its owner sees it: `gfn` is the first of consecutive guest frames of domU. */
export function ownRing(c: Context, gfn: number): RingMemory {
  const frame = (offset: number): number => {
    const mfn = gfnToMfn(c, DOMID.domU, gfn + Math.floor(offset / PAGE_SIZE));
    invariant(mfn !== undefined, `guest frame ${gfn} is no RAM of domU`);
    return mfn;
  };
  return {
    load32: (offset) => c.load32(frame(offset), offset % PAGE_SIZE),
    store32: (offset, value) => c.store32(frame(offset), offset % PAGE_SIZE, value),
    load16: (offset) => c.load16(frame(offset), offset % PAGE_SIZE),
    store16: (offset, value) => c.store16(frame(offset), offset % PAGE_SIZE, value),
    load8: (offset) => (c.load16(frame(offset), (offset & ~1) % PAGE_SIZE) >>> shift(offset)) & 0xff,
    store8: (offset, value) => {
      const even = offset & ~1;
      const kept = c.load16(frame(even), even % PAGE_SIZE) & ~(0xff << shift(offset));
      c.store16(frame(even), even % PAGE_SIZE, kept | ((value & 0xff) << shift(offset)));
    },
  };
}
