/** The part of the run that is shown: all of it, or what an embedding page picks. Pure. */
import type { Outline, Place } from '../engine/protocol.ts';
import { chapterEnd, positionOfKey } from './outline.ts';

/** Positions, both of them shown. */
export interface Range {
  from: number;
  to: number;
}

interface Here {
  outline: Outline | null;
  range: Range | null;
}

/** The first position that can be shown. */
export function firstOf({ range }: Here): number {
  return range?.from ?? 0;
}

/** The last position that can be shown; 0 until a run is open. */
export function lastOf({ outline, range }: Here): number {
  return Math.min(range?.to ?? Infinity, outline?.length ?? 0);
}

/**
 * The positions from one place to another one: a chapter begins with the picture of its first step and ends with that of
 * its last one. Where a place is left out the run's own end stands in for it.
 * @returns the place that this run does not have, or that they are the wrong way round, where there is no such range
 */
export function rangeOf(
  outline: Outline,
  from: Place | undefined,
  to: Place | undefined,
): Range | { missing: Place } | 'backwards' {
  const first = from === undefined ? 0 : positionOf(outline, from, 'first');
  if (first === undefined) return { missing: from! };
  const last = to === undefined ? outline.length : positionOf(outline, to, 'last');
  if (last === undefined) return { missing: to! };
  return first > last ? 'backwards' : { from: first, to: last };
}

/** The position at which that place is shown, or with which it ends; undefined where the run does not have it. */
export function positionOf(outline: Outline, place: Place, end: 'first' | 'last'): number | undefined {
  switch (place.kind) {
    case 'position':
      return place.position <= outline.length ? place.position : undefined;
    case 'chapter': {
      const index = outline.chapters.findIndex(({ id }) => id === place.chapter);
      if (index < 0) return undefined;
      return end === 'first' ? outline.chapters[index]!.at + 1 : chapterEnd(outline, index);
    }
    case 'key':
      return positionOfKey(outline, place.key, place.occurrence);
  }
}
