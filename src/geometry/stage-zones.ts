// Where the zones of the stage stand, in flow coordinates (pixels at zoom 1): made for the room there is, so that text
// keeps a size that can be read and a larger page shows more. Nothing here depends on a run.

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type ZoneName = 'key' | 'toolstack' | 'domU' | 'xenstore' | 'xen' | 'dom0';

/** The part of the grant table's list that shows, in flow coordinates. */
export interface GrantList {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly height: number;
  /** Whole rows that show. */
  readonly rows: number;
  /** Where the entry ends and Xen's own columns (handle, machine frame) begin. */
  readonly seam: number;
}

export interface StageLayout {
  /** Of the whole plane. */
  readonly width: number;
  readonly height: number;
  /** Where the plane lies in its box when all of it is seen, and at which scale. */
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  /** All of it is seen; otherwise its box scrolls. */
  readonly fits: boolean;
  readonly zones: Readonly<Record<ZoneName, Rect>>;
  readonly list: GrantList;
  /** Keys of a xenstore directory that show. */
  readonly keys: number;
}

export const GRANT_ROW_HEIGHT = 16;
export const KEY_HEIGHT = 15;
/** Space between a zone's border and what is in it. */
export const ZONE_PAD = 12;
export const ZONE_HEAD = 28;

/** A plane smaller than this could not be read: its box scrolls instead. */
export const PLANE_MIN = { width: 880, height: 364 } as const;
/** At this size of its box the plane has everything at scale 1. */
const USUAL = { width: 1056, height: 452 } as const;
const LARGEST = 1.6;
/** Of what a box is larger than usual, this part makes things larger, and the rest shows more of them. */
const GROWTH = 0.5;
const TALLEST = 680;
/** Zones as high as this have a line more on each page. */
export const ROOMY = 500;

const EDGE = 8;
const STRIP = 26;
const BETWEEN = 8;
const CONTROLS = 60;
/** The height of a domain's zone where there is as much room as usual. */
const USUAL_HIGH = USUAL.height - STRIP - BETWEEN - EDGE;
/** Of a zone's height, what is not rows: titles, column heads, legends, the event channels. */
const STORE_REST = ZONE_HEAD + 16 + 20;
const XEN_REST = ZONE_HEAD + 16 + 18 + 56;
/** In a zone narrower than this the legend takes a second line; the style sheet says the same. */
const XEN_NARROW = 400;
const FEWEST = { keys: 3, rows: 4 } as const;
/** Widths of the grant table's columns after the entry: the handle, the machine frame and the zone's edge. */
const XEN_COLUMNS = 96;

const between = (least: number, value: number, most: number): number => Math.min(most, Math.max(least, value));

/** As wide as a narrow scrollbar gets. */
const SCROLLBAR = 11;

/** The layout of the map in a box of that size; in a box that is too low for it a scrollbar has its room beside it. */
export function stageLayout(outerWidth: number, boxHeight: number): StageLayout {
  const boxWidth = boxHeight < PLANE_MIN.height ? outerWidth - SCROLLBAR : outerWidth;
  const room = Math.min(boxWidth / USUAL.width, boxHeight / USUAL.height);
  const zoom = between(1, 1 + (room - 1) * GROWTH, LARGEST);
  const width = Math.max(PLANE_MIN.width, Math.floor(boxWidth / zoom));
  const height = between(PLANE_MIN.height, Math.floor(boxHeight / zoom), TALLEST);
  const side = Math.round((width - 2 * EDGE) * 0.2555);
  const gap = Math.round((width - 2 * EDGE) * 0.044);
  const middle = width - 2 * (EDGE + side + gap);
  const top = STRIP + BETWEEN;
  const high = height - top - EDGE;
  // Where there is less than usual, keys go first: the lens has all of them, and each ring page has its line to an entry.
  const spare = high - USUAL_HIGH;
  const keys = Math.max(FEWEST.keys, 5 + Math.floor(spare * (spare < 0 ? 1 : 0.5) / KEY_HEIGHT));
  const store = STORE_REST + keys * KEY_HEIGHT;
  const xen = { x: EDGE + side + gap, y: top + store + BETWEEN, width: middle, height: high - store - BETWEEN };
  const rest = XEN_REST + (middle < XEN_NARROW ? 16 : 0);
  const rows = Math.max(FEWEST.rows, Math.floor((xen.height - rest) / GRANT_ROW_HEIGHT));
  const right = width - EDGE - side;
  return {
    width,
    height,
    x: Math.max(0, (boxWidth - width * zoom) / 2),
    y: Math.max(0, (boxHeight - height * zoom) / 2),
    zoom,
    fits: width * zoom <= outerWidth && height * zoom <= boxHeight,
    zones: {
      key: { x: EDGE + CONTROLS, y: 4, width: right - 12 - EDGE - CONTROLS, height: STRIP },
      toolstack: { x: right, y: 4, width: side, height: STRIP },
      domU: { x: EDGE, y: top, width: side, height: high },
      xenstore: { x: xen.x, y: top, width: middle, height: store },
      xen,
      dom0: { x: right, y: top, width: side, height: high },
    },
    list: {
      left: xen.x + 1,
      right: xen.x + middle - 1,
      top: xen.y + ZONE_HEAD + 16,
      height: rows * GRANT_ROW_HEIGHT,
      rows,
      seam: xen.x + middle - XEN_COLUMNS,
    },
    keys,
  };
}

/** How large, and where, the plane is drawn so that all of it is in a box that may be smaller. */
export function wholeIn(
  layout: StageLayout, boxWidth: number, boxHeight: number,
): { x: number; y: number; zoom: number } {
  const zoom = Math.min(layout.zoom, boxWidth / layout.width, boxHeight / layout.height);
  return { x: (boxWidth - layout.width * zoom) / 2, y: (boxHeight - layout.height * zoom) / 2, zoom };
}

/** The rectangle of `inner`, given relative to a zone, in flow coordinates. */
export function inFlow(zone: Rect, inner: Rect): Rect {
  return { x: zone.x + inner.x, y: zone.y + inner.y, width: inner.width, height: inner.height };
}
