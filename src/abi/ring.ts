import { xenPublic } from './cite.ts';
import type { Citation } from './cite.ts';
import { bytes, flex, struct, union } from './layout.ts';
import type { Fields, Layout } from './layout.ts';

export const PAGE_SIZE = 4096;

/** Bytes before slot 0, on the first page of the ring only. */
export const RING_HEADER_SIZE = 64;

/** Byte offsets of the four shared indices; the rest of the header is private space and padding. */
export const RING_HEADER = { req_prod: 0, req_event: 4, rsp_prod: 8, rsp_event: 12 } as const;

export const ringCite = xenPublic('io/ring.h');

/**
 * The four types that one ring of a protocol consists of. `E` is the slot: a union of request and response.
 */
export interface RingStructs<Req extends Fields, Rsp extends Fields> {
  readonly sring: Layout;
  readonly entry: Layout<{ readonly req: Layout<Req>; readonly rsp: Layout<Rsp> }>;
  readonly front: Layout;
  readonly back: Layout;
}

/** The ring types of a protocol, as the ring macros define them from a request and a response. */
/* @__NO_SIDE_EFFECTS__ */
export function ringStructs<Req extends Fields, Rsp extends Fields>(
  name: string, cite: Citation, req: Layout<Req>, rsp: Layout<Rsp>,
): RingStructs<Req, Rsp> {
  const entry: RingStructs<Req, Rsp>['entry'] = union(`union ${name}_sring_entry`, cite, { req, rsp });
  const sring = struct(`struct ${name}_sring`, ringCite, {
    req_prod: 'u32', req_event: 'u32', rsp_prod: 'u32', rsp_event: 'u32',
    pvt: bytes(4), __pad: bytes(44), ring: flex(entry),
  });
  const front = struct(`struct ${name}_front_ring`, ringCite, {
    req_prod_pvt: 'u32', rsp_cons: 'u32', nr_ents: 'u32', sring: 'u64',
  });
  const back = struct(`struct ${name}_back_ring`, ringCite, {
    rsp_prod_pvt: 'u32', req_cons: 'u32', nr_ents: 'u32', sring: 'u64',
  });
  return { sring, entry, front, back };
}

/** The largest power of two not above `x` (a u32); 0 for 0. */
export function roundDownPow2(x: number): number {
  return x === 0 ? 0 : 2 ** (31 - Math.clz32(x));
}

/** Slots in a ring of `byteLength` bytes: a power of two, 0 when not even one slot fits behind the header. */
export function ringSize(byteLength: number, slotSize: number): number {
  return roundDownPow2(Math.floor(Math.max(0, byteLength - RING_HEADER_SIZE) / slotSize));
}

/** Byte offset of the slot that free-running index `index` (u32) selects, from the start of the ring. */
export function slotOffset(slotSize: number, nrEnts: number, index: number): number {
  return RING_HEADER_SIZE + (index & (nrEnts - 1)) * slotSize;
}

/**
 * How many of the ring's pages hold the header or a byte of a slot; the others are granted and never used.
 */
export function pagesTouched(pages: number, slotSize: number): number {
  const used = RING_HEADER_SIZE + ringSize(pages * PAGE_SIZE, slotSize) * slotSize;
  return Math.ceil(used / PAGE_SIZE);
}

/**
 * A slot that lies on two pages: `before` bytes at the end of page `page - 1`, `after` at the start of
 * `page`.
 */
export interface Seam {
  readonly page: number;
  readonly slot: number;
  readonly before: number;
  readonly after: number;
}

/** The slots of a ring of `pages` pages that straddle a page boundary, in order. */
export function seams(pages: number, slotSize: number): Seam[] {
  const nrEnts = ringSize(pages * PAGE_SIZE, slotSize);
  const found: Seam[] = [];
  for (let page = 1; page < pages; page++) {
    const toBoundary = page * PAGE_SIZE - RING_HEADER_SIZE;
    const slot = Math.floor(toBoundary / slotSize);
    const before = toBoundary % slotSize;
    if (slot < nrEnts && before > 0) found.push({ page, slot, before, after: slotSize - before });
  }
  return found;
}
