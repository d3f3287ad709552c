import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { afterLayout } from '../../store/after-layout.ts';

/**
 * Has `scroll` put the box to its place after each picture, and whenever it gets another size: while its view is not shown
 * it has none, and steps may go by.
 */
export function useScrolled(box: RefObject<HTMLElement | null>, scroll: () => void): void {
  const latest = useRef(scroll);
  useEffect(() => {
    latest.current = scroll;
    return afterLayout(scroll);
  });
  useEffect(() => {
    if (box.current === null) return undefined;
    const observer = new ResizeObserver(() => latest.current());
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [box]);
}
