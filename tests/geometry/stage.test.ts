import { describe, expect, it } from 'vitest';
import { framesOf } from '../../src/geometry/stage-frames.ts';
import { nearColumns, nearLayout, nearRings } from '../../src/geometry/stage-near.ts';
import { rowLine, rowSpan, scrollToShow, scrollToTop } from '../../src/geometry/stage-list.ts';
import { ringsLayout, wirePerPage } from '../../src/geometry/stage-rings.ts';
import type { RingBlock, RingSide } from '../../src/geometry/stage-rings.ts';
import { bundleWire, pageWire, strandWire, tilesBracket } from '../../src/geometry/stage-wires.ts';
import {
  GRANT_ROW_HEIGHT, inFlow, KEY_HEIGHT, PLANE_MIN, stageLayout, wholeIn, ZONE_PAD,
} from '../../src/geometry/stage-zones.ts';
import type { Rect } from '../../src/geometry/stage-zones.ts';

const SHAPES = [1, 2, 4, 8, 16].flatMap((pages) =>
  [1, 3, 8].map((queues) => ({ queues, tx: pages, rx: pages })));
const SIDES: readonly RingSide[] = ['front', 'back'];
/** Of the stage's box, from the smallest that has a map to a very large one. */
const BOXES = [[768, 400], [880, 452], [1024, 400], [1056, 452], [1480, 610], [2120, 912], [3400, 1500], [2000, 300]] as const;

const layout = stageLayout(1056, 452);
const { zones, list } = layout;

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The ends of moves and lines of path data. */
function points(d: string): [number, number][] {
  return [...d.matchAll(/[ML]([\d.-]+),([\d.-]+)/g)].map((match) => [Number(match[1]), Number(match[2])]);
}

describe('the layout of the map', () => {
  it.each(BOXES)('in a box of %i by %i keeps zones apart, within the plane and as large as can be read', (width, height) => {
    const made = stageLayout(width, height);
    const all = Object.entries(made.zones);
    for (const [name, zone] of all) {
      expect(Math.min(zone.x, zone.y)).toBeGreaterThanOrEqual(0);
      expect(zone.x + zone.width).toBeLessThanOrEqual(made.width);
      expect(zone.y + zone.height).toBeLessThanOrEqual(made.height);
      for (const [other, rect] of all) {
        if (name !== other && overlap(zone, rect)) throw new Error(`${name} overlaps ${other}`);
      }
    }
    // The smallest text is 11 pixels: at scale 1 or more it can be read.
    expect(made.zoom).toBeGreaterThanOrEqual(1);
    expect(made.width).toBeGreaterThanOrEqual(PLANE_MIN.width);
    expect(made.height).toBeGreaterThanOrEqual(PLANE_MIN.height);
  });

  it.each(BOXES)('in a box of %i by %i has the rows that it says there are', (width, height) => {
    const made = stageLayout(width, height);
    expect(made.list.height).toBe(made.list.rows * GRANT_ROW_HEIGHT);
    expect(made.list.top + made.list.height).toBeLessThan(made.zones.xen.y + made.zones.xen.height);
    expect(made.keys * KEY_HEIGHT).toBeLessThan(made.zones.xenstore.height);
  });

  it('fills a box of the usual size, and uses a larger one both to grow and to show more', () => {
    expect(layout).toMatchObject({ width: 1056, height: 452, x: 0, y: 0, zoom: 1 });
    const large = stageLayout(2120, 912);
    expect(large.zoom).toBeGreaterThan(1.3);
    expect(large.list.rows).toBeGreaterThan(list.rows);
    expect(large.keys).toBeGreaterThan(layout.keys);
    expect(large.width * large.zoom).toBeGreaterThan(2100);
  });

  it('has room for the pool and the eight entries of the usual run at 1440 by 900', () => {
    expect(list.rows).toBeGreaterThanOrEqual(9);
  });

  it('leaves room for a scrollbar beside it in a box that is too low for it', () => {
    expect(stageLayout(940, PLANE_MIN.height).width).toBe(940);
    expect(stageLayout(940, PLANE_MIN.height - 1).width).toBe(929);
  });

  it('is seen whole in a box that is smaller than its plane', () => {
    const small = stageLayout(768, 360);
    const { x, y, zoom } = wholeIn(small, 768, 360);
    expect(zoom).toBeLessThan(1);
    expect(small.width * zoom).toBeLessThanOrEqual(768);
    expect(small.height * zoom).toBeLessThanOrEqual(360);
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
  });
});

describe('a zone that has the stage to itself', () => {
  const boxOf = (width: number, height: number) => nearLayout(width, height, stageLayout(width, height));

  it.each(BOXES)('fills a box of %i by %i, larger than on the whole map where there is room', (width, height) => {
    const near = boxOf(width, height);
    expect(near.zoom).toBeGreaterThanOrEqual(1);
    expect(near.x + near.width * near.zoom).toBeGreaterThan(width - 12);
    expect(near.list.top + near.list.height).toBeLessThan(near.height);
    expect(near.list.rows).toBeGreaterThan(0);
    expect(near.keys * KEY_HEIGHT).toBeLessThan(near.height);
    if (width >= 1024 && height >= 360) expect(near.zoom / stageLayout(width, height).zoom).toBeGreaterThan(1.3);
  });

  it.each(SHAPES)('keeps its parts apart and inside: $tx pages, $queues queues', (shape) => {
    for (const [width, height] of [[1056, 427], [1024, 365], [2120, 912]] as const) {
      const { zones: { domU: zone } } = boxOf(width, height);
      for (const side of SIDES) {
        const { queueRows, tx, rx, figures } = nearRings(shape, side, zone);
        const columns = nearColumns(zone.width, shape.queues > 1);
        const tiles = [...tx.tiles, ...rx.tiles];
        expect(tx.tiles).toHaveLength(shape.tx);
        expect(figures).toBeLessThan(zone.height / 4);
        for (const [index, rect] of tiles.entries()) {
          expect(rect.x + rect.width - ZONE_PAD).toBeLessThanOrEqual(columns[shape.queues > 1 ? 1 : 0]!.width);
          expect(rect.y + rect.height).toBeLessThan(zone.height);
          for (const other of tiles.slice(index + 1)) expect(overlap(rect, other)).toBe(false);
        }
        for (const row of queueRows) expect(row.y + row.height).toBeLessThan(zone.height);
        for (const [at, column] of columns.entries()) {
          const next = columns[at + 1];
          expect(column.x + column.width).toBeLessThanOrEqual(next === undefined ? zone.width - ZONE_PAD : next.x - ZONE_PAD);
        }
      }
    }
  });

  it('says more on each tile than the whole map does', () => {
    const { zones: { domU: zone } } = boxOf(1056, 427);
    const many = { queues: 8, tx: 16, rx: 16 };
    expect(ringsLayout(many, 'front', zones.domU).tx.size).toBe('cell');
    expect(nearRings(many, 'front', zone).tx.size).toBe('line');
    expect(nearRings({ queues: 1, tx: 4, rx: 4 }, 'back', zone).rx.tiles[0]!.height)
      .toBeGreaterThan(ringsLayout({ queues: 1, tx: 4, rx: 4 }, 'back', zones.dom0).rx.tiles[0]!.height);
  });
});

describe('the rings of a zone', () => {
  it.each(SHAPES)('stay inside it and apart: $tx pages, $queues queues', (shape) => {
    for (const side of SIDES) {
      const { queueRows, tx, rx, bottom } = ringsLayout(shape, side, zones.domU);
      const rects = [...queueRows, ...tx.tiles, ...rx.tiles];
      expect(tx.tiles).toHaveLength(shape.tx);
      expect(rx.tiles).toHaveLength(shape.rx);
      for (const [index, rect] of rects.entries()) {
        expect(rect.x).toBeGreaterThanOrEqual(ZONE_PAD);
        expect(rect.x + rect.width).toBeLessThanOrEqual(zones.domU.width - ZONE_PAD);
        for (const other of rects.slice(index + 1)) expect(overlap(rect, other)).toBe(false);
      }
      expect(tx.bottom).toBeLessThan(rx.top);
      expect(bottom).toBeLessThan(zones.domU.height - 40);
    }
  });

  it('are there whole in a drawer\'s low stage, for as much as can be', () => {
    const { domU, dom0 } = stageLayout(1024, 364).zones;
    const most = { queues: 8, tx: 16, rx: 16 };
    expect(ringsLayout(most, 'front', domU).bottom).toBeLessThanOrEqual(domU.height);
    expect(ringsLayout(most, 'back', dom0).bottom).toBeLessThanOrEqual(dom0.height);
  });

  it('have tiles with one line more where the zone is high', () => {
    const shape = { queues: 1, tx: 4, rx: 4 };
    const high = (side: RingSide, zone: Rect): number => ringsLayout(shape, side, zone).tx.tiles[0]!.height;
    const large = stageLayout(2120, 912).zones.domU;
    for (const side of SIDES) expect(high(side, large)).toBeGreaterThan(high(side, zones.domU));
  });

  it('are listed by queue only when there are several', () => {
    expect(ringsLayout({ queues: 1, tx: 1, rx: 1 }, 'front', zones.domU).queueRows).toHaveLength(0);
    expect(ringsLayout({ queues: 3, tx: 1, rx: 1 }, 'front', zones.domU).queueRows).toHaveLength(3);
  });

  it('have a wire a page up to eight pages a ring, beside a list of queues up to four, and none of their own beyond', () => {
    expect(wirePerPage({ queues: 1, tx: 8, rx: 8 })).toBe(true);
    expect(wirePerPage({ queues: 1, tx: 16, rx: 1 })).toBe(false);
    expect(wirePerPage({ queues: 1, tx: 16, rx: 0 })).toBe(false);
    expect(wirePerPage({ queues: 2, tx: 4, rx: 4 })).toBe(true);
    expect(wirePerPage({ queues: 2, tx: 8, rx: 8 })).toBe(false);
    expect(ringsLayout({ queues: 1, tx: 8, rx: 8 }, 'front', zones.domU).tx.lanes).toHaveLength(8);
    expect(ringsLayout({ queues: 1, tx: 16, rx: 16 }, 'front', zones.domU).tx.lanes).toHaveLength(0);
  });

  it('have wires that can be drawn, whatever their sizes, and while one of the two is not there yet or no longer', () => {
    const sizes = [0, 1, 2, 4, 8, 16];
    for (const queues of [1, 2, 8]) {
      for (const { tx, rx } of sizes.flatMap((one) => sizes.map((other) => ({ tx: one, rx: other })))) {
        const [front, back] = [ringsLayout({ queues, tx, rx }, 'front', zones.domU), ringsLayout({ queues, tx, rx }, 'back', zones.dom0)];
        for (const ring of ['tx', 'rx'] as const) {
          for (const [page, lane] of front[ring].lanes.entries()) {
            const from = { tile: front[ring].tiles[page]!, lane };
            const to = { tile: back[ring].tiles[page]!, lane: back[ring].lanes[page]! };
            expect([tx, rx, page, from.lane < from.tile.y, to.lane > to.tile.y + to.tile.height]).toEqual([tx, rx, page, true, true]);
            expect(pageWire(layout, from, rowLine(list, 0, 0), to).d).not.toContain('NaN');
          }
        }
      }
    }
  });

  it.each([1, 2, 4, 8])('give %i pages lanes in page order that pass no tile', (pages) => {
    const shape = { queues: 1, tx: pages, rx: pages };
    for (const side of SIDES) {
      const rings = ringsLayout(shape, side, zones.domU);
      const lanes = [...rings.tx.lanes, ...rings.rx.lanes];
      expect(lanes).toEqual([...lanes].sort((a, b) => a - b));
      const clear = (block: RingBlock): void => {
        for (const lane of block.lanes) {
          for (const tile of block.tiles) expect(lane > tile.y && lane < tile.y + tile.height).toBe(false);
        }
      };
      clear(rings.tx);
      clear(rings.rx);
    }
  });

  it('lie without gaps on the backend’s side, where their addresses are contiguous', () => {
    const { tx } = ringsLayout({ queues: 1, tx: 4, rx: 4 }, 'back', zones.dom0);
    const ends = tx.tiles.map((tile) => tile.x + tile.width);
    expect(tx.tiles.slice(1).map((tile) => tile.x)).toEqual(ends.slice(0, -1));
  });
});

describe('the machine frames of a mapped ring', () => {
  const page = (index: number, mfn: number, handle: number | null = index) =>
    ({ index, mfn, ref: 2056 + index, handle, hot: false });

  it('lie apart beneath pages that lie together', () => {
    const pages = framesOf([{ direction: 'tx', pages: [page(0, 0x900), page(1, 0x100), page(2, 0x500)] }]);
    expect(pages.slice(1).map(({ from }) => from)).toEqual(pages.slice(0, -1).map(({ to }) => to));
    expect(pages[2]!.to).toBeCloseTo(48);
    const [first, second, third] = pages.map(({ at }) => at);
    expect(second).toBeLessThan(third!);
    expect(third).toBeLessThan(first!);
    expect(third).toBeCloseTo((first! + second!) / 2);
  });

  it('are drawn only of what is mapped, at places that they keep whatever else is', () => {
    const rx = { direction: 'rx', pages: [page(0, 7), page(1, 8, null)] } as const;
    const pages = framesOf([{ direction: 'tx', pages: [page(0, 5), page(1, 9, null)] }, rx]);
    expect(pages.map(({ key, from, to }) => [key, from, to])).toEqual([['tx0', 0, 24], ['rx0', 52, 76]]);
    const more = framesOf([{ direction: 'tx', pages: [page(0, 5), page(1, 9)] }, rx]);
    expect(more.filter(({ key }) => key !== 'tx1')).toEqual(pages);
    expect(framesOf([rx]).map(({ from }) => from)).toEqual([52]);
    expect(framesOf([])).toEqual([]);
    expect(framesOf([{ direction: 'tx', pages: [page(0, 5)] }])[0]!.at).not.toBeNaN();
  });
});

describe('the grant list', () => {
  const bottom = list.top + list.height;

  it('shows its first rows unscrolled and ends the others at its edges', () => {
    expect(rowLine(list, 0, 0)).toEqual({ y: list.top + GRANT_ROW_HEIGHT - 0.5, shown: true });
    expect(rowLine(list, list.rows - 1, 0).shown).toBe(true);
    expect(rowLine(list, list.rows, 0)).toEqual({ y: bottom + 9, shown: false });
    expect(rowLine(list, 0, 100)).toEqual({ y: list.top - 9, shown: false });
  });

  it('clips a span of rows to what shows', () => {
    expect(rowSpan(list, 0, 99, 0)).toEqual({ top: list.top + 2, bottom, shown: true });
    expect(rowSpan(list, 20, 30, 0)).toEqual({ top: bottom + 9, bottom: bottom + 9, shown: false });
    expect(rowSpan(list, 0, 1, 200)).toEqual({ top: list.top - 9, bottom: list.top - 9, shown: false });
  });

  it('scrolls no further than its end, and not at all to a row that shows', () => {
    expect(scrollToShow(list, 3, 40, 0)).toBe(0);
    const to = scrollToShow(list, 25, 40, 0);
    expect(rowLine(list, 25, to).shown).toBe(true);
    expect(scrollToShow(list, 39, 40, 0)).toBe(40 * GRANT_ROW_HEIGHT - list.height);
    expect(scrollToTop(list, -2, 40)).toBe(0);
    expect(scrollToTop(list, 39, 40)).toBe(40 * GRANT_ROW_HEIGHT - list.height);
  });
});

describe('a wire', () => {
  const shape = { queues: 1, tx: 4, rx: 4 };
  const anchor = (side: RingSide, page: number) => {
    const zone = side === 'front' ? zones.domU : zones.dom0;
    const block = ringsLayout(shape, side, zone).tx;
    return { tile: inFlow(zone, block.tiles[page] as Rect), lane: zone.y + (block.lanes[page] as number) };
  };

  it('of a mapped page begins on its tile, runs under its entry, and ends on the mapped tile', () => {
    const front = anchor('front', 2);
    const back = anchor('back', 2);
    const row = rowLine(list, 3, 0);
    const { d, pins } = pageWire(layout, front, row, back);
    const along = points(d);
    expect(along[0]).toEqual([front.tile.x + front.tile.width / 2, front.tile.y]);
    expect(along.at(-1)).toEqual([back.tile.x + back.tile.width / 2, back.tile.y + back.tile.height]);
    expect(along).toContainEqual([list.right, row.y]);
    expect(pins).toHaveLength(4);
    expect(d).not.toContain('NaN');
  });

  it('of a page that is only granted ends where the entry ends', () => {
    const row = rowLine(list, 3, 0);
    const { d, pins } = pageWire(layout, anchor('front', 0), row, null);
    expect(points(d).at(-1)).toEqual([list.seam, row.y]);
    expect(pins).toHaveLength(2);
  });

  it('to a row that is scrolled out stops at the list’s edge and draws nothing inside it', () => {
    const row = rowLine(list, 30, 0);
    const granted = pageWire(layout, anchor('front', 0), row, null);
    expect(granted.d.endsWith(`${list.left},${row.y}`)).toBe(true);
    const mapped = pageWire(layout, anchor('front', 0), row, anchor('back', 0));
    expect(mapped.d).toContain(`M${list.right},${row.y}`);
    expect(mapped.pins).toHaveLength(2);
  });

  it('of a bundle goes from one bracket to the other', () => {
    const { tx } = ringsLayout({ queues: 1, tx: 16, rx: 16 }, 'front', zones.domU);
    const tiles = tx.tiles.map((tile) => inFlow(zones.domU, tile));
    const from = tilesBracket(tiles, 'front');
    expect(from.at.x).toBeGreaterThan(Math.max(...tiles.map((tile) => tile.x + tile.width)));
    expect(from.at.x).toBeLessThan(zones.domU.x + zones.domU.width);
    const span = rowSpan(list, 1, 8, 0);
    const { d } = bundleWire(layout, from.at, span, { x: 800, y: 200 });
    expect(points(d)[0]).toEqual([from.at.x, from.at.y]);
    expect(points(d).at(-1)).toEqual([800, 200]);
    expect(points(d)).toContainEqual([list.left, span.top]);
    expect(points(d)).toContainEqual([list.right, span.bottom]);
    const strand = strandWire(layout, from.at, rowLine(list, 2, 0), null);
    expect(points(strand.d)[0]).toEqual([from.at.x, from.at.y]);
    expect(points(strand.d).at(-1)).toEqual([list.seam, rowLine(list, 2, 0).y]);
  });
});
