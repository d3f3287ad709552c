import { GTF } from '../../../abi/grant-table.ts';
import { XenbusState } from '../../../abi/xenbus.ts';
import { vifSlot } from '../../drivers/netback/state.ts';
import { frontQueueSlot } from '../../drivers/netfront/state.ts';
import { BE, FE } from '../../drivers/toolstack.ts';
import { DOMID } from '../../kernel/kernel.ts';
import { parseUnsigned } from '../../kernel/xs.ts';
import type { Context } from '../../machine/context.ts';
import { activeSlot, entryAddress } from '../../xen/grant-table.ts';
import { nodeSlot } from '../../xenstore/server.ts';

/** What acts look at to tell whether they make sense. All of it is shared: a thread may wait for it. */

/** The value at an absolute path; null where there is no node. */
export function valueAt(c: Context, path: string): string | null {
  return c.get(nodeSlot(path))?.value ?? null;
}

/** The state that a directory publishes; null where there is none. */
export function published(c: Context, directory: string): number | null {
  return parseUnsigned(valueAt(c, `${directory}/state`));
}

/** The first TX ring key of the first queue, wherever the number of queues and of pages puts it; null while there is none. */
export function firstRingKey(c: Context): string | null {
  const keys = [FE, `${FE}/queue-0`].flatMap((dir) => [`${dir}/tx-ring-ref`, `${dir}/tx-ring-ref0`]);
  return keys.find((key) => valueAt(c, key) !== null) ?? null;
}

/** The key that names page `page` of that ring, which has several; null while there is none. */
export function ringKey(c: Context, page: number): string | null {
  const key = firstRingKey(c)?.replace(/ref0$/, `ref${page}`) ?? null;
  return key !== null && valueAt(c, key) !== null ? key : null;
}

/** Why keys of the frontend cannot be spoilt for the backend now; null if they can. */
export function keysRefusal(c: Context): string | null {
  if (firstRingKey(c) === null) return 'too early: netfront has not published its keys';
  return backendRefusal(c);
}

/** Why something that netback reads when it connects would change nothing now; null if it would. */
export function backendRefusal(c: Context): string | null {
  if ((c.get(vifSlot)?.num_queues ?? 0) > 0) return 'too late: netback has read the keys';
  const state = published(c, BE);
  if (state === null) return 'there is no backend';
  return state > XenbusState.InitWait ? 'too late: netback has tried to connect' : null;
}

/** Index of the page in the middle of a ring of four that faults are about: there are some before it, and one behind it. */
export const THIRD = 2;

/** The references of the first queue's TX ring in page order; empty until all its pages are granted. */
export function txRefs(c: Context): readonly number[] {
  return c.get(frontQueueSlot(0))?.tx?.refs ?? [];
}

/** Why the TX ring has no page `page` now; null if it has one. */
export function pageRefusal(c: Context, page: number): string | null {
  const { length } = txRefs(c);
  if (length === 0) return 'too early: the TX ring is not wholly granted yet';
  return page < length ? null : `the TX ring has ${length === 1 ? 'one page' : `${length} pages`} only`;
}

/** Why the grant of TX ring page `page` cannot be spoilt now; null if it can. */
export function grantRefusal(c: Context, page: number): string | null {
  const refusal = pageRefusal(c, page);
  if (refusal !== null) return refusal;
  const ref = txRefs(c)[page]!;
  if (c.get(activeSlot(DOMID.domU, ref))) return 'too late: Xen has mapped that page, and checks its entry only when it maps';
  const { frame, offset } = entryAddress(DOMID.domU, ref);
  return (c.load16(frame, offset) & GTF.type_mask) === GTF.permit_access ? null : 'that page is not granted any more';
}
