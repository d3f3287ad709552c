/** What a slot of a ring holds at the moment: a slot is a union, and only the indexes tell what was put there last. Pure. */
import type { RingView } from '../../../store/view.ts';

export interface Reading {
  as: 'req' | 'rsp';
  /** `written`: by its side, but not yet published by the shared index. `empty`: nothing was ever put there. */
  state: 'empty' | 'written' | 'published';
}

const EMPTY: Reading = { as: 'req', state: 'empty' };

/** What slot `slot` holds, by the indexes of the ring, the private ones first: each side writes before it publishes. */
export function readingOf(ring: RingView | undefined, slot: number): Reading {
  if (ring === undefined || ring.header === null || ring.entries === 0) return EMPTY;
  const { header, front, back, entries } = ring;
  const requests = front?.req_prod_pvt ?? header.req_prod;
  const index = lastIndex(requests, entries, slot);
  if (index === null) return EMPTY;
  if (isBefore(index, header.rsp_prod)) return { as: 'rsp', state: 'published' };
  if (back !== null && isBefore(index, back.rsp_prod_pvt)) return { as: 'rsp', state: 'written' };
  return { as: 'req', state: isBefore(index, header.req_prod) ? 'published' : 'written' };
}

/** The last free-running index before `producer` that selects the slot; null while none has. */
function lastIndex(producer: number, entries: number, slot: number): number | null {
  const back = (producer - 1 - slot) & (entries - 1);
  // Indexes begin at 0, and no run here comes near their end.
  return back < producer ? producer - 1 - back : null;
}

/** Is free-running index `a` behind `b`? They wrap at 32 bits. */
function isBefore(a: number, b: number): boolean {
  return ((a - b) | 0) < 0;
}
