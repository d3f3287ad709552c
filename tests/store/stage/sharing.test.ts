import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StageView } from '../../../src/store/view.ts';
import { Watched } from './run.ts';

/** The parts that components select, by name. */
function parts(view: StageView): Map<string, unknown> {
  const found = new Map<string, unknown>(Object.entries(view));
  for (const side of ['frontend', 'backend'] as const) {
    for (const [name, part] of Object.entries(view[side])) found.set(`${side}.${name}`, part);
    for (const key of view.xenstore[side]) found.set(key.path, key);
    found.set(`xenstore.${side}`, view.xenstore[side]);
  }
  for (const ring of view.rings) {
    const name = `ring ${ring.queue} ${ring.direction}`;
    for (const page of ring.pages) found.set(`${name} page ${page.index}`, page);
    for (const field of ['header', 'front', 'back', 'straddles'] as const) found.set(`${name} ${field}`, ring[field]);
    found.set(name, ring);
  }
  for (const row of view.grants.rows) found.set(`entry ${row.ref}`, row);
  for (const port of view.ports) found.set(`port ${port.dom}:${port.port}`, port);
  return found;
}

/** Names of parts that are equal to what they were and yet another object. */
function needless(before: StageView, after: StageView): string[] {
  const old = parts(before);
  return Array.from(parts(after))
    .filter(([name, part]) => old.get(name) !== part && isDeepStrictEqual(old.get(name), part))
    .map(([name]) => name);
}

describe('step by step, forth and back, a view equals one made from nothing and shares all it can', () => {
  test.each([[4, 1], [1, 3]])('%i pages, %i queues', (pages, queues) => {
    const run = new Watched(pages, queues);
    const forth = Array.from({ length: run.length }, (_, i) => i + 1);
    let before = run.view;
    for (const position of [...forth, ...[...forth].reverse()]) {
      const after = run.seek(position);
      if (!isDeepStrictEqual(after, run.anew())) expect(after, `position ${position}`).toStrictEqual(run.anew());
      expect(needless(before, after), `position ${position}`).toEqual([]);
      before = after;
    }
  });
});

test('a step that touches one ring leaves the fifteen others alone', () => {
  const run = new Watched(16, 8, 256);
  run.after('map_grant_ref#map_one', 20);
  const before = run.view;
  const after = run.seek(run.frame.position + 1);
  const same = after.rings.map((ring, i) => ring === before.rings[i]);
  expect(same.filter((kept) => !kept)).toHaveLength(1);
  expect(after.grants.rows.filter((row, i) => row !== before.grants.rows[i])).toHaveLength(2);
  expect(after.xenstore).toBe(before.xenstore);
  expect(after.ports).toBe(before.ports);
  expect(after.queues).toBe(before.queues);
});

type Move = { to: number } | { by: number } | { choose: number };

/** Places in the run as parts of its length; small moves; and other threads than the natural one. */
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.noBias(fc.nat(1000)).map((thousandths) => ({ to: thousandths / 1000 })),
  fc.integer({ min: -3, max: 3 }).map((by) => ({ by })),
  fc.nat(3).map((choose) => ({ choose })),
);

function make(run: Watched, change: Move): void {
  const { position, choices } = run.frame;
  if ('to' in change) run.seek(Math.round(change.to * run.length));
  else if ('by' in change) run.seek(Math.max(0, Math.min(run.length, position + change.by)));
  else if (choices.length > 0) run.choose(choices[change.choose % choices.length]!.thread);
}

describe('wherever one goes, a view made from the one before equals one made from nothing', () => {
  const widths = [[1, 1, 64, 100], [4, 2, 64, 40], [16, 8, 256, 5]] as const;
  test.each(widths)('%i pages, %i queues, limit %i', (pages, queues, limit, numRuns) => {
    fc.assert(
      fc.property(fc.array(move, { size: 'max', maxLength: 12 }), (moves) => {
        const run = new Watched(pages, queues, limit);
        for (const one of moves) {
          make(run, one);
          expect(run.view).toStrictEqual(run.anew());
        }
        expect(run.view).toStrictEqual(run.fromScratch());
      }),
      { numRuns },
    );
  });
});
