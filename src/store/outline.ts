/** Questions about the shape of a run. Pure. */
import type { Chapter, Outline } from '../engine/protocol.ts';

/** Index of the chapter that the step shown at `position` belongs to; -1 where the outline has none there. */
export function chapterIndex(outline: Outline, position: number): number {
  const step = Math.max(0, position - 1);
  let found = -1;
  for (const [index, chapter] of outline.chapters.entries()) if (chapter.at <= step) found = index;
  return found;
}

/** The chapter shown at `position`. */
export function chapterAt(outline: Outline, position: number): Chapter | undefined {
  return outline.chapters[chapterIndex(outline, position)];
}

/** The scenario's own chapter at that position, without those that came of what somebody did. */
export function ownChapterAt(outline: Outline, position: number): Chapter | undefined {
  return chapterAt({ ...outline, chapters: outline.chapters.filter(({ added }) => added !== true) }, position);
}

/** Position at which the chapter with that index ends. */
export function chapterEnd(outline: Outline, index: number): number {
  return outline.chapters[index + 1]?.at ?? outline.length;
}

/** The key of step `n` and how many times it has occurred from step `from` to step `n`, counted from 1. */
export function keyOf(
  outline: Outline,
  n: number,
  from = 0,
): { key: string; occurrence: number } | undefined {
  const index = outline.key[n];
  const key = index === undefined ? undefined : outline.keys[index];
  if (key === undefined) return undefined;
  let occurrence = 0;
  for (let i = from; i <= n; i++) if (outline.key[i] === index) occurrence++;
  return { key, occurrence };
}

/** Position after the last step up to `position` that has one of those keys; undefined if none has. */
export function lastPositionOf(outline: Outline, keys: readonly string[], position: number): number | undefined {
  for (let n = position - 1; n >= 0; n--) if (keys.includes(outline.keys[outline.key[n]!]!)) return n + 1;
  return undefined;
}

/**
 * Position after the `occurrence`-th step (from 1) with that key in steps `from` to `end - 1`; undefined if
 * none.
 */
export function positionOfKey(
  outline: Outline,
  key: string,
  occurrence: number,
  from = 0,
  end = outline.length,
): number | undefined {
  const index = outline.keys.indexOf(key);
  if (index < 0) return undefined;
  let left = occurrence;
  for (let n = from; n < end; n++) if (outline.key[n] === index && --left === 0) return n + 1;
  return undefined;
}
