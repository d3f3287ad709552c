/** Draws what `change` changes before it returns: whoever draws the page says how. */
let drawing = (change: () => void): void => change();

export function drawAtOnceBy(draw: (change: () => void) => void): void {
  drawing = draw;
}

/** What waits for the next layout, and whether it comes last; null before anybody does. */
let waiting: Map<() => void, boolean> | null = null;

/**
 * Calls back once the page is laid out for the next picture, before it is painted: sizes can be read then without making
 * the browser lay out the page a second time, and what is scrolled or found out is in that same picture. `last`: it looks
 * how far something is scrolled, and comes after all that scroll. @returns what calls it off
 */
export function afterLayout(callback: () => void, last = false): () => void {
  waiting ??= nextLayout();
  const all = waiting;
  all.set(callback, last);
  return () => all.delete(callback);
}

/** One observer for all: a step has half a dozen parts of the page look where they are. */
function nextLayout(): Map<() => void, boolean> {
  const all = new Map<() => void, boolean>();
  const root = document.documentElement;
  // The first that it tells of what it observes comes between a layout and the paint; the root lies above all other boxes
  // that are observed, so that those hear of what is changed here within the same picture.
  const observer = new ResizeObserver(() => {
    observer.disconnect();
    callBack(all);
    // Whoever draws something anew because of what it saw looks again at once; but no picture waits for ever.
    callBack(all);
    if (all.size > 0) requestAnimationFrame(() => observer.observe(root));
    else waiting = null;
  });
  observer.observe(root);
  return all;
}

function callBack(all: Map<() => void, boolean>): void {
  const due = [...all].sort(([, a], [, b]) => Number(a) - Number(b));
  // What they find out is drawn in the same picture.
  drawing(() => {
    for (const [callback] of due) {
      // It may have been called off by one before it.
      if (all.delete(callback)) callback();
    }
  });
}
