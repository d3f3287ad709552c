import type { ReactNode } from 'react';
import type { Term as Meaning, Terms } from '../content/schema.ts';
import { piecesOf, termNamed } from '../content/terms.ts';
import { spansOf } from '../content/words.ts';
import { useApp } from '../store/store.ts';
import { Term } from './Term.tsx';

const NONE: Terms = [];

/** Text with its marks drawn. A word of the trade tells what it means, where it first occurs; `plain` turns that off. */
export function Prose({ text, plain = false }: { text: string; plain?: boolean }) {
  const known = useApp((state) => state.terms);
  const terms = plain || known === null ? NONE : known;
  const seen = new Set<Meaning>();
  return spansOf(text).map(({ look, text: part }, index): ReactNode => {
    // The stretches of one text never change places.
    const key = `${index} ${part}`;
    if (look === 'code') {
      const term = terms.length === 0 ? undefined : termNamed(terms, part);
      if (term === undefined || seen.has(term)) return <code key={key}>{part}</code>;
      seen.add(term);
      return (
        <Term key={key} term={term}>
          <code>{part}</code>
        </Term>
      );
    }
    const words =
      terms.length === 0
        ? part
        : piecesOf(part, terms, seen).map(({ text: piece, term }) =>
            term === undefined ? piece : <Term key={term.term} term={term}>{piece}</Term>,
          );
    return look === 'strong' ? <strong key={key}>{words}</strong> : <span key={key}>{words}</span>;
  });
}
