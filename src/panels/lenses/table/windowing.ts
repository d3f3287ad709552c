/** Which rows of a long list of equal rows are drawn. Pure; all in pixels. */

/** Rows beyond what can be seen, so that a short scroll shows no gap. */
const MARGIN = 4;

/** First row drawn, and the one after the last. */
export function drawnRows(top: number, height: number, row: number, count: number): readonly [number, number] {
  const first = Math.max(0, Math.min(count, Math.floor(top / row) - MARGIN));
  return [first, Math.min(count, Math.ceil((top + height) / row) + MARGIN)];
}

/** Where to scroll so that row `index` can be seen: `top` if it can be, else so that it is in the middle. */
export function topToShow(index: number, top: number, height: number, row: number): number {
  const at = index * row;
  return at >= top && at + row <= top + height ? top : Math.max(0, index - Math.floor((height - row) / 2 / row)) * row;
}

/** As little as possible, for whoever moves row by row. */
export function topToReach(index: number, top: number, height: number, row: number): number {
  const at = index * row;
  if (at < top) return at;
  return at + row > top + height ? at + row - height : top;
}
