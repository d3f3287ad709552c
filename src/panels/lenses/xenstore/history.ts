/** What was ever written to a key, in words. Pure. */
import { tableWords } from '../../../content/tables.ts';
import { fill } from '../../../content/words.ts';
import type { Value, Write } from '../../../store/store.ts';

const t = tableWords.xenstore;

/** One step that changed the value of a key or who may use it. */
export interface HistoryRow {
  readonly position: number;
  readonly thread: string;
  readonly party: Write['party'];
  readonly shown: string;
  readonly what: string;
}

interface Kept {
  readonly value: string;
  readonly perms: readonly string[];
}

/** The writes to a node that are not only about what lies below it. */
export function historyOf(writes: readonly Write[]): readonly HistoryRow[] {
  return writes.flatMap(({ position, thread, party, shown, before, after }) => {
    const what = changeText(keptIn(before), keptIn(after));
    return what === '' ? [] : [{ position, thread, party, shown, what }];
  });
}

function keptIn(value: Value): Kept | null {
  return typeof value === 'object' && value !== null ? (value as unknown as Kept) : null;
}

function changeText(before: Kept | null, after: Kept | null): string {
  if (after === null) return before === null ? '' : fill(t.wasRemoved, { before: before.value });
  if (before === null) return fill(t.madeAs, { after: after.value });
  const parts = before.value === after.value ? [] : [fill(t.changed, { before: before.value, after: after.value })];
  const [old, now] = [before.perms.join(' '), after.perms.join(' ')];
  if (old !== now) parts.push(fill(t.permsChanged, { before: old, after: now }));
  return parts.join('; ');
}
