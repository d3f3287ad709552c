/**
 * A place in a run as authors write it in options and attributes: a step's number, `function#label` (with `~2` for its second
 * occurrence; `!` may stand for `#`, which an address would take for its fragment), or a chapter's id. Pure.
 */
import type { Place } from '../engine/protocol.ts';

/** Far more than any place needs. */
const LONGEST = 200;

/** The place that the text names; undefined where it cannot name one. Whether a run has it is for the run to say. */
export function readPlaceText(text: string): Place | undefined {
  const typed = text.trim();
  if (typed === '' || typed.length > LONGEST) return undefined;
  if (/^\d{1,9}$/.test(typed)) return { kind: 'position', position: Number(typed) };
  const step = /^([^#!~\s]+)[#!]([^#!~]+?)(?:~(\d{1,9}))?$/.exec(typed);
  if (step !== null) {
    const [, fn = '', label = '', nth = '1'] = step;
    return Number(nth) < 1 ? undefined : { kind: 'key', key: `${fn}#${label}`, occurrence: Number(nth) };
  }
  return /^[a-z][\w-]*$/i.test(typed) ? { kind: 'chapter', chapter: typed } : undefined;
}

/** The place as it would be written. */
export function placeText(place: Place): string {
  switch (place.kind) {
    case 'position':
      return String(place.position);
    case 'chapter':
      return place.chapter;
    case 'key':
      return place.occurrence === 1 ? place.key : `${place.key}~${place.occurrence}`;
  }
}
