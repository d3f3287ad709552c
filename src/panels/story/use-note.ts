import type { Note } from '../../content/schema.ts';
import { repeated, withBackend } from '../../content/variants.ts';
import { noteFor } from '../../content/words.ts';
import { useApp } from '../../store/store.ts';
import type { AppState, StepView } from '../../store/store.ts';
import { titleOfStep } from '../../store/step-title.ts';
import { cameBefore, turnOfStep } from '../../store/turn.ts';
import { stepValues } from '../../store/values.ts';

/** The note as it is true of the step: with this run's backend, and short where its words were there before. */
function noteHere({ notes, run, outline }: Pick<AppState, 'notes' | 'run' | 'outline'>, step: StepView): Note | undefined {
  const note = noteFor(notes, step.key, step.effects);
  // What was refused has words of its own.
  if (note === undefined || note !== notes?.[step.key]) return note;
  const here = withBackend(note, run.config.backend);
  return cameBefore(outline, step) ? repeated(here) : here;
}

/** Title and words of a step, and what its places in braces stand for; without a note before the notes have come. */
export function useNote(step: StepView): {
  title: string;
  note: Note | undefined;
  values: Readonly<Record<string, string | number>>;
} {
  const run = useApp((state) => state.run);
  const outline = useApp((state) => state.outline);
  const notes = useApp((state) => state.notes);
  const { n, count } = turnOfStep(outline, step) ?? { n: 1, count: 1 };
  const turn = { turn: n, turns: count };
  return {
    title: titleOfStep({ run, notes }, step, turn),
    note: noteHere({ notes, run, outline }, step),
    values: { ...stepValues(run.config, step.effects), ...turn },
  };
}
