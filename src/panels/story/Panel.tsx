import { Suspense } from 'react';
import { beginWords } from '../../content/begin.ts';
import byHand from '../../parts/by-hand.module.css';
import { lazy } from '../../parts/lazy.ts';
import { useSettled } from '../../store/settled.ts';
import { useApp } from '../../store/store.ts';
import { startTour } from '../../store/tour.ts';
import css from './story.module.css';
import { Whereabouts } from './Whereabouts.tsx';

/** Comes after the first picture, which has no step yet. */
const StepStory = lazy(() => import('./StepStory.tsx'));

/** The scenario that the page opens with needs none. */
const Summary = lazy(() => import('./Summary.tsx'));

/** What there is to say before anything has happened, and while the words of a step are on their way. */
function Beginning({ invites }: { invites: boolean }) {
  return (
    <header className={css.head} data-begins={invites || undefined}>
      <Whereabouts />
      {invites && <Invitation />}
    </header>
  );
}

function Invitation() {
  // Some runs begin when all is connected.
  const touring = useApp((state) => state.tour !== null);
  const there = useApp(({ stage }) => stage.frontend.track.published !== null);
  // The first scenario is the one that the page opens with: its words are those above.
  const scenario = useApp(({ scenarios, run }) => scenarios.slice(1).find(({ id }) => id === run.scenario)?.id);
  return (
    <>
      <h2 className={css.title}>{beginWords.begin}</h2>
      <div className={css.note}>
        <p>{there ? beginWords.beginConnected : beginWords.beginText}</p>
        {/* What the run is about comes before what to do with it: both appear at once. */}
        <Suspense>
          {scenario !== undefined && <Summary scenario={scenario} />}
          {/* The tour says itself what to do first, and it is about the first scenario. */}
          {!touring && (
            <p className={css.invitation}>
              <span className={byHand.byKey}>{scenario === undefined ? beginWords.invitation : beginWords.invitationAlone}</span>
              <span className={byHand.byTouch}>
                {scenario === undefined ? beginWords.invitationTouch : beginWords.invitationAloneTouch}
              </span>{' '}
              {scenario === undefined && (
                <button type="button" className={css.takeTour} onClick={startTour}>
                  {beginWords.takeTour}
                </button>
              )}
            </p>
          )}
        </Suspense>
      </div>
    </>
  );
}

/** On a narrow page, which begins with the stage alone: what it is, and what to do first. */
export function FirstWords() {
  const begun = useApp((state) => state.step !== null || state.position > 0);
  return begun ? null : <div className={css.first}><Invitation /></div>;
}

/** The story of the current step: what happens, where in the code, what it changed, and who says so. */
export function StoryPanel() {
  const step = useSettled((state) => state.step);
  const waits = useApp(({ notes, terms }) => notes === null || terms === null);
  return (
    <div className={css.story} aria-busy={step !== null && waits}>
      {step === null ? (
        <Beginning invites />
      ) : (
        <Suspense fallback={<Beginning invites={false} />}>
          <StepStory step={step} />
        </Suspense>
      )}
    </div>
  );
}
