import { GRANTS_PER_FRAME } from '../../abi/grant-table.ts';
import { breakpointWords, functionName, lineName } from '../../content/breakpoints.ts';
import { fill } from '../../content/words.ts';
import type { Mirror } from '../../store/mirror.ts';
import type { Breakpoint } from '../../store/store.ts';
import type { RingView } from '../../store/view.ts';
import { grantSubject, keySubject } from '../../store/subjects.ts';

const t = breakpointWords;

export const KINDS = ['function', 'line', 'state', 'key', 'grant'] as const;
export type Kind = (typeof KINDS)[number];
export const ENDS = ['backend', 'frontend'] as const;
export type End = (typeof ENDS)[number];

const STATE_PATHS: Readonly<Record<End, string>> = {
  frontend: '/local/domain/5/device/vif/0/state',
  backend: '/local/domain/0/backend/vif/5/0/state',
};

/** What a form holds. */
export interface Draft {
  kind: Kind;
  /** What is typed, of those kinds that have a text. */
  text: string;
  end: End;
  /** Number of the xenbus state. */
  state: number;
  /** The grant entry that was chosen; null where its number is in the text. */
  entry: number | null;
}

export const EMPTY: Draft = { kind: 'function', text: '', end: 'backend', state: 4, entry: null };

/** What the run has that a breakpoint can be about. */
export interface Known {
  /** `function#label`. */
  keys: readonly string[];
  maxGrantFrames: number;
  mirror: Pick<Mirror, 'slot'>;
}

/** Those that are of code: acts have no function, and their names are nobody's to type. */
export function codeOf(keys: readonly string[]): readonly string[] {
  return keys.filter((key) => !key.startsWith('you#'));
}

/** The functions of a run by the names that people read, in alphabetical order. */
export function functionsOf(keys: readonly string[]): string[] {
  return [...new Set(keys.map((key) => key.slice(0, key.lastIndexOf('#'))))].sort((a, b) => a.localeCompare(b));
}

/** Paths of the keys in the store, of the names of all slots. */
export function pathsOf(slots: Iterable<string>): string[] {
  const prefix = 'xs:node:';
  return [...slots].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)).sort();
}

/** A grant entry that can be chosen, by what it is for. */
export interface GrantOffer {
  ref: number;
  name: string;
}

/** The entries of the rings' pages, in their order. */
export function grantOffers(rings: readonly Pick<RingView, 'queue' | 'direction' | 'pages'>[]): GrantOffer[] {
  return rings.flatMap(({ queue, direction, pages }) => pages.flatMap(({ ref, index, freed }) =>
    ref === null || freed ? [] : [{ ref, name: fill(t.entry, { ring: direction.toUpperCase(), page: index, queue, ref }) }]));
}

type Read = Pick<Breakpoint, 'stop' | 'name'> | { problem: string };

/** The last reference that fits into that many frames of a grant table. */
export function lastRef(maxGrantFrames: number): number {
  return maxGrantFrames * GRANTS_PER_FRAME.v1 - 1;
}

/** The breakpoint that a form describes, or what is wrong with it, for people. */
export function readDraft({ kind, text, end, state, entry }: Draft, known: Known): Read {
  const typed = text.trim();
  switch (kind) {
    case 'function':
      return readFunction(typed, known);
    case 'line':
      return readLine(typed, known);
    case 'key':
      return readKey(typed, known);
    case 'grant':
      return readGrant(entry === null ? typed : String(entry), known);
    case 'state':
      return {
        stop: { kind: 'becomes', cell: keySubject(STATE_PATHS[end]).cell, value: String(state) },
        name: fill(t.names.state, { end: t.ends[end], state: t.states[state] }),
      };
  }
}

function readFunction(typed: string, { keys }: Known): Read {
  if (typed === '') return { problem: t.problems.functionEmpty };
  if (!functionsOf(keys).includes(typed)) return { problem: fill(t.problems.functionNone, { typed }) };
  return { stop: { kind: 'function', fn: typed }, name: functionName(typed) };
}

function readLine(typed: string, { keys }: Known): Read {
  if (typed === '') return { problem: t.problems.lineEmpty };
  if (!keys.includes(typed)) return { problem: fill(t.problems.lineNone, { typed }) };
  return { stop: { kind: 'line', key: typed }, name: lineName(typed) };
}

/** The key need not be there: it may come. */
function readKey(typed: string, known: Known): Read {
  if (typed === '') return { problem: fill(t.problems.keyEmpty, { example: STATE_PATHS.backend }) };
  if (!typed.startsWith('/')) return readKeyName(typed, known);
  if (!/^(\/[\w@-]+)+$/.test(typed)) return { problem: t.problems.keyForm };
  const { name, cell } = keySubject(typed);
  return { stop: { kind: 'changes', cell }, name: fill(t.names.changes, { what: name }) };
}

/** A key by its name alone, which will do where one end alone has such a key. */
function readKeyName(typed: string, known: Known): Read {
  const paths = ENDS.map((end) => STATE_PATHS[end].replace(/state$/, typed));
  const there = paths.filter((path) => known.mirror.slot(`xs:node:${path}`) !== undefined);
  const [path] = there;
  if (path !== undefined && there.length === 1) return readKey(path, known);
  const problem = there.length === 0 ? t.problems.keyNameNone : t.problems.keyNameBoth;
  return { problem: fill(problem, { typed, example: paths[1] }) };
}

function readGrant(typed: string, { maxGrantFrames, mirror }: Known): Read {
  if (typed === '') return { problem: t.problems.grantEmpty };
  if (!/^\d{1,9}$/.test(typed)) return { problem: fill(t.problems.grantForm, { typed }) };
  const ref = Number(typed);
  const last = lastRef(maxGrantFrames);
  if (ref > last) return { problem: fill(t.problems.grantBeyond, { ref, frames: maxGrantFrames, last }) };
  const { name, cell } = grantSubject(mirror, ref);
  return { stop: { kind: 'changes', cell }, name: fill(t.names.changes, { what: name }) };
}
