import { assign, atomic, call, local, privately, ret, step, when, whilst } from '../../machine/dsl.ts';
import { fn } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { unbind_from_irqhandler } from '../../kernel/events.ts';
import { kthread_stop } from '../../kernel/kthread.ts';
import { netif_napi_del } from '../../kernel/napi.ts';
import { deviceOf, type OfDevice } from '../../kernel/xenbus-client.ts';
import { xenbus_unmap_ring_vfree, type MappedRing } from '../../kernel/xenbus-ring.ts';
import { unregister_xenbus_watch } from '../../kernel/xenwatch.ts';
import { xenvif_carrier_off } from './link.ts';
import { purgeQueue } from './purge.ts';
import {
  backendInfoSlot,
  backQueueSlot,
  eoiSlot,
  guestRxThread,
  NETBACK,
  NETBACK_INTERFACE,
  NETBACK_XENBUS,
  NETDEV,
  readerSlot,
  updateQueue,
  updateVif,
  vifSlot,
  wakeSlot,
} from './state.ts';

type OfQueue = { queue: number };
type Unmap = OfQueue & { tx?: MappedRing | null; rx?: MappedRing | null };

/** Unmaps what is mapped of a queue: its TX ring first. Only now can the frontend end the grants. */
const xenvif_unmap_frontend_rings = fn<Unmap, void, OfQueue>(
  'xenvif_unmap_frontend_rings',
  linux('dom0', NETBACK, 'xenvif_unmap_frontend_data_rings', {
    line: 1530, shown: 'xenvif_unmap_frontend_rings',
  }),
  [
    step('find_rings', (c, l) => {
      const queue = c.get(backQueueSlot(l.queue))!;
      l.tx = queue.tx?.ring ?? null;
      l.rx = queue.rx?.ring ?? null;
    }),
    when((l) => l.tx !== null, [
      call('unmap_tx', () => xenbus_unmap_ring_vfree, (l) => ({ kernel: 'dom0' as const, ring: l.tx! })),
      atomic('forget_tx', 'the threads of the queue are gone', (c, l) => updateQueue(c, l.queue, { tx: null })),
    ]),
    when((l) => l.rx !== null, [
      call('unmap_rx', () => xenbus_unmap_ring_vfree, (l) => ({ kernel: 'dom0' as const, ring: l.rx! })),
      atomic('forget_rx', 'the threads of the queue are gone', (c, l) => updateQueue(c, l.queue, { rx: null })),
    ]),
    ret(),
  ],
);

type Disconnect = OfQueue & { tx_port?: number | null; rx_port?: number | null };

/** Everything that xenvif_connect did for a queue, undone: its threads end, its ports close, its rings are unmapped. */
export const xenvif_disconnect_queue = fn<Disconnect, void, OfQueue>(
  'xenvif_disconnect_queue',
  linux('dom0', NETBACK_INTERFACE, 'xenvif_disconnect_queue', { line: 671 }),
  [
    call('stop_guest_rx', () => kthread_stop, (l) => ({ name: guestRxThread(l.queue) })),
    // It would wait for packets whose pages the stack still holds; nothing here holds any.
    local('stop_dealloc', (c, l) => c.note({ kind: 'stop-idle', thread: `${NETDEV}-q${l.queue}-dealloc` })),
    call('del_napi', () => netif_napi_del, (l) => ({ kernel: 'dom0' as const, poll: 'xenvif_poll', queue: l.queue })),
    step('find_ports', (c, l) => {
      const queue = c.get(backQueueSlot(l.queue))!;
      l.tx_port = queue.tx_port;
      l.rx_port = queue.rx_port;
    }),
    when((l) => l.tx_port !== null, [
      call('unbind_tx', () => unbind_from_irqhandler, (l) => ({ kernel: 'dom0' as const, port: l.tx_port! })),
    ]),
    when((l) => l.rx_port !== null && l.rx_port !== l.tx_port, [
      call('unbind_rx', () => unbind_from_irqhandler, (l) => ({ kernel: 'dom0' as const, port: l.rx_port! })),
    ]),
    atomic('forget_ports', 'the threads of the queue are gone', (c, l) => {
      updateQueue(c, l.queue, { tx_port: null, rx_port: null });
    }),
    call('unmap_rings', () => xenvif_unmap_frontend_rings, (l) => ({ queue: l.queue })),
    ret(),
  ],
);

/** Disconnects the first `queues` queues. */
export const xenvif_disconnect_data = fn<{ queues: number; i?: number }, void, { queues: number }>(
  'xenvif_disconnect_data',
  linux('dom0', NETBACK_INTERFACE, 'xenvif_disconnect_data', { line: 802 }),
  [
    call('carrier_off', () => xenvif_carrier_off, () => ({})),
    assign((l) => {
      l.i = 0;
    }),
    whilst((l) => l.i! < l.queues, [
      call('disconnect_queue', () => xenvif_disconnect_queue, (l) => ({ queue: l.i! })),
      assign((l) => {
        l.i = l.i! + 1;
      }),
    ]),
    ret(),
  ],
);

/** The 256 unpopulated pages go back, and the queue with them. */
export const xenvif_deinit_queue = fn<OfQueue>(
  'xenvif_deinit_queue',
  linux('dom0', NETBACK_INTERFACE, 'xenvif_deinit_queue', { line: 836 }),
  [
    atomic('free_queue', 'nobody knows the queue any more', (c, l) => {
      // Packets that came after the thread had thrown away what it had.
      purgeQueue(c, l.queue);
      c.set(wakeSlot(l.queue), undefined);
      for (const direction of ['tx', 'rx'] as const) c.set(eoiSlot(direction, l.queue), undefined);
      c.set(backQueueSlot(l.queue), undefined);
    }),
    ret(),
  ],
);

type Watchers = OfDevice & { rate?: string; multicast?: string; watching?: boolean };

/** Drops the two watches of a connected vif, if they stand. */
const xen_unregister_watchers = fn<Watchers, void, OfDevice>(
  'xen_unregister_watchers',
  linux('dom0', NETBACK_XENBUS, 'xen_unregister_watchers', { line: 646 }),
  [
    privately((c, l) => {
      l.watching = c.get(backendInfoSlot)!.watched_frontend !== '';
      l.rate = `${deviceOf(c, l.kernel, l.device).nodename}/rate`;
      // The other end is forgotten by the time that a device is removed: the watch knows its own path.
      l.multicast = `${c.get(backendInfoSlot)!.watched_frontend}/request-multicast-control`;
    }),
    when((l) => !l.watching, [ret()]),
    call('unwatch_multicast_control', () => unregister_xenbus_watch, (l) => ({
      kernel: l.kernel,
      path: l.multicast!,
      callback: 'xen_mcast_ctrl_changed',
    })),
    call('unwatch_rate', () => unregister_xenbus_watch, (l) => ({
      kernel: l.kernel,
      path: l.rate!,
      callback: 'xen_net_rate_changed',
    })),
    privately((c) => c.set(backendInfoSlot, { ...c.get(backendInfoSlot)!, watched_frontend: '' })),
    ret(),
  ],
);

type Back = OfDevice & { vif?: boolean; queues?: number; i?: number };

/** Lets go of everything that belongs to the frontend. */
export const backend_disconnect = fn<Back, void, OfDevice>(
  'backend_disconnect',
  linux('dom0', NETBACK_XENBUS, 'backend_disconnect', { line: 250 }),
  [
    privately((c, l) => {
      l.vif = c.get(backendInfoSlot)!.vif;
    }),
    when((l) => !l.vif, [ret()]),
    step('count_queues', (c, l) => {
      l.queues = c.get(vifSlot)!.num_queues;
    }),
    call('unregister_watchers', () => xen_unregister_watchers, (l) => ({ kernel: l.kernel, device: l.device })),
    call('disconnect_data', () => xenvif_disconnect_data, (l) => ({ queues: l.queues! })),
    atomic('forget_queues', 'one store', (c, l) => {
      updateVif(c, { num_queues: 0 });
      l.i = 0;
    }),
    // Whoever may have seen the old number is waited for.
    step('synchronize_net', () => {}, { ready: (c) => c.get(readerSlot) === undefined }),
    whilst((l) => l.i! < l.queues!, [
      call('deinit_queue', () => xenvif_deinit_queue, (l) => ({ queue: l.i! })),
      assign((l) => {
        l.i = l.i! + 1;
      }),
    ]),
    ret(),
  ],
);
