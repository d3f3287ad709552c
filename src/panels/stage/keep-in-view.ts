import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';

/**
 * A ref for a scrolling box that shows `part`. When `part` becomes another object, the box (and nothing
 * around it) scrolls so that what the current step changed in it can be seen; until then it stays where a
 * person scrolled it. The box must be its children's offset parent.
 */
export function useHotInView<T extends HTMLElement>(part: unknown): RefObject<T | null> {
  const box = useRef<T>(null);
  const shown = useRef<unknown>(null);
  useEffect(() => {
    if (shown.current === part) return;
    shown.current = part;
    const around = box.current;
    const hot = around?.querySelector<HTMLElement>('[data-hot]') ?? null;
    if (around === null || hot === null || hot.offsetParent !== around) return;
    const top = hot.offsetTop;
    if (top < around.scrollTop || top + hot.offsetHeight > around.scrollTop + around.clientHeight) {
      around.scrollTop = top - (around.clientHeight - hot.offsetHeight) / 2;
    }
  }, [part]);
  return box;
}
