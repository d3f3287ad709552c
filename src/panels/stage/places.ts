/** Where things lie in boxes that scroll, in pixels. Read when the page is laid out. */
import { setSize } from '../../parts/sign-size.ts';

/** What is to be seen, most wanted first: of all that a step changed, what belongs to the line of a page. */
const SEEN = ['[data-asked]', '[data-hot][data-line]', '[data-hot]'];

/** What can be seen elsewhere as well: no box scrolls for it. */
const ELSEWHERE = '[data-elsewhere]';

/** Where a box goes back to: the first key that names a page. */
const HOME = 'li[data-line]';

/** What is read as a whole: none of them is seen by half beneath the sign that there is more. */
const LINES = 'tr, li, h4, p, figure';

/** Scrolling by a fraction of a pixel is nobody's doing. */
const NEAR = 1;

/** Of the edges of a box, how much may be hidden by what says that there is more there, in pixels. */
export interface Signs {
  above: number;
  below: number;
}

/** Where each box was last left from here, or by itself: which nobody touched if it is there. A new one is at its top. */
const leftAt = new WeakMap<HTMLElement, number>();

/**
 * Scrolls a box so that what is hot in it can be seen, and what it cuts is covered. With `returns` one that nobody
 * touched goes home where nothing is hot.
 */
export function show(around: HTMLElement, returns: boolean, signs: Signs | undefined): void {
  // With less in it than before, a box scrolls back by itself.
  const left = Math.min(leftAt.get(around) ?? 0, around.scrollHeight - around.clientHeight);
  const untouched = Math.abs(around.scrollTop - left) <= NEAR;
  const to = placeFor(around, returns && untouched ? homeOf(around) : around.scrollTop, signs);
  if (signs !== undefined) makeRoom(around, to);
  const scrolls = to !== around.scrollTop;
  if (scrolls) around.scrollTop = to;
  if (signs !== undefined) coverLine(around, signs);
  if (scrolls || untouched) leftAt.set(around, around.scrollTop);
}

/** Where the box has to be scrolled so that what is hot in it can be seen; `from` if it can be there, or nothing is. */
function placeFor(around: HTMLElement, from: number, signs: Signs | undefined): number {
  const hot = SEEN.flatMap((what) => [...around.querySelectorAll<HTMLElement>(what)])
    .find((one) => isIn(one, around) && !one.matches(ELSEWHERE));
  if (hot === undefined) return from;
  return signs === undefined ? scrollFor(hot, around, from) : blockFor(hot, around, from, signs);
}

/** Is that what the parts in the box have their places in: the box, or what it fills? */
function isFrame(one: Element | null, around: HTMLElement): boolean {
  return one === around || one === around.parentElement;
}

/** What lies in a drawing has no place of its own. */
function isIn({ offsetParent }: HTMLElement, around: HTMLElement): boolean {
  return isFrame(offsetParent, around) || (offsetParent instanceof HTMLElement && isFrame(offsetParent.offsetParent, around));
}

/** How far a box is scrolled that nobody touched, and in which nothing changed. */
function homeOf(around: HTMLElement): number {
  const home = around.querySelector<HTMLElement>(HOME);
  if (home === null) return 0;
  const most = around.scrollHeight - around.clientHeight;
  return Math.max(0, Math.min(home.offsetTop, most));
}

/** Lets the sign at the lower edge reach up over all of a line that it would cut. */
export function coverLine(around: HTMLElement, { below }: Signs): void {
  const end = around.scrollTop + around.clientHeight;
  let cover = below;
  for (const line of around.querySelectorAll<HTMLElement>(LINES)) {
    const { top } = placeOf(line, around);
    if (top < end - below && top + line.offsetHeight > end - below) {
      cover = end - top;
      break;
    }
  }
  setSize(around, 'below', '--cover', cover);
}

/** `from` where that shows `hot`, else what puts it in the middle of `around`, by whole lines of its height. */
function scrollFor(hot: HTMLElement, around: HTMLElement, from: number): number {
  const { offsetTop: top, offsetHeight: height } = hot;
  if (top >= from && top + height <= from + around.clientHeight) return from;
  return top - Math.floor((around.clientHeight / height - 1) / 2) * height;
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
  const table = isFrame(one.offsetParent, around) ? null : one.closest('table');
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
