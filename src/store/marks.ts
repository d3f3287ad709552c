/** Marked steps, and whether the open run has them. Pure. */
import { sameRun } from './config.ts';
import type { Mark, Outline, RunSpec } from './store.ts';

export const MARKS = ['a', 'b'] as const;
export type MarkName = (typeof MARKS)[number];

/**
 * Does the open run have the state that was marked? It has it where scenario and sliders are the same, every choice made
 * before that position is too, and the run is that long. A choice at the position itself decides only what comes after.
 */
export function isPositionOf({ run, length }: Pick<Outline, 'run' | 'length'>, mark: Mark): boolean {
  if (!sameRun(run, mark.run) || mark.position > length) return false;
  const [here, there] = [run, mark.run].map((spec) => choicesBefore(spec, mark.position));
  return here === there;
}

function choicesBefore({ choices }: RunSpec, position: number): string {
  return JSON.stringify(choices.filter(([at]) => at < position));
}
