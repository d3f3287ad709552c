import { GTF } from '../../abi/grant-table.ts';
import { goto, mark, ret, step, when } from '../machine/dsl.ts';
import { fn } from '../machine/program.ts';
import { entryAddress } from '../xen/grant-table.ts';
import { linux } from './cite.ts';
import type { RefList } from './grant-alloc.ts';
import { DOMID } from './kernel.ts';

type End = { ref: number; flags?: number; ended?: boolean };

/**
 * Takes back what an entry of domU's table permits, unless the other domain uses the page at this moment: Xen sets and
 * clears its marks in the same 16 bits, so the change is a compare-and-swap. @returns false while it is in use
 */
export const gnttab_end_foreign_access_ref = fn<End, boolean, { ref: number }>(
  'gnttab_end_foreign_access_ref',
  linux('domU', 'drivers/xen/grant-table.c', 'gnttab_end_foreign_access_ref_v1', {
    line: 428,
    shown: 'gnttab_end_foreign_access_ref',
  }),
  [
    mark('again'),
    step('read_flags', (c, l) => {
      const { frame, offset } = entryAddress(DOMID.domU, l.ref);
      l.flags = c.load16(frame, offset);
    }),
    when((l) => (l.flags! & (GTF.reading | GTF.writing)) !== 0, [ret(() => false)]),
    step('compare_and_clear', (c, l) => {
      c.enter();
      // A locked instruction: nothing of this processor's is left waiting when it is done.
      c.fence();
      const { frame, offset } = entryAddress(DOMID.domU, l.ref);
      l.ended = c.load16(frame, offset) === l.flags;
      if (l.ended) {
        c.store16(frame, offset, 0);
        c.note({ kind: 'grant-end', ref: l.ref });
      }
      c.leave();
    }),
    when((l) => !l.ended, [goto('again')]),
    ret(() => true),
  ],
);

/** Puts a reference back into a private chain. Kept in ascending order, so that equal chains are equal values. */
export function putRef(list: RefList, ref: number): RefList {
  const runs: [number, number][] = [];
  for (const [first, count] of [...list, [ref, 1] as const].sort(([a], [b]) => a - b)) {
    const last = runs.at(-1);
    if (last && last[0] + last[1] === first) last[1] += count;
    else runs.push([first, count]);
  }
  return runs;
}
