import { assign, atomic, call, privately, ret, step, whilst } from '../../machine/dsl.ts';
import type { Context } from '../../machine/context.ts';
import { fn, functionNamed } from '../../machine/program.ts';
import { freeRefs, storeField } from '../../kernel/grant-alloc.ts';
import { freePage } from '../../kernel/pages.ts';
import { seeded } from '../../kernel/seeded.ts';
import { driverSlot } from '../../kernel/xenbus-bus.ts';
import { deviceOf, updateDevice, type OfDevice } from '../../kernel/xenbus-client.ts';
import type { StateCall } from '../../kernel/xenbus-otherend.ts';
import { forgetEvents, register_xenbus_watch } from '../../kernel/xenwatch.ts';
import { parseUnsigned, xsRead } from '../../kernel/xs.ts';
import { xennet_remove } from './remove.ts';
import { frontQueue, netfrontInfoSlot, updateQueue } from './state.ts';
import { makeSetupGrant } from './tx.ts';

/** Takes a reference for a packet, and leaves it in the pool all the same. */
export const setup_grant_twice = makeSetupGrant(
  'xennet_tx_setup_grant (reference stays free)',
  seeded(
    'domU',
    'netfront/tx.ts',
    'xennet_tx_setup_grant (reference stays free)',
    'the reference stays in the pool, so the next packet takes it as well',
  ),
  true,
);

type Revoke = OfDevice & { left?: readonly (readonly [number, number, number])[] };

/** Queue, reference and frame of every ring page that is granted. */
function ringPages(c: Context): (readonly [number, number, number])[] {
  const queues = c.get(netfrontInfoSlot)?.num_queues ?? 0;
  return Array.from({ length: queues }, (_, queue) => queue).flatMap((queue) => {
    const { tx, rx } = frontQueue(c, queue);
    return [tx, rx].flatMap((side) => side!.refs.map((ref, page) => [queue, ref, side!.gfn + page] as const));
  });
}

/** Takes the rings back first, and asks the backend to close afterwards. */
export const xennet_remove_revoking = fn<Revoke, void, OfDevice>(
  'xennet_remove (revokes first)',
  seeded('domU', 'netfront/bugs.ts', 'xennet_remove (revokes first)', 'the ring pages are revoked and freed while the backend has them mapped'),
  [
    atomic('list_ring_pages', 'the structure of a queue is changed by this thread alone', (c, l) => {
      l.left = ringPages(c);
    }),
    whilst((l) => l.left!.length > 0, [
      step('clear_flags', (c, l) => storeField(c, l.left![0]![1], 'flags', 0)),
      atomic('free_ring_page', 'the page allocator and gnttab_list_lock', (c, l) => {
        const [queue, ref, gfn] = l.left![0]!;
        freeRefs(c, [[ref, 1]]);
        freePage(c, gfn);
        const { tx, rx } = frontQueue(c, queue);
        updateQueue(c, queue, { tx: { ...tx!, refs: [] }, rx: { ...rx!, refs: [] } });
      }),
      assign((l) => {
        l.left = l.left!.slice(1);
      }),
    ]),
    call('remove_then', () => xennet_remove, (l) => ({ kernel: l.kernel, device: l.device })),
    ret(),
  ],
);

type Watch = OfDevice & { path?: string; hook?: string; state?: number };

/** Looks at the other end's state first and registers the watch after that, as if nothing could happen in between. */
export const watch_otherend_after_read = fn<Watch, void, OfDevice>(
  'watch_otherend (after the read)',
  seeded(
    'domU',
    'netfront/bugs.ts',
    'watch_otherend (after the read)',
    'the state is read before the watch stands, and the watch’s own first event is thrown away',
  ),
  [
    privately((c, l) => {
      l.path = `${deviceOf(c, l.kernel, l.device).otherend}/state`;
      l.hook = c.get(driverSlot(l.kernel))!.otherend_changed;
    }),
    step('read_state_first', (c, l) => {
      l.state = parseUnsigned(xsRead(c, l.kernel, l.path!)) ?? 0;
    }),
    call('tell_driver', (l) => functionNamed<StateCall>(l.hook!), (l) => ({
      kernel: l.kernel,
      device: l.device,
      state: l.state!,
    })),
    call('register_watch', () => register_xenbus_watch, (l) => ({
      kernel: l.kernel,
      path: l.path!,
      callback: 'xenbus_otherend_changed',
      device: l.device,
      coalesce: false,
    })),
    atomic('ignore_first_event', 'the queue of events is locked', (c, l) => {
      forgetEvents(c, l.kernel, l.path!, 'xenbus_otherend_changed');
      updateDevice(c, l, { watching: l.path! });
    }),
    ret(),
  ],
);
