import { expect, test } from 'vitest';
import { scenarios } from '../../../src/sim/index.ts';
import { endingOf } from '../../../src/store/ending.ts';
import { whyNone } from '../../../src/store/stage/words.ts';
import { Watched } from './run.ts';

/** The faults that both ends get over by themselves. */
const OVERCOME: ReadonlySet<string> = new Set(['fault-transaction-conflict']);
const faults = scenarios.filter(({ id }) => id.startsWith('fault-'));

test.each(faults)('$id ends as it is: no failure looks like success', ({ id, defaults }) => {
  const run = new Watched(defaults.txPages, defaults.queues, defaults.maxGrantFrames, defaults, id);
  const view = run.seek(run.length);
  const { kind } = endingOf(view);
  // That is what it says of such an end: netback has all rings or none.
  if (kind === 'unmapped') expect(view.rings.map(({ back }) => back)).toEqual(view.rings.map(() => null));
  if (OVERCOME.has(id)) expect(kind).toBe('connected');
  else expect(kind).not.toBe('connected');
});

test('a request that nobody takes is named, with its ring', () => {
  const { id, defaults } = scenarios.find((one) => one.id === 'bug-req-event-not-advanced')!;
  const run = new Watched(defaults.txPages, defaults.queues, defaults.maxGrantFrames, defaults, id);
  expect(endingOf(run.seek(run.length))).toMatchObject({ kind: 'stuck', ring: 'TX', queue: 0, count: 1 });
});

const PLACES = ['front', 'back', 'entries', 'ports'] as const;

test('what netfront never made for want of grant frames is not promised any more, but said to have failed', () => {
  const run = new Watched(16, 8, 4);
  for (const place of PLACES) {
    expect(whyNone(place, run.seek(0))).toMatch(/ yet\. /);
    expect(whyNone(place, run.seek(run.length))).toBe('None: netfront gave up with “22 creating queues”.');
  }
});

test('what was there before is said to be no more, whatever failed', () => {
  const { defaults } = scenarios.find(({ id }) => id === 'fault-evtchn-refused')!;
  const run = new Watched(defaults.txPages, defaults.queues, defaults.maxGrantFrames, defaults, 'fault-evtchn-refused');
  const view = run.seek(run.length);
  expect(PLACES.map((place) => whyNone(place, view))).toEqual([
    expect.stringMatching(/^No ring pages any more/), 'None: netfront gave up with “1 allocating event channel”.',
    expect.stringMatching(/^No ring entry any more/), 'None: netfront gave up with “1 allocating event channel”.',
  ]);
});
