import { Fragment } from 'react';
import type { ReactNode } from 'react';
import type { Term as Meaning, Terms } from '../content/schema.ts';
import { piecesOf, termNamed } from '../content/terms.ts';
import { spansOf } from '../content/words.ts';
import type { Span } from '../content/words.ts';
import { useApp } from '../store/store.ts';
import { Term } from './Term.tsx';

const NONE: Terms = [];

interface Stretch extends Span {
  term?: Meaning | undefined;
}

/** Marks that belong to the word before them. */
const CLOSING = /^[.,;:!?)’”]+/;

/** The text in stretches of one look, those cut at the terms in them; each term where it first occurs. */
function stretchesOf(text: string, terms: Terms): Stretch[] {
  if (terms.length === 0) return spansOf(text);
  const seen = new Set<Meaning>();
  return spansOf(text).flatMap((span): Stretch[] => {
    if (span.look !== 'code') return piecesOf(span.text, terms, seen).map((piece) => ({ look: span.look, ...piece }));
    const term = termNamed(terms, span.text);
    if (term === undefined || seen.has(term)) return [span];
    seen.add(term);
    return [{ ...span, term }];
  });
}

/** Text with its marks drawn. A word of the trade tells what it means, where it first occurs; `plain` turns that off. */
export function Prose({ text, plain = false }: { text: string; plain?: boolean }) {
  const known = useApp((state) => state.terms);
  const stretches = stretchesOf(text, plain || known === null ? NONE : known);
  return stretches.map(({ look, text: all, term }, index): ReactNode => {
    // What closes a word stands with it: a browser may end a line after a button.
    const closing = stretches[index - 1]?.term === undefined ? '' : (CLOSING.exec(all)?.[0] ?? '');
    const words = all.slice(closing.length);
    const drawn = look === 'code' ? <code>{words}</code> : look === 'strong' ? <strong>{words}</strong> : words;
    // Another text takes the places of this one, which is cheaper than to make them anew; another term is not that one, open.
    // oxlint-disable-next-line react/no-array-index-key
    if (term === undefined) return <Fragment key={index}>{drawn}</Fragment>;
    const closed = CLOSING.exec(stretches[index + 1]?.text ?? '')?.[0] ?? '';
    return <Term key={term.term} term={term} closed={closed}>{drawn}</Term>;
  });
}
