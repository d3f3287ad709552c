import { turnOf } from '../base/calls.ts';
import type { Outline, StepView } from './store.ts';

/**
 * Which of how many calls of its function that follow each other, with no step of the caller between them, a step is in.
 * Null where there is one such call alone, or the outline is not yet that of the run in which the step was made.
 */
export function turnOfStep(outline: Outline | null, { n, key, thread }: StepView): { n: number; count: number } | null {
  if (outline === null || outline.keys[outline.key[n]!] !== key) return null;
  if (outline.threads[outline.thread[n]!]?.name !== thread) return null;
  const turn = turnOf(outline, (at) => outline.keys[outline.key[at]!]!.split('#')[0]!, n);
  return turn.count > 1 ? turn : null;
}

/** Did the run come to that operation before the step? Not, as far as is known while the outline is another run's. */
export function cameBefore(outline: Outline | null, { n, key }: StepView): boolean {
  if (outline === null || outline.keys[outline.key[n]!] !== key) return false;
  return outline.key.indexOf(outline.key[n]!) < n;
}
