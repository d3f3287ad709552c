// The grant table's list in the Xen zone: which of its rows show, and the height of the line under each.
import { ZONES } from './stage-zones.ts';

export const GRANT_ROW_HEIGHT = 17;
export const GRANT_HEAD_HEIGHT = 16;
export const GRANT_ROWS_SHOWN = 9;

/** The part of the list that shows, in flow coordinates. */
export const GRANT_LIST = {
  left: ZONES.xen.x + 1,
  right: ZONES.xen.x + ZONES.xen.width - 1,
  top: ZONES.xen.y + 30 + GRANT_HEAD_HEIGHT,
  height: GRANT_ROWS_SHOWN * GRANT_ROW_HEIGHT,
  /** Where the entry ends and Xen's own columns (handle, machine frame) begin. */
  seam: ZONES.xen.x + 306,
} as const;

export interface RowLine {
  /** Height of the line; at the list's edge when the row is scrolled out. */
  readonly y: number;
  readonly shown: boolean;
}

/** The line under row `index` when the list is scrolled by `scroll` pixels. */
export function rowLine(index: number, scroll: number): RowLine {
  const y = GRANT_LIST.top + (index + 1) * GRANT_ROW_HEIGHT - 0.5 - scroll;
  const bottom = GRANT_LIST.top + GRANT_LIST.height;
  if (y < GRANT_LIST.top + 4) return { y: GRANT_LIST.top, shown: false };
  if (y > bottom) return { y: bottom, shown: false };
  return { y, shown: true };
}

export interface RowSpan {
  readonly top: number;
  readonly bottom: number;
  readonly shown: boolean;
}

/** The visible extent of rows `first` to `last`; a point at the list's edge when none shows. */
export function rowSpan(first: number, last: number, scroll: number): RowSpan {
  const from = GRANT_LIST.top + first * GRANT_ROW_HEIGHT - scroll + 2;
  const to = GRANT_LIST.top + (last + 1) * GRANT_ROW_HEIGHT - scroll - 2;
  const bottom = GRANT_LIST.top + GRANT_LIST.height;
  if (to <= GRANT_LIST.top) return { top: GRANT_LIST.top, bottom: GRANT_LIST.top, shown: false };
  if (from >= bottom) return { top: bottom, bottom, shown: false };
  return { top: Math.max(from, GRANT_LIST.top), bottom: Math.min(to, bottom), shown: true };
}

/** The scroll that brings row `index` to the top of the list, or as near as the list's end lets it. */
export function scrollToTop(index: number, rows: number): number {
  const most = Math.max(0, rows * GRANT_ROW_HEIGHT - GRANT_LIST.height);
  return Math.min(most, Math.max(0, index * GRANT_ROW_HEIGHT));
}

/**
 * The scroll that shows row `index`: as it is when the row shows already, otherwise with the row in the
 * middle.
 */
export function scrollToShow(index: number, rows: number, scroll: number): number {
  const top = index * GRANT_ROW_HEIGHT;
  if (top >= scroll && top + GRANT_ROW_HEIGHT <= scroll + GRANT_LIST.height) return scroll;
  return scrollToTop(index - (GRANT_ROWS_SHOWN - 1) / 2, rows);
}
