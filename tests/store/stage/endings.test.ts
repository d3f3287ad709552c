import { expect, test } from 'vitest';
import { scenarios } from '../../../src/sim/index.ts';
import { endingOf } from '../../../src/store/ending.ts';
import { Watched } from './run.ts';

/** The faults that both ends get over by themselves. */
const OVERCOME: ReadonlySet<string> = new Set(['fault-transaction-conflict']);
const faults = scenarios.filter(({ id }) => id.startsWith('fault-'));

test.each(faults)('$id ends as it is: no failure looks like success', ({ id, defaults }) => {
  const run = new Watched(defaults.txPages, defaults.queues, defaults.maxGrantFrames, defaults, id);
  const { kind } = endingOf(run.seek(run.length));
  if (OVERCOME.has(id)) expect(kind).toBe('connected');
  else expect(kind).not.toBe('connected');
});

test('a request that nobody takes is named, with its ring', () => {
  const { id, defaults } = scenarios.find((one) => one.id === 'bug-req-event-not-advanced')!;
  const run = new Watched(defaults.txPages, defaults.queues, defaults.maxGrantFrames, defaults, id);
  expect(endingOf(run.seek(run.length))).toMatchObject({ kind: 'stuck', ring: 'TX', queue: 0, count: 1 });
});
