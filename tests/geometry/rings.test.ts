import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { placeOfSpan, slotAtShare, spansOfSlots } from '../../src/geometry/ring-bytes.ts';
import {
  CIRCLE, bandPath, degrees, leaderPath, scalePath, scaleStep, slotAngle, slotAtPoint, spread,
} from '../../src/geometry/ring-circle.ts';

const TURN = 2 * Math.PI;
const slots = fc.integer({ min: 0, max: 12 }).map((order) => 2 ** order);
const index = fc.integer({ min: 0, max: 0xffffffff });

describe('the circle', () => {
  it('begins at the top and goes clockwise; an index stands at the slot that it selects', () => {
    expect(degrees(slotAngle(0, 256))).toBe(0);
    expect(degrees(slotAngle(64, 256))).toBeCloseTo(90);
    expect(slotAngle(256 + 64, 256)).toBe(slotAngle(64, 256));
    expect(slotAngle(0xffffffff, 256)).toBe(slotAngle(255, 256));
  });

  test('a point in the middle of a slot shows that slot', () => {
    fc.assert(
      fc.property(slots, fc.nat(), fc.integer({ min: 1, max: 100 }), (count, any, radius) => {
        const slot = any % count;
        const angle = (TURN * (slot + 0.5)) / count;
        expect(slotAtPoint(radius * Math.sin(angle), -radius * Math.cos(angle), count)).toBe(slot);
      }),
    );
  });

  it('draws one slot of thousands wide enough to be seen, and a quarter as a quarter', () => {
    expect(bandPath(7, 1, 4096)).not.toBe(bandPath(7, 200, 4096));
    expect(bandPath(7, 1, 4096).length).toBeGreaterThan(20);
    const [, x, y] = /^M([-\d.]+),([-\d.]+)/.exec(bandPath(0, 64, 256)) ?? [];
    expect([Number(x), Number(y)]).toEqual([0, -CIRCLE.outer]);
  });

  test('its scale has a mark every power of two of slots, and never more than there is room for', () => {
    fc.assert(
      fc.property(slots, (count) => {
        const step = scaleStep(count);
        expect(Number.isInteger(Math.log2(step))).toBe(true);
        expect(scalePath(count).split('M').length - 1).toBe(count / step);
        expect(count / step).toBeLessThanOrEqual(128);
      }),
    );
  });

  test('marks keep apart and in order, and one that has room stands where it belongs', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: TURN, maxExcluded: true, noNaN: true }), { maxLength: 4 }), (angles) => {
        const radius = CIRCLE.inside;
        const gap = 9.5 / radius;
        const shown = spread(angles, radius);
        expect(shown).toHaveLength(angles.length);
        for (const [i, a] of shown.entries()) {
          for (const [j, b] of shown.entries()) {
            if (i >= j) continue;
            const between = Math.abs(a - b) % TURN;
            expect(Math.min(between, TURN - between)).toBeGreaterThan(gap - 1e-9);
          }
          const alone = angles.every((other, j) => {
            const between = Math.abs(other - angles[i]!);
            return i === j || Math.min(between, TURN - between) > 4 * gap;
          });
          if (alone) expect(Math.cos(a - angles[i]!)).toBeCloseTo(1);
        }
      }),
    );
  });

  it('puts marks of the same index side by side around it', () => {
    const [a, b, c] = spread([1, 1, 1], 10);
    expect(b).toBeCloseTo(1);
    expect(b! - a!).toBeCloseTo(0.95);
    expect(c! - b!).toBeCloseTo(0.95);
    expect(spread([], 10)).toEqual([]);
    expect(leaderPath(0, 0, 50, 57)).toBe('M0,-50L0,-57');
  });
});

describe('the line of bytes', () => {
  const shape = { header: 64, slotSize: 12, slots: 1024 };

  it('has slots behind the header, and two spans for those that go around', () => {
    expect(spansOfSlots(0, 1024, shape)).toEqual([[64, 12_288]]);
    expect(spansOfSlots(1023, 3, shape)).toEqual([[64 + 1023 * 12, 12], [64, 24]]);
    expect(spansOfSlots(1030, 1024, shape)).toEqual([[64 + 6 * 12, 1018 * 12], [64, 72]]);
  });

  test('every slot is in its spans once', () => {
    fc.assert(
      fc.property(slots, index, fc.nat(), (count, from, any) => {
        const length = 1 + (any % count);
        const spans = spansOfSlots(from, length, { header: 64, slotSize: 8, slots: count });
        const found = spans.flatMap(([at, bytes]) => Array.from({ length: bytes / 8 }, (_, i) => (at - 64) / 8 + i));
        const wanted = Array.from({ length }, (_, i) => (from + i) % count);
        expect(found.sort((a, b) => a - b)).toEqual(wanted.sort((a, b) => a - b));
      }),
    );
  });

  it('is to scale, and says which slot a point is on', () => {
    expect(placeOfSpan([4096, 4096], 16_384)).toEqual({ left: '25%', width: '25%' });
    expect(slotAtShare(64 / 16_384, 16_384, shape)).toBe(0);
    expect(slotAtShare(0, 16_384, shape)).toBeNull();
    expect(slotAtShare((64 + 1024 * 12 - 1) / 16_384, 16_384, shape)).toBe(1023);
    expect(slotAtShare((64 + 1024 * 12) / 16_384, 16_384, shape)).toBeNull();
  });
});
