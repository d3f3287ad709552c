import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { afterPaint } from '../../store/after-paint.ts';

/** Scrolling by a fraction of a pixel is nobody's doing. */
const NEAR = 1;

/**
 * A ref for a scrolling box that shows `part`. When `part` becomes another object, the box (and nothing
 * around it) scrolls so that what the current step changed in it can be seen; until then it stays where a
 * person scrolled it. With `returns` it goes back to its top where the step changed nothing in it and no
 * person scrolled it, so that the same step is the same picture on every way to it. The box must be its
 * children's offset parent. Of its lower edge `covered` pixels may be hidden while there is more below.
 * `asked`: what somebody wants to know about in it; the part marked with `data-asked` is then the one to see.
 */
export function useHotInView<T extends HTMLElement>(
  part: unknown, { returns = false, covered = 0, asked = '' } = {},
): RefObject<T | null> {
  const box = useRef<T>(null);
  const shown = useRef<readonly unknown[]>([]);
  /** Where it was last scrolled to from here. */
  const set = useRef(0);
  useEffect(() => {
    const [before, about] = shown.current;
    if (before === part && (asked === '' || asked === about)) return undefined;
    return afterPaint(() => {
      shown.current = [part, asked];
      const around = box.current;
      if (around === null) return;
      // With less in it than before, a box scrolls back by itself.
      const left = Math.min(set.current, around.scrollHeight - around.clientHeight);
      const untouched = Math.abs(around.scrollTop - left) <= NEAR;
      const from = returns && untouched ? 0 : around.scrollTop;
      // What lies in a drawing or a table has no place of its own here.
      const hot = ['[data-asked]', '[data-hot]'].flatMap((what) => [...around.querySelectorAll<HTMLElement>(what)])
        .find((one) => one.offsetParent === around);
      const to = hot === undefined ? from : scrollFor(hot, around, from, covered);
      if (to === around.scrollTop) return;
      around.scrollTop = to;
      set.current = around.scrollTop;
    });
  }, [part, returns, covered, asked]);
  return box;
}

/** `from` where that shows `hot`, else what puts it in the middle of `around`. */
function scrollFor(hot: HTMLElement, around: HTMLElement, from: number, covered: number): number {
  const top = hot.offsetTop;
  const clear = from + around.clientHeight < around.scrollHeight ? covered : 0;
  const seen = top >= from && top + hot.offsetHeight <= from + around.clientHeight - clear;
  return seen ? from : top - (around.clientHeight - hot.offsetHeight) / 2;
}
