import { netifTxRing } from '../../../abi/netif.ts';
import { RING_HEADER, slotOffset } from '../../../abi/ring.ts';
import type { Context } from '../../machine/context.ts';
import { step } from '../../machine/dsl.ts';
import { fn, type Fn, type FnInfo } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { loadMapped, storeMapped } from '../../kernel/mapped-memory.ts';
import { advance, requestsToConsume } from '../../kernel/ring-macros.ts';
import { announceResponses, type Announce } from './ring.ts';
import { backQueueSlot, NETBACK, updateQueue, type BackSide } from './state.ts';

/** The TX side of a connected queue. Part of a compound access. */
export function txSide(c: Context, queue: number): BackSide {
  return c.get(backQueueSlot(queue))!.tx!;
}

/** Unconsumed TX requests: one load of req_prod. */
export function txWork(c: Context, queue: number): number {
  c.enter();
  const { ring, indexes } = txSide(c, queue);
  const work = requestsToConsume(indexes, loadMapped(c, ring, RING_HEADER.req_prod));
  c.leave();
  return work;
}

export type Respond = { queue: number; id: number; status: number };

/** Writes a response into the next slot for one: nothing of it can be seen yet. */
function writeTxResponse(c: Context, queue: number, id: number, status: number): void {
  c.enter();
  const side = txSide(c, queue);
  const { ring, indexes } = side;
  const at = slotOffset(netifTxRing.entry.size, indexes.nr_ents, indexes.rsp_prod_pvt);
  storeMapped(c, ring, at, (id & 0xffff) | ((status & 0xffff) << 16));
  const next = advance(indexes.rsp_prod_pvt, 1);
  updateQueue(c, queue, { tx: { ...side, indexes: { ...indexes, rsp_prod_pvt: next } } });
  c.leave();
  c.note({ kind: 'response-written', ring: 'tx', queue, index: indexes.rsp_prod_pvt, id, status });
}

/**
 * Makes the answer to one request: the rest of its slot keeps what the request had there.
 * @param beyond whether the id that it carries lies beyond the ring, in a scenario with a bug
 */
export function makeTxResponse(name: string, info: FnInfo, beyond = false): Fn<Respond> {
  return fn<Respond & Announce, void, Respond>(name, info, [
    step('write_response', (c, l) => {
      c.enter();
      const id = beyond ? l.id + txSide(c, l.queue).indexes.nr_ents : l.id;
      writeTxResponse(c, l.queue, id, l.status);
      c.leave();
    }),
    ...announceResponses<Respond & Announce>('tx'),
  ]);
}

export const make_tx_response = makeTxResponse('make_tx_response', linux('dom0', NETBACK, 'make_tx_response', {
  line: 1477,
}));
