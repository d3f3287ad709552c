import { ERRNO } from '../../abi/errno.ts';
import { GNTTAB_NR_RESERVED_ENTRIES, GRANTS_PER_FRAME, GTF } from '../../abi/grant-table.ts';
import { invariant } from '../../base/invariant.ts';
import type { Context } from '../machine/context.ts';
import { assign, atomic, call, local, ret, step, when, whilst } from '../machine/dsl.ts';
import { fn } from '../machine/program.ts';
import { slot } from '../machine/slot.ts';
import { entryAddress } from '../xen/grant-table.ts';
import { linux } from './cite.ts';
import { HYPERVISOR_memory_op } from './hypercall.ts';
import { DOMID, printk } from './kernel.ts';

/** domU's grant reference allocator. dom0 grants nothing here, so there is one. */

const GRANT_TABLE = 'drivers/xen/grant-table.c';
const PER_FRAME = GRANTS_PER_FRAME.v1;

/** References in the order in which they will be handed out, as runs [first, count]. */
export type RefList = readonly (readonly [number, number])[];

type Gnttab = {
  /** Free references; its head is taken first, growth appends at its end. */
  readonly free: RefList;
  readonly free_count: number;
  /** Frames that the table has. */
  readonly nr_grant_frames: number;
  readonly max_grant_frames: number;
};

export const gnttabSlot = slot<Gnttab>('gnttab:domU');

/** The allocator of a kernel that has booted: one frame, the reserved entries kept out. */
export function bootedGnttab(maxGrantFrames: number): Gnttab {
  const first = GNTTAB_NR_RESERVED_ENTRIES;
  return { free: [[first, PER_FRAME - first]], free_count: PER_FRAME - first, nr_grant_frames: 1, max_grant_frames: maxGrantFrames };
}

/** How many references a list holds. */
export function refCount(list: RefList): number {
  return list.reduce((sum, [, count]) => sum + count, 0);
}

/** Takes `count` from the head. @returns [taken, rest] */
export function takeRefs(list: RefList, count: number): readonly [RefList, RefList] {
  const taken: (readonly [number, number])[] = [];
  let left = count;
  let i = 0;
  for (; left > 0; i++) {
    const run = list[i];
    invariant(run, 'more references taken than the list holds');
    if (run[1] > left) {
      taken.push([run[0], left]);
      return [taken, [[run[0] + left, run[1] - left], ...list.slice(i + 1)]];
    }
    taken.push(run);
    left -= run[1];
  }
  return [taken, list.slice(i)];
}

type Expand = { needed: number; extra?: number; index?: number; first?: number; rc?: number };

/** Adds frames to the table until `needed` more references fit. @returns 0 or -ENOSPC */
const gnttab_expand = fn<Expand, number, { needed: number }>(
  'gnttab_expand',
  linux('domU', GRANT_TABLE, 'gnttab_expand', { line: 1596 }),
  [
    atomic('check_limit', 'gnttab_list_lock is held, the log is no part of the state', (c, l) => {
      const table = c.get(gnttabSlot)!;
      l.extra = Math.ceil(l.needed / PER_FRAME);
      l.first = table.nr_grant_frames;
      l.rc = 0;
      if (table.nr_grant_frames + l.extra <= table.max_grant_frames) return;
      l.rc = -ERRNO.ENOSPC;
      printk(
        c,
        'domU',
        `xen:grant_table: xen/grant-table: max_grant_frames reached cur=${table.nr_grant_frames} extra=${l.extra} ` +
          `limit=${table.max_grant_frames} gnttab_free_count=${table.free_count} req_entries=${l.needed}`,
      );
    }),
    when((l) => l.rc !== 0, [ret((l) => l.rc!)]),
    assign((l) => {
      // Backwards, so that the first hypercall names the highest frame and the table grows once.
      l.index = l.first! + l.extra! - 1;
    }),
    whilst((l) => l.index! >= l.first!, [
      call('place_frame', () => HYPERVISOR_memory_op, (l) => ({ kernel: 'domU' as const, index: l.index! })),
      assign((l) => {
        l.index = l.index! - 1;
      }),
    ]),
    atomic('grow_free_list', 'gnttab_list_lock is held', (c, l) => {
      const table = c.get(gnttabSlot)!;
      const added = l.extra! * PER_FRAME;
      c.set(gnttabSlot, {
        ...table,
        free: merge([...table.free, [table.nr_grant_frames * PER_FRAME, added]]),
        free_count: table.free_count + added,
        nr_grant_frames: table.nr_grant_frames + l.extra!,
      });
    }),
    ret((l) => l.rc!),
  ],
);

/** Joins runs that follow on from each other, so that equal lists are equal values. */
function merge(list: RefList): RefList {
  const runs: [number, number][] = [];
  for (const [first, count] of list) {
    const last = runs.at(-1);
    if (last && last[0] + last[1] === first) last[1] += count;
    else runs.push([first, count]);
  }
  return runs;
}

type Alloc = { count: number; short?: number; rc?: number; refs?: RefList };

/** Takes `count` references off the global list as a private chain. @returns null when the table cannot grow enough */
export const gnttab_alloc_grant_references = fn<Alloc, RefList | null, { count: number }>(
  'gnttab_alloc_grant_references',
  linux('domU', GRANT_TABLE, 'gnttab_alloc_grant_references', { line: 648 }),
  [
    step('count_free', (c, l) => {
      l.short = l.count - c.get(gnttabSlot)!.free_count;
      l.rc = 0;
    }),
    when((l) => l.short! > 0, [
      call(
        'expand',
        () => gnttab_expand,
        (l) => ({ needed: l.short! }),
        (l, rc) => {
          l.rc = rc;
        },
      ),
      when((l) => l.rc !== 0, [ret(() => null)]),
    ]),
    atomic('take_free', 'gnttab_list_lock is held', (c, l) => {
      const table = c.get(gnttabSlot)!;
      const [taken, rest] = takeRefs(table.free, l.count);
      l.refs = taken;
      c.set(gnttabSlot, { ...table, free: rest, free_count: table.free_count - l.count });
    }),
    ret((l) => l.refs!),
  ],
);

/** Puts references at the head of the global list: they are the next to be handed out. */
export function freeRefs(c: Context, refs: RefList): void {
  const table = c.get(gnttabSlot)!;
  c.set(gnttabSlot, { ...table, free: merge([...refs, ...table.free]), free_count: table.free_count + refCount(refs) });
}

/** Gives a private chain back, at the head of the global list. */
export const gnttab_free_grant_references = fn<{ refs: RefList }>(
  'gnttab_free_grant_references',
  linux('domU', GRANT_TABLE, 'gnttab_free_grant_references', { line: 619 }),
  [
    atomic('return_free', 'gnttab_list_lock is held', (c, l) => freeRefs(c, l.refs)),
    ret(),
  ],
);

type Grant = { ref: number; domid: number; frame: number; readonly: boolean };

/** A guest's own plain store to a field of entry `ref`. */
export function storeField(c: Context, ref: number, field: 'flags' | 'domid' | 'frame', value: number): void {
  const { frame, offset } = entryAddress(DOMID.domU, ref);
  if (field === 'frame') c.store32(frame, offset + 4, value);
  else c.store16(frame, offset + (field === 'domid' ? 2 : 0), value);
  c.note({ kind: 'grant-store', ref, field, value });
}

/**
 * Fills one entry of the grant table: plain stores to a page shared with Xen, no hypercall. The barrier before the
 * last store makes sure that nobody sees a valid type before the rest.
 */
export const gnttab_grant_foreign_access = fn<Grant>(
  'gnttab_grant_foreign_access',
  linux('domU', GRANT_TABLE, 'gnttab_grant_foreign_access_ref', {
    line: 405, shown: 'gnttab_grant_foreign_access',
  }),
  [
    step('store_domid', (c, l) => storeField(c, l.ref, 'domid', l.domid)),
    step('store_frame', (c, l) => storeField(c, l.ref, 'frame', l.frame)),
    local('write_barrier', () => {}),
    step('store_flags', (c, l) => storeField(c, l.ref, 'flags', GTF.permit_access | (l.readonly ? GTF.readonly : 0))),
    ret(),
  ],
);

/** The same stores for one entry within a larger atomic step; see architecture section 2 on posting RX buffers. */
export function grantAtOnce(c: Context, ref: number, domid: number, frame: number, readonly: boolean): void {
  const at = entryAddress(DOMID.domU, ref);
  c.store16(at.frame, at.offset + 2, domid);
  c.store32(at.frame, at.offset + 4, frame);
  c.store16(at.frame, at.offset, GTF.permit_access | (readonly ? GTF.readonly : 0));
}
