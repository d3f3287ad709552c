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

/** One observer for all: a step has half a dozen parts of the page look where they are. */
function nextLayout(): Waiting {
  const scrolls = new Set<Callback>();
  const looks = new Set<Callback>();
  // The first that it tells of what it observes comes between a layout and the paint; the root lies above all other boxes
  // that are observed, so that those hear of what is changed here within the same picture.
  const observer = new ResizeObserver(() => {
    observer.disconnect();
    // What comes from now on belongs to another picture.
    waiting = null;
    flushSync(() => {
      for (const callback of scrolls) callback();
      for (const callback of looks) callback();
    });
  });
  observer.observe(document.documentElement);
  return { scrolls, looks };
}
