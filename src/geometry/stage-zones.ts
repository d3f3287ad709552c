// Where the zones of the stage stand, in flow coordinates (pixels at zoom 1). Authored: nothing here depends
// on a run.

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const SIDE = 276;
const MIDDLE = 404;
const GAP = 56;
const STRIP = 28;
const TOP = STRIP + 8;
const HEIGHT = 448;
const STORE = 156;

/**
 * The strip above the zones holds the key to the lines, the toolstack while it acts, and the map library's
 * name.
 */
export const ZONES = {
  key: { x: 0, y: 0, width: SIDE + GAP + MIDDLE, height: STRIP },
  toolstack: { x: SIDE + MIDDLE + 2 * GAP, y: 0, width: SIDE - 54, height: STRIP },
  domU: { x: 0, y: TOP, width: SIDE, height: HEIGHT },
  xenstore: { x: SIDE + GAP, y: TOP, width: MIDDLE, height: STORE },
  xen: { x: SIDE + GAP, y: TOP + STORE + 12, width: MIDDLE, height: HEIGHT - STORE - 12 },
  dom0: { x: SIDE + MIDDLE + 2 * GAP, y: TOP, width: SIDE, height: HEIGHT },
} as const satisfies Record<string, Rect>;

export const STAGE_SIZE = { width: 2 * SIDE + MIDDLE + 2 * GAP, height: TOP + HEIGHT } as const;

/** Part of the map's size that is left free around it, and between which scales it is drawn. */
export const FIT_PADDING = 0.012;
export const SMALLEST = 0.4;
export const LARGEST = 1.6;

function withoutPadding(room: number): number {
  return room - 2 * Math.floor((room - room / (1 + FIT_PADDING)) / 2);
}

/** Where the map lies and at which scale, so that all of it is seen in a box of that size. */
export function fitted(width: number, height: number): { x: number; y: number; zoom: number } {
  const fits = Math.min(withoutPadding(width) / STAGE_SIZE.width, withoutPadding(height) / STAGE_SIZE.height);
  const zoom = Math.min(Math.max(fits, SMALLEST), LARGEST);
  return { x: (width - STAGE_SIZE.width * zoom) / 2, y: (height - STAGE_SIZE.height * zoom) / 2, zoom };
}

/** Space between a zone's border and what is in it. */
export const ZONE_PAD = 12;

/** The rectangle of `inner`, given relative to a zone, in flow coordinates. */
export function inFlow(zone: Rect, inner: Rect): Rect {
  return { x: zone.x + inner.x, y: zone.y + inner.y, width: inner.width, height: inner.height };
}
