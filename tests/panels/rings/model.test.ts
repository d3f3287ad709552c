import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { ringSize } from '../../../src/abi/ring.ts';
import {
  INDEXES, SLOT_STATES, countsOf, distance, indexValue, runsOf, slotsOf, standingOf, touchedRing,
} from '../../../src/store/stage/ring-slots.ts';
import {
  changedBytes, headerOffset, indexSubject, liveReading, readSlot, stretches,
} from '../../../src/panels/lenses/rings/model.ts';
import type { StepView } from '../../../src/store/store.ts';
import type { RingPageView, RingView } from '../../../src/store/view.ts';

function page(index: number): RingPageView {
  return {
    index, gfn: 0x100 + index, mfn: 0x900 + index, life: 'mapped', ref: 8 + index, handle: index, untouched: false,
    entries: null, hot: false,
  };
}

function ring(change: Partial<RingView> = {}, pages = 4): RingView {
  return {
    queue: 0, direction: 'tx', slotSize: 12, entries: ringSize(pages * 4096, 12),
    pages: Array.from({ length: pages }, (_, i) => page(i)),
    header: { req_prod: 0, req_event: 1, rsp_prod: 0, rsp_event: 1 },
    front: { req_prod_pvt: 0, rsp_cons: 0 },
    back: { rsp_prod_pvt: 0, req_cons: 0 },
    vaddr: null, straddles: [], ...change,
  };
}

/** A ring in some state that its rules allow: from any rsp_cons on, so many slots of each kind. */
const lawful = fc
  .record({
    order: fc.integer({ min: 0, max: 12 }),
    base: fc.oneof(fc.integer({ min: 0, max: 0xffffffff }), fc.integer({ min: 0xfffff000, max: 0xffffffff })),
    cuts: fc.tuple(...Array.from({ length: 5 }, () => fc.double({ min: 0, max: 1, noNaN: true }))),
  })
  .map(({ order, base, cuts }) => {
    const entries = 2 ** order;
    const [a, b, c, d, e] = cuts.sort((x, y) => x - y).map((cut) => Math.round(cut * entries));
    const at = (ahead: number): number => (base + ahead) % 2 ** 32;
    const view = ring({
      entries,
      header: { rsp_prod: at(a!), req_prod: at(d!), req_event: 1, rsp_event: 1 },
      front: { rsp_cons: base, req_prod_pvt: at(e!) },
      back: { rsp_prod_pvt: at(b!), req_cons: at(c!) },
    });
    return { view, entries, counts: [a!, b! - a!, c! - b!, d! - c!, e! - d!, entries - e!] };
  });

describe('the states of slots', () => {
  test('follow from the indexes, wherever they stand and across 2^32', () => {
    fc.assert(
      fc.property(lawful, ({ view, counts }) => {
        const runs = runsOf(view);
        expect(runs).not.toBeNull();
        expect(SLOT_STATES.map((state) => countsOf(runs!)[state])).toEqual(counts);
      }),
      { numRuns: 500 },
    );
  });

  test('every slot is in one state, and its index selects it', () => {
    fc.assert(
      fc.property(lawful, fc.nat(), ({ view, entries }, any) => {
        const slot = any % entries;
        const runs = runsOf(view)!;
        const standing = standingOf(runs, slot, entries)!;
        expect(standing.index % entries).toBe(slot);
        expect(distance(view.front!.rsp_cons, standing.index)).toBeLessThan(entries);
        const run = runs.find(({ state }) => state === standing.state)!;
        expect(distance(run.from, standing.index)).toBeLessThan(run.count);
      }),
      { numRuns: 500 },
    );
  });

  it('are told apart by who has looked and who has published', () => {
    const view = ring({
      header: { req_prod: 10, req_event: 11, rsp_prod: 3, rsp_event: 4 },
      front: { req_prod_pvt: 12, rsp_cons: 1 },
      back: { rsp_prod_pvt: 5, req_cons: 6 },
    });
    const runs = runsOf(view)!;
    const state = (slot: number) => standingOf(runs, slot, 1024)?.state;
    expect([0, 1, 2, 3, 4, 5, 6, 9, 10, 11, 12, 1023].map(state)).toEqual([
      'free', 'rspPublished', 'rspPublished', 'rspWritten', 'rspWritten', 'taken', 'reqPublished', 'reqPublished',
      'reqWritten', 'reqWritten', 'free', 'free',
    ]);
    expect(standingOf(runs, 0, 1024)?.index).toBe(1024);
    expect(['rspPublished', 'rspWritten', 'taken', 'reqPublished', 'reqWritten', 'free'].map((one) =>
      liveReading(one as 'free'))).toEqual(['rsp', 'rsp', 'req', 'req', 'req', null]);
  });

  it('need no backend, and not even a frontend', () => {
    const header = { req_prod: 7, req_event: 1, rsp_prod: 2, rsp_event: 1 };
    expect(countsOf(runsOf(ring({ header, front: { req_prod_pvt: 7, rsp_cons: 2 }, back: null }))!).reqPublished).toBe(5);
    expect(countsOf(runsOf(ring({ header, front: null, back: { rsp_prod_pvt: 2, req_cons: 4 } }))!))
      .toMatchObject({ taken: 2, reqPublished: 3, free: 1019 });
  });

  it('are none before there is a header, and unknown where the indexes contradict each other', () => {
    expect(runsOf(ring({ header: null, front: null, back: null, entries: 0 }))).toEqual([]);
    expect(runsOf(ring({ header: { req_prod: 2000, req_event: 1, rsp_prod: 0, rsp_event: 1 } }))).toBeNull();
    expect(runsOf(ring({ back: { rsp_prod_pvt: 0, req_cons: 1 } }))).toBeNull();
    expect(standingOf(null, 3, 1024)).toBeNull();
    expect(liveReading(null)).toBeNull();
  });
});

describe('a slot that somebody typed', () => {
  it('is a slot, or something to say', () => {
    expect(readSlot(' 12 ', 256)).toEqual({ slot: 12 });
    expect(readSlot('', 256)).toBeNull();
    expect(readSlot('256', 256)).toEqual({ problem: 'beyond', typed: '256', instead: 0 });
    expect(readSlot('4294967295', 256)).toEqual({ problem: 'beyond', typed: '4294967295', instead: 255 });
    for (const typed of ['-1', '1.5', '0x10', 'twelve', '9'.repeat(40)]) {
      expect(readSlot(typed, 256)).toMatchObject({ problem: 'nonsense' });
    }
  });
});

describe('the indexes', () => {
  it('are four in the header and two with each side', () => {
    const view = ring({ back: { rsp_prod_pvt: 5, req_cons: 6 } });
    expect(INDEXES.map((index) => [index.name, headerOffset(index), indexValue(view, index)])).toEqual([
      ['req_prod', 0, 0], ['req_event', 4, 1], ['rsp_prod', 8, 0], ['rsp_event', 12, 1], ['req_prod_pvt', null, 0],
      ['rsp_cons', null, 0], ['req_cons', null, 6], ['rsp_prod_pvt', null, 5],
    ]);
    expect(indexValue(ring({ back: null }), INDEXES[6])).toBeNull();
  });

  it('can be asked about where they lie', () => {
    const view = ring({ queue: 3 });
    expect(indexSubject(view, INDEXES[2]).cell).toEqual({ cell: 'bytes', frame: 0x900, offset: 8, length: 4 });
    expect(indexSubject(view, INDEXES[4]).cell)
      .toEqual({ cell: 'slot', name: 'netfront:queue:3', part: ['tx', 'indexes', 'req_prod_pvt'] });
    expect(indexSubject(view, INDEXES[7]).cell)
      .toEqual({ cell: 'slot', name: 'netback:queue:3', part: ['tx', 'indexes', 'rsp_prod_pvt'] });
  });
});

/** A step that changed these words: machine frame, byte offset, before, after. */
function stepOf(...words: [number, number, number, number][]): StepView {
  const changes = words.map(([frame, offset, before, after]) => ({ cell: 'word' as const, frame, offset, before, after }));
  return {
    n: 0, thread: '', party: 'domU', key: '', stack: [], listing: [], effects: [], changes, changed: changes.length,
  };
}

describe('what a step changed', () => {
  it('is found slot by slot and byte by byte, over seams too, and not in the header or beyond', () => {
    const view = ring();
    // Slot 336 begins 4032 + 64 bytes into the ring: at byte 0 of page 1.
    const step = stepOf(
      [0x900, 0, 0, 5], [0x900, 64, 0, 0x00ff0001], [0x900, 4092, 0, 1], [0x901, 0, 0, 1], [0x903, 4092, 0, 1], [7, 64, 0, 1],
    );
    const found = changedBytes(view, step);
    expect([...found].map(([slot, bytes]) => [slot, [...bytes]])).toEqual([[0, [0, 2]], [335, [8]], [336, [0]]]);
    expect(changedBytes(view, null).size).toBe(0);
  });

  it('leads to the ring to show', () => {
    const still = ring();
    const moved = ring({ direction: 'rx', changed: ['req_prod'] });
    const written = ring({ queue: 1, pages: [{ ...page(0), mfn: 0xabc }] });
    const granted = ring({ queue: 2, pages: [{ ...page(0), mfn: 0xdef, hot: true }] });
    expect(touchedRing([still, moved], stepOf())).toBe(moved);
    expect(touchedRing([still, granted, written], stepOf([0xabc, 64, 0, 1]))).toBe(written);
    expect(touchedRing([still, granted], stepOf())).toBe(granted);
    expect(touchedRing([still], stepOf())).toBeNull();
    expect(touchedRing([still, moved], null)).toBeNull();
  });

  it('is drawn in stretches', () => {
    expect(stretches([5, 3, 4, 9])).toEqual([[3, 3], [9, 1]]);
    expect(stretches([])).toEqual([]);
  });
});

test('slots are known before the ring is initialised', () => {
  expect([1, 2, 4, 8, 16].map((pages) => slotsOf(ring({ entries: 0 }, pages)))).toEqual([256, 512, 1024, 2048, 4096]);
  expect([1, 2, 4, 8, 16].map((pages) => slotsOf(ring({ entries: 0, slotSize: 8 }, pages))))
    .toEqual([256, 512, 1024, 2048, 4096]);
});
