import { useMemo, useRef } from 'react';
import type { FocusEvent, KeyboardEvent } from 'react';

/** What a group of values is to have, so that the keyboard comes to all of them by one tab stop. */
export interface Roving {
  readonly tabIndex: 0;
  readonly 'data-roving': true;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
}

/** Rows of text that overlap by more than this many pixels are the same row. */
const SAME_ROW = 4;

/**
 * One tab stop for all values of a group: buttons in it with tabIndex -1. Arrow keys move among them as they lie on the
 * screen, Home and End to the first and the last, Escape back to the group; coming back leads to the value left last.
 */
export function useRoving(): Roving {
  const last = useRef<HTMLElement | null>(null);
  return useMemo(() => ({
    tabIndex: 0,
    'data-roving': true,
    onFocus: ({ target, currentTarget }) => {
      if (target !== currentTarget) last.current = target;
    },
    onKeyDown: (event) => {
      // A menu that is opened from the group has used the key already.
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const group = event.currentTarget;
      const all = values(group);
      const at = all.findIndex((value) => value === event.target);
      const to = at >= 0 ? moved(event.key, all, at, group) : event.target === group ? entered(event.key, all, last.current) : null;
      if (to === null) return;
      event.preventDefault();
      to?.focus();
    },
  }), []);
}

function values(group: HTMLElement): HTMLElement[] {
  return [...group.querySelectorAll<HTMLElement>('button[tabindex="-1"]:not([role])')].filter((value) => value.checkVisibility?.() ?? true);
}

/** Null for a key that has no meaning here; undefined where there is no value to go to. */
type To = HTMLElement | undefined | null;

function entered(key: string, all: readonly HTMLElement[], last: HTMLElement | null): To {
  if (key === 'End') return all.at(-1);
  if (key === 'Home') return all[0];
  if (key !== 'Enter' && !key.startsWith('Arrow')) return null;
  return last !== null && all.includes(last) ? last : all[0];
}

function moved(key: string, all: readonly HTMLElement[], at: number, group: HTMLElement): To {
  switch (key) {
    case 'ArrowRight': return all[at + 1];
    case 'ArrowLeft': return all[at - 1];
    case 'ArrowDown': return beside(all, at, 1);
    case 'ArrowUp': return beside(all, at, -1);
    case 'Home': return all[0];
    case 'End': return all.at(-1);
    case 'Escape': return group;
    default: return null;
  }
}

/** The value nearest in the next row below (1) or above (-1), of the same list while there is one. */
function beside(all: readonly HTMLElement[], at: number, direction: 1 | -1): HTMLElement | undefined {
  const from = all[at]!;
  const list = from.closest('ul, ol, table');
  const own = all.filter((value) => list?.contains(value));
  return nearest(own, from, direction) ?? nearest(all, from, direction);
}

function nearest(all: readonly HTMLElement[], one: HTMLElement, direction: 1 | -1): HTMLElement | undefined {
  const from = one.getBoundingClientRect();
  const middle = (from.left + from.right) / 2;
  let best: HTMLElement | undefined;
  let least = Infinity;
  for (const value of all) {
    const to = value.getBoundingClientRect();
    const away = direction === 1 ? to.top - from.bottom : from.top - to.bottom;
    if (away < -SAME_ROW || value === one) continue;
    const aside = Math.max(0, to.left - middle, middle - to.right);
    const far = away * 3 + aside;
    if (far < least) {
      least = far;
      best = value;
    }
  }
  return best;
}
