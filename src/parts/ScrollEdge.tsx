import { useEffect, useRef, useState } from 'react';
import css from './scroll-edge.module.css';

interface ScrollEdgeProps {
  edge: 'above' | 'below';
  /** Words that say that there is more; without them it is only seen. */
  says?: string;
}

/**
 * The first or the last thing in a box that scrolls: while there is more beyond what shows, no line is cut at that edge
 * but fades out.
 */
export function ScrollEdge({ edge, says }: ScrollEdgeProps) {
  const end = useRef<HTMLSpanElement>(null);
  const [more, setMore] = useState(false);
  useEffect(() => {
    const last = end.current;
    if (last === null) return undefined;
    const observer = new IntersectionObserver(
      // Of several at once the last tells how it is now.
      (entries) => setMore(entries.at(-1)?.isIntersecting === false),
      { root: last.parentElement },
    );
    observer.observe(last);
    return () => observer.disconnect();
  }, []);
  return (
    <>
      <span ref={end} className={css.end} data-edge={edge} />
      <span className={css.edge} data-edge={edge} aria-hidden="true">
        {more && <span className={css.more} data-says={says !== undefined || undefined}>{says}</span>}
      </span>
    </>
  );
}
