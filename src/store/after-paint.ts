/** What waits for the next picture; null before anybody does. */
let waiting: Set<() => void> | null = null;

/**
 * Calls back once the next picture is on the screen: sizes can then be read without making the browser lay out the page
 * a second time. @returns what calls it off
 */
export function afterPaint(callback: () => void): () => void {
  waiting ??= nextPicture();
  const all = waiting;
  all.add(callback);
  return () => all.delete(callback);
}

/** One timer for all: a step has half a dozen parts of the page look where they are. */
function nextPicture(): Set<() => void> {
  const all = new Set<() => void>();
  requestAnimationFrame(() => {
    // What comes from now on belongs to another picture.
    waiting = null;
    setTimeout(() => {
      for (const callback of all) callback();
    });
  });
  return all;
}
