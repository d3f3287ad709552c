import { GTF } from '../../abi/grant-table.ts';
import type { Context } from '../machine/context.ts';
import { assign, atomic, call, local, ret, step, when, whilst } from '../machine/dsl.ts';
import { fn } from '../machine/program.ts';
import { slot } from '../machine/slot.ts';
import { entryAddress } from '../xen/grant-table.ts';
import { linux } from './cite.ts';
import { freeRefs } from './grant-alloc.ts';
import { gnttab_end_foreign_access_ref } from './grant-end.ts';
import { DOMID, printk } from './kernel.ts';
import { freePage } from './pages.ts';
import { armTimer, isArmed } from './timers.ts';

/** How domU takes access back: without a hypercall, and only from entries that Xen does not mark as in use. */

const GRANT_TABLE = 'drivers/xen/grant-table.c';
const IN_USE = GTF.reading | GTF.writing;

/** A grant that could not be ended yet: its page stays allocated, its reference stays taken. */
export type Deferred = {
  readonly ref: number;
  /** The ring page behind it; null where freeing the page is not this list's business. */
  readonly gfn: number | null;
  /** Tries until a message is due. */
  readonly warn_delay: number;
};

/** What waits for the other side to let go, in the order of trying. */
export const deferredSlot = slot<readonly Deferred[]>('gnttab deferred:domU');

const WARN_AFTER = 60;
/** Entries that one run of the timer tries (`free_per_iteration`). */
const PER_RUN = 10;
const TIMER = 'gnttab deferred';
const SECOND = 1000;

function isInUse(c: Context, ref: number): boolean {
  const { frame, offset } = entryAddress(DOMID.domU, ref);
  return (c.load16(frame, offset) & IN_USE) !== 0;
}

/** Ends entry `ref` within a larger atomic step. @returns false, and nothing done, while it is in use */
export function endAtOnce(c: Context, ref: number): boolean {
  const { frame, offset } = entryAddress(DOMID.domU, ref);
  c.fence();
  if (isInUse(c, ref)) return false;
  c.store16(frame, offset, 0);
  return true;
}

type TryEnd = { ref: number; ended?: boolean };

/** Ends access, and if that went well the reference may be used for something else. @returns whether it did */
export const gnttab_try_end_foreign_access = fn<TryEnd, boolean, { ref: number }>(
  'gnttab_try_end_foreign_access',
  linux('domU', GRANT_TABLE, 'gnttab_try_end_foreign_access', { line: 592 }),
  [
    call('end_ref', () => gnttab_end_foreign_access_ref, (l) => ({ ref: l.ref }), (l, ended) => {
      l.ended = ended;
    }),
    when((l) => l.ended === true, [
      atomic('put_free_entry', 'gnttab_list_lock is held', (c, l) => freeRefs(c, [[l.ref, 1]])),
    ]),
    ret((l) => l.ended!),
  ],
);

/** Puts what is in use on the list within a larger atomic step, and starts the timer if it does not run. */
export function deferAtOnce(c: Context, ref: number, gfn: number | null): void {
  c.set(deferredSlot, [...(c.get(deferredSlot) ?? []), { ref, gfn, warn_delay: WARN_AFTER }]);
  if (!isArmed(c, TIMER)) armTimer(c, TIMER, SECOND, gnttab_handle_deferred);
  c.note({ kind: 'grant-deferred', ref });
}

type EndAccess = { ref: number; gfn: number | null; ended?: boolean };

/** Ends access to a page and frees it: now, or once the other side has let go of it. */
export const gnttab_end_foreign_access = fn<EndAccess, void, { ref: number; gfn: number | null }>(
  'gnttab_end_foreign_access',
  linux('domU', GRANT_TABLE, 'gnttab_end_foreign_access', { line: 603 }),
  [
    call('try_end', () => gnttab_try_end_foreign_access, (l) => ({ ref: l.ref }), (l, ended) => {
      l.ended = ended;
    }),
    when(
      (l) => l.ended === true,
      [atomic('free_page', 'the page allocator has its own lock', (c, l) => {
        if (l.gfn !== null) freePage(c, l.gfn);
      })],
      [atomic('add_deferred', 'gnttab_list_lock is held', (c, l) => deferAtOnce(c, l.ref, l.gfn))],
    ),
    ret(),
  ],
);

type Handle = { left?: number; entry?: Deferred; ended?: boolean };

/** The timer of the deferred list: tries some entries, and comes back in a second while any are left. */
const gnttab_handle_deferred = fn<Handle, void, object>(
  'gnttab_handle_deferred',
  linux('domU', GRANT_TABLE, 'gnttab_handle_deferred', { line: 504 }),
  [
    step('count_deferred', (c, l) => {
      l.left = Math.min(PER_RUN, (c.get(deferredSlot) ?? []).length);
    }, {
      // Once the message is printed, a try changes nothing but for an entry that Xen no longer marks as in use.
      ready: (c) => c.get(deferredSlot)?.some(({ ref, warn_delay }) => warn_delay > 0 || !isInUse(c, ref)) !== false,
    }),
    whilst((l) => l.left! > 0, [
      atomic('take_deferred', 'gnttab_list_lock is held', (c, l) => {
        const [first, ...rest] = c.get(deferredSlot)!;
        c.set(deferredSlot, rest);
        l.entry = first!;
        l.left = l.left! - 1;
      }),
      call('end_ref', () => gnttab_end_foreign_access_ref, (l) => ({ ref: l.entry!.ref }), (l, ended) => {
        l.ended = ended;
      }),
      when(
        (l) => l.ended === true,
        [
          atomic('free_deferred', 'gnttab_list_lock is held', (c, l) => {
            freeRefs(c, [[l.entry!.ref, 1]]);
            if (l.entry!.gfn !== null) freePage(c, l.entry!.gfn);
          }),
        ],
        [
          atomic('put_back', 'gnttab_list_lock is held', (c, l) => {
            const { ref, gfn, warn_delay } = l.entry!;
            if (warn_delay === 1) printk(c, 'domU', `xen:grant_table: g.e. 0x${ref.toString(16)} still pending`);
            const again: Deferred = { ref, gfn, warn_delay: Math.max(warn_delay - 1, 0) };
            c.set(deferredSlot, [...c.get(deferredSlot)!, again]);
          }),
        ],
      ),
      assign((l) => {
        delete l.entry;
        delete l.ended;
      }),
    ]),
    atomic('rearm_timer', 'gnttab_list_lock is held', (c) => {
      if ((c.get(deferredSlot) ?? []).length > 0) armTimer(c, TIMER, SECOND, gnttab_handle_deferred);
      else c.set(deferredSlot, undefined);
    }),
    ret(),
  ],
);

/** Ends the grants of a ring's pages, one after another. */
export const xenbus_teardown_ring = fn<{ gfn: number; refs: readonly number[]; i?: number }, void, { gfn: number; refs: readonly number[] }>(
  'xenbus_teardown_ring',
  linux('domU', 'drivers/xen/xenbus/xenbus_client.c', 'xenbus_teardown_ring', { line: 447 }),
  [
    local('for_each_page', (_, l) => {
      l.i = 0;
    }),
    whilst((l) => l.i! < l.refs.length, [
      call('end_page', () => gnttab_end_foreign_access, (l) => ({ ref: l.refs[l.i!]!, gfn: l.gfn + l.i! })),
      assign((l) => {
        l.i = l.i! + 1;
      }),
    ]),
    ret(),
  ],
);
