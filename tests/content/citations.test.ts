import { describe, expect, it } from 'vitest';
import { sourceLink } from '../../src/panels/story/source.ts';
import { programKeys } from '../../src/sim/index.ts';
import { opById } from '../../src/sim/machine/program.ts';
import type { Citation } from '../../src/sim/machine/program.ts';

/** What every function with a step of its own cites, by its name. */
function citations(): Map<string, Citation> {
  const left = new Set(programKeys());
  const found = new Map<string, Citation>();
  for (let id = 0; left.size > 0; id++) {
    const { key, fn } = opById(id);
    left.delete(key);
    found.set(fn.name, fn.info.cite);
  }
  return found;
}

describe('what a function follows', () => {
  const all = [...citations()];

  it('names the line at which it begins in the cited file, wherever the file is public', () => {
    const open = all.filter(([, { project }]) => project !== 'RingScope');
    expect(open.length).toBeGreaterThan(150);
    expect(open.filter(([, { line }]) => line === undefined).map(([name]) => name)).toEqual([]);
  });

  it('can be opened there', () => {
    for (const [, cite] of all) {
      const link = sourceLink(cite);
      if (cite.project === 'RingScope') expect(link).toBeUndefined();
      else expect(link).toMatch(new RegExp(`${cite.path.replaceAll('.', '\\.')}.*#[nl]${cite.line}$`));
    }
  });
});
