import { RING_HEADER } from '../../../abi/ring.ts';
import type { Context } from '../../machine/context.ts';
import { goto, local, mark, ret, step, when } from '../../machine/dsl.ts';
import { fn, type Fn, type FnInfo } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { loadMapped, storeMapped } from '../../kernel/mapped-memory.ts';
import { advance, distance } from '../../kernel/ring-macros.ts';
import { backQueueSlot, NETBACK_RX, rxQueueSlot, type BackSide } from './state.ts';

/** The RX side of a connected queue. Part of a compound access. */
export function rxSide(c: Context, queue: number): BackSide {
  return c.get(backQueueSlot(queue))!.rx!;
}

/** Published RX requests: one load of req_prod. */
function loadReqProd(c: Context, queue: number): { prod: number; available: number } {
  c.enter();
  const { ring, indexes } = rxSide(c, queue);
  const prod = loadMapped(c, ring, RING_HEADER.req_prod);
  c.leave();
  return { prod, available: distance(indexes.req_cons, prod) };
}

type Slots = { queue: number; needed?: number; prod?: number; enough?: boolean; changed?: boolean };

/**
 * Makes the look for RX slots: are there as many as the packet at the head of the queue needs? If not, it
 * asks to be told of the next request, wherever the ring stands by then (req_prod + 1, not req_cons + 1), and
 * looks once more.
 * @param without what it lacks in a scenario with a bug
 */
export function makeSlotsAvailable(
  name: string,
  info: FnInfo,
  without?: 'store' | 'barrier' | 'recheck',
): Fn<{ queue: number }, boolean> {
  return fn<Slots, boolean, { queue: number }>(name, info, [
    step('read_slots_needed', (c, l) => {
      l.needed = c.get(rxQueueSlot(l.queue)) === undefined ? 0 : 1;
    }),
    when((l) => l.needed === 0, [ret(() => false)]),
    mark('again'),
    step('load_req_prod', (c, l) => {
      const { prod, available } = loadReqProd(c, l.queue);
      l.prod = prod;
      l.enough = available >= l.needed!;
    }),
    when((l) => l.enough === true, [ret(() => true)]),
    ...(without === 'store'
      ? []
      : [
          step<Slots, boolean>('store_req_event', (c, l) => {
            c.enter();
            const event = advance(l.prod!, 1);
            storeMapped(c, rxSide(c, l.queue).ring, RING_HEADER.req_event, event);
            c.leave();
            c.note({
              kind: 'event-asked',
              kernel: 'dom0',
              ring: 'rx',
              queue: l.queue,
              field: 'req_event',
              event,
            });
          }),
        ]),
    ...(without === 'barrier' ? [] : [local<Slots, boolean>('full_barrier', (c) => c.fence())]),
    ...(without === 'recheck'
      ? []
      : [
          step<Slots, boolean>('load_req_prod_again', (c, l) => {
            l.changed = loadReqProd(c, l.queue).prod !== l.prod;
            c.note({
              kind: 'final-check',
              kernel: 'dom0',
              ring: 'rx',
              queue: l.queue,
              found: l.changed ? 1 : 0,
            });
          }),
        ]),
    when((l) => l.changed === true, [goto('again')]),
    ret(() => false),
  ]);
}

export const xenvif_rx_ring_slots_available = makeSlotsAvailable(
  'xenvif_rx_ring_slots_available',
  linux('dom0', NETBACK_RX, 'xenvif_rx_ring_slots_available', { line: 58 }),
);
