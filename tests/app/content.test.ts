import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import steps from '../../src/content/en/steps.json';
import { fill, noteOf, placesOf, spansOf, titleOf } from '../../src/content/words.ts';

const line = v.pipe(v.string(), v.nonEmpty());
const notesSchema = v.record(
  v.pipe(v.string(), v.regex(/^[^#]+#[^#]+$/, 'a key is function#label')),
  v.strictObject({
    title: v.pipe(line, v.maxLength(90), v.regex(/[^.]$/, 'a title has no full stop')),
    which: v.optional(v.pipe(line, v.maxLength(30))),
    text: line,
    why: v.optional(line),
    pvh: v.optional(line),
    again: v.optional(line),
    refused: v.optional(v.strictObject({ title: v.pipe(line, v.maxLength(90)), text: line, why: v.optional(line) })),
    myth: v.optional(v.strictObject({ said: line, does: line })),
  }),
);

describe('the notes', () => {
  it('have the shape that the page draws', () => {
    const read = v.safeParse(notesSchema, steps);
    expect(read.issues?.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`) ?? []).toEqual([]);
  });

  it('without one, an operation is named by its function and label', () => {
    expect(titleOf(null, 'no_such_function#map_batch', {})).toBe('no_such_function: map_batch');
    expect(titleOf(null, 'no_such_function#map_batch', {}, 'shown_name')).toBe('shown_name: map_batch');
    expect(noteOf({}, 'toString')).toBeUndefined();
  });
});

describe('numbers in words', () => {
  it('come from the run, and a missing one is seen to be missing', () => {
    expect(fill('{entries} entries in {pages} pages', { entries: 1024 })).toBe('1024 entries in … pages');
    expect(placesOf('{entries} in {pages}')).toEqual(['entries', 'pages']);
  });
});

describe('marks in words', () => {
  it('cut a text into stretches without losing anything', () => {
    expect(spansOf('reads `state`, **then** writes')).toEqual([
      { look: 'plain', text: 'reads ' },
      { look: 'code', text: 'state' },
      { look: 'plain', text: ', ' },
      { look: 'strong', text: 'then' },
      { look: 'plain', text: ' writes' },
    ]);
    expect(spansOf('2 ** 4 and a ` alone')).toEqual([{ look: 'plain', text: '2 ** 4 and a ` alone' }]);
  });
});
