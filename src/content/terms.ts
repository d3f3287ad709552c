/** Finds the words of the trade in a text. Pure. */
import type { Term, Terms } from './schema.ts';

/** A stretch of text; with the term that it is, where it is one. */
export interface Piece {
  text: string;
  term?: Term;
}

interface Index {
  pattern: RegExp;
  forms: ReadonlyMap<string, Term>;
}

const indexes = new WeakMap<Terms, Index>();

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A form that begins with a small letter may begin a sentence too; all else is written as it is listed. */
function patternOf(form: string): string {
  const [first, rest] = [form.slice(0, 1), form.slice(1)];
  const upper = first.toUpperCase();
  return upper === first ? escaped(form) : `[${first}${upper}]${escaped(rest)}`;
}

/** Words end where letters, digits and the marks inside names (`a_b`, `a-b`, `a.b`, `a/b`) end. */
const BEFORE = String.raw`(?<![\p{L}\p{N}_/.\-])`;
const AFTER = String.raw`(?![\p{L}\p{N}_/]|[.\-][\p{L}\p{N}])`;

function indexOf(terms: Terms): Index {
  const known = indexes.get(terms);
  if (known !== undefined) return known;
  const forms = new Map(terms.flatMap((term) => [term.term, ...(term.forms ?? [])].map((form) => [form, term] as const)));
  const longestFirst = [...forms.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`${BEFORE}(?:${longestFirst.map(patternOf).join('|')})${AFTER}`, 'gu');
  const index = { pattern, forms };
  indexes.set(terms, index);
  return index;
}

function termOf(forms: Index['forms'], text: string): Term | undefined {
  return forms.get(text) ?? forms.get(text.slice(0, 1).toLowerCase() + text.slice(1));
}

/** The term that all of `text` is, if it is one. */
export function termNamed(terms: Terms, text: string): Term | undefined {
  return termOf(indexOf(terms).forms, text);
}

/**
 * The text cut at the terms in it. Only the first occurrence of a term is one: `seen` holds those that came before, and
 * takes up those that are found.
 */
export function piecesOf(text: string, terms: Terms, seen: Set<Term>): Piece[] {
  const { pattern, forms } = indexOf(terms);
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(pattern)) {
    const term = termOf(forms, found);
    if (term === undefined || seen.has(term)) continue;
    seen.add(term);
    if (index > from) pieces.push({ text: text.slice(from, index) });
    pieces.push({ text: found, term });
    from = index + found.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}
