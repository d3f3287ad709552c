import { hashString, mixA } from '../../base/hash.ts';
import type { Context } from '../machine/context.ts';
import { atomic, enter, privately, ret, step, when, whilst } from '../machine/dsl.ts';
import { fn, functionNamed } from '../machine/program.ts';
import { slot } from '../machine/slot.ts';
import { dropEvents, pendingEvents, takeEvents, xenstored } from '../xenstore/server.ts';
import { linux } from './cite.ts';
import { CONNECTION, type KernelName } from './kernel.ts';
import { kernelWatchesSlot, xenwatchSlot, type Watch } from './xs.ts';

const COMMS = 'drivers/xen/xenbus/xenbus_comms.c';
const XS = 'drivers/xen/xenbus/xenbus_xs.c';

/** xenwatch_mutex: held while a callback runs. Whoever else drops a watch waits for it, so that no callback is under way. */
function callbackSlot(kernel: KernelName) {
  return slot<true>(`xenwatch_mutex:${kernel}`, { guarded: true });
}

/** Set while xenbus_thread has read events that it has not queued yet: a reply behind them has to wait. */
function readingSlot(kernel: KernelName) {
  return slot<true>(`xs reading:${kernel}`, { guarded: true });
}

/**
 * Set-up: may a thread of this kernel besides xenwatch drop watches, as who unbinds a driver by hand does? Then it is open
 * whether xenwatch takes an event before that.
 */
export function othersDropWatchesSlot(kernel: KernelName) {
  return slot<true>(`others drop watches:${kernel}`, { guarded: true });
}

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
      c.set(readingSlot(l.kernel), undefined);
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
        c.set(readingSlot(l.kernel), true);
      },
      {
        ready: (c, l) => pendingEvents(c, CONNECTION[l.kernel]).length > 0,
        idle: true,
        // The ring is read as soon as something is in it; what may be late is xenwatch. A watch that is dropped takes
        // with it what is in the ring as well as what is queued, so it does not matter here either.
        commutes: () => true,
      },
    ),
    enter(() => xs_watch_msg, (l) => ({ kernel: l.kernel, events: l.events ?? [] })),
    ret(),
  ],
);

/** The thread that reads what xenstored sends and queues the events among it. */
export const xenbus_thread = fn<BusThread>('xenbus_thread', linux('either', COMMS, 'xenbus_thread', { line: 409 }), [
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
          c.set(callbackSlot(l.kernel), true);
          l.path = event!.path;
          l.callback = watch.callback;
          l.device = watch.device;
        },
        {
          ready: (c, l) => (c.get(xenwatchSlot(l.kernel)) ?? []).length > 0,
          idle: true,
          // The list only grows at its other end; taking matters to others where events coalesce, and where somebody
          // else may drop the watch first. xenwatch itself drops watches too, but not while it takes.
          commutes: (c, l) =>
            c.get(othersDropWatchesSlot(l.kernel)) === undefined &&
            !isWaiting(c, l.kernel, c.get(xenwatchSlot(l.kernel))![0]!.token),
        },
      ),
      when((l) => l.callback !== undefined, [
        enter(
          (l) => functionNamed<WatchCall>(l.callback!),
          (l) => ({ kernel: l.kernel, path: l.path!, device: l.device! }),
        ),
      ]),
      privately((c, l) => {
        c.set(callbackSlot(l.kernel), undefined);
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
  linux('either', XS, 'register_xenbus_watch', { line: 778 }),
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

type Unregister = { kernel: KernelName; path: string; callback: string };

/** Takes the events of one watch out of the ring and of the kernel's own queue. */
export function forgetEvents(c: Context, kernel: KernelName, path: string, callback: string): void {
  const token = tokenOf(kernel, path, callback);
  dropEvents(c, CONNECTION[kernel], token);
  c.set(xenwatchSlot(kernel), (c.get(xenwatchSlot(kernel)) ?? []).filter((event) => event.token !== token));
}

/**
 * Drops a watch. When the request returns, none of its events is anywhere any more: those in the ring were read before the
 * reply and found no watch, those that were queued are taken out. Except on xenwatch itself, a callback is waited for.
 */
export const unregister_xenbus_watch = fn<Unregister & { self?: boolean }, void, Unregister>(
  'unregister_xenbus_watch',
  linux('either', XS, 'unregister_xenbus_watch', { line: 809 }),
  [
    privately((c, l) => {
      l.self = c.thread === xenwatchThread(l.kernel);
    }),
    atomic(
      'request_unwatch',
      'the watch object is unlisted and its waiting events are dropped under locks',
      (c, l) => {
        const token = tokenOf(l.kernel, l.path, l.callback);
        xenstored.unwatch(c, CONNECTION[l.kernel], l.path, token);
        c.set(kernelWatchesSlot(l.kernel), (c.get(kernelWatchesSlot(l.kernel)) ?? []).filter((w) => w.token !== token));
        forgetEvents(c, l.kernel, l.path, l.callback);
      },
      {
        ready: (c, l) =>
          c.get(readingSlot(l.kernel)) === undefined && (l.self === true || c.get(callbackSlot(l.kernel)) === undefined),
      },
    ),
    ret(),
  ],
);

/** The one thread that runs a kernel's watch callbacks. */
function xenwatchThread(kernel: KernelName): string {
  return `${kernel} xenwatch`;
}

/** Plants a watch before the first step, as a kernel that has booted holds it: its first event is long past. */
export function plantBusWatch(c: Context, kernel: KernelName, path: string, callback: string): void {
  const token = tokenOf(kernel, path, callback);
  xenstored.watch(c, CONNECTION[kernel], path, token);
  takeEvents(c, CONNECTION[kernel]);
  const watches = c.get(kernelWatchesSlot(kernel)) ?? [];
  c.set(kernelWatchesSlot(kernel), [...watches, { token, path, callback, device: '', coalesce: false }]);
}

/** A kernel that is no more watches nothing. */
export function forgetWatches(c: Context, kernel: KernelName): void {
  c.set(kernelWatchesSlot(kernel), undefined);
  c.set(xenwatchSlot(kernel), undefined);
  c.set(callbackSlot(kernel), undefined);
  c.set(readingSlot(kernel), undefined);
}
