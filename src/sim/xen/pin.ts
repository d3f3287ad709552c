// The pin word: four 8-bit counters, low to high: host writable, host read-only, device writable, device
// read-only [xen/common/grant_table.c]. Unsigned.
import { GNTMAP } from '../../abi/grant-table.ts';

const HOST_WRITABLE = 0x1;
const HOST_READONLY = 0x100;
const DEVICE_WRITABLE = 0x10000;
const DEVICE_READONLY = 0x1000000;
const WRITABLE_COUNTERS = 0x00ff00ff;
const HIGH_BITS = 0x80808080;

/** What a map with these GNTMAP flags adds to the pin word; each of host and device counts for itself. */
export function pinIncrement(flags: number): number {
  const readonly = (flags & GNTMAP.readonly) !== 0;
  let added = 0;
  if (flags & GNTMAP.host_map) added += readonly ? HOST_READONLY : HOST_WRITABLE;
  if (flags & GNTMAP.device_map) added += readonly ? DEVICE_READONLY : DEVICE_WRITABLE;
  return added;
}

/** Has a counter that `added` would raise its high bit set? So each stops at 128. */
export function overflows(pin: number, added: number): boolean {
  return (pin & HIGH_BITS & (added << 7)) !== 0;
}

/** Does anybody hold it writable? */
export function hasWriter(pin: number): boolean {
  return (pin & WRITABLE_COUNTERS) !== 0;
}

/** Is any counter so high that a copy is refused? A copy looks at all four, whichever it would raise. */
export function anyCounterHigh(pin: number): boolean {
  return (pin & HIGH_BITS) !== 0;
}
