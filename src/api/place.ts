import type { Place } from '../engine/protocol.ts';
import { find } from '../engine/places.ts';
import type { Run } from '../engine/run.ts';
import { readPlaceText } from '../store/place-text.ts';

/** The most names that a message lists. */
const MOST_NAMED = 12;

/**
 * The position of a recorded run that a text names: a number, `start`, `end`, a chapter, or `function#label` with `~n` for its n-th
 * occurrence. A chapter is its first step, and a step the position just after it. Else why it names none.
 */
export function positionNamed(text: string, run: Run): { position: number } | { problem: string } {
  if (text === 'start') return { position: 0 };
  if (text === 'end') return { position: run.length };
  const place = readPlaceText(text);
  if (place !== undefined) {
    const { position, reason } = find(place, run)!;
    return reason === undefined ? { position } : { problem: inDetail(place, run) ?? reason };
  }
  if (text.includes('#')) return { problem: `${text} is no function#label~n, where n counts its occurrences from 1` };
  return { problem: noChapter(text, run) };
}

/** More than that the run has no such place, where there is more to say. */
function inDetail(place: Place, run: Run): string | undefined {
  switch (place.kind) {
    case 'position':
      return `this run has ${run.length} steps; there is no step ${place.position}`;
    case 'chapter':
      return run.scenario.chapters.some(({ id }) => id === place.chapter) ? undefined : noChapter(place.chapter, run);
    case 'key':
      return noOccurrence(place.key, place.occurrence, run);
  }
}

function noChapter(text: string, run: Run): string {
  const ids = run.scenario.chapters.map(({ id }) => id);
  return `${text} is no number, no function#label, not start or end, and no chapter: chapters are ${ids.join(', ')}`;
}

function noOccurrence(key: string, occurrence: number, run: Run): string {
  const times = run.recorder.op.filter((op) => op.key === key).length;
  if (times === 0) return `this run never comes to ${key}${alternatives(key, run)}`;
  return `${key} occurs ${times === 1 ? 'once' : `${times} times`} in this run; there is no occurrence ${occurrence}`;
}

/** The steps of the same function that the run has, to choose from. */
function alternatives(key: string, run: Run): string {
  const fn = key.slice(0, key.indexOf('#') + 1);
  const keys = new Set(run.recorder.op.flatMap((op) => (op.key.startsWith(fn) ? [op.key.slice(fn.length)] : [])));
  if (keys.size === 0) return `, nor to any step of ${fn.slice(0, -1)}`;
  const names = [...keys].slice(0, MOST_NAMED).join(', ');
  return `; of ${fn.slice(0, -1)} it has ${names}${keys.size > MOST_NAMED ? ` and ${keys.size - MOST_NAMED} more` : ''}`;
}
