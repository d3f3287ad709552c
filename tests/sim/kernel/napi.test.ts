import { expect, it } from 'vitest';
import {
  enableNapi, napi_complete_done, napi_disable, napi_schedule, napiSlot, net_rx_action,
} from '../../../src/sim/kernel/napi.ts';
import { ret, step } from '../../../src/sim/machine/dsl.ts';
import { Machine } from '../../../src/sim/machine/machine.ts';
import { fn } from '../../../src/sim/machine/program.ts';

const cite = { project: 'RingScope', version: '', path: 'tests', symbol: 'poll' } as const;
const polls: string[] = [];
let work = 0;
for (const name of ['poll a', 'poll b']) {
  fn<{ queue: number }, number>(name, { cite, party: 'dom0' }, [
    step('poll', (_, l) => {
      polls.push(`${name} ${l.queue}`);
    }),
    ret(() => work),
  ]);
}

function world(): Machine {
  polls.length = 0;
  work = 0;
  const machine = new Machine(['softirq', { name: 'irq', mortal: true }]);
  machine.spawn('softirq', net_rx_action, { kernel: 'dom0' });
  return machine;
}

function call(machine: Machine, which: typeof napi_schedule, poll: string, queue: number): void {
  machine.spawn('irq', which, { kernel: 'dom0', poll, queue });
  machine.execute(machine.threads[1]!);
}

function softirq(machine: Machine, steps: number): void {
  for (let i = 0; i < steps; i++) machine.execute(machine.threads[0]!);
}

it('polls what was scheduled, in that order', () => {
  const machine = world();
  expect(machine.enabled(machine.threads[0]!)).toBe(false);
  call(machine, napi_schedule, 'poll b', 1);
  call(machine, napi_schedule, 'poll a', 0);
  softirq(machine, 4);
  expect(polls).toEqual(['poll b 1', 'poll a 0']);
});

it('does not poll again what did not say that it is done', () => {
  const machine = world();
  call(machine, napi_schedule, 'poll a', 0);
  softirq(machine, 2);
  call(machine, napi_schedule, 'poll a', 0);
  expect(machine.enabled(machine.threads[0]!)).toBe(false);
});

it('polls once more what was scheduled during its poll', () => {
  const machine = world();
  call(machine, napi_schedule, 'poll a', 0);
  softirq(machine, 2);
  call(machine, napi_schedule, 'poll a', 0);
  call(machine, napi_complete_done, 'poll a', 0);
  softirq(machine, 2);
  expect(polls).toEqual(['poll a 0', 'poll a 0']);
  call(machine, napi_complete_done, 'poll a', 0);
  expect(machine.get(napiSlot('dom0'))).toBeUndefined();
});

it('lets others go first after a poll that used up its budget', () => {
  const machine = world();
  call(machine, napi_schedule, 'poll a', 0);
  call(machine, napi_schedule, 'poll b', 0);
  work = 64;
  softirq(machine, 3);
  softirq(machine, 3);
  softirq(machine, 2);
  expect(polls).toEqual(['poll a 0', 'poll b 0', 'poll a 0']);
});

it('is disabled only when no poll is under way, and then cannot be scheduled until it is enabled', () => {
  const machine = world();
  call(machine, napi_schedule, 'poll a', 0);
  softirq(machine, 2);
  machine.spawn('irq', napi_disable, { kernel: 'dom0', poll: 'poll a', queue: 0 });
  expect(machine.enabled(machine.threads[1]!)).toBe(false);
  machine.stop('irq');
  call(machine, napi_complete_done, 'poll a', 0);
  call(machine, napi_disable, 'poll a', 0);
  call(machine, napi_schedule, 'poll a', 0);
  expect(machine.enabled(machine.threads[0]!)).toBe(false);
  enableNapi(machine, { kernel: 'dom0', poll: 'poll a', queue: 0 });
  expect(machine.get(napiSlot('dom0'))).toBeUndefined();
  call(machine, napi_schedule, 'poll a', 0);
  expect(machine.enabled(machine.threads[0]!)).toBe(true);
});
