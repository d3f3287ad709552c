import { useCallback, useEffect, useRef } from 'react';
import { afterLayout } from '../store/after-layout.ts';
import css from './scroll-edge.module.css';

interface ScrollEdgeProps {
  edge: 'above' | 'below';
  /** Words that say that there is more; without them it is only seen. */
  says?: string;
}

/** As an IntersectionObserver tells it, which must not be told otherwise: it tells nothing twice. */
function isInSight(end: HTMLElement, box: HTMLElement): boolean {
  const top = box.getBoundingClientRect().top + box.clientTop;
  const { top: from, bottom: to } = end.getBoundingClientRect();
  return to >= top && from <= top + box.clientHeight;
}

/**
 * The first or the last thing in a box that scrolls: while there is more beyond what shows, no line is cut at that edge
 * but fades out. The sign is there all the time and only comes into sight: made anew, it has the page laid out once more.
 */
export function ScrollEdge({ edge, says }: ScrollEdgeProps) {
  const end = useRef<HTMLSpanElement>(null);
  const sign = useRef<HTMLSpanElement>(null);
  const tell = useCallback((isMore: boolean): void => {
    sign.current?.toggleAttribute('data-more', isMore);
  }, []);
  // With what a step changes in the box, in the same picture; the observer hears of all else, one picture later.
  useEffect(() => afterLayout(() => {
    const box = end.current?.parentElement;
    // In one that does not show, nothing is beyond what shows.
    if (box?.clientHeight) tell(!isInSight(end.current!, box));
  }, true));
  useEffect(() => {
    const last = end.current;
    if (last === null) return undefined;
    const observer = new IntersectionObserver(
      // Of several at once the last tells how it is now.
      (entries) => tell(entries.at(-1)?.isIntersecting === false),
      { root: last.parentElement },
    );
    observer.observe(last);
    return () => observer.disconnect();
  }, [tell]);
  return (
    <>
      <span ref={end} className={css.end} data-edge={edge} />
      <span ref={sign} className={css.edge} data-edge={edge} aria-hidden="true">
        <span className={css.more} data-says={says !== undefined || undefined}>{says}</span>
      </span>
    </>
  );
}
