import { flushSync } from 'react-dom';

type Callback = () => void;

/** Who scrolls comes before who looks how far something is scrolled. */
type Turn = 'scrolls' | 'looks';

type Waiting = Readonly<Record<Turn, Set<Callback>>>;

/** What waits for the next layout; null before anybody does. */
let waiting: Waiting | null = null;

/**
 * Calls back once the page is laid out for the next picture, before it is painted: sizes can be read then without making
 * the browser lay out the page a second time, and what is scrolled or found out is in that same picture.
 * @returns what calls it off
 */
export function afterLayout(callback: Callback, turn: Turn = 'scrolls'): () => void {
  waiting ??= nextLayout();
  const all = waiting[turn];
  all.add(callback);
  return () => all.delete(callback);
}

/** Whoever draws something anew because of what it saw may look again at once, but no picture waits for ever. */
const PASSES = 2;

/** One observer for all: a step has half a dozen parts of the page look where they are. */
function nextLayout(): Waiting {
  const all: Waiting = { scrolls: new Set(), looks: new Set() };
  // The first that it tells of what it observes comes between a layout and the paint; the root lies above all other boxes
  // that are observed, so that those hear of what is changed here within the same picture.
  const observer = new ResizeObserver(() => {
    observer.disconnect();
    for (let pass = 0; pass < PASSES && isAny(all); pass++) callBack(all);
    if (isAny(all)) requestAnimationFrame(() => observer.observe(document.documentElement));
    else waiting = null;
  });
  observer.observe(document.documentElement);
  return all;
}

function isAny({ scrolls, looks }: Waiting): boolean {
  return scrolls.size + looks.size > 0;
}

function callBack({ scrolls, looks }: Waiting): void {
  const due = [...scrolls, ...looks];
  // What they find out is drawn in the same picture.
  flushSync(() => {
    for (const callback of due) {
      // It may have been called off by one before it.
      if (scrolls.delete(callback) || looks.delete(callback)) callback();
    }
  });
}
