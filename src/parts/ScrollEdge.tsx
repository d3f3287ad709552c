import { useEffect, useRef, useState } from 'react';
import { stageWords as w } from '../../content/stage.ts';
import css from './scroll-edge.module.css';

/**
 * The first or the last thing in a box that scrolls: while there is more beyond what shows, no line is cut at that edge
 * but fades out, and at the lower one words say so.
 */
export function ScrollEdge({ edge }: { edge: 'above' | 'below' }) {
  const end = useRef<HTMLSpanElement>(null);
  const [more, setMore] = useState(false);
  useEffect(() => {
    const last = end.current;
    if (last === null) return undefined;
    const observer = new IntersectionObserver(
      ([entry]) => setMore(entry?.isIntersecting === false),
      { root: last.parentElement },
    );
    observer.observe(last);
    return () => observer.disconnect();
  }, []);
  return (
    <>
      <span ref={end} className={css.end} data-edge={edge} />
      <span className={css.edge} data-edge={edge} aria-hidden="true">
        {more && <span className={css.more}>{edge === 'below' && w.more}</span>}
      </span>
    </>
  );
}
