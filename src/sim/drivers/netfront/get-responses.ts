import { netifRxRequest, netifRxRing } from '../../../abi/netif.ts';
import { offsetOf } from '../../../abi/layout.ts';
import { PAGE_SIZE, RING_HEADER, slotOffset } from '../../../abi/ring.ts';
import type { Context } from '../../machine/context.ts';
import { atomic, call, goto, local, mark, ret, step, when } from '../../machine/dsl.ts';
import { fn } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { takeRefs } from '../../kernel/grant-alloc.ts';
import { gnttab_end_foreign_access_ref, putRef } from '../../kernel/grant-end.ts';
import { printk } from '../../kernel/kernel.ts';
import { ownRing } from '../../kernel/own-memory.ts';
import { appendRefs } from '../../kernel/ref-list.ts';
import { advance, responsesToConsume } from '../../kernel/ring-macros.ts';
import { ALERT, bufferGfn, frontQueue, markBroken, NETFRONT, updateQueue } from './state.ts';

/** Byte offset of a slot of the RX ring. */
export function slotAt(entries: number, index: number): number {
  return slotOffset(netifRxRing.entry.size, entries, index);
}

/** Responses up to `value` are consumed; notes how many more an interrupt would find now. */
export const xennet_set_rx_rsp_cons = fn<{ queue: number; value: number }>(
  'xennet_set_rx_rsp_cons',
  linux('domU', NETFRONT, 'xennet_set_rx_rsp_cons', { line: 901 }),
  [
    step('set_rsp_cons', (c, l) => {
      c.enter();
      const { rx } = frontQueue(c, l.queue);
      const indexes = { ...rx!.indexes, rsp_cons: l.value };
      const left = responsesToConsume(indexes, ownRing(c, rx!.gfn).load32(RING_HEADER.rsp_prod));
      updateQueue(c, l.queue, { rx: { ...rx!, indexes }, rx_unconsumed: left > 0 ? left : undefined });
      c.leave();
    }),
    ret(),
  ],
);

/** Puts an unused buffer back into the ring: a new slot, the same page and the same grant. */
function moveSlot(c: Context, queue: number, ref: number): void {
  c.enter();
  const { rx, rx_posted } = frontQueue(c, queue);
  const { indexes, gfn } = rx!;
  const index = indexes.req_prod_pvt;
  const memory = ownRing(c, gfn);
  memory.store16(
    slotAt(indexes.nr_ents, index) + offsetOf(netifRxRequest, 'id'),
    index & (indexes.nr_ents - 1),
  );
  memory.store32(slotAt(indexes.nr_ents, index) + offsetOf(netifRxRequest, 'gref'), ref);
  updateQueue(c, queue, {
    rx: { ...rx!, indexes: { ...indexes, req_prod_pvt: advance(index, 1) } },
    rx_posted: appendRefs(rx_posted, [[ref, 1]]),
  });
  c.leave();
}

export type GetResponses = { queue: number; index: number; id: number; offset: number; status: number };
/**
 * What became of a packet: its page, 'bad' if it was thrown away, 'broken' if the backend cannot be trusted.
 */
export type Received = number | 'bad' | 'broken';
type GetLocals = GetResponses & { ref?: number | null; ended?: boolean };

/**
 * Takes one packet out of the ring. The slot says which buffer it is in: the id of the response is not looked
 * at.
 */
export const xennet_get_responses = fn<GetLocals, Received, GetResponses>(
  'xennet_get_responses',
  linux('domU', NETFRONT, 'xennet_get_responses', {
    line: 1020,
    departs: 'packets of one slot, without extra information',
  }),
  [
    step('take_buffer', (c, l) => {
      c.enter();
      const { rx_posted = [] } = frontQueue(c, l.queue);
      if (rx_posted.length === 0) l.ref = null;
      else {
        const [[first], rest] = takeRefs(rx_posted, 1) as [
          readonly [readonly [number, number]],
          typeof rx_posted,
        ];
        l.ref = first[0];
        updateQueue(c, l.queue, { rx_posted: rest.length > 0 ? rest : undefined });
      }
      c.leave();
    }),
    when((l) => l.ref === null, [
      local('bad_response_id', (c, l) => printk(c, 'domU', `${ALERT}Bad rx response id ${l.id}.`)),
      goto('skip'),
    ]),
    when((l) => l.status < 0 || l.offset + l.status > PAGE_SIZE, [
      local('bad_slot', (c, l) => printk(c, 'domU', `${ALERT}rx->offset: ${l.offset}, size: ${l.status}`)),
      atomic('move_rx_slot', 'nobody reads this slot before req_prod is pushed', (c, l) =>
        moveSlot(c, l.queue, l.ref!),
      ),
      goto('skip'),
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
      step('mark_broken', (c) => {
        markBroken(c);
        printk(c, 'domU', `${ALERT}Grant still in use by backend domain`);
        printk(c, 'domU', `${ALERT}Disabled for further use`);
      }),
      ret(() => 'broken' as const),
    ]),
    step('release_reference', (c, l) => {
      c.enter();
      updateQueue(c, l.queue, { gref_rx: putRef(frontQueue(c, l.queue).gref_rx, l.ref!) });
      c.leave();
    }),
    ret((l) => bufferGfn(l.ref!)),
    mark('skip'),
    call(
      'skip_slot',
      () => xennet_set_rx_rsp_cons,
      (l) => ({ queue: l.queue, value: advance(l.index, 1) }),
    ),
    ret(() => 'bad' as const),
  ],
);
