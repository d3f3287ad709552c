import { storyWords } from '../../content/story.ts';
import type { Note } from '../../content/schema.ts';
import { repeated, withBackend } from '../../content/variants.ts';
import { fill, headingOf, noteFor, titleOf, words } from '../../content/words.ts';
import { useApp } from '../../store/store.ts';
import type { AppState, StepView } from '../../store/store.ts';
import { cameBefore, turnOfStep } from '../../store/turn.ts';
import { stepValues } from '../../store/values.ts';
import { Prose } from '../../parts/Prose.tsx';
import { ReadOn } from './ReadOn.tsx';
import css from './step.module.css';
import story from './story.module.css';

/** Is it a step of nobody in the machine? */
function isApart(thread: string): thread is 'you' | 'story' | 'time' {
  return thread === 'you' || thread === 'story' || thread === 'time';
}

/** The note as it is true of the step: with this run's backend, and short where its words were there before. */
function noteHere({ notes, run, outline }: Pick<AppState, 'notes' | 'run' | 'outline'>, step: StepView): Note | undefined {
  const note = noteFor(notes, step.key, step.effects);
  // What was refused has words of its own.
  if (note === undefined || note !== notes?.[step.key]) return note;
  return cameBefore(outline, step) ? repeated(note) : withBackend(note, run.config.backend);
}

/** Title and words of the step. */
export function StepNote({ step }: { step: StepView }) {
  const run = useApp((state) => state.run);
  const outline = useApp((state) => state.outline);
  const notes = useApp((state) => state.notes);
  const turn = turnOfStep(outline, step) ?? { n: 1, count: 1 };
  const values = { ...stepValues(run.config, step.effects), turn: turn.n, turns: turn.count };
  const note = noteHere({ notes, run, outline }, step);
  const shown = step.stack.at(-1)?.shown;
  return (
    <>
      <h2 className={story.title}>
        {isApart(step.thread) && <span className={css.doer}>{words.acts[step.thread]}</span>}
        <Prose text={note === undefined ? titleOf(notes, step.key, values, shown) : headingOf(note, values)} plain />
      </h2>
      <ReadOn of={step} label={storyWords.note}>
        {note === undefined ? (
          <p className={css.quiet}>{notes === null ? '' : storyWords.noNote}</p>
        ) : (
          fill(note.text, values)
            .split('\n\n')
            .map((paragraph, index) => (
              // Another note takes the places of this one.
              // oxlint-disable-next-line react/no-array-index-key
              <p key={index}>
                <Prose text={paragraph} />
              </p>
            ))
        )}
        {note?.why !== undefined && (
          <p>
            <span className={css.lead}>{storyWords.why}</span> <Prose text={fill(note.why, values)} />
          </p>
        )}
        {note?.myth !== undefined && (
          <dl className={css.myth}>
            <dt>{storyWords.said}</dt>
            <dd>
              <Prose text={fill(note.myth.said, values)} />
            </dd>
            <dt>{storyWords.does}</dt>
            <dd>
              <Prose text={fill(note.myth.does, values)} />
            </dd>
          </dl>
        )}
      </ReadOn>
    </>
  );
}
