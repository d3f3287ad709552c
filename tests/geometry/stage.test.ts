import { describe, expect, it } from 'vitest';
import {
  GRANT_LIST, GRANT_ROW_HEIGHT, GRANT_ROWS_SHOWN, rowLine, rowSpan, scrollToShow, scrollToTop,
} from '../../src/geometry/stage-list.ts';
import { ringsLayout, wirePerPage } from '../../src/geometry/stage-rings.ts';
import type { RingBlock, RingSide } from '../../src/geometry/stage-rings.ts';
import { bundleWire, pageWire, strandWire, tilesBracket } from '../../src/geometry/stage-wires.ts';
import { fitted, inFlow, LARGEST, SMALLEST, STAGE_SIZE, ZONE_PAD, ZONES } from '../../src/geometry/stage-zones.ts';
import type { Rect } from '../../src/geometry/stage-zones.ts';

const SHAPES = [1, 2, 4, 8, 16].flatMap((pages) =>
  [1, 3, 8].map((queues) => ({ queues, tx: pages, rx: pages })));
const SIDES: readonly RingSide[] = ['front', 'back'];

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/**
 * The coordinate pairs of path data; `bezierCurveTo` gives three, `arcTo` is drawn as an SVG arc with its end
 * last.
 */
function points(d: string): [number, number][] {
  return [...d.matchAll(/[ML]([\d.-]+),([\d.-]+)/g)].map((match) => [Number(match[1]), Number(match[2])]);
}

describe('the zones', () => {
  it('do not overlap and fill the stage', () => {
    const zones = Object.entries(ZONES);
    for (const [name, zone] of zones) {
      expect(zone.x + zone.width).toBeLessThanOrEqual(STAGE_SIZE.width);
      expect(zone.y + zone.height).toBeLessThanOrEqual(STAGE_SIZE.height);
      for (const [other, rect] of zones) {
        if (name !== other && overlap(zone, rect)) throw new Error(`${name} overlaps ${other}`);
      }
    }
    expect(ZONES.dom0.x + ZONES.dom0.width).toBe(STAGE_SIZE.width);
    expect(ZONES.dom0.y + ZONES.dom0.height).toBe(STAGE_SIZE.height);
  });
});

describe('the rings of a zone', () => {
  it.each(SHAPES)('stay inside it and apart: $tx pages, $queues queues', (shape) => {
    for (const side of SIDES) {
      const { queueRows, tx, rx, bottom } = ringsLayout(shape, side);
      const rects = [...queueRows, ...tx.tiles, ...rx.tiles];
      expect(tx.tiles).toHaveLength(shape.tx);
      expect(rx.tiles).toHaveLength(shape.rx);
      for (const [index, rect] of rects.entries()) {
        expect(rect.x).toBeGreaterThanOrEqual(ZONE_PAD);
        expect(rect.x + rect.width).toBeLessThanOrEqual(ZONES.domU.width - ZONE_PAD);
        for (const other of rects.slice(index + 1)) expect(overlap(rect, other)).toBe(false);
      }
      expect(tx.bottom).toBeLessThan(rx.top);
      expect(bottom).toBeLessThan(ZONES.domU.height - 60);
    }
  });

  it('are listed by queue only when there are several', () => {
    expect(ringsLayout({ queues: 1, tx: 1, rx: 1 }, 'front').queueRows).toHaveLength(0);
    expect(ringsLayout({ queues: 3, tx: 1, rx: 1 }, 'front').queueRows).toHaveLength(3);
  });

  it('have a wire a page up to 16 pages in view, and none of their own beyond', () => {
    expect(wirePerPage({ queues: 1, tx: 8, rx: 8 })).toBe(true);
    expect(wirePerPage({ queues: 1, tx: 16, rx: 1 })).toBe(false);
    expect(wirePerPage({ queues: 2, tx: 4, rx: 4 })).toBe(true);
    expect(wirePerPage({ queues: 2, tx: 8, rx: 8 })).toBe(false);
    expect(ringsLayout({ queues: 1, tx: 8, rx: 8 }, 'front').tx.lanes).toHaveLength(8);
    expect(ringsLayout({ queues: 1, tx: 16, rx: 16 }, 'front').tx.lanes).toHaveLength(0);
  });

  it.each([1, 2, 4, 8])('give %i pages lanes in page order that pass no tile', (pages) => {
    const shape = { queues: 1, tx: pages, rx: pages };
    for (const side of SIDES) {
      const layout = ringsLayout(shape, side);
      const lanes = [...layout.tx.lanes, ...layout.rx.lanes];
      expect(lanes).toEqual([...lanes].sort((a, b) => a - b));
      const clear = (block: RingBlock): void => {
        for (const lane of block.lanes) {
          for (const tile of block.tiles) expect(lane > tile.y && lane < tile.y + tile.height).toBe(false);
        }
      };
      clear(layout.tx);
      clear(layout.rx);
    }
  });

  it('lie without gaps on the backend’s side, where their addresses are contiguous', () => {
    const { tx } = ringsLayout({ queues: 1, tx: 4, rx: 4 }, 'back');
    const ends = tx.tiles.map((tile) => tile.x + tile.width);
    expect(tx.tiles.slice(1).map((tile) => tile.x)).toEqual(ends.slice(0, -1));
  });
});

describe('the grant list', () => {
  const bottom = GRANT_LIST.top + GRANT_LIST.height;

  it('lies inside the Xen zone', () => {
    expect(GRANT_LIST.top).toBeGreaterThan(ZONES.xen.y);
    expect(bottom).toBeLessThan(ZONES.xen.y + ZONES.xen.height);
  });

  it('shows its first rows unscrolled and ends the others at its edges', () => {
    expect(rowLine(0, 0)).toEqual({ y: GRANT_LIST.top + GRANT_ROW_HEIGHT - 0.5, shown: true });
    expect(rowLine(GRANT_ROWS_SHOWN - 1, 0).shown).toBe(true);
    expect(rowLine(GRANT_ROWS_SHOWN, 0)).toEqual({ y: bottom, shown: false });
    expect(rowLine(0, 100)).toEqual({ y: GRANT_LIST.top, shown: false });
  });

  it('clips a span of rows to what shows', () => {
    expect(rowSpan(0, 99, 0)).toEqual({ top: GRANT_LIST.top + 2, bottom, shown: true });
    expect(rowSpan(20, 30, 0)).toEqual({ top: bottom, bottom, shown: false });
    expect(rowSpan(0, 1, 200)).toEqual({ top: GRANT_LIST.top, bottom: GRANT_LIST.top, shown: false });
  });

  it('scrolls no further than its end, and not at all to a row that shows', () => {
    expect(scrollToShow(3, 40, 0)).toBe(0);
    const to = scrollToShow(25, 40, 0);
    expect(rowLine(25, to).shown).toBe(true);
    expect(scrollToShow(39, 40, 0)).toBe(40 * GRANT_ROW_HEIGHT - GRANT_LIST.height);
    expect(scrollToTop(-2, 40)).toBe(0);
    expect(scrollToTop(39, 40)).toBe(40 * GRANT_ROW_HEIGHT - GRANT_LIST.height);
  });
});

describe('a wire', () => {
  const shape = { queues: 1, tx: 4, rx: 4 };
  const anchor = (side: RingSide, page: number) => {
    const block = ringsLayout(shape, side).tx;
    const zone = side === 'front' ? ZONES.domU : ZONES.dom0;
    return { tile: inFlow(zone, block.tiles[page] as Rect), lane: zone.y + (block.lanes[page] as number) };
  };

  it('of a mapped page begins on its tile, runs under its entry, and ends on the mapped tile', () => {
    const front = anchor('front', 2);
    const back = anchor('back', 2);
    const row = rowLine(3, 0);
    const { d, pins } = pageWire(front, row, back);
    const along = points(d);
    expect(along[0]).toEqual([front.tile.x + front.tile.width / 2, front.tile.y]);
    expect(along.at(-1)).toEqual([back.tile.x + back.tile.width / 2, back.tile.y + back.tile.height]);
    expect(along).toContainEqual([GRANT_LIST.right, row.y]);
    expect(pins).toHaveLength(4);
    expect(d).not.toContain('NaN');
  });

  it('of a page that is only granted ends where the entry ends', () => {
    const row = rowLine(3, 0);
    const { d, pins } = pageWire(anchor('front', 0), row, null);
    expect(points(d).at(-1)).toEqual([GRANT_LIST.seam, row.y]);
    expect(pins).toHaveLength(2);
  });

  it('to a row that is scrolled out stops at the list’s edge and draws nothing inside it', () => {
    const row = rowLine(30, 0);
    const granted = pageWire(anchor('front', 0), row, null);
    expect(granted.d.endsWith(`${GRANT_LIST.left},${row.y}`)).toBe(true);
    const mapped = pageWire(anchor('front', 0), row, anchor('back', 0));
    expect(mapped.d).toContain(`M${GRANT_LIST.right},${row.y}`);
    expect(mapped.pins).toHaveLength(2);
  });

  it('of a bundle goes from one bracket to the other', () => {
    const { tx } = ringsLayout({ queues: 1, tx: 16, rx: 16 }, 'front');
    const tiles = tx.tiles.map((tile) => inFlow(ZONES.domU, tile));
    const from = tilesBracket(tiles, 'front');
    expect(from.at.x).toBeGreaterThan(Math.max(...tiles.map((tile) => tile.x + tile.width)));
    expect(from.at.x).toBeLessThan(ZONES.domU.x + ZONES.domU.width);
    const span = rowSpan(1, 8, 0);
    const { d } = bundleWire(from.at, span, { x: 760, y: 200 });
    expect(points(d)[0]).toEqual([from.at.x, from.at.y]);
    expect(points(d).at(-1)).toEqual([760, 200]);
    expect(points(d)).toContainEqual([GRANT_LIST.left, span.top]);
    expect(points(d)).toContainEqual([GRANT_LIST.right, span.bottom]);
    const strand = strandWire(from.at, rowLine(2, 0), null);
    expect(points(strand.d)[0]).toEqual([from.at.x, from.at.y]);
    expect(points(strand.d).at(-1)).toEqual([GRANT_LIST.seam, rowLine(2, 0).y]);
  });
});

describe('the whole map in a box', () => {
  it.each([[1059, 454], [400, 900], [3000, 500]])('%i by %i has it in the middle, as large as fits', (width, height) => {
    const { x, y, zoom } = fitted(width, height);
    const [right, bottom] = [width - x - STAGE_SIZE.width * zoom, height - y - STAGE_SIZE.height * zoom];
    expect(x).toBeCloseTo(right);
    expect(y).toBeCloseTo(bottom);
    if (zoom > SMALLEST) expect(Math.min(x, y)).toBeGreaterThan(0);
    if (zoom > SMALLEST) expect(Math.min(x / width, y / height)).toBeLessThan(0.01);
  });

  it('is never drawn larger or smaller than can be read', () => {
    expect(fitted(10_000, 10_000).zoom).toBe(LARGEST);
    expect(fitted(10, 10).zoom).toBe(SMALLEST);
  });
});
