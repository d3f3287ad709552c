import { useEffect } from 'react';
import type { RefObject } from 'react';
import { beginWords } from '../content/begin.ts';
import { captionWords } from '../content/caption.ts';
import { words } from '../content/words.ts';
import { useNote } from '../panels/story/use-note.ts';
import { Prose } from '../parts/Prose.tsx';
import { afterLayout } from '../store/after-layout.ts';
import { useSettled } from '../store/settled.ts';
import { useApp } from '../store/store.ts';
import { countOf, isApart } from '../store/step-title.ts';
import type { StepView } from '../store/store.ts';
import { followSteps } from './follow-steps.ts';
import css from './step-caption.module.css';

function Who({ step: { thread, stack } }: { step: StepView }) {
  const { shown, party } = stack.at(-1) ?? {};
  return (
    <span className={css.who} data-party={isApart(thread) ? 'you' : party}>
      <b>{isApart(thread) ? words.acts[thread] : thread}</b>{' '}
      {!isApart(thread) && <code>{shown}</code>}
    </span>
  );
}

function Title({ step }: { step: StepView }) {
  return <Prose text={useNote(step).title} plain />;
}

/**
 * What the step did, in two lines above a narrow page's stage, which has no room for the story beside it: where in the
 * run, on whose thread, in which function, and the title of its note. Pressed, it leads to the story.
 */
export default function StepCaption({ stage, drawn, onOpen }: {
  stage: RefObject<HTMLElement | null>;
  /** Is anything on the stage yet that could be followed? */
  drawn: boolean;
  onOpen: () => void;
}) {
  useEffect(() => (drawn ? followSteps(() => stage.current) : undefined), [stage, drawn]);
  const step = useSettled((state) => state.step);
  const position = useSettled((state) => state.position);
  const outline = useApp((state) => state.outline);
  function open(): void {
    onOpen();
    // The caption is not beside the story: the keyboard goes on from its tab.
    afterLayout(() => document.querySelector<HTMLElement>('nav [aria-current=true]')?.focus());
  }
  return (
    <button type="button" className={css.caption} data-hot={step !== null || undefined} title={captionWords.toStory} onClick={open}>
      <span className={css.where}>
        <span className={css.count}>{outline && countOf(outline, position)}</span>
        {step !== null && <Who step={step} />}
      </span>
      <span className={css.title}>{step === null ? beginWords.invitationAloneTouch : <Title step={step} />}</span>
      <svg viewBox="0 0 8 12" width="8" height="12" aria-hidden="true"><path d="M2 2l4 4-4 4" /></svg>
    </button>
  );
}
