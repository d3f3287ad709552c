import { RING_HEADER } from '../../../abi/ring.ts';
import {
  assign,
  call,
  enter,
  goto,
  local,
  mark,
  privately,
  ret,
  step,
  when,
  whilst,
} from '../../machine/dsl.ts';
import { fn, functionNamed } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { xen_irq_lateeoi, type IrqCall } from '../../kernel/events.ts';
import { netdevSlot, printk } from '../../kernel/kernel.ts';
import { lock, unlock } from '../../kernel/lock.ts';
import { NAPI_POLL_WEIGHT, napi_complete_done, napi_schedule } from '../../kernel/napi.ts';
import { ownRing } from '../../kernel/own-memory.ts';
import { readPacket, record } from '../../kernel/packets.ts';
import { advance, distance, responseProdOverflow, responsesToConsume } from '../../kernel/ring-macros.ts';
import { slotAt, xennet_set_rx_rsp_cons, type GetResponses, type Received } from './get-responses.ts';
import { netfrontOp } from './ops.ts';
import type { RingOf } from './ring.ts';
import { xennet_alloc_rx_buffers } from './rx.ts';
import {
  ALERT,
  frontQueue,
  markBroken,
  NETDEV,
  NETFRONT,
  netfrontInfoSlot,
  rxLock,
  updateQueue,
} from './state.ts';

type Poll = {
  queue: number;
  rp?: number;
  i?: number;
  overflow?: boolean;
  work_done?: number;
  response?: { readonly id: number; readonly offset: number; readonly status: number };
  received?: Received;
  /** Pages of packets that the stack has not got yet. */
  rxq?: readonly number[];
  number?: number;
  more?: number;
  op?: string;
};

/**
 * NAPI's poll of a queue: takes packets in the order of the slots, posts new buffers, and asks to be told of
 * the next.
 */
export const xennet_poll = fn<Poll, number, { queue: number }>('xennet_poll', linux('domU', NETFRONT, 'xennet_poll', { line: 1270 }), [
  lock('rx_lock', (l) => rxLock(l.queue)),
  step('load_rsp_prod', (c, l) => {
    c.enter();
    const { indexes, gfn } = frontQueue(c, l.queue).rx!;
    l.rp = ownRing(c, gfn).load32(RING_HEADER.rsp_prod);
    l.i = indexes.rsp_cons;
    l.overflow = responseProdOverflow(indexes, l.rp);
    c.leave();
    l.work_done = 0;
    l.rxq = [];
  }),
  when((l) => l.overflow === true, [
    step('illegal_number', (c, l) => {
      printk(c, 'domU', `${ALERT}Illegal number of responses ${distance(l.i!, l.rp!)}`);
      printk(c, 'domU', `${ALERT}Disabled for further use`);
      markBroken(c);
    }),
    goto('broken'),
  ]),
  assign((l) => {
    delete l.overflow;
  }),
  local('read_barrier', () => {}),
  whilst((l) => l.i !== l.rp && l.work_done! < NAPI_POLL_WEIGHT, [
    step('copy_response', (c, l) => {
      c.enter();
      const { gfn, indexes } = frontQueue(c, l.queue).rx!;
      const memory = ownRing(c, gfn);
      const at = slotAt(indexes.nr_ents, l.i!);
      const [first, second] = [memory.load32(at), memory.load32(at + 4)];
      c.leave();
      l.response = { id: first & 0xffff, offset: first >>> 16, status: second >> 16 };
      l.op = netfrontOp(c, 'get_responses');
      const { id, status } = l.response;
      c.note({
        kind: 'response-read',
        kernel: 'domU',
        ring: 'rx',
        queue: l.queue,
        index: l.i!,
        id,
        status,
      });
    }),
    call(
      'get_responses',
      (l) => functionNamed<GetResponses, Received>(l.op!),
      (l) => ({ queue: l.queue, index: l.i!, ...l.response! }),
      (l, received) => {
        l.received = received;
        delete l.response;
        delete l.op;
      },
    ),
    when((l) => l.received === 'broken', [goto('broken')]),
    assign((l) => {
      l.i = advance(l.i!, 1);
    }),
    when((l) => l.received !== 'bad', [
      call(
        'consume_response',
        () => xennet_set_rx_rsp_cons,
        (l) => ({ queue: l.queue, value: l.i! }),
      ),
      assign((l) => {
        l.rxq = [...l.rxq!, l.received as number];
        l.work_done = l.work_done! + 1;
      }),
    ]),
    assign((l) => {
      delete l.received;
    }),
  ]),
  whilst((l) => l.rxq!.length > 0, [
    step('read_packet', (c, l) => {
      l.number = readPacket(c, 'domU', l.rxq![0]!);
    }),
    step('napi_gro_receive', (c, l) => {
      record(c, 'delivered', 'domU', l.number!);
      l.rxq = l.rxq!.slice(1);
      delete l.number;
    }),
  ]),
  call(
    'alloc_rx_buffers',
    () => xennet_alloc_rx_buffers,
    (l) => ({ queue: l.queue }),
  ),
  when((l) => l.work_done! < NAPI_POLL_WEIGHT, [
    call(
      'complete',
      () => napi_complete_done,
      (l) => ({ kernel: 'domU' as const, poll: 'xennet_poll', queue: l.queue }),
    ),
    privately((c, l) => {
      l.op = netfrontOp(c, 'final_check');
    }),
    call(
      'final_check',
      (l) => functionNamed<RingOf, number>(l.op!),
      (l) => ({ queue: l.queue, direction: 'rx' as const }),
      (l, more) => {
        l.more = more;
      },
    ),
    when((l) => l.more! > 0, [
      call(
        'schedule_napi',
        () => napi_schedule,
        (l) => ({ kernel: 'domU' as const, poll: 'xennet_poll', queue: l.queue }),
      ),
    ]),
  ]),
  unlock('rx_unlock', (l) => rxLock(l.queue)),
  ret((l) => l.work_done!),
  // NAPI is not told that it is done: it stays scheduled, and never polls this queue again.
  mark('broken'),
  unlock('unlock_broken', (l) => rxLock(l.queue)),
  ret(() => 0),
]);

type Interrupt = IrqCall & { broken?: boolean; work?: number; seen?: number; carrier?: boolean; op?: string };

/**
 * The backend has put packets into the RX ring. The port is opened at once: NAPI does the work, and asks for
 * the next event.
 */
fn<Interrupt, void, IrqCall>('xennet_rx_interrupt', linux('domU', NETFRONT, 'xennet_rx_interrupt', {
  line: 1578,
}), [
  step('check_broken', (c, l) => {
    l.broken = c.get(netfrontInfoSlot)?.broken === true;
  }),
  when((l) => l.broken === true, [ret()]),
  step('compare_unconsumed', (c, l) => {
    c.enter();
    const { rx, rx_unconsumed = 0 } = frontQueue(c, l.queue);
    l.work = responsesToConsume(rx!.indexes, ownRing(c, rx!.gfn).load32(RING_HEADER.rsp_prod));
    l.seen = rx_unconsumed;
    if (l.work > l.seen) updateQueue(c, l.queue, { rx_unconsumed: l.work });
    c.leave();
    delete l.broken;
  }),
  when((l) => l.work! < l.seen!, [
    step('went_backwards', (c) => {
      printk(c, 'domU', `${ALERT}RX producer index going backwards`);
      printk(c, 'domU', `${ALERT}Disabled for further use`);
      markBroken(c);
    }),
    ret(),
  ]),
  when((l) => l.work! > 0, [
    step('check_carrier', (c, l) => {
      l.carrier = c.get(netdevSlot(NETDEV))!.carrier;
      l.op = netfrontOp(c, 'poll');
    }),
    when((l) => l.carrier === true, [
      call(
        'schedule_napi',
        () => napi_schedule,
        (l) => ({ kernel: l.kernel, poll: l.op!, queue: l.queue }),
      ),
    ]),
  ]),
  enter(
    () => xen_irq_lateeoi,
    (l) => ({ kernel: l.kernel, port: l.port, spurious: l.work === l.seen }),
  ),
  ret(),
]);
