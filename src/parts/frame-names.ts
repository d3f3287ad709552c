import { grantEntryAt } from '../abi/grant-table.ts';
import { RING_HEADER } from '../abi/ring.ts';
import type { Effect } from '../store/store.ts';
import type { RingView } from '../store/view.ts';
import { hex, isFields } from './values.ts';

const indexes = Object.entries(RING_HEADER);

/**
 * What people call the word at a byte of a machine frame: a ring's index or byte, a field of the grant entry
 * that the step is about, or else only the address.
 */
export function wordName(
  frame: number,
  offset: number,
  rings: readonly RingView[],
  effects: readonly Effect[],
): string {
  for (const { direction, queue, pages } of rings) {
    const page = pages.find(({ mfn }) => mfn === frame);
    if (page === undefined) continue;
    const index = page.index === 0 ? indexes.find(([, at]) => at === offset)?.[0] : undefined;
    const ring = `${direction.toUpperCase()} ring of queue ${queue}`;
    return index === undefined
      ? `${ring}, page ${page.index}, byte ${hex(offset, 3)}`
      : `${index} of the ${ring}`;
  }
  const ref = effects
    .map(refOf)
    .find((one) => one !== undefined && grantEntryAt(1, one).offset === (offset & ~7));
  if (ref !== undefined) return `${offset % 8 === 4 ? 'frame' : 'flags and domid'} of entry ${ref}`;
  return `machine frame ${hex(frame)}, byte ${hex(offset, 3)}`;
}

/** The grant reference that an effect is about. */
function refOf({ kind, ref, args }: Effect): number | undefined {
  const found = kind === 'grant-store' ? ref : kind === 'xen' && isFields(args) ? args['ref'] : undefined;
  return typeof found === 'number' ? found : undefined;
}
