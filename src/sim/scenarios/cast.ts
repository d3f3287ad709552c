import { guestRxThread } from '../drivers/netback/state.ts';
import type { Thread } from '../machine/machine.ts';
import { drainOf } from '../machine/store-buffer.ts';
import { STORY, YOU } from './act.ts';
import type { Config, Scenario, ThreadSpec } from './scenario.ts';

/** Every thread that may run, in the order of their lanes. Those of the guest end with it. */
export function cast(config: Config, storeBuffers: readonly string[] = []): readonly ThreadSpec[] {
  const guestRx = Array.from({ length: config.queues }, (_, i): ThreadSpec => ({ name: guestRxThread(i), party: 'dom0' }));
  const everybody: readonly ThreadSpec[] = [
    { name: YOU, party: 'toolstack' },
    { name: STORY, party: 'toolstack' },
    { name: 'time', party: 'toolstack', patient: true },
    { name: 'toolstack', party: 'toolstack' },
    { name: 'dom0 xenbus', party: 'dom0' },
    { name: 'dom0 xenwatch', party: 'dom0' },
    { name: 'dom0 interrupts', party: 'dom0' },
    { name: 'dom0 softirq', party: 'dom0' },
    { name: 'dom0 stack', party: 'dom0' },
    ...guestRx,
    { name: 'domU xenbus', party: 'domU', mortal: true },
    { name: 'domU xenwatch', party: 'domU', mortal: true },
    { name: 'domU interrupts', party: 'domU', mortal: true },
    { name: 'domU softirq', party: 'domU', mortal: true },
    { name: 'domU userspace', party: 'domU', mortal: true },
  ];
  const drains = storeBuffers.map((name): ThreadSpec => {
    const { party } = everybody.find((thread) => thread.name === name)!;
    return { name: drainOf(name), party, mortal: party === 'domU' };
  });
  return [...everybody, ...drains];
}

/** The natural order: whoever runs goes on until it sleeps; a thread just made for a queue goes first. */
const ORDER: readonly (string | RegExp)[] = [
  /guest-rx$/,
  'dom0 interrupts',
  'domU interrupts',
  'dom0 softirq',
  'domU softirq',
  'dom0 xenbus',
  'dom0 xenwatch',
  'toolstack',
  'domU xenbus',
  'domU xenwatch',
  'domU userspace',
  'dom0 stack',
  YOU,
  // A store stays in its buffer as long as it can: that is when it matters.
  /store buffer$/,
  STORY,
  'time',
];

function rank(thread: Thread): number {
  return ORDER.findIndex((name) => (typeof name === 'string' ? name === thread.name : name.test(thread.name)));
}

/** The natural order of the cast. */
export const naturalOrder: Scenario['schedule'] = (enabled, last) => {
  const first = enabled.reduce((best, thread) => (rank(thread) < rank(best) ? thread : best));
  if (rank(first) === 0 || !last || !enabled.includes(last)) return first;
  return last;
};

/** The same, but for the scenario's own acts: each happens before anybody else moves. */
export const storyFirst: Scenario['schedule'] = (enabled, last) =>
  enabled.find((thread) => thread.name === STORY) ?? naturalOrder(enabled, last);

/** The same, but that the guest's threads go before the backend's where nobody is in the middle of something. */
export const guestFirst: Scenario['schedule'] = (enabled, last) => {
  if (last && enabled.includes(last)) return last;
  const guests = enabled.filter(({ name }) => name.startsWith('domU'));
  return naturalOrder(guests.length > 0 ? guests : enabled, last);
};
