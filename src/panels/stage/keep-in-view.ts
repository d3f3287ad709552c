import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { afterLayout } from '../../store/after-layout.ts';
import { useBegun } from './begun.ts';
import type * as Places from './places.ts';

/** Nobody needs them before the first picture. */
let places: typeof Places | null = null;

async function loadPlaces(): Promise<void> {
  places = await import('./places.ts');
}

/**
 * A ref for a scrolling box that shows `part`. When `part` becomes another object, the box (and nothing
 * around it) scrolls so that what the current step changed in it can be seen; until then it stays where a
 * person scrolled it. With `returns` it goes back to the first key that names a page, or to its top, where the step
 * changed nothing in it and no person scrolled it, so that the same step is the same picture on every way to it. The
 * box, or what it fills, must be the offset parent of all in it. With `signs` it scrolls past whole blocks alone
 * (`data-block`), and no further than needed, so that nothing is cut by what says that there is more.
 * `asked`: what somebody wants to know about in it; the part marked with `data-asked` is then the one to see.
 */
export function useHotInView<T extends HTMLElement>(
  part: unknown, { returns = false, signs, asked = '' }: { returns?: boolean; signs?: Places.Signs; asked?: string } = {},
): RefObject<T | null> {
  const begun = useBegun();
  const box = useRef<T>(null);
  const shown = useRef<readonly unknown[]>([]);
  useEffect(() => {
    const around = box.current;
    if (signs === undefined || around === null) return undefined;
    const cover = (): void => places?.coverLine(around, signs);
    const observer = new ResizeObserver(cover);
    observer.observe(around);
    around.addEventListener('scroll', cover, { passive: true });
    return () => {
      observer.disconnect();
      around.removeEventListener('scroll', cover);
    };
  }, [signs]);
  useEffect(() => {
    const [before, about] = shown.current;
    if (!begun || before === part && (asked === '' || asked === about)) return undefined;
    let off = (): void => {};
    const look = (): void => {
      off = afterLayout(() => {
        const around = box.current;
        if (around === null || places === null) return;
        shown.current = [part, asked];
        places.show(around, returns, signs);
      });
    };
    if (places === null) void loadPlaces().then(look);
    else look();
    return () => off();
  }, [begun, part, returns, signs, asked]);
  return box;
}
