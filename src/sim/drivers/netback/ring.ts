import { RING_HEADER } from '../../../abi/ring.ts';
import type { Context } from '../../machine/context.ts';
import { call, local, privately, ret, step, when } from '../../machine/dsl.ts';
import { fn, functionNamed, type Fn, type FnInfo, type Node } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { notify_remote_via_irq } from '../../kernel/events.ts';
import { loadMapped, storeMapped } from '../../kernel/mapped-memory.ts';
import { needNotify } from '../../kernel/ring-macros.ts';
import { netbackOp } from './ops.ts';
import { backQueueSlot, type BackSide } from './state.ts';

/** netback's side of the ring macros that take more than one access, for either ring. */

/** One ring of a queue. */
export type RingOf = { queue: number; direction: 'tx' | 'rx' };

/** That ring, as it is mapped. Part of a compound access. */
export function sideOf(c: Context, l: Readonly<RingOf>): BackSide {
  return c.get(backQueueSlot(l.queue))![l.direction]!;
}

type Push = RingOf & { old?: number; now?: number; notify?: boolean; port?: number };

/**
 * Makes a push of responses: publishes what was written, and decides whether the frontend must be told.
 * @param without what it lacks in a scenario with a bug. @returns the port to notify, or null
 */
export function makePushResponses(
  name: string,
  info: FnInfo,
  without?: 'barrier',
): Fn<RingOf, number | null> {
  return fn<Push, number | null, RingOf>(name, info, [
    step('read_old_rsp_prod', (c, l) => {
      c.enter();
      const { ring, indexes } = sideOf(c, l);
      l.old = loadMapped(c, ring, RING_HEADER.rsp_prod);
      l.now = indexes.rsp_prod_pvt;
      c.leave();
    }),
    local('write_barrier', () => {}),
    step('store_rsp_prod', (c, l) => {
      c.enter();
      storeMapped(c, sideOf(c, l).ring, RING_HEADER.rsp_prod, l.now!);
      c.leave();
    }),
    ...(without === 'barrier' ? [] : [local<Push, number | null>('full_barrier', (c) => c.fence())]),
    step('read_rsp_event', (c, l) => {
      c.enter();
      const event = loadMapped(c, sideOf(c, l).ring, RING_HEADER.rsp_event);
      const queue = c.get(backQueueSlot(l.queue))!;
      l.notify = needNotify(l.old!, l.now!, event);
      l.port = (l.direction === 'tx' ? queue.tx_port : queue.rx_port)!;
      c.leave();
      const { old, now, notify } = l;
      c.note({
        kind: 'notify-decision',
        kernel: 'dom0',
        ring: l.direction,
        queue: l.queue,
        old,
        new: now,
        event,
        notify,
      });
    }),
    ret((l) => (l.notify ? l.port! : null)),
  ]);
}

export const push_responses_and_check_notify = makePushResponses(
  'RING_PUSH_RESPONSES_AND_CHECK_NOTIFY',
  linux('dom0', 'include/xen/interface/io/ring.h', 'RING_PUSH_RESPONSES_AND_CHECK_NOTIFY', { line: 278 }),
);

/** What a function needs of its locals to announce responses. */
export type Announce = { queue: number; port?: number | null; op?: string };

/** The end of every function that has written responses: publish them, and tell the frontend if it asked to be told. */
export function announceResponses<L extends Announce>(direction: RingOf['direction']): Node<L>[] {
  return [
    privately((c, l) => {
      l.op = netbackOp(c, 'push_responses');
    }),
    call(
      'push_responses',
      (l) => functionNamed<RingOf, number | null>(l.op!),
      (l) => ({ queue: l.queue, direction }),
      (l, port) => {
        l.port = port;
      },
    ),
    when((l) => l.port !== null, [
      call('notify_frontend', () => notify_remote_via_irq, (l) => ({ kernel: 'dom0' as const, port: l.port! })),
    ]),
    ret(),
  ];
}
