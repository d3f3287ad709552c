import { useLayoutEffect, useState } from 'react';
import type { RefObject } from 'react';

/**
 * The width of an element in whole pixels, kept up to date; 0 before it is laid out or while it is hidden.
 */
export function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}
