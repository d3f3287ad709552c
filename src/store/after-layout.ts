import { flushSync } from 'react-dom';

/** What waits for the next layout; null before anybody does. */
let waiting: Set<() => void> | null = null;

/**
 * Calls back once the page is laid out for the next picture, before it is painted: sizes can be read then without making
 * the browser lay out the page a second time, and what is scrolled is in that same picture. @returns what calls it off
 */
export function afterLayout(callback: () => void): () => void {
  waiting ??= nextLayout();
  const all = waiting;
  all.add(callback);
  return () => all.delete(callback);
}

/** One observer for all: a step has half a dozen parts of the page look where they are. */
function nextLayout(): Set<() => void> {
  const all = new Set<() => void>();
  // The first that it tells of what it observes comes between a layout and the paint; the root lies above all other boxes
  // that are observed, so that those hear of what is changed here within the same picture.
  const observer = new ResizeObserver(() => {
    observer.disconnect();
    // What comes from now on belongs to another picture.
    waiting = null;
    // What they find out is in the same picture too.
    flushSync(() => {
      for (const callback of all) callback();
    });
  });
  observer.observe(document.documentElement);
  return all;
}
