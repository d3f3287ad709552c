import type { Context } from '../machine/context.ts';
import { slot } from '../machine/slot.ts';

/** Frames of ring pages, in the order in which the guest's page allocator gives them: consecutive. */
const RING_GFN = 0x1a3c0;

/**
 * Guest frames that domU holds for rings, ascending. A frame leaves the list when it is freed, and not before the grant of
 * it has ended: what is mapped elsewhere is here.
 */
export const ringPagesSlot = slot<readonly number[]>('pages:domU');

/** First guest frame of a ring: `pagesBefore` counts the ring pages that are held before it. */
export function ringGfn(pagesBefore: number): number {
  return RING_GFN + pagesBefore;
}

/** Takes `count` consecutive frames, the lowest that are free. @returns the first */
export function allocPages(c: Context, count: number): number {
  const held = c.get(ringPagesSlot) ?? [];
  let first = RING_GFN;
  for (const gfn of held) {
    if (gfn - first >= count) break;
    first = gfn + 1;
  }
  const taken = Array.from({ length: count }, (_, i) => first + i);
  c.set(ringPagesSlot, [...held, ...taken].sort((a, b) => a - b));
  return first;
}

/** Gives one frame back. */
export function freePage(c: Context, gfn: number): void {
  c.set(ringPagesSlot, (c.get(ringPagesSlot) ?? []).filter((held) => held !== gfn));
  c.note({ kind: 'free-page', gfn });
}
