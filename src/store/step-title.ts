import type { Notes } from '../content/schema.ts';
import { fill, headingOf, noteFor, titleOf, words } from '../content/words.ts';
import type { Outline, RunSpec, StepView } from '../engine/protocol.ts';
import { stepValues } from './values.ts';

/** Which step of how many; and that these are a branch's, where nothing else in sight may say so. */
export function countOf({ run, length }: Outline, n: number): string {
  return fill(words.transport[run.choices.length === 0 ? 'step' : 'branchStep'], { n, length });
}

/** Is it a step of nobody in the machine? */
export function isApart(thread: string): thread is 'you' | 'story' | 'time' {
  return thread === 'you' || thread === 'story' || thread === 'time';
}

/** The title of a step, with marks; `more` stands for places in braces beside what {@link stepValues} knows. */
export function titleOfStep(
  { run, notes }: { run: RunSpec; notes: Notes | null }, step: StepView, more: Readonly<Record<string, number>> = {},
): string {
  const values = { ...stepValues(run.config, step.effects), ...more };
  const note = noteFor(notes, step.key, step.effects);
  return note === undefined ? titleOf(notes, step.key, values, step.stack.at(-1)?.shown) : headingOf(note, values);
}
