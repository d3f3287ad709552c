/** What changed, in words. Pure. */
import type { Change, Value } from '../store/store.ts';
import { wordName, wordPlace } from './frame-names.ts';
import type { Layout, WordPlace } from './frame-names.ts';
import { flagWords } from './grant-flags.ts';
import { count, formatValue, hex, isFields, isList, listOf, plain, shorten } from './values.ts';
import type { Fields } from './values.ts';

type WordChange = Extract<Change, { cell: 'word' }>;

/** One change: what changed, from what, to what. */
export interface Described {
  what: string;
  before: string;
  after: string;
}

/** Slot families by the first parts of their names; `$1`, `$2` are what follows. */
const families: readonly (readonly [RegExp, string])[] = [
  [/^xs:node:(.+)$/, 'key $1'],
  [/^xs:watches:(.+)$/, 'watches that $1 has set in xenstored'],
  [/^xs:queue:(.+)$/, 'events waiting for $1'],
  [/^xs:tx:(.+)$/, 'open transaction of $1'],
  [/^xs:connections$/, 'connections to xenstored'],
  [/^log:(.+)$/, 'log of $1'],
  [/^netdev:(.+)$/, 'interface $1'],
  [/^kernel:(\w+):watches$/, 'watches that $1’s kernel knows'],
  [/^kernel:(\w+):xenwatch$/, 'events that $1’s xenwatch has yet to take'],
  [/^irqs:(.+)$/, 'interrupts that $1 has bound'],
  [/^xenwatch_mutex:(.+)$/, 'xenwatch’s mutex of $1'],
  [/^irq running:(.+)$/, 'interrupt that $1 is serving'],
  [/^irq off:(\w+):(\d+)$/, 'interrupt of port $2 of $1 disabled'],
  [/^kthread:(.+)$/, 'kernel thread $1'],
  [/^job:(.+)$/, 'job for $1'],
  [/^timers$/, 'timers that run'],
  [/^timer:(.+)$/, 'whether timer $1 has run out'],
  [/^store-buffer:(.+)$/, 'store buffer of $1'],
  [/^pages:(\w+)$/, 'ring pages that $1 has allocated'],
  [/^gnttab deferred:(\w+)$/, 'grants that $1 could not end yet'],
  [/^bridge:(.+)$/, 'bridge $1'],
  [/^napi:(.+)$/, 'polls that wait in $1'],
  [/^(sent|delivered|dropped):(.+)$/, 'packets $1 in $2'],
  [/^netback:eoi-(\w+):(\d+)$/, '$1 interrupt of queue $2 not ended yet'],
  [/^netback:rx-queue:(\d+)$/, 'packets that wait for the guest in queue $1'],
  [/^netback:wake:(\d+)$/, 'wake-up of the guest-rx thread of queue $1'],
  [/^netback:vif$/, 'netback’s interface'],
  [/^xen:dying:(\d+)$/, 'what becomes of domain $1'],
  [/^xen:shutdown:(\d+)$/, 'whether domain $1 has shut down'],
  [/^lock:([^:]+):(dom\w)$/, 'lock $1 of $2'],
  [/^lock:([^:]+):(\d+)$/, 'lock $1 of queue $2'],
  [/^lock:(.+)$/, 'lock $1'],
  [/^xenbus_unloaded:(\w+)$/, 'module of $1’s vif driver unloaded'],
  [/^bridge:(.+)$/, 'bridge $1'],
  [/^vmalloc:(.+)$/, 'address space of $1 reserved for mapped rings'],
  [/^gnttab:(.+)$/, 'grant allocator of $1'],
  [/^xenbus:(\w+):(.+)$/, 'xenbus device $2 of $1'],
  [/^netback:be$/, 'netback’s backend_info'],
  [/^(netfront|netback):(queue):(\d+)$/, '$1’s queue $3'],
  [/^(netfront|netback):(.+)$/, '$1’s $2'],
  [/^thread:(.+)$/, 'thread $1'],
  [/^xen:domain:(\d+)$/, 'domain $1'],
  [/^xen:gt:(\d+)$/, 'size of the grant table of domain $1'],
  [/^xen:active:(\d+):(\d+)$/, 'Xen’s own record of entry $2 of domain $1'],
  [/^xen:maptrack:(\d+)$/, 'free maptrack handles of domain $1'],
  [/^xen:handle:(\d+):(\d+)$/, 'maptrack handle $2 of domain $1'],
  [/^xen:pte:(\d+):(\w+)$/, 'page table entry at 0x$2 of domain $1'],
  [/^xen:p2m:(\d+):(\w+)$/, 'what lies behind gfn 0x$2 of domain $1'],
  [/^xen:evtchn-refused:(\d+)$/, 'ban on event channels of domain $1'],
  [/^xen:ports:(\d+)$/, 'free ports of domain $1'],
  [/^xen:port:(\d+):(\d+)$/, 'port $2 of domain $1'],
];

/** Slots that hold frame numbers by themselves. */
const HEX_SLOT = /^xen:pte:/;
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

/** A change of a word of which is known what it is. */
export function describeWord({ before, after }: Pick<WordChange, 'before' | 'after'>, place: WordPlace): Described {
  if (place.kind === 'index') return { what: wordName(place), before: String(before), after: String(after) };
  if (place.kind === 'grant' && place.word === 'first') {
    const half = changedHalf(before, after);
    if (half === 'flags') {
      return { what: `flags of entry ${place.ref}`, before: flagsText(before), after: flagsText(after) };
    }
    if (half === 'domid') {
      return { what: `domid of entry ${place.ref}`, before: String(before >>> 16), after: String(after >>> 16) };
    }
  }
  return { what: wordName(place), before: hex(before, 8), after: hex(after, 8) };
}

function flagsText(word: number): string {
  const flags = word & 0xffff;
  return `${hex(flags, 4)} (${flagWords(flags)})`;
}

/** Which half of an entry's first word changed alone; null where both did. */
export function changedHalf(before: number, after: number): 'flags' | 'domid' | null {
  const changed = before ^ after;
  return (changed & 0xffff) === 0 ? 'domid' : changed >>> 16 === 0 ? 'flags' : null;
}

/** The name of a slot as people read it. */
export function slotName(name: string): string {
  for (const [pattern, words] of families) if (pattern.test(name)) return name.replace(pattern, words);
  return name.replaceAll(':', ' ').replaceAll('_', ' ');
}

function difference(name: string, before: Value, after: Value): Pick<Described, 'before' | 'after'> {
  if (name.startsWith('thread:')) return { before: place(before), after: place(after) };
  if (name.startsWith('xs:tx:')) return { before: transaction(before), after: transaction(after) };
  if (/^(lock|xenwatch_mutex):/.test(name)) return { before: holder(before), after: holder(after) };
  if (isFields(before) && isFields(after)) return fieldsDifference(name, before, after);
  if (isList(before ?? []) && isList(after ?? [])) return listDifference(before ?? [], after ?? []);
  const field = HEX_SLOT.test(name) ? 'mfn' : undefined;
  return { before: shorten(formatValue(before, field)), after: shorten(formatValue(after, field)) };
}

function fieldsDifference(name: string, before: Fields, after: Fields): Pick<Described, 'before' | 'after'> {
  const old = flatten(before, RUNS.test(name));
  const now = flatten(after, RUNS.test(name));
  const keys = [...new Set([...old.keys(), ...now.keys()])].filter((key) => old.get(key) !== now.get(key));
  if (keys.length === 0) return { before: shorten(formatValue(before)), after: 'the same, written again' };
  const only = keys.length === 1 && keys[0] === 'value';
  const pick = (fields: ReadonlyMap<string, string>): string =>
    shorten(keys.map((key) => `${only ? '' : `${key} `}${fields.get(key) ?? 'absent'}`).join(', '));
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
  return words.join(' ') || 'none';
}

function lines(items: readonly Value[]): string {
  return items.map((item) => formatValue(item)).join('\n');
}

/** What was added at the end or taken from the front; else both lists. */
function listDifference(before: Value, after: Value): Pick<Described, 'before' | 'after'> {
  const old = isList(before) ? before : [];
  const now = isList(after) ? after : [];
  const added = now.slice(old.length);
  if (added.length > 0 && lines(old) === lines(now.slice(0, old.length))) {
    return {
      before: count(old.length),
      after: old.length === 0 ? shorten(listOf(now)) : shorten(`${count(now.length)}, new: ${listOf(added)}`),
    };
  }
  const taken = old.slice(0, old.length - now.length);
  if (taken.length > 0 && lines(now) === lines(old.slice(taken.length))) {
    return { before: shorten(`${count(old.length)}, first: ${listOf(taken)}`), after: count(now.length) };
  }
  return { before: shorten(listOf(old)), after: shorten(listOf(now)) };
}

function transaction(value: Value): string {
  if (!isList(value) || value.length === 0) return 'none';
  return value
    .map((one) => {
      const accessed = isFields(one) && isList(one['accessed']) ? one['accessed'].length : 0;
      return `open, ${accessed === 1 ? '1 key' : `${accessed} keys`} used`;
    })
    .join('; ');
}

/** Where a thread is: the function that it goes on in. */
function place(stack: Value): string {
  if (stack === undefined) return 'not running';
  const inner = isList(stack) ? stack.at(-1) : undefined;
  return inner !== undefined && isFields(inner) ? `in ${plain(inner['shown'])}` : plain(stack);
}

function holder(value: Value): string {
  return typeof value === 'string' ? `held by ${value}` : value === true ? 'held' : 'free';
}
