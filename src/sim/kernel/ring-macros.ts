// The arithmetic of a shared ring, as pure functions over its memory. All indices are free-running u32.
// Source: Xen 4.23-dev c447b7308b, xen/include/public/io/ring.h. Barriers are not modelled here: the caller
// that splits a push into separate steps uses the small pieces (advance, needNotify, requestsToConsume...).
import { RING_HEADER, RING_HEADER_SIZE } from '../../abi/ring.ts';
import type { Memory } from '../../abi/codec.ts';

export { RING_HEADER_SIZE } from '../../abi/ring.ts';

/** Memory by byte offset in the contiguous virtual range of one ring; offset 0 is the header. */
export type RingMemory = Memory;

/** What a frontend keeps for itself. nr_ents: slots, a power of two. */
export interface FrontRing {
  readonly req_prod_pvt: number;
  readonly rsp_cons: number;
  readonly nr_ents: number;
}

/** What a backend keeps for itself. */
export interface BackRing {
  readonly rsp_prod_pvt: number;
  readonly req_cons: number;
  readonly nr_ents: number;
}

const { req_prod: REQ_PROD, req_event: REQ_EVENT, rsp_prod: RSP_PROD, rsp_event: RSP_EVENT } = RING_HEADER;

/** `index + n` as a u32. */
export function advance(index: number, n: number): number {
  return (index + n) >>> 0;
}

/** `to - from` as a u32: how far `to` is ahead. */
export function distance(from: number, to: number): number {
  return (to - from) >>> 0;
}

/** Writes a fresh header: both producers 0, both events 1, the rest 0. The slots keep what they held. */
export function sharedRingInit(mem: RingMemory): void {
  for (let off = 0; off < RING_HEADER_SIZE; off += 4) mem.store32(off, 0);
  mem.store32(REQ_EVENT, 1);
  mem.store32(RSP_EVENT, 1);
}

/** A frontend that starts at `index`; 0 for a fresh ring. */
export function frontRingAttach(nr_ents: number, index = 0): FrontRing {
  return { req_prod_pvt: index, rsp_cons: index, nr_ents };
}

/**
 * A backend that starts at `index`: 0 for a fresh ring, the shared rsp_prod when it takes over a live one.
 */
export function backRingAttach(nr_ents: number, index = 0): BackRing {
  return { rsp_prod_pvt: index, req_cons: index, nr_ents };
}

/** Slots free for requests. A slot becomes free when its response is consumed. */
export function freeRequests(front: FrontRing): number {
  return (front.nr_ents - distance(front.rsp_cons, front.req_prod_pvt)) >>> 0;
}

export function isFull(front: FrontRing): boolean {
  return freeRequests(front) === 0;
}

/**
 * Requests that the backend may consume, given the shared req_prod: never more than it has room to answer.
 */
export function requestsToConsume(back: BackRing, reqProd: number): number {
  const published = distance(back.req_cons, reqProd);
  const room = (back.nr_ents - distance(back.rsp_prod_pvt, back.req_cons)) >>> 0;
  return Math.min(published, room);
}

/**
 * Responses that the frontend may consume, given the shared rsp_prod. Not clamped to the size of the ring.
 */
export function responsesToConsume(front: FrontRing, rspProd: number): number {
  return distance(front.rsp_cons, rspProd);
}

export function unconsumedRequests(mem: RingMemory, back: BackRing): number {
  return requestsToConsume(back, mem.load32(REQ_PROD));
}

export function unconsumedResponses(mem: RingMemory, front: FrontRing): number {
  return responsesToConsume(front, mem.load32(RSP_PROD));
}

/** Whether a producer that moved from `before` to `after` must notify: `event` lies in (before, after]. */
export function needNotify(before: number, after: number, event: number): boolean {
  return distance(event, after) < distance(before, after);
}

/** Publishes the requests written so far. */
export function pushRequests(mem: RingMemory, front: FrontRing): void {
  mem.store32(REQ_PROD, front.req_prod_pvt);
}

/** Publishes the responses written so far. */
export function pushResponses(mem: RingMemory, back: BackRing): void {
  mem.store32(RSP_PROD, back.rsp_prod_pvt);
}

/** Publishes requests; true when the backend asked to be notified of one of them. */
export function pushRequestsAndCheckNotify(mem: RingMemory, front: FrontRing): boolean {
  const before = mem.load32(REQ_PROD);
  pushRequests(mem, front);
  return needNotify(before, front.req_prod_pvt, mem.load32(REQ_EVENT));
}

/** Publishes responses; true when the frontend asked to be notified of one of them. */
export function pushResponsesAndCheckNotify(mem: RingMemory, back: BackRing): boolean {
  const before = mem.load32(RSP_PROD);
  pushResponses(mem, back);
  return needNotify(before, back.rsp_prod_pvt, mem.load32(RSP_EVENT));
}

/**
 * The backend's last look before it sleeps: if nothing is there, asks to be notified of the next request, and
 * looks again, since one may have been published in between. Returns the number found; 0 means safe to sleep.
 */
export function finalCheckForRequests(mem: RingMemory, back: BackRing): number {
  const found = unconsumedRequests(mem, back);
  if (found > 0) return found;
  mem.store32(REQ_EVENT, advance(back.req_cons, 1));
  return unconsumedRequests(mem, back);
}

/** The frontend's last look before it sleeps; as finalCheckForRequests. */
export function finalCheckForResponses(mem: RingMemory, front: FrontRing): number {
  const found = unconsumedResponses(mem, front);
  if (found > 0) return found;
  mem.store32(RSP_EVENT, advance(front.rsp_cons, 1));
  return unconsumedResponses(mem, front);
}

/** Whether consuming the request at `cons` would leave no room for its response. */
export function requestConsOverflow(back: BackRing, cons: number): boolean {
  return distance(back.rsp_prod_pvt, cons) >= back.nr_ents;
}

/**
 * Whether a shared req_prod of `prod` claims more requests than the ring can hold: the frontend is not sane.
 */
export function requestProdOverflow(back: BackRing, prod: number): boolean {
  return distance(back.rsp_prod_pvt, prod) > back.nr_ents;
}

/**
 * Whether a shared rsp_prod of `prod` claims more responses than the ring can hold: the backend is not sane.
 */
export function responseProdOverflow(front: FrontRing, prod: number): boolean {
  return distance(front.rsp_cons, prod) > front.nr_ents;
}

/** What a final check may lack, to see what it is there for. */
export type WithoutCheck = 'store' | 'barrier' | 'recheck';
