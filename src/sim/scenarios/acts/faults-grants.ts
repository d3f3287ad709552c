import { DOMID } from '../../kernel/kernel.ts';
import type { Context } from '../../machine/context.ts';
import { entryAddress } from '../../xen/grant-table.ts';
import { act } from '../act.ts';
import { grantRefusal, THIRD, txRefs } from './sight.ts';

/** The guest takes back the right to a page of its TX ring: it clears the flags of the entry, as ending a grant does. */
function revoke(c: Context, page: number): void {
  const ref = txRefs(c)[page]!;
  const { frame, offset } = entryAddress(DOMID.domU, ref);
  c.store16(frame, offset, 0);
  c.note({ kind: 'grant-store', ref, field: 'flags', value: 0 });
}

/** B10: the reference lies in the table, but what stands there permits nothing. */
export const refNotGranted = act({
  id: 'ref-not-granted',
  kind: 'fault',
  party: 'domU',
  title: 'Revoke the first TX ring page',
  refusal: (c) => grantRefusal(c, 0),
  run: (c) => revoke(c, 0),
});

/** One bad page in the middle of a batch: those before it are unmapped, that behind it is forgotten. */
export const thirdPageBad = act({
  id: 'third-page-bad',
  kind: 'fault',
  party: 'domU',
  title: 'Revoke the third TX ring page',
  refusal: (c) => grantRefusal(c, THIRD),
  run: (c) => revoke(c, THIRD),
});
