import { RING_HEADER } from '../../../abi/ring.ts';
import type { Context } from '../../machine/context.ts';
import { assign, atomic, call, enter, local, ret, step, when, whilst } from '../../machine/dsl.ts';
import { fn } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { enable_irq, xen_irq_lateeoi, type IrqCall } from '../../kernel/events.ts';
import { netdevSlot, printk, type Netdev } from '../../kernel/kernel.ts';
import { lock, rtnl, unlock } from '../../kernel/lock.ts';
import { advance, requestsToConsume } from '../../kernel/ring-macros.ts';
import { loadMapped, storeMapped } from '../../kernel/mapped-memory.ts';
import {
  backQueueSlot,
  LOG_PREFIX,
  NETBACK_INTERFACE,
  NETBACK,
  NETBACK_RX,
  NETDEV,
  updateQueue,
  vifSlot,
} from './state.ts';

/** Changes flags of the interface. */
export function setLink(c: Context, change: Partial<Netdev>): void {
  c.enter();
  c.set(netdevSlot(NETDEV), { ...c.get(netdevSlot(NETDEV))!, ...change });
  c.leave();
}

type Enable = { queue: number; work?: number };

/** Looks for requests once more after asking to be woken: the final check, which decides whether NAPI runs. */
const xenvif_napi_schedule_or_enable_events = fn<Enable, void, { queue: number }>(
  'xenvif_napi_schedule_or_enable_events',
  linux('dom0', NETBACK, 'xenvif_napi_schedule_or_enable_events'),
  [
    step('count_requests', (c, l) => {
      l.work = txWork(c, l.queue);
    }),
    when((l) => l.work! > 0, [ret()]),
    step('store_req_event', (c, l) => {
      c.enter();
      const { ring, indexes } = queueTx(c, l.queue);
      storeMapped(c, ring, RING_HEADER.req_event, advance(indexes.req_cons, 1));
      c.leave();
    }),
    local('full_barrier', () => {}),
    step('count_requests_again', (c, l) => {
      l.work = txWork(c, l.queue);
    }),
    ret(),
  ],
);

/** The TX side of a connected queue: its own structure, hence no shared access. */
function queueTx(c: Context, queue: number) {
  return c.get(backQueueSlot(queue))!.tx!;
}

/** Unconsumed TX requests: one load of req_prod. */
function txWork(c: Context, queue: number): number {
  c.enter();
  const { ring, indexes } = queueTx(c, queue);
  const work = requestsToConsume(indexes, loadMapped(c, ring, RING_HEADER.req_prod));
  c.leave();
  return work;
}

type Up = { queues: number; i?: number; tx_port?: number; rx_port?: number };

/** Starts every queue: NAPI on, interrupts on, and a look at the TX ring in case something is there. */
export const xenvif_up = fn<Up, void, { queues: number }>('xenvif_up', linux('dom0', NETBACK_INTERFACE, 'xenvif_up'), [
  assign((l) => {
    l.i = 0;
  }),
  whilst((l) => l.i! < l.queues, [
    step('napi_enable', (c, l) => {
      const queue = c.get(backQueueSlot(l.i!))!;
      l.tx_port = queue.tx_port!;
      l.rx_port = queue.rx_port!;
    }),
    call('enable_tx_irq', () => enable_irq, (l) => ({ kernel: 'dom0' as const, port: l.tx_port! })),
    when((l) => l.rx_port !== l.tx_port, [
      call('enable_rx_irq', () => enable_irq, (l) => ({ kernel: 'dom0' as const, port: l.rx_port! })),
    ]),
    call('enable_events', () => xenvif_napi_schedule_or_enable_events, (l) => ({ queue: l.i! })),
    assign((l) => {
      l.i = l.i! + 1;
    }),
  ]),
  ret(),
]);

type CarrierOn = { queues: number; running?: boolean };

/** Despite its name it switches no carrier on: it marks the interface connected, and starts it if the link is up. */
export const xenvif_carrier_on = fn<CarrierOn, void, { queues: number }>(
  'xenvif_carrier_on',
  linux('dom0', NETBACK_INTERFACE, 'xenvif_carrier_on', { line: 605 }),
  [
    lock('rtnl_lock', () => rtnl('dom0')),
    atomic('set_connected', 'the other fields are written by the guest-rx threads under the same lock', (c) =>
      c.set(vifSlot, { ...c.get(vifSlot)!, connected: true }),
    ),
    step('check_running', (c, l) => {
      l.running = c.get(netdevSlot(NETDEV))!.up;
    }),
    when((l) => l.running === true, [call('start_queues', () => xenvif_up, (l) => ({ queues: l.queues }))]),
    unlock('rtnl_unlock', () => rtnl('dom0')),
    ret(),
  ],
);

type Ready = { queue: number; left?: number };

/** A queue can take packets for the guest. When the last one can, the interface gets its carrier. */
const xenvif_queue_carrier_on = fn<Ready, void, { queue: number }>(
  'xenvif_queue_carrier_on',
  linux('dom0', NETBACK_RX, 'xenvif_queue_carrier_on'),
  [
    atomic('clear_stalled', 'the spin lock of the vif is held', (c, l) => {
      updateQueue(c, l.queue, { stalled: false });
      const vif = c.get(vifSlot)!;
      l.left = vif.stalled_queues - 1;
      c.set(vifSlot, { ...vif, stalled_queues: l.left });
    }),
    when((l) => l.left === 0, [
      step('netif_carrier_on', (c) => {
        printk(c, 'dom0', `${LOG_PREFIX} Guest Rx ready`);
        setLink(c, { carrier: true });
      }),
    ]),
    ret(),
  ],
);

/** One thread a queue moves packets to the guest. With nothing waiting, no slot is needed, so it is ready at once. */
export const xenvif_kthread_guest_rx = fn<{ queue: number }>(
  'xenvif_kthread_guest_rx',
  linux('dom0', NETBACK_RX, 'xenvif_kthread_guest_rx'),
  [
    local('queue_ready', () => {}),
    call('queue_carrier_on', () => xenvif_queue_carrier_on, (l) => ({ queue: l.queue })),
    step('wait_for_rx_work', () => {}, { ready: () => false, idle: true }),
    ret(),
  ],
);

type Interrupt = IrqCall & { work?: number };

/** The frontend rang for TX. Nothing new in the ring: the event was spurious, and the port is opened again. */
fn<Interrupt, void, IrqCall>(
  'xenvif_tx_interrupt',
  linux('dom0', NETBACK_INTERFACE, 'xenvif_tx_interrupt'),
  [
    step('count_requests', (c, l) => {
      l.work = txWork(c, l.queue);
    }),
    enter(() => xen_irq_lateeoi, (l) => ({ kernel: l.kernel, port: l.port, spurious: l.work === 0 })),
    ret(),
  ],
);

/** The frontend posted RX buffers. No packet waits for them, so there is nothing to do. */
fn<Interrupt, void, IrqCall>(
  'xenvif_rx_interrupt',
  linux('dom0', NETBACK_INTERFACE, 'xenvif_rx_interrupt'),
  [
    local('no_packet_waits', () => {}),
    enter(() => xen_irq_lateeoi, (l) => ({ kernel: l.kernel, port: l.port, spurious: true })),
    ret(),
  ],
);
