import { assign, atomic, call, enter, local, ret, step, when, whilst } from '../../machine/dsl.ts';
import { fn } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { unbind_from_irqhandler } from '../../kernel/events.ts';
import { freeRefs, gnttab_free_grant_references, type RefList } from '../../kernel/grant-alloc.ts';
import { deferAtOnce, endAtOnce, gnttab_end_foreign_access } from '../../kernel/grant-deferred.ts';
import { lock, unlock } from '../../kernel/lock.ts';
import { napi_synchronize, netif_napi_del } from '../../kernel/napi.ts';
import {
  frontQueue,
  frontQueueSlot,
  NETFRONT,
  netfrontInfoSlot,
  rxLock,
  setLink,
  txLock,
  updateQueue,
  type FrontSide,
  type TxSlot,
} from './state.ts';

type OfQueue = { queue: number };

type ReleaseTx = OfQueue & { left?: readonly TxSlot[] };

/** Packets that are under way will never be answered: their grants end, their references go back. */
const xennet_release_tx_bufs = fn<ReleaseTx, void, OfQueue>(
  'xennet_release_tx_bufs',
  linux('domU', NETFRONT, 'xennet_release_tx_bufs', { line: 1432 }),
  [
    step('find_tx_bufs', (c, l) => {
      l.left = frontQueue(c, l.queue).tx_inflight ?? [];
    }),
    whilst((l) => l.left!.length > 0, [
      call('end_tx_grant', () => gnttab_end_foreign_access, (l) => ({ ref: l.left![0]!.ref, gfn: null })),
      assign((l) => {
        l.left = l.left!.slice(1);
      }),
    ]),
    step('forget_tx_bufs', (c, l) => updateQueue(c, l.queue, { tx_inflight: undefined })),
    ret(),
  ],
);

/** The receive buffers that are out come back: what the backend is not copying into this very moment ends at once. */
const xennet_release_rx_bufs = fn<OfQueue>(
  'xennet_release_rx_bufs',
  linux('domU', NETFRONT, 'xennet_release_rx_bufs', {
    line: 1454,
    departs: 'the references go back as one ascending chain; 6.12 puts each at the head of the list by itself',
  }),
  [
    lock('rx_lock', (l) => rxLock(l.queue)),
    atomic('end_rx_grants', 'each entry is ended by a compare-and-swap of its own, and nobody maps these', (c, l) => {
      const { rx_posted = [] } = frontQueue(c, l.queue);
      const freed: (readonly [number, number])[] = [];
      for (const [first, count] of rx_posted) {
        for (let ref = first; ref < first + count; ref++) {
          if (endAtOnce(c, ref)) freed.push([ref, 1]);
          else deferAtOnce(c, ref, null);
        }
      }
      freeRefs(c, freed);
      updateQueue(c, l.queue, { rx_posted: undefined });
      c.note({ kind: 'release-rx', queue: l.queue, count: freed.length });
    }),
    unlock('rx_unlock', (l) => rxLock(l.queue)),
    ret(),
  ],
);

type Disconnect = OfQueue & {
  tx_port?: number | null;
  rx_port?: number | null;
  gref_tx?: RefList;
  gref_rx?: RefList;
  tx?: FrontSide | null;
  rx?: FrontSide | null;
  i?: number;
};

const xennet_disconnect_queue = fn<Disconnect, void, OfQueue>(
  'xennet_disconnect_backend (one queue)',
  linux('domU', NETFRONT, 'xennet_disconnect_backend', {
    line: 1824,
    shown: 'xennet_disconnect_backend',
    departs: 'tx_lock is taken here, where 6.12 trusts the network stack to have stopped sending',
  }),
  [
    local('del_refill_timer', () => {}),
    step('find_ports', (c, l) => {
      const { tx_port, rx_port } = frontQueue(c, l.queue);
      l.tx_port = tx_port;
      l.rx_port = rx_port;
    }),
    when((l) => l.tx_port !== null, [
      call('unbind_tx', () => unbind_from_irqhandler, (l) => ({ kernel: 'domU' as const, port: l.tx_port! })),
    ]),
    when((l) => l.rx_port !== null && l.rx_port !== l.tx_port, [
      call('unbind_rx', () => unbind_from_irqhandler, (l) => ({ kernel: 'domU' as const, port: l.rx_port! })),
    ]),
    // A packet that found the carrier on is sent to its end; the next one finds it off.
    lock('wait_for_xmit', (l) => txLock(l.queue)),
    step('forget_ports', (c, l) => updateQueue(c, l.queue, { tx_port: null, rx_port: null })),
    unlock('xmit_done', (l) => txLock(l.queue)),
    call('napi_synchronize', () => napi_synchronize, (l) => ({ kernel: 'domU' as const, poll: 'xennet_poll', queue: l.queue })),
    call('release_tx', () => xennet_release_tx_bufs, (l) => ({ queue: l.queue })),
    call('release_rx', () => xennet_release_rx_bufs, (l) => ({ queue: l.queue })),
    step('find_pools', (c, l) => {
      const { gref_tx, gref_rx } = frontQueue(c, l.queue);
      l.gref_tx = gref_tx;
      l.gref_rx = gref_rx;
    }),
    call('free_tx_pool', () => gnttab_free_grant_references, (l) => ({ refs: l.gref_tx! })),
    call('free_rx_pool', () => gnttab_free_grant_references, (l) => ({ refs: l.gref_rx! })),
    step('find_rings', (c, l) => {
      const { tx, rx } = frontQueue(c, l.queue);
      l.tx = tx;
      l.rx = rx;
      l.i = 0;
      delete l.gref_tx;
      delete l.gref_rx;
    }),
    whilst((l) => l.i! < (l.tx?.refs.length ?? 0), [
      call('end_tx_ring_page', () => gnttab_end_foreign_access, (l) => ({ ref: l.tx!.refs[l.i!]!, gfn: l.tx!.gfn + l.i! })),
      assign((l) => {
        l.i = l.i! + 1;
      }),
    ]),
    assign((l) => {
      l.i = 0;
    }),
    whilst((l) => l.i! < (l.rx?.refs.length ?? 0), [
      call('end_rx_ring_page', () => gnttab_end_foreign_access, (l) => ({ ref: l.rx!.refs[l.i!]!, gfn: l.rx!.gfn + l.i! })),
      assign((l) => {
        l.i = l.i! + 1;
      }),
    ]),
    step('forget_rings', (c, l) => updateQueue(c, l.queue, { tx: null, rx: null, gref_tx: [], gref_rx: [] })),
    local('destroy_page_pool', () => {}),
    ret(),
  ],
);

/** Takes everything back that the backend was given. What it still holds is ended later, and freed only then. */
export const xennet_disconnect_backend = fn<{ queues?: number; i?: number }, void, object>(
  'xennet_disconnect_backend',
  linux('domU', NETFRONT, 'xennet_disconnect_backend', { line: 1824 }),
  [
    step('netif_carrier_off', (c) => setLink(c, { carrier: false })),
    step('count_queues', (c, l) => {
      l.queues = c.get(netfrontInfoSlot)?.num_queues ?? 0;
      l.i = 0;
    }),
    whilst((l) => l.i! < l.queues!, [
      enter(() => xennet_disconnect_queue, (l) => ({ queue: l.i! })),
      assign((l) => {
        l.i = l.i! + 1;
      }),
    ]),
    ret(),
  ],
);

/** The queues themselves go. */
export const xennet_destroy_queues = fn<{ queues?: number; i?: number }, void, object>(
  'xennet_destroy_queues',
  linux('domU', NETFRONT, 'xennet_destroy_queues', { line: 876 }),
  [
    step('take_queues', (c, l) => {
      l.queues = c.get(netfrontInfoSlot)?.num_queues ?? 0;
      l.i = 0;
    }),
    whilst((l) => l.i! < l.queues!, [
      call('del_napi', () => netif_napi_del, (l) => ({ kernel: 'domU' as const, poll: 'xennet_poll', queue: l.i! })),
      step('free_queue', (c, l) => {
        c.set(frontQueueSlot(l.i!), undefined);
        l.i = l.i! + 1;
      }),
    ]),
    step('forget_queues', (c) => c.set(netfrontInfoSlot, undefined)),
    ret(),
  ],
);

/** domU's memory is Xen's again, and with it what netfront knew. Pages that dom0 has mapped are no part of that. */
export const netfront_forget = fn<object>(
  'netfront_forget',
  {
    party: 'xen',
    cite: { project: 'RingScope', version: '', path: 'src/sim/drivers/netfront/release.ts', symbol: 'netfront_forget' },
    shown: 'domain_kill',
    departs: 'ours: what was in memory that is given back is forgotten in one step',
  },
  [
    atomic('forget_memory', 'the guest runs no more', (c) => {
      const queues = c.get(netfrontInfoSlot)?.num_queues ?? 0;
      for (let queue = 0; queue < queues; queue++) c.set(frontQueueSlot(queue), undefined);
      c.set(netfrontInfoSlot, undefined);
    }),
    ret(),
  ],
);
