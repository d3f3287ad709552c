/** What a change is a change of, to ask who wrote it. Pure. */
import { bytesSubject, keySubject, slotSubject } from '../store/subjects.ts';
import type { Subject } from '../store/subjects.ts';
import type { Change, Value } from '../store/store.ts';
import { changedHalf, slotName } from './describe.ts';
import { wordName, wordPlace } from './frame-names.ts';
import type { Layout, WordPlace } from './frame-names.ts';
import { isFields, isList } from './values.ts';

const KEY = 'xs:node:';
/** As deep as the engine looks into a slot. */
const DEEPEST = 8;

/** The narrowest thing that holds all of the change: a field of a slot or of a grant entry, a key's value, a word. */
export function subjectOf(change: Change, layout: Layout): Subject {
  if (change.cell === 'word') {
    return wordSubject(change, wordPlace(change.frame, change.offset, layout));
  }
  const { name, before, after } = change;
  const part = changedPart(before, after);
  if (name.startsWith(KEY)) {
    const path = name.slice(KEY.length);
    return part[0] === 'perms' ? slotSubject(`permissions of ${path}`, name, 'perms') : keySubject(path);
  }
  const what = slotName(name);
  return slotSubject(part.length === 0 ? what : `${part.join('.')} of ${what}`, name, ...part);
}

/** A word that changed, of which is known what it is. */
export function wordSubject(
  { frame, offset, before, after }: Extract<Change, { cell: 'word' }>, place: WordPlace,
): Subject {
  if (place.kind === 'grant') {
    const name = (field: string): string => `${field} of grant entry ${place.ref}`;
    if (place.word === 'frame') return bytesSubject(name('frame'), frame, offset, 4);
    const half = changedHalf(before, after);
    if (half === 'flags') return bytesSubject(name('flags'), frame, offset, 2);
    if (half === 'domid') return bytesSubject(name('domid'), frame, offset + 2, 2);
    return bytesSubject(name('flags and domid'), frame, offset, 4);
  }
  return bytesSubject(wordName(place), frame, offset, 4);
}

/** The way to the one field that differs, as far as there is only one. */
function changedPart(before: Value, after: Value): string[] {
  const part: string[] = [];
  let [old, now] = [before, after];
  while (part.length < DEEPEST && isFields(old) && isFields(now)) {
    const [x, y] = [old, now];
    const names = [...new Set([...Object.keys(x), ...Object.keys(y)])].filter((name) => !isSame(x[name], y[name]));
    const only = names[0];
    if (names.length !== 1 || only === undefined) break;
    part.push(only);
    [old, now] = [x[only], y[only]];
  }
  return part;
}

function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  return (isFields(a) || isList(a)) && JSON.stringify(a) === JSON.stringify(b);
}
