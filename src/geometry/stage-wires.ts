// The lines from a page through its grant entry to where it is mapped, as SVG path data in flow coordinates.
import { pathRound } from 'd3';
import type { Path } from 'd3';
import type { RowLine, RowSpan } from './stage-list.ts';
import type { GrantList, Rect, StageLayout } from './stage-zones.ts';

const CORNER = 5;

/** Of a layout, what lines are drawn between. */
export interface WireRoom {
  readonly zones: Pick<StageLayout['zones'], 'domU' | 'dom0'>;
  readonly list: Pick<GrantList, 'left' | 'right' | 'seam'>;
}

/** Where lines leave the frontend's zone and reach the backend's. */
function edges({ zones: { domU, dom0 } }: WireRoom): { front: number; back: number } {
  return { front: domU.x + domU.width, back: dom0.x };
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A tile and the height of its lane, both in flow coordinates. */
export interface PageAnchor {
  readonly tile: Rect;
  readonly lane: number;
}

export interface WirePath {
  readonly d: string;
  /** Where the wire is fastened: at the page, at the entry, at the mapped page. */
  readonly pins: readonly Point[];
}

/** How far, in pixels, the first and the last of many wires bend before or after the middle of the gap. */
const SPREAD = 13;

/**
 * A level start, a level end, and a bend between. `order` is the wire's place among its neighbours, from -1
 * (the top one) to 1: each bends at another place, so that they keep their distance where they run steeply.
 */
function bend(to: Path, x0: number, y0: number, x1: number, y1: number, order = 0): void {
  const middle = (x0 + x1) / 2 - order * SPREAD * Math.sign(y1 - y0);
  to.bezierCurveTo(middle, y0, middle, y1, x1, y1);
}

/** Along the entry: the line under its row. A row that is scrolled out has none. */
function along(to: Path, row: RowLine, end: number): void {
  if (row.shown) to.lineTo(end, row.y);
  else to.moveTo(end, row.y);
}

/**
 * The wire of one page. It rises from the frontend's tile, runs along its lane, crosses to the entry's row
 * and runs under it; with `back` it goes on to the backend's tile, from below. Without `back` it ends where
 * the entry ends.
 */
export function pageWire(
  layout: WireRoom, front: PageAnchor, row: RowLine, back: PageAnchor | null, order = 0,
): WirePath {
  const { list } = layout;
  const edge = edges(layout);
  const d = pathRound(1);
  const x = front.tile.x + front.tile.width / 2;
  const start = { x, y: front.tile.y };
  d.moveTo(start.x, start.y);
  d.arcTo(x, front.lane, x + CORNER, front.lane, Math.min(CORNER, start.y - front.lane));
  d.lineTo(edge.front, front.lane);
  bend(d, edge.front, front.lane, list.left, row.y, order);
  const entry = row.shown ? [{ x: list.left, y: row.y }] : [];
  if (back === null) {
    if (row.shown) d.lineTo(list.seam, row.y);
    return { d: d.toString(), pins: [start, ...entry] };
  }
  along(d, row, list.right);
  bend(d, list.right, row.y, edge.back, back.lane, order);
  const end = { x: back.tile.x + back.tile.width / 2, y: back.tile.y + back.tile.height };
  d.arcTo(end.x, back.lane, end.x, end.y, Math.min(CORNER, back.lane - end.y));
  d.lineTo(end.x, end.y);
  const exit = row.shown ? [{ x: list.right, y: row.y }] : [];
  return { d: d.toString(), pins: [start, ...entry, ...exit, end] };
}

/** A bracket beside rows or tiles, open towards `from`. */
function bracket(to: Path, x: number, top: number, bottom: number, from: number): void {
  to.moveTo(from, top);
  to.lineTo(x, top);
  to.lineTo(x, bottom);
  to.lineTo(from, bottom);
}

/**
 * One line for many pages: from `front` (a height at the right of the domU zone) to a bracket around the
 * rows, and with `back` (a height at the left of the dom0 zone) from a bracket on their other side.
 */
export function bundleWire(layout: WireRoom, front: Point, rows: RowSpan, back: Point | null): WirePath {
  const { list } = layout;
  const edge = edges(layout);
  const d = pathRound(1);
  const middle = (rows.top + rows.bottom) / 2;
  const tall = rows.shown && rows.bottom - rows.top > 20;
  const left = tall ? list.left - 6 : list.left;
  d.moveTo(front.x, front.y);
  d.lineTo(edge.front, front.y);
  bend(d, edge.front, front.y, left, middle);
  if (tall) bracket(d, left, rows.top, rows.bottom, list.left);
  if (back === null) return { d: d.toString(), pins: [] };
  const right = tall ? list.right + 6 : list.right;
  if (tall) bracket(d, right, rows.top, rows.bottom, list.right);
  d.moveTo(right, middle);
  bend(d, right, middle, edge.back, back.y);
  d.lineTo(back.x, back.y);
  return { d: d.toString(), pins: [] };
}

/**
 * The bracket that gathers a ring's tiles for its bundle, on the side that faces Xen, and the point the
 * bundle leaves.
 */
export function tilesBracket(tiles: readonly Rect[], side: 'front' | 'back'): { d: string; at: Point } {
  const d = pathRound(1);
  const top = Math.min(...tiles.map((tile) => tile.y)) + 2;
  const bottom = Math.max(...tiles.map((tile) => tile.y + tile.height)) - 2;
  const edge = side === 'front'
    ? Math.max(...tiles.map((tile) => tile.x + tile.width)) + 1
    : Math.min(...tiles.map((tile) => tile.x)) - 1;
  const x = side === 'front' ? edge + 4 : edge - 4;
  bracket(d, x, top, bottom, edge);
  return { d: d.toString(), at: { x, y: (top + bottom) / 2 } };
}

/**
 * One page's own line within a bundle: the current step's page, drawn over the bundle from and to the same
 * points.
 */
export function strandWire(layout: WireRoom, front: Point, row: RowLine, back: Point | null): WirePath {
  const { list } = layout;
  const edge = edges(layout);
  const d = pathRound(1);
  d.moveTo(front.x, front.y);
  d.lineTo(edge.front, front.y);
  bend(d, edge.front, front.y, list.left, row.y);
  const entry = row.shown ? [{ x: list.left, y: row.y }] : [];
  if (back === null) {
    if (row.shown) d.lineTo(list.seam, row.y);
    return { d: d.toString(), pins: entry };
  }
  along(d, row, list.right);
  bend(d, list.right, row.y, edge.back, back.y);
  d.lineTo(back.x, back.y);
  return { d: d.toString(), pins: entry };
}
