import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RING_HEADER, bytesMemory } from '../../../src/abi/index.ts';
import {
  advance, backRingAttach, distance, finalCheckForRequests, finalCheckForResponses, freeRequests,
  frontRingAttach, isFull, needNotify, pushRequests, pushRequestsAndCheckNotify, pushResponses,
  pushResponsesAndCheckNotify, requestConsOverflow, requestProdOverflow, requestsToConsume,
  responseProdOverflow, sharedRingInit, unconsumedResponses,
} from '../../../src/sim/kernel/ring-macros.ts';

const u32 = fc.oneof(
  fc.integer({ min: 0, max: 0xffffffff }),
  fc.integer({ min: 0xfffffff0, max: 0x10000000f }).map((x) => x % 2 ** 32),
);

function freshRing(fill = 0) {
  const data = new Uint8Array(4096).fill(fill);
  const mem = bytesMemory(data);
  sharedRingInit(mem);
  return { data, mem };
}

describe('sharedRingInit', () => {
  it('sets both events to 1, clears the rest of the header and keeps the slots', () => {
    const { data, mem } = freshRing(0xaa);
    expect(Object.values(RING_HEADER).map((off) => mem.load32(off))).toEqual([0, 1, 0, 1]);
    expect(data.subarray(16, 64).every((byte) => byte === 0)).toBe(true);
    expect(data.subarray(64).every((byte) => byte === 0xaa)).toBe(true);
  });
});

describe('needNotify', () => {
  it('is true exactly when the event lies in (before, after], also over the wrap', () => {
    const counts = fc.integer({ min: 0, max: 300 });
    fc.assert(fc.property(u32, counts, fc.integer({ min: -5, max: 310 }), (before, n, d) => {
      const event = (before + d + 2 ** 32) % 2 ** 32;
      expect(needNotify(before, advance(before, n), event)).toBe(d > 0 && d <= n);
    }), { numRuns: 5000 });
  });

  it('never notifies when nothing was published', () => {
    fc.assert(fc.property(u32, u32, (at, event) => !needNotify(at, at, event)));
  });
});

describe('counts', () => {
  it('free requests and the requests out add up to the size, wherever the ring stands', () => {
    fc.assert(fc.property(u32, fc.integer({ min: 0, max: 256 }), (start, out) => {
      const front = { ...frontRingAttach(256, start), req_prod_pvt: advance(start, out) };
      expect(freeRequests(front)).toBe(256 - out);
      expect(isFull(front)).toBe(out === 256);
    }));
  });

  it('a backend never takes more than it has room to answer', () => {
    fc.assert(fc.property(u32, fc.integer({ min: 0, max: 256 }), u32, (start, taken, reqProd) => {
      const back = { ...backRingAttach(256, start), req_cons: advance(start, taken) };
      const claimed = distance(back.req_cons, reqProd);
      expect(requestsToConsume(back, reqProd)).toBe(Math.min(claimed, 256 - taken));
    }));
  });

  it('responses are not clamped: a backend may claim more than the ring holds', () => {
    const { mem } = freshRing();
    pushResponses(mem, { ...backRingAttach(256), rsp_prod_pvt: 1000 });
    expect(unconsumedResponses(mem, frontRingAttach(256))).toBe(1000);
  });
});

describe('push and check', () => {
  it('the first request and the first response after init notify, the next do not', () => {
    const { mem } = freshRing();
    const front = frontRingAttach(256);
    const back = backRingAttach(256);
    expect(pushRequestsAndCheckNotify(mem, { ...front, req_prod_pvt: 1 })).toBe(true);
    expect(pushRequestsAndCheckNotify(mem, { ...front, req_prod_pvt: 2 })).toBe(false);
    expect(pushResponsesAndCheckNotify(mem, { ...back, rsp_prod_pvt: 1 })).toBe(true);
    expect(pushResponsesAndCheckNotify(mem, { ...back, rsp_prod_pvt: 2 })).toBe(false);
  });
});

describe('final checks', () => {
  it('arm the event only when nothing was found', () => {
    const { mem } = freshRing();
    const back = { ...backRingAttach(256), req_cons: 4, rsp_prod_pvt: 4 };
    pushRequests(mem, { ...frontRingAttach(256), req_prod_pvt: 6 });
    expect(finalCheckForRequests(mem, back)).toBe(2);
    expect(mem.load32(RING_HEADER.req_event)).toBe(1);
    expect(finalCheckForRequests(mem, { ...back, req_cons: 6 })).toBe(0);
    expect(mem.load32(RING_HEADER.req_event)).toBe(7);
    expect(finalCheckForResponses(mem, { ...frontRingAttach(256), rsp_cons: 0 })).toBe(0);
    expect(mem.load32(RING_HEADER.rsp_event)).toBe(1);
  });

  it('see what was published between the first look and the arming', () => {
    const { mem } = freshRing();
    const racing = {
      ...mem,
      store32(off: number, value: number): void {
        mem.store32(off, value);
        if (off === RING_HEADER.rsp_event) mem.store32(RING_HEADER.rsp_prod, 3);
      },
    };
    expect(finalCheckForResponses(racing, frontRingAttach(256))).toBe(3);
  });
});

describe('overflow tests', () => {
  it('differ at exactly a full ring: consuming is refused, producing is not', () => {
    const start = 0xfffffff0;
    const back = backRingAttach(256, start);
    const front = frontRingAttach(256, start);
    const full = advance(start, 256);
    expect(requestConsOverflow(back, full)).toBe(true);
    expect(requestConsOverflow(back, advance(start, 255))).toBe(false);
    expect(requestProdOverflow(back, full)).toBe(false);
    expect(requestProdOverflow(back, advance(start, 257))).toBe(true);
    expect(responseProdOverflow(front, full)).toBe(false);
    expect(responseProdOverflow(front, advance(start, 257))).toBe(true);
  });
});
