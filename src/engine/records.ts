import type { StepRecord } from '../sim/index.ts';
import type { Run } from './run.ts';
import { stepView } from './step-view.ts';

/** The steps between two positions, as a trace has them. The timeline is left at the last of them. */
export function recordsOf(run: Run, from: number, to: number): StepRecord[] {
  const records: StepRecord[] = [];
  for (let n = from; n < to; n++) {
    // What a step did is found where it was taken: so the timeline goes along.
    run.timeline.seek(n);
    const { thread, key, stack, effects } = stepView(run.timeline, n, (name) => run.partyOf(name));
    const { cite } = stack.at(-1)!;
    records.push({
      number: n + 1, thread, step: key, depth: stack.length - 1, stack: stack.map(({ shown }) => shown), effects, cite,
    });
  }
  return records;
}
