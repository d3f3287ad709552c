import { netifTxRing } from '../../../abi/netif.ts';
import { slotOffset } from '../../../abi/ring.ts';
import { assign, atomic, call, goto, mark, privately, ret, step, when, whilst } from '../../machine/dsl.ts';
import { fn, functionNamed, type Fn, type FnInfo } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { notify_remote_via_irq } from '../../kernel/events.ts';
import { gnttab_grant_foreign_access, takeRefs } from '../../kernel/grant-alloc.ts';
import { DOMID, netdevSlot } from '../../kernel/kernel.ts';
import { jobDone } from '../../kernel/jobs.ts';
import { lock, unlock } from '../../kernel/lock.ts';
import { ownRing } from '../../kernel/own-memory.ts';
import { PACKET_LENGTH, record, writePacket } from '../../kernel/packets.ts';
import { advance } from '../../kernel/ring-macros.ts';
import { netfrontOp } from './ops.ts';
import type { RingOf } from './ring.ts';
import {
  frontQueue,
  NETDEV,
  NETFRONT,
  netfrontInfoSlot,
  packetGfn,
  slotsAvailable,
  txLock,
  updateQueue,
  type FrontQueue,
} from './state.ts';

/**
 * The lowest id that no request has. 6.12 takes the id that was freed last; so equal states would have
 * unequal lists.
 */
function freeId(queue: FrontQueue): number {
  let id = 0;
  for (const taken of queue.tx_inflight ?? []) if (taken.id === id) id++;
  return id;
}

export type Setup = { queue: number; packet: number };
type SetupLocals = Setup & { id?: number; ref?: number; index?: number };

/**
 * Makes the function that gives a packet its slot: an id, a reference, a grant, and the 12 bytes of the
 * request.
 * @param reuse a bug: the reference stays in the pool, so that the next packet takes it as well
 */
export function makeSetupGrant(name: string, info: FnInfo, reuse = false): Fn<Setup> {
  return fn<SetupLocals, void, Setup>(name, info, [
    step('take_id_and_reference', (c, l) => {
      c.enter();
      const queue = frontQueue(c, l.queue);
      const [[taken], rest] = takeRefs(queue.gref_tx, 1);
      const { indexes } = queue.tx!;
      l.id = freeId(queue);
      l.ref = taken![0];
      l.index = indexes.req_prod_pvt;
      const inflight = [...(queue.tx_inflight ?? []), { id: l.id, ref: l.ref, packet: l.packet }];
      updateQueue(c, l.queue, {
        gref_tx: reuse ? queue.gref_tx : rest,
        tx: { ...queue.tx!, indexes: { ...indexes, req_prod_pvt: advance(l.index, 1) } },
        tx_inflight: inflight.sort((a, b) => a.id - b.id),
      });
      c.leave();
      c.note({ kind: 'tx-slot', queue: l.queue, number: l.packet, id: l.id, ref: l.ref, index: l.index });
    }),
    call(
      'grant_page',
      () => gnttab_grant_foreign_access,
      (l) => ({
        ref: l.ref!,
        domid: DOMID.dom0,
        frame: packetGfn(l.packet),
        readonly: true,
      }),
    ),
    atomic('fill_request', 'nobody reads this slot before req_prod is pushed', (c, l) => {
      const { gfn, indexes } = frontQueue(c, l.queue).tx!;
      const memory = ownRing(c, gfn);
      const at = slotOffset(netifTxRing.entry.size, indexes.nr_ents, l.index!);
      // gref; offset 0 and no flags; id and size.
      memory.store32(at, l.ref!);
      memory.store32(at + 4, 0);
      memory.store32(at + 8, l.id! | (PACKET_LENGTH << 16));
    }),
    ret(),
  ]);
}

export const xennet_tx_setup_grant = makeSetupGrant(
  'xennet_tx_setup_grant',
  linux('domU', NETFRONT, 'xennet_tx_setup_grant', {
    line: 473,
    departs: '6.12 takes the id and the reference that were freed last; the lowest free ones are ours',
  }),
);

type Xmit = Setup & { broken?: boolean; carrier?: boolean; port?: number | null; op?: string };

/** One packet of one slot: granted, requested, published, and the backend told if it wants to be. */
export const xennet_start_xmit = fn<Xmit, void, Setup>(
  'xennet_start_xmit',
  linux('domU', NETFRONT, 'xennet_start_xmit', { line: 705 }),
  [
    step('check_broken', (c, l) => {
      const info = c.get(netfrontInfoSlot);
      l.broken = info === undefined || info.num_queues === 0 || info.broken === true;
    }),
    when((l) => l.broken === true, [goto('drop')]),
    lock('tx_lock', (l) => txLock(l.queue)),
    step('check_carrier', (c, l) => {
      delete l.broken;
      l.carrier = c.get(netdevSlot(NETDEV))?.carrier ?? false;
    }),
    when((l) => !l.carrier, [unlock('unlock_and_drop', (l) => txLock(l.queue)), goto('drop')]),
    privately((c, l) => {
      delete l.carrier;
      l.op = netfrontOp(c, 'setup_grant');
    }),
    call(
      'make_first_request',
      (l) => functionNamed<Setup>(l.op!),
      (l) => ({ queue: l.queue, packet: l.packet }),
    ),
    step('mark_tx_pending', (c, l) => {
      c.enter();
      const { tx_inflight } = frontQueue(c, l.queue);
      updateQueue(c, l.queue, {
        tx_inflight: tx_inflight!.map((slot) =>
          slot.packet === l.packet ? { ...slot, pending: true as const } : slot,
        ),
      });
      c.leave();
      l.op = netfrontOp(c, 'push_requests');
    }),
    call(
      'push_requests',
      (l) => functionNamed<RingOf, number | null>(l.op!),
      (l) => ({ queue: l.queue, direction: 'tx' as const }),
      (l, port) => {
        l.port = port;
      },
    ),
    when((l) => l.port !== null, [
      call(
        'notify_backend',
        () => notify_remote_via_irq,
        (l) => ({ kernel: 'domU' as const, port: l.port! }),
      ),
    ]),
    privately((c, l) => {
      delete l.port;
      l.op = netfrontOp(c, 'tx_buf_gc');
    }),
    call(
      'collect_responses',
      (l) => functionNamed<{ queue: number }, boolean>(l.op!),
      (l) => ({ queue: l.queue }),
    ),
    step('stop_if_full', (c, l) => {
      c.enter();
      const { tx } = frontQueue(c, l.queue);
      const stop = !slotsAvailable(tx!);
      if (stop) updateQueue(c, l.queue, { tx_stopped: true });
      c.leave();
      if (stop) c.note({ kind: 'queue-stopped', kernel: 'domU', queue: l.queue });
    }),
    unlock('tx_unlock', (l) => txLock(l.queue)),
    ret(),
    mark('drop'),
    step('drop_packet', (c, l) => record(c, 'dropped', 'domU', l.packet)),
    ret(),
  ],
);

type Send = { queue: number; packets: readonly number[] };

/** What the guest's network stack does to send packets, one after another. */
export const send_from_guest = fn<Send>(
  'dev_queue_xmit (domU)',
  linux('domU', 'include/linux/netdevice.h', 'dev_queue_xmit', { line: 3150, shown: 'dev_queue_xmit' }),
  [
    whilst((l) => l.packets.length > 0, [
      step('build_packet', (c, l) => writePacket(c, 'domU', packetGfn(l.packets[0]!), l.packets[0]!)),
      call(
        'start_xmit_of_netfront',
        () => xennet_start_xmit,
        (l) => ({ queue: l.queue, packet: l.packets[0]! }),
      ),
      assign((l) => {
        l.packets = l.packets.slice(1);
      }),
    ]),
    jobDone('domU userspace'),
    ret(),
  ],
);
