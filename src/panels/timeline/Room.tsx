import type { CSSProperties } from 'react';
import { words } from '../../content/words.ts';
import { useApp } from '../../store/store.ts';
import css from './room.module.css';

/**
 * Room that all lanes share, the heights between which a lane stays, and how many lanes a run usually has. One lane more,
 * which a branch may bring, takes no more room.
 */
const ROOM = {
  compact: { all: 65, lowest: 10.5, tallest: 13, lanes: 5 },
  usual: { all: 120, lowest: 10.5, tallest: 20, lanes: 10 },
  tall: { all: 180, lowest: 12, tallest: 20, lanes: 10 },
} as const;

/** How much room there is for a timeline. */
export type Size = keyof typeof ROOM;

/** Of one of so many lanes, in pixels. */
export function laneHeight(size: Size, lanes: number): number {
  const { all, lowest, tallest } = ROOM[size];
  return Math.max(lowest, Math.min(tallest, all / lanes));
}

/** Where the timeline will be: as high as that of a usual run. */
export function TimelineRoom({ size }: { size: Size }) {
  const open = useApp((state) => state.outline !== null);
  const { lanes } = ROOM[size];
  return (
    <p className={css.room} style={{ '--lanes': `${lanes * laneHeight(size, lanes)}px` } as CSSProperties}>
      {open ? '' : words.timeline.empty}
    </p>
  );
}
