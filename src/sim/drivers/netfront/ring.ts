import { RING_HEADER } from '../../../abi/ring.ts';
import type { Context } from '../../machine/context.ts';
import { local, ret, step, when } from '../../machine/dsl.ts';
import { fn, type Fn, type FnInfo } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { ownRing } from '../../kernel/own-memory.ts';
import { advance, needNotify, responsesToConsume, type WithoutCheck } from '../../kernel/ring-macros.ts';
import { frontQueue, type FrontSide } from './state.ts';

/** netfront's side of the ring macros that take more than one access, for either ring. */

const RING = 'include/xen/interface/io/ring.h';

/** One ring of a queue. */
export type RingOf = { queue: number; direction: 'tx' | 'rx' };

/** That ring, as its owner has it. Part of a compound access. */
export function sideOf(c: Context, l: Readonly<RingOf>): FrontSide {
  return frontQueue(c, l.queue)[l.direction]!;
}

/** Responses that are there: one load of rsp_prod. */
function countResponses(c: Context, l: Readonly<RingOf>): number {
  c.enter();
  const side = sideOf(c, l);
  const found = responsesToConsume(side.indexes, ownRing(c, side.gfn).load32(RING_HEADER.rsp_prod));
  c.leave();
  return found;
}

/**
 * Makes a final check for responses: if nothing is there, asks to be notified of the next response, and looks
 * once more.
 * @param without what it lacks in a scenario with a bug. @returns how many responses it found, 0 if it is
 * safe to rest
 */
export function makeFinalCheck(name: string, info: FnInfo, without?: WithoutCheck): Fn<RingOf, number> {
  return fn<RingOf & { work?: number }, number, RingOf>(name, info, [
    step('count_responses', (c, l) => {
      l.work = countResponses(c, l);
    }),
    when((l) => l.work! > 0, [ret((l) => l.work!)]),
    ...(without === 'store'
      ? []
      : [
          step<RingOf, number>('store_rsp_event', (c, l) => {
            c.enter();
            const side = sideOf(c, l);
            const event = advance(side.indexes.rsp_cons, 1);
            ownRing(c, side.gfn).store32(RING_HEADER.rsp_event, event);
            c.leave();
            c.note({
              kind: 'event-asked',
              kernel: 'domU',
              ring: l.direction,
              queue: l.queue,
              field: 'rsp_event',
              event,
            });
          }),
        ]),
    ...(without === 'barrier' ? [] : [local<RingOf, number>('full_barrier', (c) => c.fence())]),
    ...(without === 'recheck'
      ? []
      : [
          step<RingOf & { work?: number }, number>('count_responses_again', (c, l) => {
            l.work = countResponses(c, l);
            c.note({ kind: 'final-check', kernel: 'domU', ring: l.direction, queue: l.queue, found: l.work });
          }),
        ]),
    ret((l) => l.work!),
  ]);
}

export const final_check_for_responses = makeFinalCheck(
  'RING_FINAL_CHECK_FOR_RESPONSES',
  linux('domU', RING, 'RING_FINAL_CHECK_FOR_RESPONSES', { line: 296 }),
);

type Push = RingOf & { old?: number; now?: number; notify?: boolean; port?: number };

/**
 * Makes a push of requests: publishes what was written, and decides whether the backend must be told.
 * @param without what it lacks in a scenario with a bug. @returns the port to notify, or null
 */
export function makePushRequests(name: string, info: FnInfo, without?: 'barrier'): Fn<RingOf, number | null> {
  return fn<Push, number | null, RingOf>(name, info, [
    step('read_old_req_prod', (c, l) => {
      c.enter();
      const side = sideOf(c, l);
      l.old = ownRing(c, side.gfn).load32(RING_HEADER.req_prod);
      l.now = side.indexes.req_prod_pvt;
      c.leave();
    }),
    local('write_barrier', () => {}),
    step('store_req_prod', (c, l) => {
      c.enter();
      ownRing(c, sideOf(c, l).gfn).store32(RING_HEADER.req_prod, l.now!);
      c.leave();
    }),
    ...(without === 'barrier' ? [] : [local<Push, number | null>('full_barrier', (c) => c.fence())]),
    step('read_req_event', (c, l) => {
      c.enter();
      const queue = frontQueue(c, l.queue);
      const event = ownRing(c, sideOf(c, l).gfn).load32(RING_HEADER.req_event);
      l.notify = needNotify(l.old!, l.now!, event);
      l.port = (l.direction === 'tx' ? queue.tx_port : queue.rx_port)!;
      c.leave();
      noteDecision(c, l, event);
    }),
    ret((l) => (l.notify ? l.port! : null)),
  ]);
}

export const push_requests_and_check_notify = makePushRequests(
  'RING_PUSH_REQUESTS_AND_CHECK_NOTIFY',
  linux('domU', RING, 'RING_PUSH_REQUESTS_AND_CHECK_NOTIFY', { line: 268 }),
);

/** Tells what a producer found: it notifies exactly if the event lies behind `old`, and not behind `now`. */
export function noteDecision(
  c: Context,
  l: Readonly<{ queue: number; direction: 'tx' | 'rx'; old?: number; now?: number; notify?: boolean }>,
  event: number,
): void {
  const { old, now, notify } = l;
  c.note({
    kind: 'notify-decision',
    kernel: 'domU',
    ring: l.direction,
    queue: l.queue,
    old,
    new: now,
    event,
    notify,
  });
}
