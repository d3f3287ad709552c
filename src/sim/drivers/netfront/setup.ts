import { ERRNO } from '../../../abi/errno.ts';
import { xenbus_teardown_ring } from '../../kernel/grant-deferred.ts';
import { sharedRingInit, frontRingAttach } from '../../kernel/ring-macros.ts';
import { assign, atomic, call, goto, mark, ret, step, when, whilst } from '../../machine/dsl.ts';
import { fn } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { bind_evtchn_to_irqhandler_lateeoi } from '../../kernel/events.ts';
import { HYPERVISOR_event_channel_op, type EvtchnAnswer } from '../../kernel/hypercall.ts';
import { ownRing } from '../../kernel/own-memory.ts';
import { allocPages, freePage } from '../../kernel/pages.ts';
import { deviceOf, xenbus_dev_fatal, type OfDevice } from '../../kernel/xenbus-client.ts';
import { xenbus_grant_ring } from '../../kernel/xenbus-ring.ts';
import { xsWrite } from '../../kernel/xs.ts';
import { rxEntries, txEntries } from './queues.ts';
import { frontQueue, NETFRONT, updateQueue, type FrontQueue, type FrontSide } from './state.ts';

const DEPARTS_PAGES = '6.12 allocates one page a ring; several are of the 2012 multi-page tree';

type Ring = OfDevice & { queue: number; direction: 'tx' | 'rx'; pages: number };
type RingLocals = Ring & { gfn?: number; refs?: readonly number[] | null };

/** Allocates, grants and initialises one ring. @returns false if it could not be granted (reported) */
const setup_ring = fn<RingLocals, boolean, Ring>(
  'setup_netfront (one ring)',
  linux('domU', NETFRONT, 'setup_netfront', { line: 1984, shown: 'setup_netfront', departs: DEPARTS_PAGES }),
  [
    step('alloc_ring_pages', (c, l) => {
      c.enter();
      const gfn = allocPages(c, l.pages);
      const side: FrontSide = { gfn, pages: l.pages, refs: [], indexes: { ...frontRingAttach(0) } };
      updateQueue(c, l.queue, { [l.direction]: side });
      c.leave();
      l.gfn = gfn;
      c.note({ kind: 'alloc-pages', queue: l.queue, direction: l.direction, gfn, pages: l.pages });
    }),
    call(
      'grant_ring',
      () => xenbus_grant_ring,
      (l) => ({ kernel: l.kernel, device: l.device, gfn: l.gfn!, pages: l.pages }),
      (l, refs) => {
        l.refs = refs;
      },
    ),
    when((l) => l.refs === null, [
      step('free_ring_pages', (c, l) => {
        c.enter();
        for (let page = 0; page < l.pages; page++) freePage(c, l.gfn! + page);
        updateQueue(c, l.queue, { [l.direction]: null });
        c.leave();
      }),
      ret(() => false),
    ]),
    atomic('XEN_FRONT_RING_INIT', 'the references are granted, but published to nobody yet', (c, l) => {
      sharedRingInit(ownRing(c, l.gfn!));
      const entries = l.direction === 'tx' ? txEntries(l.pages) : rxEntries(l.pages);
      const side: FrontSide = { gfn: l.gfn!, pages: l.pages, refs: l.refs!, indexes: { ...frontRingAttach(entries) } };
      updateQueue(c, l.queue, { [l.direction]: side });
    }),
    ret(() => true),
  ],
);

type Evtchn = OfDevice & { queue: number; tx?: EvtchnAnswer; rx?: EvtchnAnswer };
type EvtchnArgs = OfDevice & { queue: number };

/** A port for each direction, unbound until the backend binds its end. @returns rc of the first that failed (reported) */
const setup_netfront_split = fn<Evtchn, number, EvtchnArgs>(
  'setup_netfront_split',
  linux('domU', NETFRONT, 'setup_netfront_split', { line: 1940 }),
  [
    call('alloc_tx_port', () => HYPERVISOR_event_channel_op, allocFor, (l, answer) => {
      l.tx = answer;
    }),
    when((l) => l.tx!.rc !== 0, [
      call('report_no_tx_port', () => xenbus_dev_fatal, (l) => noPort(l, l.tx!)),
      ret((l) => l.tx!.rc),
    ]),
    call('alloc_rx_port', () => HYPERVISOR_event_channel_op, allocFor, (l, answer) => {
      l.rx = answer;
    }),
    when((l) => l.rx!.rc !== 0, [
      call('report_no_rx_port', () => xenbus_dev_fatal, (l) => noPort(l, l.rx!)),
      call('free_tx_port', () => HYPERVISOR_event_channel_op, (l) => ({
        kernel: l.kernel,
        cmd: 'close' as const,
        remote_dom: 0,
        port: l.tx!.port,
      })),
      ret((l) => l.rx!.rc),
    ]),
    call('bind_tx_irq', () => bind_evtchn_to_irqhandler_lateeoi, (l) => ({
      kernel: l.kernel,
      port: l.tx!.port,
      handler: 'xennet_tx_interrupt',
      queue: l.queue,
    })),
    call('bind_rx_irq', () => bind_evtchn_to_irqhandler_lateeoi, (l) => ({
      kernel: l.kernel,
      port: l.rx!.port,
      handler: 'xennet_rx_interrupt',
      queue: l.queue,
    })),
    step('keep_ports', (c, l) => updateQueue(c, l.queue, { tx_port: l.tx!.port, rx_port: l.rx!.port })),
    ret(() => 0),
  ],
);

function allocFor(l: Readonly<Evtchn>) {
  return { kernel: l.kernel, cmd: 'alloc_unbound' as const, remote_dom: 0, port: 0 };
}

/** What `xenbus_alloc_evtchn` reports of each port that is not to be had. */
function noPort({ kernel, device }: Readonly<Evtchn>, { rc }: EvtchnAnswer) {
  return { kernel, device, err: rc, message: 'allocating event channel' };
}

/** One port for both directions: what is used when the backend does not split them, or a second port is not to be had. */
const setup_netfront_single = fn<Evtchn, number, EvtchnArgs>(
  'setup_netfront_single',
  linux('domU', NETFRONT, 'setup_netfront_single', { line: 1914 }),
  [
    call('alloc_port', () => HYPERVISOR_event_channel_op, allocFor, (l, answer) => {
      l.tx = answer;
    }),
    when((l) => l.tx!.rc !== 0, [
      call('report_no_port', () => xenbus_dev_fatal, (l) => noPort(l, l.tx!)),
      ret((l) => l.tx!.rc),
    ]),
    call('bind_irq', () => bind_evtchn_to_irqhandler_lateeoi, (l) => ({
      kernel: l.kernel,
      port: l.tx!.port,
      handler: 'xennet_interrupt',
      queue: l.queue,
    })),
    step('keep_port', (c, l) => updateQueue(c, l.queue, { tx_port: l.tx!.port, rx_port: l.tx!.port })),
    ret(() => 0),
  ],
);

export type Setup = OfDevice & { queue: number; tx_pages: number; rx_pages: number; split: boolean };
type SetupLocals = Setup & { ok?: boolean; rc?: number; tx?: FrontSide | null; rx?: FrontSide | null };

/** Rings and ports of one queue. @returns 0 or -errno (reported) */
export const setup_netfront = fn<SetupLocals, number, Setup>(
  'setup_netfront',
  linux('domU', NETFRONT, 'setup_netfront', { line: 1984, departs: DEPARTS_PAGES }),
  [
    call(
      'setup_tx_ring',
      () => setup_ring,
      (l) => ({
        kernel: l.kernel,
        device: l.device,
        queue: l.queue,
        direction: 'tx' as const,
        pages: l.tx_pages,
      }),
      (l, ok) => {
        l.ok = ok;
      },
    ),
    assign((l) => {
      l.rc = -ERRNO.ENOSPC;
    }),
    when((l) => !l.ok, [goto('fail')]),
    call(
      'setup_rx_ring',
      () => setup_ring,
      (l) => ({
        kernel: l.kernel,
        device: l.device,
        queue: l.queue,
        direction: 'rx' as const,
        pages: l.rx_pages,
      }),
      (l, ok) => {
        l.ok = ok;
      },
    ),
    when((l) => !l.ok, [goto('fail')]),
    assign((l) => {
      l.rc = -1;
    }),
    when((l) => l.split, [
      call(
        'setup_split_ports',
        () => setup_netfront_split,
        (l) => ({ kernel: l.kernel, device: l.device, queue: l.queue }),
        (l, rc) => {
          l.rc = rc;
        },
      ),
    ]),
    when((l) => l.rc !== 0, [
      call(
        'setup_single_port',
        () => setup_netfront_single,
        (l) => ({ kernel: l.kernel, device: l.device, queue: l.queue }),
        (l, rc) => {
          l.rc = rc;
        },
      ),
    ]),
    when((l) => l.rc !== 0, [goto('fail')]),
    ret((l) => l.rc!),
    mark('fail'),
    step('find_rings', (c, l) => {
      const { tx, rx } = frontQueue(c, l.queue);
      l.tx = tx;
      l.rx = rx;
    }),
    when((l) => l.rx !== null, [
      call('teardown_rx_ring', () => xenbus_teardown_ring, (l) => ({ gfn: l.rx!.gfn, refs: l.rx!.refs })),
    ]),
    when((l) => l.tx !== null, [
      call('teardown_tx_ring', () => xenbus_teardown_ring, (l) => ({ gfn: l.tx!.gfn, refs: l.tx!.refs })),
    ]),
    step('forget_rings', (c, l) => updateQueue(c, l.queue, { tx: null, rx: null })),
    ret((l) => l.rc!),
  ],
);

type WriteKeys = OfDevice & { queue: number; queues: number; tx: number; keys?: readonly (readonly [string, string])[]; i?: number; dir?: string; rc?: number };
type WriteKeysArgs = OfDevice & { queue: number; queues: number; tx: number };

/** Keys of one ring: a plain reference for one page, numbered ones for more. */
function ringKeys(direction: 'tx' | 'rx', refs: readonly number[]): (readonly [string, string])[] {
  if (refs.length === 1) return [[`${direction}-ring-ref`, String(refs[0])]];
  return refs.map((ref, i) => [`${direction}-ring-ref${i}`, String(ref)] as const);
}

/** What one queue has to publish, in the order of writing. */
function queueKeys(queue: FrontQueue): (readonly [string, string])[] {
  const ports: readonly (readonly [string, string])[] =
    queue.tx_port === queue.rx_port
      ? [['event-channel', String(queue.tx_port)]]
      : [
          ['event-channel-tx', String(queue.tx_port)],
          ['event-channel-rx', String(queue.rx_port)],
        ];
  return [...ringKeys('tx', queue.tx!.refs), ...ringKeys('rx', queue.rx!.refs), ...ports];
}

/** Writes what the backend needs to find one queue: a grant reference for each ring page, and the ports. @returns 0 or -errno (reported) */
export const write_queue_xenstore_keys = fn<WriteKeys, number, WriteKeysArgs>(
  'write_queue_xenstore_keys',
  linux('domU', NETFRONT, 'write_queue_xenstore_keys', { line: 2091, departs: DEPARTS_PAGES }),
  [
    step('collect_values', (c, l) => {
      const { nodename } = deviceOf(c, l.kernel, l.device);
      l.dir = l.queues === 1 ? nodename : `${nodename}/queue-${l.queue}`;
      l.keys = queueKeys(frontQueue(c, l.queue));
      l.i = 0;
    }),
    whilst((l) => l.i! < l.keys!.length, [
      step('write_key', (c, l) => {
        const [key, value] = l.keys![l.i!]!;
        l.rc = xsWrite(c, l.kernel, `${l.dir}/${key}`, value, l.tx);
        l.i = l.i! + 1;
      }),
      when((l) => l.rc !== 0, [
        call('report_key', () => xenbus_dev_fatal, (l) => ({
          kernel: l.kernel,
          device: l.device,
          err: l.rc!,
          message: `writing ${l.keys![l.i! - 1]![0]}`,
        })),
        ret((l) => l.rc!),
      ]),
    ]),
    ret(() => 0),
  ],
);
