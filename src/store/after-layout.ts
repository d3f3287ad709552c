/** Draws what `change` changes before it returns: whoever draws the page says how. */
let drawing = (change: () => void): void => change();

export function drawAtOnceBy(draw: (change: () => void) => void): void {
  drawing = draw;
}

/** What waits for the next layout: what comes first, and what comes last. */
const waiting = [new Set<() => void>(), new Set<() => void>()] as const;
/** Is the next layout waited for? */
let awaited = false;

/**
 * Calls back once the page is laid out for the next picture, before it is painted: sizes can be read then without making
 * the browser lay out the page a second time, and what is scrolled or found out is in that same picture. `last`: it looks
 * how far something is scrolled, and comes after all that scroll. @returns what calls it off
 */
export function afterLayout(callback: () => void, last = false): () => void {
  const [first, after] = waiting;
  const all = last ? after : first;
  all.add(callback);
  if (!awaited) awaitLayout();
  return () => all.delete(callback);
}

/** One observer for all: a step has half a dozen parts of the page look where they are. */
function awaitLayout(): void {
  awaited = true;
  const root = document.documentElement;
  // The first that it tells of what it observes comes between a layout and the paint; the root lies above all other boxes
  // that are observed, so that those hear of what is changed here within the same picture.
  const observer = new ResizeObserver(() => {
    observer.disconnect();
    // What they find out is drawn in the same picture.
    drawing(callBack);
    // Whoever draws something anew because of what it saw looks again at once; but no picture waits for ever.
    if (isAnyWaiting()) drawing(callBack);
    if (isAnyWaiting()) requestAnimationFrame(() => observer.observe(root));
    else awaited = false;
  });
  observer.observe(root);
}

function isAnyWaiting(): boolean {
  return waiting.some(({ size }) => size > 0);
}

/** Calls those back that wait now; who waits anew meanwhile, or is called off by one before it, is not among them. */
function callBack(): void {
  const due = waiting.map((all) => [...all]);
  due.forEach((callbacks, which) => {
    for (const callback of callbacks) if (waiting[which]!.delete(callback)) callback();
  });
}
