import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { fidelity } from '../../src/content/fidelity.ts';
import { spansOf } from '../../src/content/words.ts';
import { fidelityPage } from '../../tools/fidelity.mjs';

/** A sentence or more, that breaks no table and leaves no mark open. */
const text = v.pipe(
  v.string(),
  v.regex(/^[^|\n]+$/, 'has a bar or a line break, or is empty'),
  v.check((words) => spansOf(words).every(({ look, text: span }) => look === 'code' || !span.includes('`')), 'a ` is left open'),
);
const row = v.strictObject({
  area: text,
  kind: v.picklist(['exact', 'composite', 'simplified', 'absent']),
  what: text,
  real: text,
  here: text,
});

describe('the list of what is modelled', () => {
  it('has rows of the shape that the page draws', () => {
    const read = v.safeParse(v.array(row), fidelity);
    expect(read.issues?.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`) ?? []).toEqual([]);
    expect(fidelity.length).toBeGreaterThan(100);
  });

  it('keeps the rows of an area together, and names each thing once', () => {
    const areas = fidelity.map(({ area }) => area).filter((area, i, all) => area !== all[i - 1]);
    expect(areas).toEqual([...new Set(areas)]);
    const names = fidelity.map(({ area, what }) => `${area}: ${what}`);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it('is what docs/fidelity.md says; if not, run node tools/fidelity.mjs', () => {
    const page = readFileSync(new URL('../../docs/fidelity.md', import.meta.url), 'utf8');
    expect(page).toBe(fidelityPage(fidelity));
  });
});

describe('the page made from it', () => {
  it('has a table an area, in the order of the rows, and counts the kinds', () => {
    const page = fidelityPage([
      { area: 'A', kind: 'exact', what: 'w1', real: 'r1', here: 'h1' },
      { area: 'A', kind: 'absent', what: 'w2', real: 'r2', here: 'h2' },
      { area: 'B', kind: 'exact', what: 'w3', real: 'r3', here: 'h3' },
    ]);
    expect(page).toContain('\n3 rows: 2 exact, 0 composite, 0 simplified, 1 absent.\n');
    expect(page.split('\n').filter((line) => /^(## |\| w)/.test(line))).toEqual([
      '## A',
      '| w1 | exact | r1 | h1 |',
      '| w2 | absent | r2 | h2 |',
      '## B',
      '| w3 | exact | r3 | h3 |',
    ]);
  });
});
