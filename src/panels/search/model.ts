import { isEntry } from '../../base/calls.ts';
import { summaries } from '../../content/summaries.ts';
import { searchWords as t } from '../../content/search.ts';
import { fill } from '../../content/words.ts';
import type { Terms } from '../../content/schema.ts';
import type { Outline, ScenarioInfo } from '../../store/store.ts';
import { actTitle } from '../../store/acts.ts';
import { grantSubject, keySubject } from '../../store/subjects.ts';
import type { Subject } from '../../store/subjects.ts';
import type { Mirror } from '../../store/mirror.ts';
import type { ActView } from '../../store/view.ts';

export const GROUPS = ['steps', 'chapters', 'functions', 'lines', 'keys', 'indexes', 'logs', 'grants', 'scenarios', 'terms', 'acts'] as const;
export type Group = (typeof GROUPS)[number];

/** Results of a kind that are shown. */
const MOST = 8;

/** Where a result leads. */
export type Target =
  | { kind: 'position'; position: number }
  | { kind: 'subject'; subject: Subject }
  | { kind: 'act'; act: ActView }
  | { kind: 'scenario'; scenario: ScenarioInfo }
  /** What the notes say of a word: it is searched for. */
  | { kind: 'query'; query: string };

export interface Result {
  id: string;
  /** What it is called. */
  name: string;
  /** What people read beside it, with `code` marks; it is searched as well. */
  words: string;
  /** More that is searched, after names and words; where it matches, what stands around it is shown in their place. */
  text?: string;
  /** What picking it does. */
  leads: string;
  target: Target;
}

export interface Found {
  group: Group;
  results: readonly Result[];
  /** Results that are not shown. */
  more: number;
}

/** Everything that can be found, but for steps and grant entries, which are too many. */
export interface Index extends Pick<Sources, 'outline' | 'titleOf' | 'lastRef' | 'mirror'> {
  items: readonly (readonly [Group, readonly Result[]])[];
}

export interface Sources {
  outline: Outline;
  position: number;
  /** What the note of step `n` is called there. */
  titleOf: (n: number) => string;
  /** All that it says there; empty where nothing is known of it yet. */
  textOf: (n: number) => string;
  /** Was what the step asked for refused? Its note has other words then. */
  refusedAt: (n: number) => boolean;
  terms: Terms;
  paths: readonly string[];
  acts: readonly ActView[];
  /** Shared indexes and log lines, as they are now. */
  indexes?: readonly Result[];
  logs?: readonly Result[];
  scenarios: readonly ScenarioInfo[];
  lastRef: number;
  mirror: Pick<Mirror, 'slot'>;
}

/** Everything in the run that has a name, each with where it leads from this position. */
export function indexOf(sources: Sources): Index {
  const { outline, titleOf, paths, acts, scenarios, lastRef, mirror, terms } = sources;
  const chapters = outline.chapters.map(({ id, title, at }): Result => ({
    id: `chapter ${id}`,
    name: title,
    words: '',
    leads: fill(t.chapter, { n: at + 1 }),
    target: { kind: 'position', position: at + 1 },
  }));
  const keys = paths.map((path): Result => ({
    id: `key ${path}`, name: path, words: '', leads: t.who, target: { kind: 'subject', subject: keySubject(path) },
  }));
  const doings = acts.map((act): Result => ({
    id: `act ${act.id}`, name: act.title, words: '', leads: act.refusal ?? t.do, target: { kind: 'act', act },
  }));
  const runs = scenarios.map((scenario): Result => ({
    id: `scenario ${scenario.id}`, name: scenario.title, words: scenario.id, text: summaries[scenario.id] ?? '', leads: t.open, target: { kind: 'scenario', scenario },
  }));
  const glossary = terms.map(({ term, forms, means }): Result => ({
    id: `term ${term}`, name: term, words: means, text: forms?.join(' ') ?? '', leads: t.said, target: { kind: 'query', query: term },
  }));
  const { functions, lines } = codeOf(sources);
  return {
    items: [
      ['chapters', chapters], ['functions', functions], ['lines', lines], ['keys', keys],
      ['indexes', sources.indexes ?? []], ['logs', sources.logs ?? []], ['scenarios', runs], ['terms', glossary],
      ['acts', doings],
    ],
    outline,
    titleOf,
    lastRef,
    mirror,
  };
}

/**
 * The functions and lines of the run, in the order in which they first run. A function leads to where it is called; a line
 * is there once more where it was refused, and each says what its note says at the step to which it leads.
 */
function codeOf({ outline, position, titleOf, textOf, refusedAt, scenarios }: Sources): { functions: Result[]; lines: Result[] } {
  const { key: keyAt, keys } = outline;
  const functionAt = keys.map((key) => key.slice(0, key.lastIndexOf('#')));
  const runs = [false, true].map((refused) =>
    placesOf(outline, position, (step) => refusedAt(step) === refused ? keys[keyAt[step]!]! : null));
  const calls = placesOf(outline, position, (step) => isEntry(outline, step) ? functionAt[keyAt[step]!]! : null);
  const functions = new Set<string>();
  const lines = keys.flatMap((key, index) => {
    const fn = functionAt[index]!;
    const act = actTitle(scenarios, key);
    // An act is nobody's function.
    if (act === undefined) functions.add(fn);
    const name = act ?? `${fn}: ${key.slice(fn.length + 1)}`;
    return runs.flatMap((places, refused): Result[] => {
      const at = places.get(key);
      if (at === undefined) return [];
      const n = (at.next ?? at.first) - 1;
      const id = `line ${key}${refused === 1 ? ' refused' : ''}`;
      return [{ id, name, words: titleOf(n), text: textOf(n), ...leadsTo(at, t.next, t.wrapped) }];
    });
  });
  return {
    functions: Array.from(functions, (fn): Result => ({
      id: `function ${fn}`, name: fn, words: nowCalled(fn), ...leadsTo(calls.get(fn)!, t.nextCall, t.wrappedCall),
    })),
    lines,
  };
}

/** What the function is called today, where that is another name. */
function nowCalled(fn: string): string {
  const names: Readonly<Record<string, string>> = t.names;
  return Object.hasOwn(names, fn) ? fill(t.now, { name: names[fn] }) : '';
}

/** Positions just after the first time that something happens, and after the next time from here on. */
interface Places {
  next: number | undefined;
  first: number;
}

/** By what happens at a step; null where that is nothing. */
function placesOf({ length }: Outline, position: number, happens: (step: number) => string | null): Map<string, Places> {
  const places = new Map<string, Places>();
  for (let n = length - 1; n >= 0; n--) {
    const what = happens(n);
    if (what !== null) places.set(what, { next: n >= position ? n + 1 : places.get(what)?.next, first: n + 1 });
  }
  return places;
}

/** To the next time; where there is none any more, to the first. Says which, in those words. */
function leadsTo({ next, first }: Places, onward: string, wrapped: string): Pick<Result, 'leads' | 'target'> {
  const position = next ?? first;
  return {
    leads: fill(next === undefined ? wrapped : onward, { n: position }),
    target: { kind: 'position', position },
  };
}

/**
 * What matches, by kind, the best first; kinds in which a name does come before the others, and acts after all: Enter picks
 * what comes first, and whoever only looks for a word changes no run. Without anything typed: the chapters.
 */
export function search(index: Index, query: string): Found[] {
  const wanted = query.trim().toLowerCase();
  const named = new Set<Found>();
  const found = index.items.flatMap(([group, results]): Found[] => {
    if (wanted === '') return group === 'chapters' ? [{ group, results, more: 0 }] : [];
    const matches = results
      .map((result, order) => ({ result, order, rank: rankOf(result, wanted) }))
      .filter(({ rank }) => rank < NO_MATCH)
      .sort((a, b) => a.rank - b.rank || a.order - b.order);
    if (matches.length === 0) return [];
    const all = { group, results: matches.slice(0, MOST).map((match) => shown(match, wanted)), more: Math.max(0, matches.length - MOST) };
    if (group !== 'acts' && matches[0]!.rank < (group === 'scenarios' ? BY_PART : BY_WORDS)) named.add(all);
    return [all];
  });
  return [...numbered(index, wanted), ...named, ...found.filter((one) => !named.has(one))];
}

/** Where nothing has all words of the query: the one of them that the fewest have, and what has it; null where none is found. */
export function searchByOne(index: Index, query: string): { word: string; found: Found[] } | null {
  const words = query.trim().split(/\s+/);
  const each = words.length < 2 ? [] : words.map((word) => ({ word, found: search(index, word) })).filter(({ found }) => found.length > 0);
  return each.sort((a, b) => countOf(a.found) - countOf(b.found))[0] ?? null;
}

/** How much was found, what is not listed included. */
export function countOf(found: readonly Found[]): number {
  return found.reduce((sum, { results, more }) => sum + results.length + more, 0);
}

/** The number that is typed, if it is one of a step or of a grant entry; `step` where it says so. */
export function numberOf(query: string): { step: boolean; n: number } | undefined {
  const typed = /^\s*(step\s+)?(\d{1,9})\s*$/i.exec(query);
  return typed === null ? undefined : { step: typed[1] !== undefined, n: Number(typed[2]) };
}

/** The step and the grant entry of that number. */
function numbered({ outline, titleOf, lastRef, mirror }: Index, wanted: string): Found[] {
  const typed = numberOf(wanted);
  if (typed === undefined) return [];
  const { step, n } = typed;
  const found: Found[] = [];
  if (n <= outline.length) found.push({ group: 'steps', results: [stepResult(titleOf, n)], more: 0 });
  if (!step && n <= lastRef) found.push({ group: 'grants', results: [grantResult(mirror, n)], more: 0 });
  return found;
}

function stepResult(titleOf: Sources['titleOf'], n: number): Result {
  return {
    id: `step ${n}`,
    name: fill(t.step, { n }),
    words: n === 0 ? '' : titleOf(n - 1),
    leads: t.go,
    target: { kind: 'position', position: n },
  };
}

function grantResult(mirror: Pick<Mirror, 'slot'>, ref: number): Result {
  return {
    id: `grant ${ref}`,
    name: fill(t.grant, { ref }),
    words: '',
    leads: t.who,
    target: { kind: 'subject', subject: grantSubject(mirror, ref) },
  };
}

/** How what was typed is in a text, from the best way to the worst; null where some of it is not. */
type Way = 'phrase' | 'words' | 'starts' | 'parts';
const WAYS: readonly Way[] = ['phrase', 'words', 'starts', 'parts'];

/** Names rank before this, and then what is said, by how what was typed is in it; a text after words of the same rank. */
const BY_WORDS = 4;
/** Before this, what begins a name: only so does another scenario come before what there is in this run. */
const BY_PART = 2;
const NO_MATCH = BY_WORDS + 2 * WAYS.length;

/**
 * 0 for the very name, then names that begin so, names with a word that does, names that hold it at all, then what has all
 * of the words in its name and words, or in its text: as they were typed, as whole words, as beginnings of words, anywhere.
 */
function rankOf({ name, words, text = '' }: Result, wanted: string): number {
  const lower = name.toLowerCase();
  if (lower === wanted) return 0;
  if (lower.startsWith(wanted)) return 1;
  const at = lower.indexOf(wanted);
  if (at >= 0) return /[^a-z0-9]/.test(lower.charAt(at - 1)) ? 2 : 3;
  const said = `${lower} ${words.toLowerCase().replaceAll('`', '')}`;
  const rank = (where: string, after: 0 | 1): number => {
    const way = wayIn(where, wanted);
    return way === null ? NO_MATCH : BY_WORDS + 2 * WAYS.indexOf(way) + after;
  };
  return Math.min(rank(said, 0), rank(`${said} ${text.toLowerCase()}`, 1));
}

function isByText(rank: number): boolean {
  return rank >= BY_WORDS && (rank - BY_WORDS) % 2 === 1;
}

function wayIn(lower: string, wanted: string): Way | null {
  const parts = wanted.split(/\s+/);
  if (!parts.every((part) => lower.includes(part))) return null;
  if (occurrences(lower, parts.join(' '), 'words').length > 0) return 'phrase';
  const all = (way: Way): boolean => parts.every((part) => occurrences(lower, part, way).length > 0);
  return all('words') ? 'words' : all('starts') ? 'starts' : 'parts';
}

/** Where a text has that part: as words of its own, where words begin so, or anywhere. */
function occurrences(lower: string, part: string, way: Way): number[] {
  const isInWord = (at: number): boolean => /[a-z0-9]/.test(lower.charAt(at));
  const found: number[] = [];
  for (let at = lower.indexOf(part); at >= 0; at = lower.indexOf(part, at + part.length)) {
    const begins = at === 0 || !isInWord(at - 1);
    if (way === 'parts' || (begins && (way === 'starts' || !isInWord(at + part.length)))) found.push(at);
  }
  return found;
}

/** A stretch of a text, and whether it is what was typed. */
export interface Piece {
  text: string;
  hit: boolean;
}

/** A text cut at what was typed: all of it where it is there as it was typed, else each of its words, as whole as there are. */
export function piecesOf(text: string, query: string): Piece[] {
  const wanted = query.trim().toLowerCase();
  const lower = text.toLowerCase();
  const hits = wanted === '' ? [] : hitsIn(lower, wanted);
  const pieces: Piece[] = [];
  let done = 0;
  for (const [from, to] of hits) {
    if (from < done) continue;
    if (from > done) pieces.push({ text: text.slice(done, from), hit: false });
    pieces.push({ text: text.slice(from, to), hit: true });
    done = to;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), hit: false });
  return pieces;
}

/** The stretches that match, in their order. */
function hitsIn(lower: string, wanted: string): [from: number, to: number][] {
  const best = (part: string): [number, number][] => {
    for (const way of WAYS) {
      const found = occurrences(lower, part, way);
      if (found.length > 0) return found.map((at) => [at, at + part.length]);
    }
    return [];
  };
  const whole = best(wanted);
  const hits = whole.length > 0 ? whole : wanted.split(/\s+/).flatMap(best);
  return hits.sort(([a], [b]) => a - b);
}

/** So much of a text stands before what was found in it. */
const BEFORE = 40;
const EXCERPT = 160;

/** A result as it is listed: one that its text alone has found shows what stands around it there. */
function shown({ result, rank }: { result: Result; rank: number }, wanted: string): Result {
  if (!isByText(rank) || result.text === undefined) return result;
  const first = hitsIn(result.text.toLowerCase(), wanted)[0]?.[0];
  const from = first === undefined || first <= BEFORE ? 0 : result.text.indexOf(' ', first - BEFORE) + 1;
  const rest = result.text.slice(from, from + EXCERPT);
  const end = from + EXCERPT < result.text.length ? '…' : '';
  return { ...result, words: `${from > 0 ? '…' : ''}${rest}${end}` };
}
