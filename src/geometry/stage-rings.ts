// Where ring pages lie inside the domU and dom0 zones, relative to the zone: the tiles and their wires share
// this.
import { ZONES, ZONE_PAD } from './stage-zones.ts';
import type { Rect } from './stage-zones.ts';

/**
 * `front` leaves space between pages; `back` draws them as one strip, for its virtual range is contiguous.
 */
export type RingSide = 'front' | 'back';

export interface RingsShape {
  /** Queues in the list; 1 draws no list. */
  readonly queues: number;
  /** Pages a ring. */
  readonly tx: number;
  readonly rx: number;
}

export interface RingBlock {
  /** Top of the caption. */
  readonly top: number;
  readonly size: TileSize;
  readonly columns: number;
  readonly gap: number;
  /** From the bottom of a row of tiles to the top of the next. */
  readonly rowGap: number;
  readonly tiles: readonly Rect[];
  /** Height at which each page's wire leaves the zone. Empty when the ring's wires are bundled. */
  readonly lanes: readonly number[];
  readonly bottom: number;
}

export interface RingsLayout {
  readonly queueRows: readonly Rect[];
  readonly tx: RingBlock;
  readonly rx: RingBlock;
  readonly bottom: number;
}

/** Two lines on a tile, one line, or a small cell with its number. */
export type TileSize = 'full' | 'line' | 'cell';

/**
 * More pages than this in view, and each ring gets one bundle of wires instead of a wire a page. The list of
 * queues takes the room of eight.
 */
const MOST_WIRES = { alone: 16, listed: 8 } as const;

/** Top of the rings in a zone: below its title and its state track. */
export const RINGS_TOP = 78;
export const CAPTION_HEIGHT = 16;
export const QUEUE_ROW_HEIGHT = 17;

const INNER = ZONES.domU.width - 2 * ZONE_PAD;
const LANE = 3.5;
const GUTTER = 16;

/** True when each page in view has a wire of its own. */
export function wirePerPage(shape: RingsShape): boolean {
  return shape.tx + shape.rx <= (shape.queues > 1 ? MOST_WIRES.listed : MOST_WIRES.alone);
}

const TILE_HEIGHT: Readonly<Record<TileSize, number>> = { full: 34, line: 20, cell: 18 };

function tileSize(pages: number, perPage: boolean): TileSize {
  if (pages <= 4) return 'full';
  return pages <= 8 && perPage ? 'line' : 'cell';
}

function ringBlock(top: number, pages: number, side: RingSide, perPage: boolean): RingBlock {
  const size = tileSize(pages, perPage);
  const columns = size === 'cell' ? 8 : 4;
  const gap = side === 'front' ? 4 : 0;
  const height = TILE_HEIGHT[size];
  const width = Math.floor((INNER - (columns - 1) * gap) / columns);
  // Wires leave the frontend's pages upwards and reach the backend's from below, so that none crosses
  // another.
  const above = perPage && side === 'front' ? GUTTER : 2;
  const below = perPage && side === 'back' ? GUTTER : 4;
  const rowGap = perPage ? GUTTER : gap;
  const first = top + CAPTION_HEIGHT + above;
  const tiles = Array.from({ length: pages }, (_, page) => ({
    x: ZONE_PAD + (page % columns) * (width + gap),
    y: first + Math.floor(page / columns) * (height + rowGap),
    width,
    height,
  }));
  const lanes = perPage
    ? tiles.map((tile, page) => side === 'front'
      ? tile.y - GUTTER + 1 + LANE * (1 + page % columns)
      : tile.y + tile.height - 1 + LANE * (1 + page % columns))
    : [];
  const rows = Math.max(1, Math.ceil(pages / columns));
  return {
    top, size, columns, gap, rowGap, tiles, lanes,
    bottom: first + rows * height + (rows - 1) * rowGap + below,
  };
}

/** The queue list, then the selected queue's TX ring, then its RX ring. */
export function ringsLayout(shape: RingsShape, side: RingSide): RingsLayout {
  const listed = shape.queues > 1 ? shape.queues : 0;
  const queueRows = Array.from({ length: listed }, (_, queue) => ({
    x: ZONE_PAD, y: RINGS_TOP + queue * QUEUE_ROW_HEIGHT, width: INNER, height: QUEUE_ROW_HEIGHT,
  }));
  const top = RINGS_TOP + (listed > 0 ? listed * QUEUE_ROW_HEIGHT + 8 : 0);
  const perPage = wirePerPage(shape);
  const tx = ringBlock(top, shape.tx, side, perPage);
  const rx = ringBlock(tx.bottom + 4, shape.rx, side, perPage);
  return { queueRows, tx, rx, bottom: rx.bottom };
}
