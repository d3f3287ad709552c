// The grant table's list in the Xen zone: which of its rows show, and the height of the line under each.
import { GRANT_ROW_HEIGHT } from './stage-zones.ts';
import type { GrantList } from './stage-zones.ts';

/** So far beyond its list, in pixels, ends the line of a row that is scrolled out: by no other row. */
const BEYOND = 9;

export interface RowLine {
  /** Height of the line; beyond the list's edge when the row is scrolled out. */
  readonly y: number;
  readonly shown: boolean;
}

/** The line under row `index` when the list is scrolled by `scroll` pixels. */
export function rowLine(list: GrantList, index: number, scroll: number): RowLine {
  const y = list.top + (index + 1) * GRANT_ROW_HEIGHT - 0.5 - scroll;
  const bottom = list.top + list.height;
  if (y < list.top + 4) return { y: list.top - BEYOND, shown: false };
  if (y > bottom) return { y: bottom + BEYOND, shown: false };
  return { y, shown: true };
}

export interface RowSpan {
  readonly top: number;
  readonly bottom: number;
  readonly shown: boolean;
}

/** The visible extent of rows `first` to `last`; a point beyond the list's edge when none shows. */
export function rowSpan(list: GrantList, first: number, last: number, scroll: number): RowSpan {
  const from = list.top + first * GRANT_ROW_HEIGHT - scroll + 2;
  const to = list.top + (last + 1) * GRANT_ROW_HEIGHT - scroll - 2;
  const bottom = list.top + list.height;
  if (to <= list.top) return { top: list.top - BEYOND, bottom: list.top - BEYOND, shown: false };
  if (from >= bottom) return { top: bottom + BEYOND, bottom: bottom + BEYOND, shown: false };
  return { top: Math.max(from, list.top), bottom: Math.min(to, bottom), shown: true };
}

/** The scroll that brings row `index` to the top of the list, or as near as the list's end lets it. */
export function scrollToTop(list: GrantList, index: number, rows: number): number {
  const most = Math.max(0, rows * GRANT_ROW_HEIGHT - list.height);
  return Math.min(most, Math.max(0, index * GRANT_ROW_HEIGHT));
}

/**
 * The scroll that shows row `index`: as it is when the row shows already, otherwise with the row in the
 * middle.
 */
export function scrollToShow(list: GrantList, index: number, rows: number, scroll: number): number {
  const top = index * GRANT_ROW_HEIGHT;
  if (top >= scroll && top + GRANT_ROW_HEIGHT <= scroll + list.height) return scroll;
  return scrollToTop(list, index - Math.floor((list.rows - 1) / 2), rows);
}
