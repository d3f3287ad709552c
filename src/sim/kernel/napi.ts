import type { Context } from '../machine/context.ts';
import { assign, enter, ret, step, when, whilst } from '../machine/dsl.ts';
import { fn, functionNamed } from '../machine/program.ts';
import { slot } from '../machine/slot.ts';
import { linux } from './cite.ts';
import type { KernelName } from './kernel.ts';

const DEV = 'net/core/dev.c';

/** Packets that one poll may handle before others get their turn. */
export const NAPI_POLL_WEIGHT = 64;

/**
 * A NAPI instance that is scheduled: waiting for its poll, or in it. One that is disabled counts as scheduled
 * for ever.
 */
type Scheduled = {
  /** Unique name of its poll function. */
  readonly poll: string;
  readonly queue: number;
  readonly state: 'waits' | 'polls' | 'disabled';
  /** Scheduled again meanwhile: it will not rest when it says that it is done. */
  readonly missed?: true;
};

/**
 * The instances that are scheduled in a kernel (all of them on vCPU 0), in the order of their polls;
 * undefined when none is.
 */
export function napiSlot(kernel: KernelName) {
  return slot<readonly Scheduled[]>(`napi:${kernel}`);
}

type Napi = { kernel: KernelName; poll: string; queue: number };

function is(l: Readonly<Napi>) {
  return ({ poll, queue }: Scheduled): boolean => poll === l.poll && queue === l.queue;
}

/** Asks for a poll in softirq context. If one is under way, it is told that it has missed something. */
export const napi_schedule = fn<Napi>('napi_schedule', linux('either', 'include/linux/netdevice.h', 'napi_schedule', {
  line: 519,
}), [
  step('set_scheduled', (c, l) => {
    c.enter();
    const list = c.get(napiSlot(l.kernel)) ?? [];
    const missed = list.some((one) => is(l)(one) && one.state !== 'disabled');
    const next: readonly Scheduled[] = list.some(is(l))
      ? list.map((one) => (is(l)(one) && missed ? { ...one, missed: true } : one))
      : [...list, { poll: l.poll, queue: l.queue, state: 'waits' }];
    c.set(napiSlot(l.kernel), next);
    c.leave();
    c.note({ kind: 'napi-scheduled', kernel: l.kernel, poll: l.poll, queue: l.queue, missed });
  }),
  ret(),
]);

/** The poll is done, and interrupts may schedule the next one; at once if somebody tried meanwhile. */
export const napi_complete_done = fn<Napi>('napi_complete_done', linux('either', DEV, 'napi_complete_done', {
  line: 6406,
}), [
  step('clear_scheduled', (c, l) => {
    c.enter();
    const list = c.get(napiSlot(l.kernel)) ?? [];
    const others = list.filter((one) => !is(l)(one));
    const again = list.some((one) => is(l)(one) && one.missed === true);
    const next: readonly Scheduled[] = again
      ? [...others, { poll: l.poll, queue: l.queue, state: 'waits' }]
      : others;
    c.set(napiSlot(l.kernel), next.length > 0 ? next : undefined);
    c.leave();
    c.note({ kind: 'napi-done', kernel: l.kernel, poll: l.poll, queue: l.queue, again });
  }),
  ret(),
]);

/** Waits until no poll is under way, and lets none begin until the instance is enabled again. */
export const napi_disable = fn<Napi>('napi_disable', linux('either', DEV, 'napi_disable', { line: 6860 }), [
  step(
    'wait_until_done',
    (c, l) => {
      c.enter();
      const list = c.get(napiSlot(l.kernel)) ?? [];
      const disabled = { poll: l.poll, queue: l.queue, state: 'disabled' } as const;
      if (!list.some(is(l))) c.set(napiSlot(l.kernel), [...list, disabled]);
      c.leave();
    },
    { ready: (c, l) => (c.get(napiSlot(l.kernel)) ?? []).every((one) => !is(l)(one) || one.state === 'disabled') },
  ),
  ret(),
]);

/** Waits until no poll of the instance is due or under way. */
export const napi_synchronize = fn<Napi>(
  'napi_synchronize',
  linux('either', 'include/linux/netdevice.h', 'napi_synchronize', { line: 579 }),
  [
    step('wait_for_poll', () => {}, {
      ready: (c, l) => (c.get(napiSlot(l.kernel)) ?? []).every((one) => !is(l)(one) || one.state === 'disabled'),
    }),
    ret(),
  ],
);

/** Forgets the instance. */
export const netif_napi_del = fn<Napi>(
  'netif_napi_del',
  linux('either', 'include/linux/netdevice.h', 'netif_napi_del', { line: 2700 }),
  [
    step('unlist_napi', (c, l) => {
      c.enter();
      const others = (c.get(napiSlot(l.kernel)) ?? []).filter((one) => !is(l)(one));
      c.set(napiSlot(l.kernel), others.length > 0 ? others : undefined);
      c.leave();
    }),
    ret(),
  ],
);

/** Lets an instance be scheduled again, if it was disabled: one access. */
export function enableNapi(c: Context, napi: Napi): void {
  c.enter();
  const list = c.get(napiSlot(napi.kernel)) ?? [];
  const others = list.filter((one) => !is(napi)(one) || one.state !== 'disabled');
  if (others.length < list.length) c.set(napiSlot(napi.kernel), others.length > 0 ? others : undefined);
  c.leave();
}

type Softirq = { kernel: KernelName; poll?: string; queue?: number; work?: number };

/**
 * The softirq that polls: one instance after another. One that has used up its budget goes to the end of the
 * line.
 */
export const net_rx_action = fn<Softirq, void, { kernel: KernelName }>(
  'net_rx_action',
  linux('either', DEV, 'net_rx_action', { line: 7104 }),
  [
    whilst(() => true, [
      step(
        'take_napi',
        (c, l) => {
          c.enter();
          const list = c.get(napiSlot(l.kernel))!;
          const taken = list.find(({ state }) => state === 'waits')!;
          c.set(
            napiSlot(l.kernel),
            list.map((one) => (one === taken ? { ...one, state: 'polls' as const } : one)),
          );
          c.leave();
          l.poll = taken.poll;
          l.queue = taken.queue;
        },
        {
          ready: (c, l) => (c.get(napiSlot(l.kernel)) ?? []).some(({ state }) => state === 'waits'),
          idle: true,
        },
      ),
      enter(
        (l) => functionNamed<{ queue: number }, number>(l.poll!),
        (l) => ({ queue: l.queue! }),
        (l, work) => {
          l.work = work;
        },
      ),
      when((l) => l.work! >= NAPI_POLL_WEIGHT, [
        step('poll_again_later', (c, l) => {
          c.enter();
          const napi = { kernel: l.kernel, poll: l.poll!, queue: l.queue! };
          const list = c.get(napiSlot(l.kernel)) ?? [];
          const others = list.filter((one) => !is(napi)(one));
          c.set(napiSlot(l.kernel), [...others, { poll: l.poll!, queue: l.queue!, state: 'waits' }]);
          c.leave();
        }),
      ]),
      assign((l) => {
        delete l.poll;
        delete l.queue;
        delete l.work;
      }),
    ]),
    ret(),
  ],
);
