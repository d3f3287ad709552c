import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { RefObject, UIEvent } from 'react';
import { afterLayout } from '../../../store/after-layout.ts';
import { drawnRows, topToReach, topToShow } from './windowing.ts';

/** Below this width fingers choose rows. */
const NARROW = '(max-width: 767px)';
/** Height of a row in pixels; the style sheet takes it from the element. */
const ROW = { fine: 24, coarse: 44 } as const;
/** What says that there is more covers so much of an edge; a low row has as much beneath its words as the rest of it takes. */
const SIGN = { fine: 14, coarse: 26 } as const;
/** What says that there is more to the right covers so much of the line of headings. */
export const ASIDE = 48;
/** Before a box is laid out. */
const UNKNOWN = 240;

function onNarrow(changed: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** The height of a row where the page has its present width. */
function useRowHeight(): number {
  return useSyncExternalStore(onNarrow, () => (matchMedia(NARROW).matches ? ROW.coarse : ROW.fine));
}

/**
 * Scrolls sideways until the first value that the step changed can be seen, and another column begins beside the first one, which
 * stays where it is.
 */
function showChanged(box: HTMLElement): void {
  const changed = box.querySelector('[data-changed]')?.getBoundingClientRect();
  if (changed === undefined) return;
  const { left, width } = box.querySelector('[role=rowheader]')!.getBoundingClientRect();
  const beyond = changed.right - (left + box.clientWidth);
  if (beyond <= 0) {
    box.scrollLeft += Math.min(0, changed.left - left - width);
    return;
  }
  const starts = [...box.querySelectorAll('[role=columnheader]')].map((head) => head.getBoundingClientRect().left - left - width);
  box.scrollLeft += starts.find((start) => start >= beyond + ASIDE) ?? box.scrollWidth;
}

interface Window {
  box: RefObject<HTMLDivElement | null>;
  row: number;
  /** Rows drawn: from `first` on, up to but without `end`. */
  first: number;
  end: number;
  onScroll: (event: UIEvent<HTMLElement>) => void;
  /** Scrolls as little as shows that row. */
  reach: (index: number) => void;
  /** Rows that fit. */
  fits: number;
}

/**
 * Draws only the rows of a scrolling box that can be seen. `head`: the height that a row above them covers, in rows. When the
 * step on screen (`moment`) becomes another, the box scrolls so that row `hot` can be seen, and nothing around it moves; until
 * then it stays where a person scrolled it. -1: no row is hot. `sought`: a row that somebody asks about, which goes first, and
 * is scrolled to whenever there is another one; -1 for none. `home`: the row that a box begins with which nothing has scrolled,
 * where none is hot; -1 for none.
 */
export function useRows(count: number, hot: number, moment: unknown, head: 0 | 1, sought = -1, home = -1): Window {
  const box = useRef<HTMLDivElement>(null);
  const row = useRowHeight();
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(UNKNOWN);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const coarse = row === ROW.coarse;
  const sign = coarse ? SIGN.coarse : head * SIGN.fine;
  const covered = head * ROW.fine + sign;
  const view = Math.max(height - covered, row);
  /** What says so at the upper edge, beneath the row above them; a box of hardly a row has no room to spare for it. */
  const over = view >= row + SIGN.fine ? head * SIGN.fine : 0;
  const scroll = (to: number): void => {
    if (box.current !== null && to !== top) box.current.scrollTop = to;
  };
  const latest = useRef({ hot, home, row, covered, over });
  useEffect(() => {
    latest.current = { hot: sought < 0 ? hot : sought, home, row, covered, over };
  });
  const shown = useRef<readonly unknown[]>([]);
  const laidOut = height > 0;
  useEffect(() => {
    const [before, about] = shown.current;
    if (!laidOut || (before === moment && (sought < 0 || sought === about))) return undefined;
    return afterLayout(() => {
      const now = latest.current;
      const element = box.current;
      // What cannot be seen cannot be scrolled: it waits until it is shown.
      if (element?.closest('[hidden]')) return;
      shown.current = [moment, sought];
      if (element === null) return;
      showChanged(element);
      const goesHome = now.hot < 0 && element.scrollTop === 0;
      if ((goesHome ? now.home : now.hot) < 0) return;
      // Now that it is drawn, sizes cost nothing, and are right even before the observer has told them.
      const { scrollTop, clientHeight } = element;
      const room = clientHeight - now.covered;
      // The box may have become lower than when it was rendered.
      const above = room >= now.row + now.over ? now.over : 0;
      const wanted = goesHome ? now.home * now.row
        : topToShow(now.hot, scrollTop + above, Math.max(room - above, now.row), now.row);
      const to = Math.max(0, wanted - above);
      if (to === scrollTop) return;
      element.scrollTop = to;
      setTop(element.scrollTop);
    });
  }, [moment, sought, laidOut]);
  const [first, end] = drawnRows(top, view, row, count);
  return {
    box,
    row,
    first,
    end,
    onScroll: (event) => setTop(event.currentTarget.scrollTop),
    reach: (index) => scroll(Math.max(0, topToReach(index, top + over, Math.max(view - over, row), row) - over)),
    fits: Math.max(1, Math.floor((view - over) / row)),
  };
}
