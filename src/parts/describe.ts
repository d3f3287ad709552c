/** What changed, in words. Pure. */
import { bytesWords } from '../content/bytes.ts';
import { describeWords as t } from '../content/describe.ts';
import { fill } from '../content/words.ts';
import { valueWords } from '../content/values.ts';
import type { Change, Value } from '../store/store.ts';
import { bitmapAt, wordName, wordPlace } from './frame-names.ts';
import type { Layout, WordPlace } from './frame-names.ts';
import { flagsText } from './grant-flags.ts';
import { portsText } from './port-bits.ts';
import { formatValue, hex, isFields, isList, listOf, plain, shorten } from './values.ts';
import type { Fields } from './values.ts';

type WordChange = Extract<Change, { cell: 'word' }>;

/** One change: what changed, from what, to what. */
export interface Described {
  what: string;
  before: string;
  after: string;
}

/** What a slot's name begins with, how that reads (`$1`, `$2` are what follows), and what its items are called. */
const families = t.slots.map(([pattern = '', name = '', one = t.items[0]!, many = t.items[1]!]) => (
  { pattern: new RegExp(pattern), name, one, many }
));

/** Slots that hold frame numbers by themselves. */
const HEX_SLOT = /^(xen:pte|pages):/;
/** Slots that hold what is free as runs of numbers. */
const RUNS = /^(gnttab|xen:maptrack):/;

/** Who wrote a key last; and what only the model keeps, to know which orders are the same. */
const BOOKKEEPING = /^(xs:writer:|xs reading:|others drop watches:)/;

/** True for what is kept only so that the page can show it, and for what another change already says. */
export function isBookkeeping(change: Change): boolean {
  if (change.cell !== 'slot') return false;
  const { name, before, after } = change;
  if (BOOKKEEPING.test(name)) return true;
  if (!name.startsWith('xs:node:') || !isFields(before) || !isFields(after)) return false;
  // A directory whose list of children alone changed: the child is named by its own change.
  const same = (field: string): boolean => formatValue(before[field]) === formatValue(after[field]);
  return same('value') && same('perms') && !same('children');
}

/** A change in words. `layout` says what lies where in memory. */
export function describeChange(change: Change, layout: Layout): Described {
  if (change.cell === 'word') return describeWord(change, wordPlace(change.frame, change.offset, layout));
  const { name, before, after } = change;
  return { what: slotName(name), ...difference(name, before, after) };
}

/** What a whole slot holds, in words; as long as it is. */
export function slotText(name: string, value: Value): string {
  if (name.startsWith('thread:')) return place(value);
  if (name.startsWith('xs:tx:')) return transaction(value);
  if (/^(lock|xenwatch_mutex):/.test(name)) return holder(value);
  return formatValue(value, fieldOf(name));
}

/** A change of a word of which is known what it is. */
export function describeWord({ before, after }: Pick<WordChange, 'before' | 'after'>, place: WordPlace): Described {
  if (place.kind === 'index') return { what: wordName(place), before: String(before), after: String(after) };
  if (place.kind === 'grant' && place.word === 'first') {
    const half = changedHalf(before, after);
    if (half === 'flags') {
      return { what: fill(t.word.flags, { ref: place.ref }), before: flagsText(before & 0xffff), after: flagsText(after & 0xffff) };
    }
    if (half === 'domid') {
      return { what: fill(t.word.domid, { ref: place.ref }), before: String(before >>> 16), after: String(after >>> 16) };
    }
  }
  const first = place.kind === 'shared' ? bitmapAt(place.offset) : null;
  const said = (word: number): string =>
    first === null ? hex(word, 8) : shorten(fill(bytesWords.named, { value: hex(word, 8), names: portsOf(word, first) }));
  return { what: wordName(place), before: said(before), after: said(after) };
}

/** The ports whose bits are set in a word of a bitmap that begins with port `first`. */
function portsOf(word: number, first: number): string {
  return portsText([0, 8, 16, 24].map((shift) => (word >>> shift) & 0xff), first);
}

/** Which half of an entry's first word changed alone; null where both did. */
export function changedHalf(before: number, after: number): 'flags' | 'domid' | null {
  const changed = before ^ after;
  return (changed & 0xffff) === 0 ? 'domid' : changed >>> 16 === 0 ? 'flags' : null;
}

function familyOf(slot: string): (typeof families)[number] | undefined {
  return families.find(({ pattern }) => pattern.test(slot));
}

/** The name of a slot as people read it. */
export function slotName(name: string): string {
  const family = familyOf(name);
  if (family !== undefined) return name.replace(family.pattern, family.name);
  return name.replaceAll(':', ' ').replaceAll('_', ' ');
}

/** With what changed, where that is not the slot as a whole. */
type Difference = Partial<Described> & Pick<Described, 'before' | 'after'>;

function difference(name: string, before: Value, after: Value): Difference {
  if (name.startsWith('thread:')) return { before: place(before), after: place(after) };
  if (name.startsWith('xs:tx:')) return transactionDifference(name, before, after);
  if (/^(lock|xenwatch_mutex):/.test(name)) return { before: holder(before), after: holder(after) };
  if (isFields(before) && isFields(after)) return fieldsDifference(name, before, after);
  if (isList(before ?? []) && isList(after ?? [])) return listDifference(name, before ?? [], after ?? []);
  const field = fieldOf(name);
  return { before: shorten(formatValue(before, field)), after: shorten(formatValue(after, field)) };
}

function fieldsDifference(name: string, before: Fields, after: Fields): Pick<Described, 'before' | 'after'> {
  const old = flatten(before, RUNS.test(name));
  const now = flatten(after, RUNS.test(name));
  const keys = [...new Set([...old.keys(), ...now.keys()])].filter((key) => old.get(key) !== now.get(key));
  if (keys.length === 0) return { before: shorten(formatValue(before)), after: t.again };
  const only = keys.length === 1 && keys[0] === 'value';
  const pick = (fields: ReadonlyMap<string, string>): string =>
    shorten(keys.map((key) => `${only ? '' : `${key} `}${fields.get(key) ?? valueWords.absent}`).join(', '));
  return { before: pick(old), after: pick(now) };
}

/**
 * Fields of fields by the path of their names, in words. `runs`: lists of numbers are [first, count, ...].
 */
function flatten(fields: Fields, runs: boolean, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const path = `${prefix}${key}`;
    if (isFields(value)) for (const [inner, text] of flatten(value, runs, `${path}.`)) found.set(inner, text);
    else found.set(path, runs && isList(value) ? ranges(value.flat(2)) : formatValue(value, key));
  }
  return found;
}

function ranges(runs: readonly Value[]): string {
  const words: string[] = [];
  for (let i = 0; i + 1 < runs.length; i += 2) {
    const [first, length] = [Number(runs[i]), Number(runs[i + 1])];
    words.push(length === 1 ? String(first) : `${first}…${first + length - 1}`);
  }
  return words.join(' ') || valueWords.none;
}

function fieldOf(slot: string): string | undefined {
  return HEX_SLOT.test(slot) ? 'mfn' : undefined;
}

function lines(items: readonly Value[]): string {
  return items.map((item) => formatValue(item)).join('\n');
}

/** What was added at the end or taken from the front; of long lists what only one of them has; else both lists. */
function listDifference(name: string, before: Value, after: Value): Pick<Described, 'before' | 'after'> {
  const old = isList(before) ? before : [];
  const now = isList(after) ? after : [];
  const field = fieldOf(name);
  const list = (items: readonly Value[]): string => ends(items, field);
  const count = (items: readonly Value[]): string => countOf(name, items.length);
  const added = now.slice(old.length);
  if (old.length > 0 && added.length > 0 && lines(old) === lines(now.slice(0, old.length))) {
    const words = { count: count(now), added: added.length, list: list(added) };
    return { before: count(old), after: shorten(fill(added.length === 1 ? t.new : t.newMany, words)) };
  }
  const taken = old.slice(0, old.length - now.length);
  if (now.length > 0 && taken.length > 0 && lines(now) === lines(old.slice(taken.length))) {
    const words = { count: count(old), taken: taken.length, list: list(taken) };
    return { before: shorten(fill(taken.length === 1 ? t.gone : t.goneMany, words)), after: count(now) };
  }
  const whole = (items: readonly Value[]): string =>
    items.length > MANY ? fill(t.whole, { count: count(items), list: list(items) }) : listOf(items, field);
  const both = { before: whole(old), after: whole(now) };
  const [lost, gained] = [without(old, now), without(now, old)];
  const cut = shorten(both.before) !== both.before || shorten(both.after) !== both.after;
  if (!cut || lost.length === old.length || gained.length === now.length || lost.length + gained.length === 0) {
    return { before: shorten(both.before), after: shorten(both.after) };
  }
  const some = (text: string, items: readonly Value[], only: readonly Value[]): string =>
    only.length === 0 ? count(items) : fill(text, { count: count(items), list: list(only) });
  return { before: some(t.lost, old, lost), after: some(t.new, now, gained) };
}

/** The items that the other list does not have, each as often as it is there more often. */
function without(items: readonly Value[], others: readonly Value[]): Value[] {
  const left = others.map((other) => formatValue(other));
  return items.filter((item) => {
    const at = left.indexOf(formatValue(item));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Longer lists are told by their ends: of those that a list gained or lost, and of those that it is. */
const FEW = 2;
const MANY = 6;

/** A list's items; of a longer one the first and the last. */
function ends(items: readonly Value[], field: string | undefined): string {
  if (items.length <= FEW) return listOf(items, field);
  return `${formatValue(items[0], field)} … ${formatValue(items.at(-1), field)}`;
}

/** How many items that slot's list has, by what they are. */
function countOf(slot: string, items: number): string {
  const { one, many } = familyOf(slot) ?? { one: t.items[0], many: t.items[1] };
  return items === 0 ? valueWords.none : `${items} ${items === 1 ? one : many}`;
}

function transaction(value: Value): string {
  if (!isList(value) || value.length === 0) return t.transaction.none;
  return value
    .map((one) => {
      const count = isFields(one) && isList(one['accessed']) ? one['accessed'].length : 0;
      return fill(count === 1 ? t.transaction.one : t.transaction.many, { count });
    })
    .join('; ');
}

/** How many keys are used; where no more are, which of them is another now, or what else became of the transaction. */
function transactionDifference(name: string, before: Value, after: Value): Difference {
  const counts = { before: transaction(before), after: transaction(after) };
  const [old, now] = [last(before), last(after)];
  if (counts.before !== counts.after || old === null || now === null) return counts;
  const [{ accessed: olds, ...was }, { accessed: nows, ...is }] = [old, now];
  const at = isList(nows) && isList(olds) ? nows.findIndex((one, i) => JSON.stringify(one) !== JSON.stringify(olds[i])) : -1;
  if (at < 0) return fieldsDifference(name, was, is);
  const [same, key] = [olds, nows].map((all) => (all as readonly Fields[])[at]!);
  const path = plain(key!['path']);
  return {
    what: fill(t.transaction.key, { what: slotName(name), path }),
    ...difference(`xs:node:${path}`, same!['node'], key!['node']),
  };
}

function last(all: Value): Fields | null {
  const one = isList(all) ? all.at(-1) : undefined;
  return one !== undefined && isFields(one) ? one : null;
}

/** Where a thread is: the function that it goes on in. */
function place(stack: Value): string {
  if (stack === undefined) return t.thread.none;
  const inner = isList(stack) ? stack.at(-1) : undefined;
  return inner !== undefined && isFields(inner) ? fill(t.thread.in, { fn: plain(inner['shown']) }) : plain(stack);
}

function holder(value: Value): string {
  return typeof value === 'string' ? fill(t.lock.by, { who: value }) : value === true ? t.lock.held : t.lock.free;
}
