import { DOMID as RESERVED, GNTCOPY, GNTST } from '../../../abi/grant-table.ts';
import { netifRxRing } from '../../../abi/netif.ts';
import { slotOffset } from '../../../abi/ring.ts';
import { assign, atomic, call, enter, privately, ret, step, when, whilst } from '../../machine/dsl.ts';
import { fn, functionNamed } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { HYPERVISOR_copy, type CopyOp } from '../../kernel/hypercall-copy.ts';
import { DOMID } from '../../kernel/kernel.ts';
import { loadMapped, storeMapped } from '../../kernel/mapped-memory.ts';
import { PACKET_LENGTH, packetPage } from '../../kernel/packets.ts';
import { advance } from '../../kernel/ring-macros.ts';
import { netbackOp } from './ops.ts';
import { announceResponses, type Announce } from './ring.ts';
import { rxSide } from './rx-slots.ts';
import { NETBACK_RX, packetGfn, rxQueueSlot, updateQueue } from './state.ts';

/** Packets of one round, at most. */
export const RX_BATCH_SIZE = 64;

/**
 * What remains to be done for a packet whose response is written: the copy, and where its status would go.
 */
type Copy = { readonly op: CopyOp; readonly index: number };

type RxSkb = { queue: number; number?: number; copy?: Copy; id?: number; gref?: number };

/** Gives the first packet that waits a slot: the response goes where the request was. */
const xenvif_rx_skb = fn<RxSkb, Copy, { queue: number }>(
  'xenvif_rx_skb',
  linux('dom0', NETBACK_RX, 'xenvif_rx_skb', { line: 461 }),
  [
    step('dequeue_packet', (c, l) => {
      c.enter();
      const [first, ...rest] = c.get(rxQueueSlot(l.queue))!;
      c.set(rxQueueSlot(l.queue), rest.length > 0 ? rest : undefined);
      c.leave();
      l.number = first!;
    }),
    step('read_request', (c, l) => {
      c.enter();
      const { ring, indexes } = rxSide(c, l.queue);
      const at = slotOffset(netifRxRing.entry.size, indexes.nr_ents, indexes.req_cons);
      l.id = loadMapped(c, ring, at) & 0xffff;
      l.gref = loadMapped(c, ring, at + 4);
      c.leave();
      c.note({
        kind: 'request-read',
        ring: 'rx',
        queue: l.queue,
        index: indexes.req_cons,
        id: l.id,
        ref: l.gref,
      });
    }),
    step('write_response', (c, l) => {
      c.enter();
      const side = rxSide(c, l.queue);
      const { ring, indexes } = side;
      const index = indexes.req_cons;
      const at = slotOffset(netifRxRing.entry.size, indexes.nr_ents, index);
      // id and offset 0; no flags and the length.
      storeMapped(c, ring, at, l.id!);
      storeMapped(c, ring, at + 4, PACKET_LENGTH << 16);
      const next = advance(index, 1);
      updateQueue(c, l.queue, {
        rx: { ...side, indexes: { ...indexes, req_cons: next, rsp_prod_pvt: next } },
      });
      const op: CopyOp = {
        source: { page: packetPage(c, 'dom0', packetGfn(l.number!)).gfn, domid: RESERVED.SELF, offset: 0 },
        dest: { page: l.gref!, domid: DOMID.domU, offset: 0 },
        len: PACKET_LENGTH,
        flags: GNTCOPY.dest_gref,
      };
      l.copy = { op, index };
      c.leave();
      c.note({
        kind: 'response-written',
        ring: 'rx',
        queue: l.queue,
        index,
        id: l.id!,
        status: PACKET_LENGTH,
      });
    }),
    ret((l) => l.copy!),
  ],
);

type Flush = Announce & { copies: readonly Copy[]; statuses?: readonly number[]; i?: number };

/** Copies what was collected, in one hypercall, and publishes the responses. */
const xenvif_rx_copy_flush = fn<Flush, void, { queue: number; copies: readonly Copy[] }>(
  'xenvif_rx_copy_flush',
  linux('dom0', NETBACK_RX, 'xenvif_rx_copy_flush', { line: 159 }),
  [
    call(
      'batch_copy',
      () => HYPERVISOR_copy,
      (l) => ({ kernel: 'dom0' as const, ops: l.copies.map(({ op }) => op) }),
      (l, statuses) => {
        l.statuses = statuses;
        l.i = 0;
      },
    ),
    whilst((l) => l.i! < l.copies.length, [
      when((l) => l.statuses![l.i!] !== GNTST.okay, [
        atomic('overwrite_status', 'nobody reads this slot before rsp_prod is pushed', (c, l) => {
          const { ring, indexes } = rxSide(c, l.queue);
          const at = slotOffset(netifRxRing.entry.size, indexes.nr_ents, l.copies[l.i!]!.index);
          const flags = loadMapped(c, ring, at + 4) & 0xffff;
          storeMapped(c, ring, at + 4, flags | ((l.statuses![l.i!]! & 0xffff) << 16));
        }),
      ]),
      assign((l) => {
        l.i = l.i! + 1;
      }),
    ]),
    ...announceResponses<Flush>('rx'),
  ],
);

type Action = { queue: number; copies?: readonly Copy[]; available?: boolean; op?: string };

/**
 * One round of moving packets to the guest, as long as both packets and slots are there. @returns how many
 */
export const xenvif_rx_action = fn<Action, number, { queue: number }>(
  'xenvif_rx_action',
  linux('dom0', NETBACK_RX, 'xenvif_rx_action', {
    line: 491,
    departs:
      'packets of one slot; the look for work before a thread sleeps is the one that ended its last round',
  }),
  [
    privately((c, l) => {
      l.copies = [];
      l.op = netbackOp(c, 'slots_available');
    }),
    enter(
      (l) => functionNamed<{ queue: number }, boolean>(l.op!),
      (l) => ({ queue: l.queue }),
      (l, available) => {
        l.available = available;
      },
    ),
    whilst((l) => l.available === true && l.copies!.length < RX_BATCH_SIZE, [
      call(
        'rx_skb',
        () => xenvif_rx_skb,
        (l) => ({ queue: l.queue }),
        (l, copy) => {
          l.copies = [...l.copies!, copy];
        },
      ),
      enter(
        (l) => functionNamed<{ queue: number }, boolean>(l.op!),
        (l) => ({ queue: l.queue }),
        (l, available) => {
          l.available = available;
        },
      ),
    ]),
    when((l) => l.copies!.length > 0, [
      call(
        'copy_flush',
        () => xenvif_rx_copy_flush,
        (l) => ({ queue: l.queue, copies: l.copies! }),
      ),
    ]),
    ret((l) => l.copies!.length),
  ],
);
