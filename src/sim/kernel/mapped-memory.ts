import { PAGE_SIZE } from '../../abi/ring.ts';
import { invariant } from '../../base/invariant.ts';
import type { Context } from '../machine/context.ts';
import { p2mSlot, pteSlot } from '../xen/grant-table.ts';
import { DOMID } from './kernel.ts';
import type { MappedRing } from './xenbus-ring.ts';

/** The machine frame behind page `page` of a mapped ring, found the way the processor finds it. */
function mappedFrame(c: Context, ring: MappedRing, page: number): number {
  const host = ring.host_addr[page]!;
  const mfn = c.get(pteSlot(DOMID.dom0, host)) ?? c.get(p2mSlot(DOMID.dom0, host / PAGE_SIZE))?.mfn;
  invariant(mfn !== undefined, `page ${page} of the ring at ${ring.vaddr} is not mapped`);
  return mfn;
}

/** dom0's load of the word at byte `offset` of a mapped ring: one shared access. */
export function loadMapped(c: Context, ring: MappedRing, offset: number): number {
  c.enter();
  const value = c.load32(mappedFrame(c, ring, Math.floor(offset / PAGE_SIZE)), offset % PAGE_SIZE);
  c.leave();
  return value;
}

/** dom0's store there: one shared access. */
export function storeMapped(c: Context, ring: MappedRing, offset: number, value: number): void {
  c.enter();
  c.store32(mappedFrame(c, ring, Math.floor(offset / PAGE_SIZE)), offset % PAGE_SIZE, value);
  c.leave();
}
