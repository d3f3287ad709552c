import { ERRNO } from '../../../abi/errno.ts';
import { netifRxRing, netifTxRing } from '../../../abi/netif.ts';
import { PAGE_SIZE, RING_HEADER, ringSize } from '../../../abi/ring.ts';
import { assign, atomic, call, goto, local, mark, privately, ret, step, when, whilst } from '../../machine/dsl.ts';
import { fn } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { bind_interdomain_evtchn_to_irqhandler_lateeoi, disable_irq } from '../../kernel/events.ts';
import type { EvtchnAnswer } from '../../kernel/hypercall.ts';
import { loadMapped } from '../../kernel/mapped-memory.ts';
import { kthreadRun } from '../../kernel/kthread.ts';
import { backRingAttach, distance } from '../../kernel/ring-macros.ts';
import { deviceOf, xenbus_dev_fatal, type OfDevice } from '../../kernel/xenbus-client.ts';
import { xenbus_map_ring_valloc, xenbus_unmap_ring_vfree, type MappedRing } from '../../kernel/xenbus-ring.ts';
import { parseUnsigned, xsRead } from '../../kernel/xs.ts';
import { xenvif_kthread_guest_rx } from './guest-rx.ts';
import { xenvif_disconnect_queue } from './disconnect.ts';
import {
  NETBACK,
  NETBACK_INTERFACE,
  NETBACK_XENBUS,
  NETDEV,
  guestRxThread,
  netbackParamsSlot,
  updateQueue,
  type BackSide,
} from './state.ts';

const DEPARTS_PAGES = '6.12 maps one page a ring; several pages, and the keys that announce them, are of the 2012 multi-page tree';

export type Shared = { tx_refs: readonly number[]; rx_refs: readonly number[]; tx_evtchn: number; rx_evtchn: number };

type Attach = { ring: MappedRing; refs: readonly number[]; slotSize: number; rsp_prod?: number; req_prod?: number };

/** Reads where the ring stands, and starts there. @returns null if the indexes cannot be true */
const attach_back_ring = fn<Attach, BackSide | null, { ring: MappedRing; refs: readonly number[]; slotSize: number }>(
  'BACK_RING_ATTACH',
  linux('dom0', 'include/xen/interface/io/ring.h', 'BACK_RING_ATTACH', { line: 153 }),
  [
    step('read_rsp_prod', (c, l) => {
      l.rsp_prod = loadMapped(c, l.ring, RING_HEADER.rsp_prod);
    }),
    step('read_req_prod', (c, l) => {
      l.req_prod = loadMapped(c, l.ring, RING_HEADER.req_prod);
    }),
    when((l) => distance(l.rsp_prod!, l.req_prod!) > entriesOf(l), [ret(() => null)]),
    ret((l) => ({ ring: l.ring, refs: l.refs, indexes: { ...backRingAttach(entriesOf(l), l.rsp_prod) } })),
  ],
);

function entriesOf(l: Readonly<Attach>): number {
  return ringSize(l.refs.length * PAGE_SIZE, l.slotSize);
}

type MapArgs = OfDevice & { queue: number; tx_refs: readonly number[]; rx_refs: readonly number[] };
type MapRings = MapArgs & { tx?: MappedRing | null; rx?: MappedRing | null; side?: BackSide | null; err?: number };

/** Maps both rings of a queue and attaches to them. @returns 0 or -errno, with nothing left mapped */
const xenvif_map_frontend_rings = fn<MapRings, number, MapArgs>(
  'xenvif_map_frontend_rings',
  linux('dom0', NETBACK, 'xenvif_map_frontend_data_rings', {
    line: 1545,
    shown: 'xenvif_map_frontend_rings',
    departs: DEPARTS_PAGES,
  }),
  [
    call(
      'map_tx_ring',
      () => xenbus_map_ring_valloc,
      (l) => ({ kernel: l.kernel, device: l.device, refs: l.tx_refs }),
      (l, ring) => {
        l.tx = ring;
      },
    ),
    when((l) => l.tx === null, [ret(() => -ERRNO.ENOENT)]),
    call(
      'attach_tx_ring',
      () => attach_back_ring,
      (l) => ({ ring: l.tx!, refs: l.tx_refs, slotSize: netifTxRing.entry.size }),
      (l, side) => {
        l.side = side;
      },
    ),
    assign((l) => {
      l.err = -ERRNO.EIO;
    }),
    when((l) => l.side === null, [goto('unmap_tx')]),
    step('keep_tx_ring', (c, l) => keepSide(c, l, 'tx')),
    call(
      'map_rx_ring',
      () => xenbus_map_ring_valloc,
      (l) => ({ kernel: l.kernel, device: l.device, refs: l.rx_refs }),
      (l, ring) => {
        l.rx = ring;
        if (ring === null) l.err = -ERRNO.ENOENT;
      },
    ),
    when((l) => l.rx === null, [goto('unmap_tx')]),
    call(
      'attach_rx_ring',
      () => attach_back_ring,
      (l) => ({ ring: l.rx!, refs: l.rx_refs, slotSize: netifRxRing.entry.size }),
      (l, side) => {
        l.side = side;
      },
    ),
    when((l) => l.side === null, [
      call('unmap_rx_ring', () => xenbus_unmap_ring_vfree, (l) => ({ kernel: l.kernel, ring: l.rx! })),
      goto('unmap_tx'),
    ]),
    step('keep_rx_ring', (c, l) => keepSide(c, l, 'rx')),
    ret(() => 0),
    mark('unmap_tx'),
    call('unmap_tx_ring', () => xenbus_unmap_ring_vfree, (l) => ({ kernel: l.kernel, ring: l.tx! })),
    atomic('forget_tx_ring', 'no thread of the queue has been started', (c, l) => updateQueue(c, l.queue, { tx: null })),
    ret((l) => l.err!),
  ],
);

/** Hands an attached side over to the queue: one access to its structure. */
function keepSide(c: Parameters<typeof updateQueue>[0], l: MapRings, side: 'tx' | 'rx'): void {
  c.enter();
  updateQueue(c, l.queue, side === 'tx' ? { tx: l.side! } : { rx: l.side! });
  c.leave();
  delete l.side;
}

type Connect = OfDevice & Shared & { queue: number };
type ConnectLocals = Connect & { err?: number; otherend_id?: number; answer?: EvtchnAnswer };

/** Maps the rings of a queue, starts its threads, binds its ports. @returns 0 or -errno */
const xenvif_connect = fn<ConnectLocals, number, Connect>(
  'xenvif_connect',
  linux('dom0', NETBACK_INTERFACE, 'xenvif_connect_data', { line: 703, shown: 'xenvif_connect' }),
  [
    call(
      'map_rings',
      () => xenvif_map_frontend_rings,
      (l) => ({ kernel: l.kernel, device: l.device, queue: l.queue, tx_refs: l.tx_refs, rx_refs: l.rx_refs }),
      (l, err) => {
        l.err = err;
      },
    ),
    when((l) => l.err !== 0, [ret((l) => l.err!)]),
    local('add_napi', (c, l) => {
      l.otherend_id = deviceOf(c, l.kernel, l.device).otherend_id;
    }),
    step('start_guest_rx', (c, l) => kthreadRun(c, guestRxThread(l.queue), xenvif_kthread_guest_rx, { queue: l.queue })),
    // The dealloc thread frees pages of packets that netback mapped; it sleeps until there are some.
    local('start_dealloc', (c, l) => c.note({ kind: 'spawn-idle', thread: `${NETDEV}-q${l.queue}-dealloc` })),
    call(
      'bind_tx_port',
      () => bind_interdomain_evtchn_to_irqhandler_lateeoi,
      (l) => ({
        kernel: l.kernel,
        remote_dom: l.otherend_id!,
        port: l.tx_evtchn,
        handler: l.tx_evtchn === l.rx_evtchn ? 'xenvif_interrupt' : 'xenvif_tx_interrupt',
        queue: l.queue,
      }),
      (l, answer) => {
        l.answer = answer;
      },
    ),
    when((l) => l.answer!.rc !== 0, [goto('err')]),
    step('keep_tx_port', (c, l) => {
      c.enter();
      const { port } = l.answer!;
      updateQueue(c, l.queue, l.tx_evtchn === l.rx_evtchn ? { tx_port: port, rx_port: port } : { tx_port: port });
      c.leave();
    }),
    call('disable_tx_irq', () => disable_irq, (l) => ({ kernel: l.kernel, port: l.answer!.port })),
    when((l) => l.tx_evtchn === l.rx_evtchn, [ret(() => 0)]),
    call(
      'bind_rx_port',
      () => bind_interdomain_evtchn_to_irqhandler_lateeoi,
      (l) => ({
        kernel: l.kernel,
        remote_dom: l.otherend_id!,
        port: l.rx_evtchn,
        handler: 'xenvif_rx_interrupt',
        queue: l.queue,
      }),
      (l, answer) => {
        l.answer = answer;
      },
    ),
    when((l) => l.answer!.rc !== 0, [goto('err')]),
    step('keep_rx_port', (c, l) => {
      c.enter();
      updateQueue(c, l.queue, { rx_port: l.answer!.port });
      c.leave();
    }),
    call('disable_rx_irq', () => disable_irq, (l) => ({ kernel: l.kernel, port: l.answer!.port })),
    ret(() => 0),
    mark('err'),
    call('undo_connect', () => xenvif_disconnect_queue, (l) => ({ queue: l.queue })),
    ret((l) => l.answer!.rc),
  ],
);

type ReadRefs = { dir: string; otherend: string; direction: 'tx' | 'rx' };
type ReadRefsLocals = ReadRefs & { order?: number | null; max?: number; i?: number; refs?: readonly number[]; value?: number | null };
/** References of one ring in page order; or why not: a key that could not be read, or an order beyond the maximum. */
export type RefsRead = { refs: readonly number[]; err: number; message: string };

/** Reads how many pages a ring has, and a reference for each. */
const read_ring_refs = fn<ReadRefsLocals, RefsRead, ReadRefs>(
  'connect_rings (ring references)',
  linux('dom0', NETBACK_XENBUS, 'connect_data_rings', {
    line: 855, shown: 'connect_rings', departs: DEPARTS_PAGES,
  }),
  [
    step('read_ring_order', (c, l) => {
      l.order = parseUnsigned(xsRead(c, 'dom0', `${l.otherend}/${l.direction}-ring-order`));
    }),
    privately((c, l) => {
      const params = c.get(netbackParamsSlot)!;
      l.max = l.direction === 'tx' ? params.max_tx_order : params.max_rx_order;
      l.refs = [];
      l.i = 0;
    }),
    when((l) => (l.order ?? 0) > l.max!, [
      ret((l) => ({ refs: [], err: -ERRNO.EINVAL, message: `${l.otherend}/${l.direction}-ring-page-order too big` })),
    ]),
    whilst((l) => l.i! < 2 ** (l.order ?? 0), [
      step('read_ring_ref', (c, l) => {
        const key = l.order === null ? `${l.direction}-ring-ref` : `${l.direction}-ring-ref${l.i}`;
        l.value = parseUnsigned(xsRead(c, 'dom0', `${l.dir}/${key}`));
      }),
      when((l) => l.value === null, [
        ret((l) => ({ refs: [], err: -ERRNO.ENOENT, message: `reading ${l.dir}/ring-ref` })),
      ]),
      assign((l) => {
        l.refs = [...l.refs!, l.value!];
        l.i = l.i! + 1;
        delete l.value;
      }),
    ]),
    ret((l) => ({ refs: l.refs!, err: 0, message: '' })),
  ],
);

type ConnectRings = OfDevice & { queue: number; queues: number };
type ConnectRingsLocals = ConnectRings & {
  otherend?: string;
  dir?: string;
  tx?: RefsRead;
  rx?: RefsRead;
  tx_evtchn?: number | null;
  rx_evtchn?: number | null;
  err?: number;
  message?: string;
};

/** Reads what the frontend published for one queue, and connects to it. @returns 0 or -errno (reported) */
export const connect_rings = fn<ConnectRingsLocals, number, ConnectRings>(
  'connect_rings',
  linux('dom0', NETBACK_XENBUS, 'connect_data_rings', {
    line: 855, shown: 'connect_rings', departs: DEPARTS_PAGES,
  }),
  [
    privately((c, l) => {
      l.otherend = deviceOf(c, l.kernel, l.device).otherend;
      l.dir = l.queues === 1 ? l.otherend : `${l.otherend}/queue-${l.queue}`;
    }),
    call(
      'read_tx_refs',
      () => read_ring_refs,
      (l) => ({ dir: l.dir!, otherend: l.otherend!, direction: 'tx' as const }),
      (l, read) => {
        l.tx = read;
        l.err = read.err;
        l.message = read.message;
      },
    ),
    when((l) => l.err !== 0, [goto('failed')]),
    call(
      'read_rx_refs',
      () => read_ring_refs,
      (l) => ({ dir: l.dir!, otherend: l.otherend!, direction: 'rx' as const }),
      (l, read) => {
        l.rx = read;
        l.err = read.err;
        l.message = read.message;
      },
    ),
    when((l) => l.err !== 0, [goto('failed')]),
    step('read_event_channel_tx', (c, l) => {
      l.tx_evtchn = parseUnsigned(xsRead(c, 'dom0', `${l.dir}/event-channel-tx`));
    }),
    step('read_event_channel_rx', (c, l) => {
      l.rx_evtchn = parseUnsigned(xsRead(c, 'dom0', `${l.dir}/event-channel-rx`));
    }),
    when((l) => l.tx_evtchn === null || l.rx_evtchn === null, [
      step('read_event_channel', (c, l) => {
        l.tx_evtchn = parseUnsigned(xsRead(c, 'dom0', `${l.dir}/event-channel`));
        l.rx_evtchn = l.tx_evtchn;
      }),
    ]),
    when((l) => l.tx_evtchn === null, [
      assign((l) => {
        l.err = -ERRNO.ENOENT;
        l.message = `reading ${l.dir}/event-channel(-tx/rx)`;
      }),
      goto('failed'),
    ]),
    call(
      'connect_queue',
      () => xenvif_connect,
      (l) => ({
        kernel: l.kernel,
        device: l.device,
        queue: l.queue,
        tx_refs: l.tx!.refs,
        rx_refs: l.rx!.refs,
        tx_evtchn: l.tx_evtchn!,
        rx_evtchn: l.rx_evtchn!,
      }),
      (l, err) => {
        l.err = err;
        l.message = `mapping shared-frames ${l.tx!.refs.join(',')}/${l.rx!.refs.join(',')} port tx ${l.tx_evtchn} rx ${l.rx_evtchn}`;
      },
    ),
    when((l) => l.err === 0, [ret(() => 0)]),
    mark('failed'),
    call('report_failure', () => xenbus_dev_fatal, (l) => ({
      kernel: l.kernel,
      device: l.device,
      err: l.err!,
      message: l.message!,
    })),
    ret((l) => l.err!),
  ],
);
