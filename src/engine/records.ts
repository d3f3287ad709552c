import type { StepRecord } from '../sim/index.ts';
import type { StepView } from './protocol.ts';
import type { Run } from './run.ts';
import { stepView } from './step-view.ts';

/** Everything there is to say about step `n` of a run. The timeline is left there: what a step did is found where it was taken. */
export function viewOf(run: Run, n: number): StepView {
  run.timeline.seek(n);
  return stepView(run.timeline, n, (name) => run.partyOf(name));
}

/** The step as a trace has it. */
export function recordOf({ n, thread, key, stack, effects }: StepView): StepRecord {
  const { cite } = stack.at(-1)!;
  return { number: n + 1, thread, step: key, depth: stack.length - 1, stack: stack.map(({ shown }) => shown), effects, cite };
}

/** The steps between two positions, as a trace has them. The timeline is left at the last of them. */
export function recordsOf(run: Run, from: number, to: number): StepRecord[] {
  return Array.from({ length: to - from }, (_, i) => recordOf(viewOf(run, from + i)));
}
