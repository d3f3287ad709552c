// What the stage derives from its view: pure, so that it can be tested without a page.
import type { RingsShape } from '../../geometry/stage-rings.ts';
import type { RingView, StageView } from '../../store/view.ts';

/** The name of the line of a grant reference, and of a queue that is folded away. */
export const lineOf = {
  ref: (ref: number): string => String(ref),
  queue: (queue: number): string => `q${queue}`,
} as const;

/** How many queues and pages there is room to be made for; null before the frontend has a ring. */
export function shapeOf(rings: readonly RingView[], queues: StageView['queues']): RingsShape | null {
  if (rings.length === 0) return null;
  let tx = 0;
  let rx = 0;
  let count = Math.max(1, queues.asked);
  for (const ring of rings) {
    count = Math.max(count, ring.queue + 1);
    if (ring.direction === 'tx') tx = Math.max(tx, ring.pages.length);
    else rx = Math.max(rx, ring.pages.length);
  }
  return { queues: count, tx, rx };
}
