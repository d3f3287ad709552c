import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { afterLayout } from '../../store/after-layout.ts';

/** What is to be seen, most wanted first: of all that a step changed, what belongs to the line of a page. */
const SEEN = ['[data-asked]', '[data-hot][data-line]', '[data-hot]'];

/** What stays at the top of its box, over what scrolls. */
const PINNED = '[data-pinned]';

/** What can be seen elsewhere as well: no box scrolls for it. */
const ELSEWHERE = '[data-elsewhere]';

/** Where a box goes back to. */
const HOME = '[data-home]';

/** What is read as a whole: none of them is seen by half beneath the sign that there is more. */
const LINES = 'tr, li, h4, p, figure';

/** Scrolling by a fraction of a pixel is nobody's doing. */
const NEAR = 1;

/** Of the edges of a box, how much may be hidden by what says that there is more there, in pixels. */
interface Signs {
  above: number;
  below: number;
}

/**
 * A ref for a scrolling box that shows `part`. When `part` becomes another object, the box (and nothing
 * around it) scrolls so that what the current step changed in it can be seen; until then it stays where a
 * person scrolled it. With `returns` it goes back to what is marked with `data-home`, or to its top, where the step
 * changed nothing in it and no person scrolled it, so that the same step is the same picture on every way to it. The box must be an
 * offset parent of all in it. With `signs` it scrolls past whole blocks alone (`data-block`), and no further than needed,
 * so that nothing is cut by what says that there is more.
 * `asked`: what somebody wants to know about in it; the part marked with `data-asked` is then the one to see.
 */
export function useHotInView<T extends HTMLElement>(
  part: unknown, { returns = false, signs, asked = '' }: { returns?: boolean; signs?: Signs; asked?: string } = {},
): RefObject<T | null> {
  const box = useRef<T>(null);
  const shown = useRef<readonly unknown[]>([]);
  /** Where it was last scrolled to from here. */
  const set = useRef(0);
  useEffect(() => {
    const around = box.current;
    if (signs === undefined || around === null) return undefined;
    const cover = (): void => coverLine(around, signs);
    const observer = new ResizeObserver(cover);
    observer.observe(around);
    around.addEventListener('scroll', cover, { passive: true });
    return () => {
      observer.disconnect();
      around.removeEventListener('scroll', cover);
    };
  }, [signs]);
  useEffect(() => {
    const [before, about] = shown.current;
    if (before === part && (asked === '' || asked === about)) return undefined;
    return afterLayout(() => {
      shown.current = [part, asked];
      const around = box.current;
      if (around === null) return;
      // With less in it than before, a box scrolls back by itself.
      const left = Math.min(set.current, around.scrollHeight - around.clientHeight);
      const untouched = Math.abs(around.scrollTop - left) <= NEAR;
      const from = returns && untouched ? homeOf(around) : around.scrollTop;
      const hot = SEEN.flatMap((what) => [...around.querySelectorAll<HTMLElement>(what)])
        .find((one) => isIn(one, around) && !one.matches(PINNED) && !one.matches(ELSEWHERE));
      const to = hot === undefined ? from : signs === undefined ? scrollFor(hot, around, from) : blockFor(hot, around, from, signs);
      if (signs !== undefined) makeRoom(around, to);
      if (to !== around.scrollTop) {
        around.scrollTop = to;
        set.current = around.scrollTop;
      }
      if (signs !== undefined) coverLine(around, signs);
    });
  }, [part, returns, signs, asked]);
  return box;
}

/** What lies in a drawing has no place of its own. */
function isIn(one: HTMLElement, around: HTMLElement): boolean {
  const { offsetParent } = one;
  return offsetParent === around || (offsetParent instanceof HTMLElement && offsetParent.offsetParent === around);
}

/** How far a box is scrolled that nobody touched, and in which nothing changed. */
function homeOf(around: HTMLElement): number {
  const home = around.querySelector<HTMLElement>(HOME);
  if (home === null) return 0;
  const most = around.scrollHeight - around.clientHeight;
  return Math.max(0, Math.min(home.offsetTop - pinnedIn(around), most));
}

function pinnedIn(around: HTMLElement): number {
  return around.querySelector<HTMLElement>(PINNED)?.offsetHeight ?? 0;
}

/** Lets the sign at the lower edge reach up over all of a line that it would cut. */
function coverLine(around: HTMLElement, { below }: Signs): void {
  const end = around.scrollTop + around.clientHeight;
  const cut = [...around.querySelectorAll<HTMLElement>(LINES)].map((line) => ({ line, top: placeOf(line, around).top }))
    .find(({ line, top }) => top < end - below && top + line.offsetHeight > end - below);
  around.style.setProperty('--cover', `${cut === undefined ? below : end - cut.top}px`);
}

/** `from` where that shows `hot`, else what puts it in the middle of `around`, by whole lines of its height. */
function scrollFor(hot: HTMLElement, around: HTMLElement, from: number): number {
  const top = hot.offsetTop - pinnedIn(around);
  const room = around.clientHeight - pinnedIn(around);
  if (top >= from && top + hot.offsetHeight <= from + room) return from;
  return top - Math.floor((room / hot.offsetHeight - 1) / 2) * hot.offsetHeight;
}

/** `from` where that shows `hot`, else the least that does with a block first beneath the sign; else `hot` itself first. */
function blockFor(hot: HTMLElement, around: HTMLElement, from: number, { above, below }: Signs): number {
  const { top, head } = placeOf(hot, around);
  const end = around.scrollHeight - tailOf(around);
  const seen = (at: number): boolean =>
    top - at >= (at > 0 ? above : 0) + head &&
    top + hot.offsetHeight <= at + around.clientHeight - (at + around.clientHeight < end ? below : 0);
  const first = (block: HTMLElement): number => {
    const place = placeOf(block, around);
    return place.top - place.head - above;
  };
  if (seen(from)) return from;
  const starts = [...around.querySelectorAll<HTMLElement>('[data-block]')].map(first).filter((start) => start > 0);
  return [0, ...starts].find(seen) ?? Math.max(0, top - head - above);
}

/** How far below the top of the box something begins; what is in a table stands below the head of its columns, which stays. */
function placeOf(one: HTMLElement, around: HTMLElement): { top: number; head: number } {
  const table = one.offsetParent === around ? null : one.closest('table');
  return { top: one.offsetTop + (table?.offsetTop ?? 0), head: table?.tHead?.offsetHeight ?? 0 };
}

function tailOf(around: HTMLElement): number {
  return Number.parseFloat(around.style.getPropertyValue('--tail')) || 0;
}

/** Lets a box scroll as far as `to`, where its last block is lower than the box. */
function makeRoom(around: HTMLElement, to: number): void {
  const tail = tailOf(around);
  const room = Math.max(0, to + around.clientHeight - (around.scrollHeight - tail));
  if (to > 0 ? room !== tail : tail > 0) around.style.setProperty('--tail', `${to > 0 ? room : 0}px`);
}
