import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { afterPaint } from '../../store/after-paint.ts';

/** What is to be seen, most wanted first: of all that a step changed, what belongs to the line of a page. */
const SEEN = ['[data-asked]', '[data-hot][data-line]', '[data-hot]'];

/** What stays at the top of its box, over what scrolls. */
const PINNED = '[data-pinned]';

/** Scrolling by a fraction of a pixel is nobody's doing. */
const NEAR = 1;

/**
 * A ref for a scrolling box that shows `part`. When `part` becomes another object, the box (and nothing
 * around it) scrolls so that what the current step changed in it can be seen; until then it stays where a
 * person scrolled it. With `returns` it goes back to its top where the step changed nothing in it and no
 * person scrolled it, so that the same step is the same picture on every way to it. The box must be its
 * children's offset parent. Of its lower edge `covered` pixels may be hidden while there is more below.
 * With `blocks` it scrolls past whole blocks alone (`data-block`), so that no figure loses its title.
 * `asked`: what somebody wants to know about in it; the part marked with `data-asked` is then the one to see.
 */
export function useHotInView<T extends HTMLElement>(
  part: unknown, { returns = false, covered = 0, blocks = false, asked = '' } = {},
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
      const hot = SEEN.flatMap((what) => [...around.querySelectorAll<HTMLElement>(what)])
        .find((one) => one.offsetParent === around && !one.matches(PINNED));
      const to = hot === undefined ? from : scrollFor(hot, around, from, covered, blocks);
      if (blocks) makeRoom(around, to);
      if (to === around.scrollTop) return;
      around.scrollTop = to;
      set.current = around.scrollTop;
    });
  }, [part, returns, covered, blocks, asked]);
  return box;
}

/**
 * `from` where that shows `hot`, else what puts it in the middle of `around`, by whole lines of its height; with `blocks`,
 * the first beginning of a block that shows it.
 */
function scrollFor(hot: HTMLElement, around: HTMLElement, from: number, covered: number, blocks: boolean): number {
  const top = hot.offsetTop - (around.querySelector<HTMLElement>(PINNED)?.offsetHeight ?? 0);
  const room = around.clientHeight - (hot.offsetTop - top);
  const clear = from + around.clientHeight < around.scrollHeight ? covered : 0;
  const seen = top >= from && top + hot.offsetHeight <= from + room - clear;
  if (seen) return from;
  if (!blocks) return top - Math.floor((room / hot.offsetHeight - 1) / 2) * hot.offsetHeight;
  const least = top + hot.offsetHeight - room + covered;
  return [...around.querySelectorAll<HTMLElement>('[data-block]')].map(startOf).find((start) => start >= least) ?? top;
}

/** Where a block begins; a row of a table, below the head of its columns, which stays. */
function startOf(block: HTMLElement): number {
  const table = block.closest('table');
  return block.offsetTop + (table === null ? 0 : table.offsetTop - (table.tHead?.offsetHeight ?? 0));
}

/** Lets a box scroll as far as `to`, where its last block is lower than the box. */
function makeRoom(around: HTMLElement, to: number): void {
  const tail = Number.parseFloat(around.style.getPropertyValue('--tail')) || 0;
  const room = Math.max(0, to + around.clientHeight - (around.scrollHeight - tail));
  if (to > 0 ? room !== tail : tail > 0) around.style.setProperty('--tail', `${to > 0 ? room : 0}px`);
}
