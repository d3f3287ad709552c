import { netifRxRequest, netifRxRing } from '../../../abi/netif.ts';
import { offsetOf } from '../../../abi/layout.ts';
import { RING_HEADER, slotOffset } from '../../../abi/ring.ts';
import type { Context } from '../../machine/context.ts';
import { atomic, call, local, ret, step, when } from '../../machine/dsl.ts';
import { fn } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { notify_remote_via_irq } from '../../kernel/events.ts';
import { grantAtOnce, takeRefs } from '../../kernel/grant-alloc.ts';
import { appendRefs } from '../../kernel/ref-list.ts';
import { DOMID, netdevSlot } from '../../kernel/kernel.ts';
import { ownRing } from '../../kernel/own-memory.ts';
import { advance, freeRequests, needNotify } from '../../kernel/ring-macros.ts';
import { noteDecision } from './ring.ts';
import { bufferGfn, frontQueue, NETDEV, NETFRONT, updateQueue } from './state.ts';

const REQUEST_ID = offsetOf(netifRxRequest, 'id');
const REQUEST_GREF = offsetOf(netifRxRequest, 'gref');

/** Grants a page for every free slot, and fills the slot; nothing is published yet. @returns how many */
function postBuffers(c: Context, queue: number): number {
  const { rx, gref_rx, rx_posted } = frontQueue(c, queue);
  const { indexes } = rx!;
  const count = freeRequests(indexes);
  if (count === 0) return 0;
  const [taken, rest] = takeRefs(gref_rx, count);
  const memory = ownRing(c, rx!.gfn);
  let index = indexes.req_prod_pvt;
  for (const [first, length] of taken) {
    for (let ref = first; ref < first + length; ref++) {
      const id = index & (indexes.nr_ents - 1);
      grantAtOnce(c, ref, DOMID.dom0, bufferGfn(ref), false);
      const at = slotOffset(netifRxRing.entry.size, indexes.nr_ents, index);
      memory.store16(at + REQUEST_ID, id);
      memory.store32(at + REQUEST_GREF, ref);
      index = advance(index, 1);
    }
  }
  updateQueue(c, queue, {
    gref_rx: rest,
    rx_posted: appendRefs(rx_posted, taken),
    rx: { ...rx!, indexes: { ...indexes, req_prod_pvt: index } },
  });
  c.note({ kind: 'post-rx', queue, count, first_ref: taken[0]![0] });
  return count;
}

type Post = { queue: number; carrier?: boolean; old?: number; now?: number; notify?: boolean; port?: number };

/** Tops the RX ring up, publishes what is new, and rings the bell if the backend asked for it. */
export const xennet_alloc_rx_buffers = fn<Post, void, { queue: number }>(
  'xennet_alloc_rx_buffers',
  linux('domU', NETFRONT, 'xennet_alloc_rx_buffers', {
    line: 298,
    departs: '6.12 posts 256 buffers; as many as a larger ring holds is ours',
  }),
  [
    step('check_carrier', (c, l) => {
      l.carrier = c.get(netdevSlot(NETDEV))?.carrier ?? false;
    }),
    when((l) => !l.carrier, [ret()]),
    atomic('post_buffers', 'nobody reads these slots or entries before req_prod is pushed', (c, l) => {
      postBuffers(c, l.queue);
    }),
    step('read_old_req_prod', (c, l) => {
      c.enter();
      const { rx } = frontQueue(c, l.queue);
      l.old = ownRing(c, rx!.gfn).load32(RING_HEADER.req_prod);
      l.now = rx!.indexes.req_prod_pvt;
      c.leave();
    }),
    local('write_barrier', () => {}),
    step('store_req_prod', (c, l) => {
      c.enter();
      ownRing(c, frontQueue(c, l.queue).rx!.gfn).store32(RING_HEADER.req_prod, l.now!);
      c.leave();
    }),
    local('full_barrier', (c) => c.fence()),
    step('read_req_event', (c, l) => {
      c.enter();
      const { rx, rx_port } = frontQueue(c, l.queue);
      const event = ownRing(c, rx!.gfn).load32(RING_HEADER.req_event);
      l.notify = needNotify(l.old!, l.now!, event);
      l.port = rx_port!;
      c.leave();
      noteDecision(c, { ...l, direction: 'rx' }, event);
      delete l.old;
      delete l.now;
    }),
    when((l) => l.notify === true, [
      call('notify_backend', () => notify_remote_via_irq, (l) => ({ kernel: 'domU' as const, port: l.port! })),
    ]),
    ret(),
  ],
);
