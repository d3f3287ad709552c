import { NETIF_RSP, netifTxRing } from '../../../abi/netif.ts';
import { RING_HEADER, slotOffset } from '../../../abi/ring.ts';
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
import { gnttab_end_foreign_access_ref, putRef } from '../../kernel/grant-end.ts';
import { printk } from '../../kernel/kernel.ts';
import { lock, unlock } from '../../kernel/lock.ts';
import { ownRing } from '../../kernel/own-memory.ts';
import { advance, distance, responseProdOverflow } from '../../kernel/ring-macros.ts';
import { netfrontOp } from './ops.ts';
import type { RingOf } from './ring.ts';
import {
  ALERT,
  frontQueue,
  markBroken,
  NETFRONT,
  netfrontInfoSlot,
  slotsAvailable,
  txLock,
  updateQueue,
} from './state.ts';

type Gc = {
  queue: number;
  prod?: number;
  cons?: number;
  size?: number;
  overflow?: boolean;
  work_done?: boolean;
  id?: number;
  status?: number;
  /** The reference of the request that is answered; null if no request of that id is pending. */
  ref?: number | null;
  ended?: boolean;
  more?: number;
  op?: string;
};

/**
 * Consumes responses: ends the grants of what was sent, and checks that the backend keeps the rules. @returns
 * was there any?
 */
export const xennet_tx_buf_gc = fn<Gc, boolean, { queue: number }>(
  'xennet_tx_buf_gc',
  linux('domU', NETFRONT, 'xennet_tx_buf_gc', { line: 389 }),
  [
    assign((l) => {
      l.work_done = false;
    }),
    mark('again'),
    step('load_rsp_prod', (c, l) => {
      c.enter();
      const { indexes, gfn } = frontQueue(c, l.queue).tx!;
      l.prod = ownRing(c, gfn).load32(RING_HEADER.rsp_prod);
      l.cons = indexes.rsp_cons;
      l.size = indexes.nr_ents;
      l.overflow = responseProdOverflow(indexes, l.prod);
      c.leave();
    }),
    when((l) => l.overflow === true, [
      local('too_many_responses', (c, l) =>
        printk(c, 'domU', `${ALERT}Illegal number of responses ${distance(l.cons!, l.prod!)}`),
      ),
      goto('rogue'),
    ]),
    assign((l) => {
      delete l.overflow;
    }),
    local('read_barrier', () => {}),
    whilst((l) => l.cons !== l.prod, [
      step('copy_response', (c, l) => {
        c.enter();
        const { gfn, indexes } = frontQueue(c, l.queue).tx!;
        const word = ownRing(c, gfn).load32(slotOffset(netifTxRing.entry.size, indexes.nr_ents, l.cons!));
        c.leave();
        l.id = word & 0xffff;
        l.status = word >> 16;
        l.work_done = true;
        c.note({
          kind: 'response-read',
          kernel: 'domU',
          ring: 'tx',
          queue: l.queue,
          index: l.cons!,
          id: l.id,
          status: l.status,
        });
      }),
      when((l) => l.status !== NETIF_RSP.NULL, [
        when((l) => l.id! >= l.size!, [
          local('incorrect_id', (c, l) =>
            printk(c, 'domU', `${ALERT}Response has incorrect id (${l.id})`),
          ),
          goto('rogue'),
        ]),
        step('find_request', (c, l) => {
          c.enter();
          const { tx_inflight = [] } = frontQueue(c, l.queue);
          const found = tx_inflight.find(({ id }) => id === l.id);
          l.ref = found?.pending ? found.ref : null;
          if (found?.pending) {
            const { pending: _, ...answered } = found;
            updateQueue(c, l.queue, {
              tx_inflight: tx_inflight.map((slot) => (slot === found ? answered : slot)),
            });
          }
          c.leave();
        }),
        when((l) => l.ref === null, [
          local('inactive_request', (c) => printk(c, 'domU', `${ALERT}Response for inactive request`)),
          goto('rogue'),
        ]),
        call(
          'end_grant',
          () => gnttab_end_foreign_access_ref,
          (l) => ({ ref: l.ref! }),
          (l, ended) => {
            l.ended = ended;
          },
        ),
        when((l) => !l.ended, [
          local('tx_grant_in_use', (c) =>
            printk(c, 'domU', `${ALERT}Grant still in use by backend domain`),
          ),
          goto('rogue'),
        ]),
        step('release_id_and_reference', (c, l) => {
          c.enter();
          const queue = frontQueue(c, l.queue);
          const left = queue.tx_inflight!.filter(({ id }) => id !== l.id);
          updateQueue(c, l.queue, {
            gref_tx: putRef(queue.gref_tx, l.ref!),
            tx_inflight: left.length > 0 ? left : undefined,
          });
          c.leave();
          c.note({ kind: 'tx-finished', queue: l.queue, id: l.id!, ref: l.ref! });
        }),
      ]),
      assign((l) => {
        delete l.id;
        delete l.status;
        delete l.ref;
        delete l.ended;
        l.cons = advance(l.cons!, 1);
      }),
    ]),
    step('store_rsp_cons', (c, l) => {
      c.enter();
      const { tx } = frontQueue(c, l.queue);
      updateQueue(c, l.queue, { tx: { ...tx!, indexes: { ...tx!.indexes, rsp_cons: l.prod! } } });
      c.leave();
      l.op = netfrontOp(c, 'final_check');
    }),
    call(
      'final_check',
      (l) => functionNamed<RingOf, number>(l.op!),
      (l) => ({ queue: l.queue, direction: 'tx' as const }),
      (l, more) => {
        l.more = more;
      },
    ),
    when((l) => l.more! > 0, [goto('again')]),
    step('maybe_wake_tx', (c, l) => {
      c.enter();
      const { tx, tx_stopped } = frontQueue(c, l.queue);
      const wake = tx_stopped === true && slotsAvailable(tx!);
      if (wake) updateQueue(c, l.queue, { tx_stopped: undefined });
      c.leave();
      if (wake) c.note({ kind: 'queue-woken', kernel: 'domU', queue: l.queue });
    }),
    ret((l) => l.work_done!),
    mark('rogue'),
    step('mark_broken', (c) => {
      markBroken(c);
      printk(c, 'domU', `${ALERT}Disabled for further use`);
    }),
    ret((l) => l.work_done!),
  ],
);

type Interrupt = IrqCall & { broken?: boolean; work_done?: boolean; op?: string };

/** The backend has answered TX requests. A device that is broken never opens its port again. */
fn<Interrupt, void, IrqCall>('xennet_tx_interrupt', linux('domU', NETFRONT, 'xennet_tx_interrupt', {
  line: 1538,
}), [
  step('check_broken', (c, l) => {
    l.broken = c.get(netfrontInfoSlot)?.broken === true;
  }),
  when((l) => l.broken === true, [ret()]),
  lock('tx_lock', (l) => txLock(l.queue)),
  privately((c, l) => {
    l.op = netfrontOp(c, 'tx_buf_gc');
  }),
  call(
    'collect_responses',
    (l) => functionNamed<{ queue: number }, boolean>(l.op!),
    (l) => ({ queue: l.queue }),
    (l, done) => {
      l.work_done = done;
    },
  ),
  unlock('tx_unlock', (l) => txLock(l.queue)),
  enter(
    () => xen_irq_lateeoi,
    (l) => ({ kernel: l.kernel, port: l.port, spurious: !l.work_done }),
  ),
  ret(),
]);
