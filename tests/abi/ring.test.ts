import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  PAGE_SIZE, blkifRing, netifCtrlRing, netifRxRing, netifTxRing, pagesTouched, ringSize, roundDownPow2, seams,
  slotOffset,
} from '../../src/abi/index.ts';

const TX = netifTxRing.entry.size;
const RX = netifRxRing.entry.size;

describe('slot sizes', () => {
  it('are those of the larger of request and response', () => {
    expect([TX, RX, netifCtrlRing.entry.size, blkifRing.entry.size]).toEqual([12, 8, 16, 112]);
  });
});

describe('ringSize', () => {
  it('is a power of two that fits, and twice as many would not', () => {
    const lengths = fc.integer({ min: 64, max: 1 << 24 });
    fc.assert(fc.property(lengths, fc.integer({ min: 1, max: 4096 }), (len, slot) => {
      const slots = ringSize(len, slot);
      if (slots === 0) return 64 + slot > len;
      return Number.isInteger(Math.log2(slots)) && 64 + slots * slot <= len && 64 + 2 * slots * slot > len;
    }), { numRuns: 2000 });
  });

  it('is 0 when not even the header fits', () => {
    expect(ringSize(0, 8)).toBe(0);
    expect(ringSize(63, 8)).toBe(0);
  });
});

describe('roundDownPow2', () => {
  it('covers the whole of u32', () => {
    expect([0, 1, 3, 4, 0x7fffffff, 0x80000000, 0xffffffff].map(roundDownPow2))
      .toEqual([0, 1, 2, 4, 0x40000000, 0x80000000, 0x80000000]);
  });
});

describe('pagesTouched', () => {
  it('counts the pages that hold header or slots', () => {
    expect([1, 2, 3, 4, 8, 16].map((pages) => pagesTouched(pages, TX))).toEqual([1, 2, 2, 4, 7, 13]);
    expect([1, 2, 3, 4, 8, 16].map((pages) => pagesTouched(pages, RX))).toEqual([1, 2, 3, 3, 5, 9]);
  });
});

describe('seams', () => {
  it('finds the tx slots that lie on two pages', () => {
    expect(seams(4, TX)).toEqual([
      { page: 2, slot: 677, before: 4, after: 8 },
      { page: 3, slot: 1018, before: 8, after: 4 },
    ]);
  });

  it('finds none where the slots end before the boundary, and none for rx', () => {
    expect(seams(2, TX)).toEqual([]);
    expect(seams(3, TX)).toEqual([]);
    expect(seams(16, RX)).toEqual([]);
  });

  it('agrees with the offsets of the slots', () => {
    const pageCounts = fc.integer({ min: 1, max: 32 });
    fc.assert(fc.property(pageCounts, fc.integer({ min: 4, max: 128 }), (pages, slot) => {
      const slots = ringSize(pages * PAGE_SIZE, slot);
      const straddling: number[] = [];
      for (let i = 0; i < slots; i++) {
        const first = slotOffset(slot, slots, i);
        if (Math.floor(first / PAGE_SIZE) !== Math.floor((first + slot - 1) / PAGE_SIZE)) straddling.push(i);
      }
      expect(seams(pages, slot).map((seam) => seam.slot)).toEqual(straddling);
    }), { numRuns: 100 });
  });
});

describe('slotOffset', () => {
  it('takes free-running indices, also beyond 2^31', () => {
    expect(slotOffset(TX, 256, 0xffffffff)).toBe(64 + 255 * 12);
    expect(slotOffset(TX, 256, 256)).toBe(64);
  });
});
