import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { afterLayout } from '../../store/after-layout.ts';

/**
 * Has `scroll` put the box to its place after each picture, and whenever it gets another size: while its view is not shown
 * it has none, and steps may go by.
 */
export function useScrolled(box: RefObject<HTMLElement | null>, scroll: () => void): void {
  // Null while the next picture has it called in any case: called twice, it has the page laid out twice.
  const resized = useRef<(() => void) | null>(null);
  useEffect(() => {
    resized.current = null;
    return afterLayout(() => {
      resized.current = scroll;
      scroll();
    });
  });
  useEffect(() => {
    if (box.current === null) return undefined;
    const observer = new ResizeObserver(() => resized.current?.());
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [box]);
}
