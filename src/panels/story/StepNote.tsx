import { storyWords } from '../../content/story.ts';
import { fill, words } from '../../content/words.ts';
import { useApp } from '../../store/store.ts';
import { isApart } from '../../store/step-title.ts';
import type { StepView } from '../../store/store.ts';
import { Prose } from '../../parts/Prose.tsx';
import { ReadOn } from './ReadOn.tsx';
import css from './step.module.css';
import story from './story.module.css';
import { useNote } from './use-note.ts';

/** Title and words of the step. */
export function StepNote({ step }: { step: StepView }) {
  const { title, note, values } = useNote(step);
  const waits = useApp((state) => state.notes === null);
  return (
    <>
      <h2 className={story.title}>
        {isApart(step.thread) && <span className={css.doer}>{words.acts[step.thread]}</span>}
        <Prose text={title} plain />
      </h2>
      <ReadOn of={step} label={storyWords.note}>
        {note === undefined ? (
          <p className={css.quiet}>{waits ? '' : storyWords.noNote}</p>
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
