import { PAGE_SIZE, pagesTouched, RING_HEADER_SIZE, ringSize, seams, slotOffset } from '../../abi/ring.ts';
import type { RingPageView, RingView } from '../view.ts';

/** What follows from a ring's number of pages and the size of its slots alone. */
export interface RingShape {
  readonly pages: readonly Pick<RingPageView, 'untouched' | 'entries'>[];
  readonly straddles: RingView['straddles'];
}

const shapes = new Map<string, RingShape>();

/** The shape of a ring. Made once and remembered. */
export function ringShape(pages: number, slotSize: number): RingShape {
  const name = `${pages}:${slotSize}`;
  let shape = shapes.get(name);
  if (shape === undefined) shapes.set(name, (shape = makeShape(pages, slotSize)));
  return shape;
}

function makeShape(pages: number, slotSize: number): RingShape {
  const entries = ringSize(pages * PAGE_SIZE, slotSize);
  const touched = pagesTouched(pages, slotSize);
  const end = slotOffset(slotSize, entries, entries - 1) + slotSize;
  const entryAt = (offset: number): number => Math.floor((offset - RING_HEADER_SIZE) / slotSize);
  return {
    pages: Array.from({ length: pages }, (_, index) => {
      if (index >= touched) return { untouched: true, entries: null };
      const first = Math.max(RING_HEADER_SIZE, index * PAGE_SIZE);
      const last = Math.min(end, (index + 1) * PAGE_SIZE) - 1;
      return { untouched: false, entries: [entryAt(first), entryAt(last)] as const };
    }),
    straddles: seams(pages, slotSize).map(({ page, slot, before, after }) => ({ page, entry: slot, before, after })),
  };
}
