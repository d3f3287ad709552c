import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react';
import type { RefObject, UIEvent } from 'react';
import { useMedia } from '../../../parts/use-media.ts';
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
/** Scrolling by a fraction of a pixel is nobody's doing. */
const NEAR = 1;

/**
 * Scrolls sideways until the first value that the step changed can be seen, and another column begins beside the first one, which
 * stays where it is; where it changed none, back to the beginning if the box still is where this left it, at `left`.
 */
function showChanged(box: HTMLElement, left: number): void {
  const changed = box.querySelector('[data-changed]')?.getBoundingClientRect();
  if (changed === undefined) {
    if (box.scrollLeft === left) box.scrollLeft = 0;
    return;
  }
  const first = box.querySelector('[role=rowheader]')!.getBoundingClientRect();
  const beyond = changed.right - (first.left + box.clientWidth);
  if (beyond <= 0) {
    box.scrollLeft += Math.min(0, changed.left - first.right);
    return;
  }
  const starts = [...box.querySelectorAll('[role=columnheader]')].map((head) => head.getBoundingClientRect().left - first.right);
  box.scrollLeft += starts.find((start) => start >= beyond + ASIDE) ?? box.scrollWidth;
}

/** How far a box is scrolled, where it was left, and for which moment and which row sought: all that draws nothing anew by itself. */
function rememberScroll() {
  let top = 0;
  let left = 0;
  let last: { moment: unknown; sought: number } | null = null;
  return {
    top: () => top,
    to(at: number): void {
      top = at;
    },
    /** Did no person scroll a box since, that can be scrolled as far as `most`? With fewer rows it scrolls back by itself. */
    isUntouched: (at: number, most: number): boolean => Math.abs(at - Math.min(left, Math.max(0, most))) <= NEAR,
    leave(at: number): void {
      left = at;
    },
    isFor: (moment: unknown, sought: number): boolean => last !== null && last.moment === moment && (sought < 0 || sought === last.sought),
    isNowFor(moment: unknown, sought: number): void {
      last = { moment, sought };
    },
  };
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
 * is scrolled to whenever there is another one; -1 for none. Each step brings a box back to its first row that no person
 * scrolled, so that the same step is the same picture on every way to it; but with a `home` it begins with that row, and
 * stays where a step scrolled it: of a long table, every other step would leap away from the rows that change.
 */
export function useRows(count: number, hot: number, moment: unknown, head: 0 | 1, sought = -1, home?: number): Window {
  const box = useRef<HTMLDivElement>(null);
  const coarse = useMedia(NARROW);
  const row = coarse ? ROW.coarse : ROW.fine;
  const [measured, setMeasured] = useState<number | null>(null);
  const height = measured ?? UNKNOWN;
  const [, drawAnew] = useReducer((times: number) => times + 1, 0);
  const [scrolled] = useState(rememberScroll);
  /** How far sideways it was left. */
  const across = useRef(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setMeasured(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const sign = coarse ? SIGN.coarse : head * SIGN.fine;
  const covered = head * ROW.fine + sign;
  const laidOut = height > 0;
  /** What the signs leave of a box of that height, and what the upper one covers; a box of hardly a row has no room to spare for it. */
  const roomIn = (high: number): { view: number; over: number } => {
    const view = Math.max(high - covered, row);
    return { view, over: view >= row + SIGN.fine ? head * SIGN.fine : 0 };
  };
  /** Where a box of that height, scrolled to `from`, is to be scrolled to for what is shown. */
  const topFor = (from: number, high: number): number => {
    const { view, over } = roomIn(high);
    const most = head * ROW.fine + count * row - high;
    const within = (to: number): number => Math.max(0, Math.min(to, most));
    const returns = home === undefined ? scrolled.isUntouched(from, most) : from === 0;
    const start = returns ? within((home ?? 0) * row - over) : from;
    const line = sought < 0 ? hot : sought;
    return line < 0 ? start : within(topToShow(line, start + over, Math.max(view - over, row), row) - over);
  };
  const due = laidOut && !scrolled.isFor(moment, sought);
  const { view, over } = roomIn(height);
  // Where it will be scrolled to once it is laid out: drawn for where it is, it would be drawn twice.
  const [first, end] = drawnRows(due && measured !== null ? topFor(scrolled.top(), height) : scrolled.top(), view, row, count);
  const moved = (to: number): void => {
    scrolled.to(to);
    const [from, until] = drawnRows(to, view, row, count);
    if (from !== first || until !== end) drawAnew();
  };
  const latest = useRef({ topFor, moved });
  useEffect(() => {
    latest.current = { topFor, moved };
  });
  useEffect(() => {
    if (!due) return undefined;
    return afterLayout(() => {
      const element = box.current;
      // What cannot be seen cannot be scrolled: it waits until it is shown.
      if (element?.closest('[hidden]')) return;
      scrolled.isNowFor(moment, sought);
      if (element === null) return;
      showChanged(element, across.current);
      across.current = element.scrollLeft;
      // Now that it is drawn, sizes cost nothing, and are right even before the observer has told them.
      const { scrollTop, clientHeight, scrollHeight } = element;
      const untouched = scrolled.isUntouched(scrollTop, scrollHeight - clientHeight);
      const to = latest.current.topFor(scrollTop, clientHeight);
      if (to !== scrollTop) element.scrollTop = to;
      const top = to === scrollTop ? scrollTop : element.scrollTop;
      if (to !== scrollTop || untouched) scrolled.leave(top);
      latest.current.moved(top);
    });
  }, [moment, sought, due, scrolled]);
  return {
    box,
    row,
    first,
    end,
    onScroll: (event) => moved(event.currentTarget.scrollTop),
    reach: (index) => {
      const to = Math.max(0, topToReach(index, scrolled.top() + over, Math.max(view - over, row), row) - over);
      if (box.current !== null && to !== scrolled.top()) box.current.scrollTop = to;
    },
    fits: Math.max(1, Math.floor((view - over) / row)),
  };
}
