import type { KeyboardEvent } from 'react';

const MOVES = {
  vertical: { ArrowDown: 1, ArrowUp: -1 },
  horizontal: { ArrowRight: 1, ArrowLeft: -1 },
} as const;

/**
 * For a list that is one stop of the Tab key: the arrow keys, Home and End move the focus among its items, which have
 * `data-rove`. Keys with a modifier, and all others, are left alone.
 */
export function rove(event: KeyboardEvent<HTMLElement>, way: keyof typeof MOVES): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-rove]')];
  const at = items.findIndex((item) => item === document.activeElement);
  if (at < 0) return;
  const moves: Readonly<Record<string, number>> = MOVES[way];
  const by = moves[event.key];
  const to = { Home: 0, End: items.length - 1 }[event.key] ?? (by === undefined ? undefined : at + by);
  if (to === undefined) return;
  event.preventDefault();
  items[Math.min(Math.max(to, 0), items.length - 1)]?.focus();
}
