import { Suspense, lazy } from 'react';
import { words } from '../../content/words.ts';
import { useApp } from '../../store/store.ts';
import css from './story.module.css';
import { Whereabouts } from './Whereabouts.tsx';

/** Comes after the first picture, which has no step yet. */
const StepStory = lazy(() => import('./StepStory.tsx'));

/** What there is to say before anything has happened, and while the words of a step are on their way. */
function Beginning({ invites }: { invites: boolean }) {
  return (
    <header className={css.head}>
      <Whereabouts />
      {invites && (
        <>
          <h2 className={css.title}>{words.story.begin}</h2>
          <div className={css.note}>
            <p>{words.story.beginText}</p>
            <p className={css.invitation}>{words.story.invitation}</p>
          </div>
        </>
      )}
    </header>
  );
}

/** The story of the current step: what happens, where in the code, what it changed, and who says so. */
export function StoryPanel() {
  const step = useApp((state) => state.step);
  return (
    <div className={css.story}>
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
