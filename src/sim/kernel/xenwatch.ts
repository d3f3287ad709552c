import { hashString, mixA } from '../../base/hash.ts';
import type { Context } from '../machine/context.ts';
import { assign, atomic, enter, ret, step, when, whilst } from '../machine/dsl.ts';
import { fn, functionNamed } from '../machine/program.ts';
import { pendingEvents, takeEvents, xenstored } from '../xenstore/server.ts';
import { linux } from './cite.ts';
import { CONNECTION, type KernelName } from './kernel.ts';
import { kernelWatchesSlot, xenwatchSlot, type Watch } from './xs.ts';

const COMMS = 'drivers/xen/xenbus/xenbus_comms.c';
const XS = 'drivers/xen/xenbus/xenbus_xs.c';

/** What every watch callback receives. */
export type WatchCall = { kernel: KernelName; path: string; device: string };

/** Tokens are the address of the watch object in hexadecimal: here one that follows from what is watched. */
function tokenOf(kernel: KernelName, path: string, callback: string): string {
  const { a, b } = hashString(`${kernel}:${path}:${callback}`);
  return `ffff8881${(mixA(a, b) >>> 0).toString(16).padStart(8, '0')}`.toUpperCase();
}

type BusThread = { kernel: KernelName };
type Events = readonly { readonly path: string; readonly token: string }[];

/** Would an event for this watch be dropped, as one waits already? Then it matters when xenwatch takes that one. */
function isWaiting(c: Context, kernel: KernelName, token: string): boolean {
  const watch = c.get(kernelWatchesSlot(kernel))?.find((w) => w.token === token);
  return watch?.coalesce === true && (c.get(xenwatchSlot(kernel)) ?? []).some((e) => e.token === token);
}

const xs_watch_msg = fn<{ kernel: KernelName; events: Events }>(
  'xs_watch_msg',
  linux('either', XS, 'xs_watch_msg', { line: 711 }),
  [
    atomic('queue_events', 'the spin lock watch_events_lock is held', (c, l) => {
      const watches = c.get(kernelWatchesSlot(l.kernel)) ?? [];
      const queue = [...(c.get(xenwatchSlot(l.kernel)) ?? [])];
      for (const event of l.events) {
        const watch = watches.find((w) => w.token === event.token);
        const waiting = watch?.coalesce === true && queue.some((e) => e.token === event.token);
        if (watch && !waiting) queue.push(event);
        else c.note({ kind: 'watch-dropped', conn: l.kernel, path: event.path, coalesced: waiting });
      }
      c.set(xenwatchSlot(l.kernel), queue);
    }, { commutes: (c, l) => l.events.every((event) => !isWaiting(c, l.kernel, event.token)) }),
    ret(),
  ],
);

const process_msg = fn<BusThread & { events?: Events }, void, BusThread>(
  'process_msg',
  linux('either', COMMS, 'process_msg', { line: 205 }),
  [
    step(
      'read_messages',
      (c, l) => {
        l.events = takeEvents(c, CONNECTION[l.kernel]);
      },
      {
        ready: (c, l) => pendingEvents(c, CONNECTION[l.kernel]).length > 0,
        idle: true,
        // The ring is read as soon as something is in it; what may be late is xenwatch.
        commutes: () => true,
      },
    ),
    enter(() => xs_watch_msg, (l) => ({ kernel: l.kernel, events: l.events ?? [] })),
    ret(),
  ],
);

/** The thread that reads what xenstored sends and queues the events among it. */
export const xenbus_thread = fn<BusThread>('xenbus_thread', linux('either', COMMS, 'xenbus_thread'), [
  whilst(() => true, [enter(() => process_msg, (l) => ({ kernel: l.kernel }))]),
  ret(),
]);

type WatchThread = BusThread & { path?: string; callback?: string; device?: string };

/** The one thread that runs every watch callback of a kernel, one after another. */
export const xenwatch_thread = fn<WatchThread, void, BusThread>(
  'xenwatch_thread',
  linux('either', XS, 'xenwatch_thread', { line: 889 }),
  [
    whilst(() => true, [
      atomic(
        'take_event',
        'the list and the registrations are read under the spin lock watch_events_lock',
        (c, l) => {
          const [event, ...rest] = c.get(xenwatchSlot(l.kernel)) ?? [];
          c.set(xenwatchSlot(l.kernel), rest);
          const watch = c.get(kernelWatchesSlot(l.kernel))?.find((w) => w.token === event!.token);
          c.note({ kind: 'watch-taken', conn: l.kernel, path: event!.path, callback: watch?.callback ?? '' });
          if (!watch) return;
          l.path = event!.path;
          l.callback = watch.callback;
          l.device = watch.device;
        },
        {
          ready: (c, l) => (c.get(xenwatchSlot(l.kernel)) ?? []).length > 0,
          idle: true,
          // The list only grows at its other end; taking matters to others where events coalesce.
          commutes: (c, l) => !isWaiting(c, l.kernel, c.get(xenwatchSlot(l.kernel))![0]!.token),
        },
      ),
      when((l) => l.callback !== undefined, [
        enter(
          (l) => functionNamed<WatchCall>(l.callback!),
          (l) => ({ kernel: l.kernel, path: l.path!, device: l.device! }),
        ),
      ]),
      assign((l) => {
        delete l.path;
        delete l.callback;
        delete l.device;
      }),
    ]),
    ret(),
  ],
);

export type WatchSpec = { kernel: KernelName; path: string; callback: string; device: string; coalesce: boolean };

/** Registers a watch; xenstored answers, and then sends one event for it at once. */
export const register_xenbus_watch = fn<WatchSpec>(
  'register_xenbus_watch',
  linux('either', XS, 'register_xenbus_watch'),
  [
    atomic('request_watch', 'the watch object is listed before the request is sent', (c, l) => {
      const token = tokenOf(l.kernel, l.path, l.callback);
      const watch: Watch = { token, path: l.path, callback: l.callback, device: l.device, coalesce: l.coalesce };
      c.set(kernelWatchesSlot(l.kernel), [...(c.get(kernelWatchesSlot(l.kernel)) ?? []), watch]);
      xenstored.watch(c, CONNECTION[l.kernel], l.path, token);
    }),
    ret(),
  ],
);

export const unregister_xenbus_watch = fn<{ kernel: KernelName; path: string; callback: string }>(
  'unregister_xenbus_watch',
  linux('either', XS, 'unregister_xenbus_watch'),
  [
    atomic('request_unwatch', 'the watch object is unlisted and its waiting events are dropped under locks', (c, l) => {
      const token = tokenOf(l.kernel, l.path, l.callback);
      xenstored.unwatch(c, CONNECTION[l.kernel], l.path, token);
      c.set(kernelWatchesSlot(l.kernel), (c.get(kernelWatchesSlot(l.kernel)) ?? []).filter((w) => w.token !== token));
      c.set(xenwatchSlot(l.kernel), (c.get(xenwatchSlot(l.kernel)) ?? []).filter((e) => e.token !== token));
    }),
    ret(),
  ],
);

/** Plants a watch before the first step, as a kernel that has booted holds it: its first event is long past. */
export function plantBusWatch(c: Context, kernel: KernelName, path: string, callback: string): void {
  const token = tokenOf(kernel, path, callback);
  xenstored.watch(c, CONNECTION[kernel], path, token);
  takeEvents(c, CONNECTION[kernel]);
  c.set(kernelWatchesSlot(kernel), [{ token, path, callback, device: '', coalesce: false }]);
}
