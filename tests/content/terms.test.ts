import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import list from '../../src/content/en/terms.json';
import type { Terms } from '../../src/content/schema.ts';
import { piecesOf, termNamed } from '../../src/content/terms.ts';

const line = v.pipe(v.string(), v.nonEmpty());
const schema = v.array(
  v.strictObject({
    term: line,
    forms: v.optional(v.array(line)),
    means: v.pipe(line, v.regex(/^[^.]*(\.\d[^.]*)*\.$/, 'one sentence')),
  }),
);
const terms: Terms = list;

/** The terms found in a text, as they stand there. */
function found(text: string, among: Terms = terms): string[] {
  return piecesOf(text, among, new Set()).flatMap(({ text: piece, term }) => (term === undefined ? [] : [piece]));
}

describe('the terms', () => {
  it('have one sentence each, and no form twice', () => {
    const read = v.safeParse(schema, list);
    expect(read.issues?.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`) ?? []).toEqual([]);
    const forms = terms.flatMap(({ term, forms: others = [] }) => [term, ...others]);
    expect(forms.filter((form, index) => forms.indexOf(form) !== index)).toEqual([]);
  });
});

describe('a text', () => {
  it('is cut without losing anything', () => {
    const text = 'Each grant reference names a grant entry. Xen looks at the entry later.';
    const pieces = piecesOf(text, terms, new Set());
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect(pieces.map(({ term }) => term?.term)).toEqual([undefined, 'grant reference', undefined, 'grant entry', undefined]);
  });

  it('has a term where the whole word stands, and not inside other words or names', () => {
    expect(found('The port is bound.')).toEqual(['port']);
    expect(found('It reports an important export.')).toEqual([]);
    expect(found('tx-ring-ref0, ring_ops, xenbus_probe.c, backend/vif/5/0 and netback.c')).toEqual([]);
    expect(found('a ring’s end (ring), rings.')).toEqual(['ring']);
  });

  it('has the longest term that stands there', () => {
    expect(found('the event channel')).toEqual(['event channel']);
    expect(found('a maptrack handle')).toEqual(['maptrack handle']);
    expect(found('vmap area, then vmap')).toEqual(['vmap area', 'vmap']);
  });

  it('may begin a sentence with one, but names are written as they are', () => {
    expect(found('Grant entries are plain.')).toEqual(['Grant entries']);
    expect(found('PV is not pv, and Napi is nobody’s name.')).toEqual(['PV']);
    expect(found('DOM0')).toEqual([]);
  });

  it('has each term once, however it is written, also over several texts', () => {
    const seen = new Set<Terms[number]>();
    expect(piecesOf('one port and two ports', terms, seen).filter(({ term }) => term)).toHaveLength(1);
    expect(piecesOf('another port', terms, seen)).toEqual([{ text: 'another port' }]);
  });
});

describe('a code mark', () => {
  it('is a term only where all of it is', () => {
    expect(termNamed(terms, 'req_prod')?.term).toBe('req_prod');
    expect(termNamed(terms, 'req_prod + 1')).toBeUndefined();
    expect(termNamed(terms, 'event-channel')).toBeUndefined();
  });
});
