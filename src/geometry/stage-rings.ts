// Where ring pages lie inside the domU and dom0 zones, relative to the zone: the tiles and their wires share
// this.
import { ROOMY, ZONE_HEAD, ZONE_PAD } from './stage-zones.ts';
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

type Room = Pick<Rect, 'width' | 'height'>;

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
  /** Top of what the zone says below its pages. */
  readonly figures: number;
}

/** Lines of text on a tile, one line, or a small cell with its number. */
export type TileSize = 'full' | 'line' | 'cell';

/**
 * More pages than this in one of the two rings, and each gets one bundle of wires instead of a wire a page: as soon as the
 * first of them is there. The list of queues takes the room of half of them.
 */
const MOST_WIRES = { alone: 8, listed: 4 } as const;

/** Top of the rings in a zone: below its title and its state track. */
export const RINGS_TOP = ZONE_HEAD + 44;
export const CAPTION_HEIGHT = 16;
export const QUEUE_ROW_HEIGHT = 17;
/** In a zone lower than this, eight queues leave no room for the second ring: there their rows stand closer. */
const LOW = 340;
const LOW_ROW_HEIGHT = 14;

const LINE = 14;
/** A tile narrower than this has no room for what its last line would say: a reference, or that there is no handle. */
const WIDE_ENOUGH: Readonly<Record<RingSide, number>> = { front: 60, back: 68 };
const LANE = 3.5;
const GUTTER = 16;

/** True when each page in view has a wire of its own. */
export function wirePerPage(shape: RingsShape): boolean {
  return Math.max(shape.tx, shape.rx) <= (shape.queues > 1 ? MOST_WIRES.listed : MOST_WIRES.alone);
}

/** On the backend's side a full tile has a third line: the machine frame behind the address. */
const TILE_HEIGHT: Readonly<Record<RingSide, Readonly<Record<TileSize, number>>>> = {
  front: { full: 34, line: 20, cell: 18 },
  back: { full: 45, line: 20, cell: 18 },
};

/** A longer list of queues leaves no room for tiles of several lines. */
const MOST_LISTED = 4;

function tileSize(pages: number, perPage: boolean, queues: number): TileSize {
  if (pages <= 4 && queues <= MOST_LISTED) return 'full';
  return perPage ? 'line' : 'cell';
}

function ringBlock(
  top: number, pages: number, side: RingSide, queues: number, perPage: boolean, { width: zoneWidth, height: zoneHeight }: Room,
): RingBlock {
  const inner = zoneWidth - 2 * ZONE_PAD;
  const size = tileSize(pages, perPage, queues);
  const columns = size === 'cell' ? 8 : 4;
  const gap = side === 'front' ? 4 : 0;
  const width = Math.floor((inner - (columns - 1) * gap) / columns);
  const more = size === 'full' && zoneHeight >= ROOMY && width >= WIDE_ENOUGH[side];
  const height = TILE_HEIGHT[side][size] + (more ? LINE : 0);
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

/** The queue list, then the selected queue's TX ring, then its RX ring, in a zone of that size. */
export function ringsLayout(shape: RingsShape, side: RingSide, zone: Room): RingsLayout {
  const listed = shape.queues > 1 ? shape.queues : 0;
  const height = zone.height < LOW ? LOW_ROW_HEIGHT : QUEUE_ROW_HEIGHT;
  const queueRows = Array.from({ length: listed }, (_, queue) => ({
    x: ZONE_PAD, y: RINGS_TOP + queue * height, width: zone.width - 2 * ZONE_PAD, height,
  }));
  const top = RINGS_TOP + (listed > 0 ? listed * height + 8 : 0);
  const perPage = wirePerPage(shape);
  const tx = ringBlock(top, shape.tx, side, shape.queues, perPage, zone);
  const rx = ringBlock(tx.bottom + 4, shape.rx, side, shape.queues, perPage, zone);
  return { queueRows, tx, rx, bottom: rx.bottom, figures: rx.bottom + 4 };
}
