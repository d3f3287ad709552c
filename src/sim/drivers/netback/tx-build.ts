import { NETIF_RSP, netifTxRing } from '../../../abi/netif.ts';
import { PAGE_SIZE, RING_HEADER, slotOffset } from '../../../abi/ring.ts';
import { assign, atomic, call, goto, local, mark, ret, step, when, whilst } from '../../machine/dsl.ts';
import { fn, functionNamed } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { printk } from '../../kernel/kernel.ts';
import { loadMapped } from '../../kernel/mapped-memory.ts';
import { packetPage } from '../../kernel/packets.ts';
import { advance, distance, requestsToConsume } from '../../kernel/ring-macros.ts';
import { xenvif_kick_thread } from './kick.ts';
import { netbackOp } from './ops.ts';
import { copiedGfn, LOG_PREFIX, NETBACK, updateQueue, vifSlot } from './state.ts';
import { txSide, type Respond } from './tx-ring.ts';

/** Bytes of an Ethernet header: the shortest that a packet may be. */
const ETH_HLEN = 14;

/**
 * A request as it was copied out of the ring, and the frame of dom0 that its bytes go to: `frame` as Xen is
 * told.
 */
export type TxRequest = {
  readonly gref: number;
  readonly offset: number;
  readonly id: number;
  readonly size: number;
  readonly gfn: number;
  readonly frame: number;
};

/**
 * The frontend cannot be trusted: nothing more is taken from its rings. Its carrier is switched off by queue
 * 0's thread.
 */
const xenvif_fatal_tx_err = fn<object>('xenvif_fatal_tx_err', linux('dom0', NETBACK, 'xenvif_fatal_tx_err', {
  line: 222,
}), [
  atomic('disable_vif', 'a flag that is only ever set; the log is no part of the state', (c) => {
    c.set(vifSlot, { ...c.get(vifSlot)!, disabled: true });
    printk(c, 'dom0', `${LOG_PREFIX} fatal error; disabling device`);
  }),
  call(
    'kick_queue_0',
    () => xenvif_kick_thread,
    () => ({ queue: 0 }),
  ),
  ret(),
]);

type Build = {
  queue: number;
  budget: number;
  requests?: readonly TxRequest[];
  published?: number;
  work?: number;
  size?: number;
  req_prod?: number;
  req_cons?: number;
  request?: TxRequest;
  op?: string;
};

/** Takes requests out of the ring, each copied once, and says what is to be copied where. */
export const xenvif_tx_build_gops = fn<Build, readonly TxRequest[], { queue: number; budget: number }>(
  'xenvif_tx_build_gops',
  linux('dom0', NETBACK, 'xenvif_tx_build_gops', { line: 915 }),
  [
    assign((l) => {
      l.requests = [];
    }),
    whilst((l) => l.requests!.length < l.budget, [
      step('load_req_prod', (c, l) => {
        c.enter();
        const { ring, indexes } = txSide(c, l.queue);
        l.req_prod = loadMapped(c, ring, RING_HEADER.req_prod);
        l.req_cons = indexes.req_cons;
        l.size = indexes.nr_ents;
        l.published = distance(indexes.req_cons, l.req_prod);
        l.work = requestsToConsume(indexes, l.req_prod);
        c.leave();
      }),
      when((l) => l.published! > l.size!, [
        local('impossible_number', (c, l) =>
          printk(
            c,
            'dom0',
            `${LOG_PREFIX} Impossible number of requests. ` +
              `req_prod ${l.req_prod}, req_cons ${l.req_cons}, size ${l.size}`,
          ),
        ),
        goto('fatal'),
      ]),
      assign((l) => {
        delete l.req_prod;
        delete l.req_cons;
        delete l.size;
        delete l.published;
      }),
      when((l) => l.work === 0, [goto('done')]),
      local('read_barrier', () => {}),
      step('copy_request', (c, l) => {
        c.enter();
        const side = txSide(c, l.queue);
        const { ring, indexes } = side;
        const index = indexes.req_cons;
        const at = slotOffset(netifTxRing.entry.size, indexes.nr_ents, index);
        const [gref, middle, last] = [0, 4, 8].map((word) => loadMapped(c, ring, at + word)) as [
          number,
          number,
          number,
        ];
        const gfn = copiedGfn(l.queue, index & (indexes.nr_ents - 1));
        const frame = packetPage(c, 'dom0', gfn).gfn;
        l.request = { gref, offset: middle & 0xffff, id: last & 0xffff, size: last >>> 16, gfn, frame };
        updateQueue(c, l.queue, { tx: { ...side, indexes: { ...indexes, req_cons: advance(index, 1) } } });
        c.leave();
        const { id, size, offset } = l.request;
        c.note({ kind: 'request-read', ring: 'tx', queue: l.queue, index, id, ref: gref, offset, size });
        l.op = netbackOp(c, 'tx_response');
      }),
      when((l) => l.request!.size < ETH_HLEN, [
        call(
          'refuse_short_packet',
          (l) => functionNamed<Respond>(l.op!),
          (l) => ({
            queue: l.queue,
            id: l.request!.id,
            status: NETIF_RSP.ERROR,
          }),
        ),
        goto('done'),
      ]),
      when((l) => l.request!.offset + l.request!.size > PAGE_SIZE, [
        local('crosses_page', (c, l) => {
          const { offset, size } = l.request!;
          printk(c, 'dom0', `${LOG_PREFIX} Cross page boundary, txreq.offset: ${offset}, size: ${size}`);
        }),
        goto('fatal'),
      ]),
      assign((l) => {
        l.requests = [...l.requests!, l.request!];
        delete l.request;
        delete l.op;
      }),
    ]),
    goto('done'),
    mark('fatal'),
    call(
      'fatal_tx_err',
      () => xenvif_fatal_tx_err,
      () => ({}),
    ),
    mark('done'),
    ret((l) => l.requests!),
  ],
);
