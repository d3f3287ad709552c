// The layout of one zone that a person zoomed to: it has the stage to itself, larger, and its parts side by side.
import { CAPTION_HEIGHT, QUEUE_ROW_HEIGHT, RINGS_TOP } from './stage-rings.ts';
import type { RingBlock, RingSide, RingsLayout, RingsShape, TileSize } from './stage-rings.ts';
import { GRANT_ROW_HEIGHT, KEY_HEIGHT, ZONE_HEAD, ZONE_PAD } from './stage-zones.ts';
import type { Rect, StageLayout } from './stage-zones.ts';

/** From the zone to the edges of its box, as it is seen. */
export const NEAR_EDGE = 8;
/** So much larger than on the whole map, where there is room. */
const ENLARGED = 1.5;
/** A zone with less room is enlarged less; and with less than that its box scrolls. */
const LEAST = { width: 744, height: 256 } as const;
const FOOT = 8;
/** Between columns. */
const APART = 16;
/** Parts of the width: the queues, and the rings beside them; the rings alone. */
const COLUMNS = { queues: 0.255, rings: 0.387, alone: 0.56 } as const;
/** Of a zone's height, what is neither rows nor keys. */
const XEN_REST = ZONE_HEAD + 16 + 18 + FOOT;
const STORE_REST = ZONE_HEAD + 16 + 20 + FOOT;

/** The zone alone in a box of that size. `usual`: the layout of the whole map there. */
export function nearLayout(boxWidth: number, boxHeight: number, usual: StageLayout): StageLayout {
  const room = { width: boxWidth - 2 * NEAR_EDGE, height: boxHeight - 2 * NEAR_EDGE };
  const zoom = Math.max(1, Math.min(usual.zoom * ENLARGED, room.width / LEAST.width, room.height / LEAST.height));
  const width = Math.max(LEAST.width, Math.floor(room.width / zoom));
  const height = Math.max(LEAST.height, Math.floor(room.height / zoom));
  const zone = { x: 0, y: 0, width, height };
  const rows = Math.floor((height - XEN_REST) / GRANT_ROW_HEIGHT);
  return {
    width, height, zoom, x: NEAR_EDGE, y: NEAR_EDGE,
    // What is higher than the box scrolls.
    fits: false,
    zones: { key: zone, toolstack: zone, domU: zone, xenstore: zone, xen: zone, dom0: zone },
    list: { left: 0, right: width, top: ZONE_HEAD + 16, height: rows * GRANT_ROW_HEIGHT, rows, seam: width },
    keys: Math.floor((height - STORE_REST) / KEY_HEIGHT),
  };
}

/** Left edge and width of a domain's columns in a zone of that width: with a list of queues there are three. */
export function nearColumns(zoneWidth: number, listed: boolean): Pick<Rect, 'x' | 'width'>[] {
  const inner = zoneWidth - 2 * ZONE_PAD;
  const parts = listed ? [COLUMNS.queues, COLUMNS.rings] : [COLUMNS.alone];
  const widths = parts.map((part) => Math.floor(part * inner));
  const taken = widths.reduce((sum, width) => sum + width + APART, 0);
  let x = ZONE_PAD;
  return [...widths, inner - taken].map((width) => {
    const column = { x, width };
    x += width + APART;
    return column;
  });
}

interface Tiles {
  readonly size: TileSize;
  readonly columns: number;
  readonly height: number;
  readonly rowGap: number;
}

/** What tiles can look like, the best first: lines of text in each need a height. */
const TILES: Readonly<Record<RingSide, readonly Tiles[]>> = {
  front: [
    { size: 'full', columns: 4, height: 48, rowGap: 4 }, { size: 'full', columns: 4, height: 34, rowGap: 4 },
    { size: 'line', columns: 4, height: 20, rowGap: 2 }, { size: 'cell', columns: 8, height: 18, rowGap: 2 },
  ],
  back: [
    { size: 'full', columns: 4, height: 59, rowGap: 0 }, { size: 'full', columns: 4, height: 45, rowGap: 0 },
    { size: 'line', columns: 4, height: 20, rowGap: 0 }, { size: 'cell', columns: 8, height: 18, rowGap: 0 },
  ],
};

function heightOf({ columns, height, rowGap }: Tiles, pages: number): number {
  return Math.ceil(pages / columns) * (height + rowGap) - rowGap;
}

/** The pages of one ring from `top` on, in the best look that so much height has room for. */
function ringBlock(top: number, pages: number, side: RingSide, width: number, height: number): RingBlock {
  const looks = TILES[side];
  const look = looks.find((one) => heightOf(one, pages) <= height - CAPTION_HEIGHT) ?? looks.at(-1)!;
  const gap = side === 'front' ? 4 : 0;
  const tile = Math.floor((width - (look.columns - 1) * gap) / look.columns);
  const first = top + CAPTION_HEIGHT;
  return {
    top, size: look.size, columns: look.columns, gap, rowGap: look.rowGap, lanes: [],
    tiles: Array.from({ length: pages }, (_, page) => ({
      x: ZONE_PAD + (page % look.columns) * (tile + gap),
      y: first + Math.floor(page / look.columns) * (look.height + look.rowGap),
      width: tile,
      height: look.height,
    })),
    bottom: first + heightOf(look, pages),
  };
}

/** The queues, the rings and what is known of them, each at the top of its column: see {@link nearColumns}. */
export function nearRings(shape: RingsShape, side: RingSide, zone: Pick<Rect, 'width' | 'height'>): RingsLayout {
  const listed = shape.queues > 1;
  const columns = nearColumns(zone.width, listed);
  const width = columns[listed ? 1 : 0]!.width;
  // Without queues the rings stand below the states of their end.
  const top = listed ? ZONE_HEAD + 4 : RINGS_TOP;
  const each = Math.floor((zone.height - top - FOOT - 4) / 2);
  const tx = ringBlock(top, shape.tx, side, width, each);
  const rx = ringBlock(tx.bottom + Math.min(16, FOOT + each - (tx.bottom - top)), shape.rx, side, width, each);
  return {
    queueRows: Array.from({ length: listed ? shape.queues : 0 }, (_, queue) => (
      { x: ZONE_PAD, y: RINGS_TOP + queue * QUEUE_ROW_HEIGHT, width: columns[0]!.width, height: QUEUE_ROW_HEIGHT }
    )),
    tx, rx, bottom: rx.bottom, figures: ZONE_HEAD + 4,
  };
}
