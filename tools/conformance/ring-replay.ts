// One ring with both its ends, driven by the operations of a trace.
import { crc32 } from 'node:zlib';
import { PAGE_SIZE, RING_HEADER, bytesMemory, ringSize, slotOffset } from '../../src/abi/index.ts';
import {
  advance, backRingAttach, finalCheckForRequests, finalCheckForResponses, freeRequests, frontRingAttach,
  isFull, pushRequestsAndCheckNotify, pushResponsesAndCheckNotify, requestConsOverflow, requestProdOverflow,
  responseProdOverflow, sharedRingInit, unconsumedRequests, unconsumedResponses,
} from '../../src/sim/index.ts';
import type { BackRing, FrontRing, RingMemory } from '../../src/sim/index.ts';
import type { SlotKind } from './ring-slots.ts';

const { req_prod: REQ_PROD, req_event: REQ_EVENT, rsp_prod: RSP_PROD, rsp_event: RSP_EVENT } = RING_HEADER;

/** In mode 2 the backend answers the ids that the trace lists; otherwise the oldest first. */
const MODE_LISTED = 2;

export class RingReplay {
  front: FrontRing;
  back: BackRing;
  private readonly data: Uint8Array;
  private readonly mem: RingMemory;
  /** Ids consumed by the backend and not yet answered, oldest first. */
  private readonly unanswered: number[] = [];

  /** `fill`: what every byte holds before the shared init. `start`: where all indices stand. */
  constructor(
    private readonly slots: SlotKind, pages: number, fill: number, start: number, readonly mode: number,
  ) {
    this.data = new Uint8Array(pages * PAGE_SIZE).fill(fill);
    this.mem = bytesMemory(this.data);
    const size = ringSize(this.data.length, slots.size);
    sharedRingInit(this.mem);
    this.front = frontRingAttach(size, start);
    this.back = backRingAttach(size, start);
    if (start === 0) return;
    for (const off of [REQ_PROD, RSP_PROD]) this.mem.store32(off, start);
    for (const off of [REQ_EVENT, RSP_EVENT]) this.mem.store32(off, advance(start, 1));
  }

  /** [req_prod, req_event, rsp_prod, rsp_event]. */
  header(): number[] {
    return [REQ_PROD, REQ_EVENT, RSP_PROD, RSP_EVENT].map((off) => this.mem.load32(off));
  }

  privates(): number[] {
    return [this.front.req_prod_pvt, this.front.rsp_cons, this.back.rsp_prod_pvt, this.back.req_cons];
  }

  /** [free requests, full?, unconsumed requests, unconsumed responses]. */
  measures(): number[] {
    return [
      freeRequests(this.front), Number(isFull(this.front)), unconsumedRequests(this.mem, this.back),
      unconsumedResponses(this.mem, this.front),
    ];
  }

  /** CRC-32 of all the pages. */
  crc(): number {
    return crc32(this.data);
  }

  private slot(index: number): number {
    return slotOffset(this.slots.size, this.front.nr_ents, index);
  }

  frontQueue(count: number, firstSequence: number): number {
    let written = 0;
    for (; written < count && !isFull(this.front); written++) {
      const index = this.front.req_prod_pvt;
      this.slots.writeRequest(this.mem, this.slot(index), firstSequence + written);
      this.front = { ...this.front, req_prod_pvt: advance(index, 1) };
    }
    return written;
  }

  frontPublish(): number {
    return Number(pushRequestsAndCheckNotify(this.mem, this.front));
  }

  backConsume(limit: number): { ret: number; acc: number } {
    const ret = Math.min(limit, unconsumedRequests(this.mem, this.back));
    let acc = 0;
    for (let i = 0; i < ret; i++) {
      const index = this.back.req_cons;
      const id = this.slots.readRequestId(this.mem, this.slot(index));
      acc = fold(acc, id);
      this.unanswered.push(id);
      this.back = { ...this.back, req_cons: advance(index, 1) };
    }
    return { ret, acc };
  }

  backFinalCheck(): number {
    return finalCheckForRequests(this.mem, this.back);
  }

  /** `args`: ids to answer in mode 2, else one count. */
  backRespond(args: readonly number[]): number {
    const ids = this.mode === MODE_LISTED ? args : this.unanswered.splice(0, args[0]);
    for (const id of ids) {
      const index = this.back.rsp_prod_pvt;
      this.slots.writeResponse(this.mem, this.slot(index), id);
      this.back = { ...this.back, rsp_prod_pvt: advance(index, 1) };
    }
    return ids.length;
  }

  backPublish(): number {
    return Number(pushResponsesAndCheckNotify(this.mem, this.back));
  }

  frontConsume(limit: number): { ret: number; acc: number } {
    const ret = Math.min(limit, unconsumedResponses(this.mem, this.front));
    let acc = 0;
    for (let i = 0; i < ret; i++) {
      const index = this.front.rsp_cons;
      acc = fold(acc, this.slots.readResponseId(this.mem, this.slot(index)));
      this.front = { ...this.front, rsp_cons: advance(index, 1) };
    }
    return { ret, acc };
  }

  frontFinalCheck(): number {
    return finalCheckForResponses(this.mem, this.front);
  }

  setRequestEvent(value: number): void {
    this.mem.store32(REQ_EVENT, value);
  }

  setResponseEvent(value: number): void {
    this.mem.store32(RSP_EVENT, value);
  }

  /** What the overflow tests and counts say of these shared producers; puts the real ones back. */
  probe(reqProd: number, rspProd: number, cons: number): Record<string, number> {
    const [realReqProd = 0, , realRspProd = 0] = this.header();
    this.mem.store32(REQ_PROD, reqProd);
    this.mem.store32(RSP_PROD, rspProd);
    const result = {
      reqProdOvf: Number(requestProdOverflow(this.back, this.mem.load32(REQ_PROD))),
      rspProdOvf: Number(responseProdOverflow(this.front, this.mem.load32(RSP_PROD))),
      reqConsOvf: Number(requestConsOverflow(this.back, cons)),
      unReq: unconsumedRequests(this.mem, this.back),
      unRsp: unconsumedResponses(this.mem, this.front),
    };
    this.mem.store32(REQ_PROD, realReqProd);
    this.mem.store32(RSP_PROD, realRspProd);
    return result;
  }
}

function fold(acc: number, id: number): number {
  return (Math.imul(acc, 31) + id) >>> 0;
}
