import { expect, it } from 'vitest';
import { stepTarget } from '../../src/engine/places.ts';
import { Run } from '../../src/engine/run.ts';
import { stepView } from '../../src/engine/step-view.ts';
import { scenarios } from '../../src/sim/index.ts';
import { cameBefore, turnOfStep } from '../../src/store/turn.ts';

const [scenario] = scenarios;
const run = new Run(scenario!, { scenario: scenario!.id, config: { ...scenario!.defaults, txPages: 4, rxPages: 1, queues: 1 }, choices: [] });
run.record(Infinity);

/** What is shown at a position, and in which of how many calls in a row it is. */
function shown(position: number): string {
  const step = stepView(run.timeline, position - 1, (name) => run.partyOf(name));
  const turn = turnOfStep(run.outline, step);
  return turn === null ? step.key : `${step.key} ${turn.n}/${turn.count}`;
}

it('of calls in a row each says which it is, and going out of one leads past the others to the caller', () => {
  const { key, keys, chapters } = run.outline;
  const first = key.indexOf(keys.indexOf('map_grant_ref#map_one')) + 1;
  const seen = [first, first + 1, first + 2, first + 3].map(shown);
  expect(seen).toEqual(['map_grant_ref#map_one 1/4', 'map_grant_ref#map_one 2/4', 'map_grant_ref#map_one 3/4', 'map_grant_ref#map_one 4/4']);
  for (const from of [first, first + 1, first + 3]) {
    expect(shown(stepTarget('out', from, run.recorder, chapters))).toBe('HYPERVISOR_grant_table_op#return_map');
  }
  // The one page of the RX ring is mapped by a call alone.
  const alone = key.lastIndexOf(keys.indexOf('map_grant_ref#map_one')) + 1;
  expect(shown(alone)).toBe('map_grant_ref#map_one');
});

it('says nothing while the outline is of another run', () => {
  const step = stepView(run.timeline, 20, (name) => run.partyOf(name));
  expect(turnOfStep(null, step)).toBeNull();
  expect(turnOfStep(run.outline, { ...step, key: 'elsewhere#other' })).toBeNull();
});

it('knows the first time that the run comes to an operation from the others', () => {
  const { key, keys } = run.outline;
  const first = key.indexOf(keys.indexOf('map_grant_ref#map_one'));
  const before = [first, first + 1, first + 3].map((n) =>
    cameBefore(run.outline, stepView(run.timeline, n, (name) => run.partyOf(name))));
  expect(before).toEqual([false, true, true]);
  const second = stepView(run.timeline, first + 1, (name) => run.partyOf(name));
  expect(cameBefore(null, second)).toBe(false);
  expect(cameBefore(run.outline, { ...second, key: 'elsewhere#other' })).toBe(false);
});
