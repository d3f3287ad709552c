import { endingWords } from '../../content/ending.ts';
import { storyWords } from '../../content/story.ts';
import { fill } from '../../content/words.ts';
import { ScrollEdge } from '../../parts/ScrollEdge.tsx';
import type { StepView } from '../../store/store.ts';
import { isAct } from './acts.ts';
import { CallStack } from './CallStack.tsx';
import { Changes, Effects } from './Changes.tsx';
import { Ending, useOutcome } from './Ending.tsx';
import { Listing } from './Listing.tsx';
import { citationText, sourceLink } from './source.ts';
import { StepNote } from './StepNote.tsx';
import css from './step.module.css';
import story from './story.module.css';
import { Whereabouts } from './Whereabouts.tsx';

function Source({ step: { stack, departs } }: { step: StepView }) {
  const { cite, shown = '' } = stack.at(-1) ?? {};
  if (cite === undefined) return null;
  if (isAct(shown)) {
    return (
      <section>
        <h3 className={css.heading}>{storyWords.source}</h3>
        <p className={css.departs}>{storyWords.actSource}</p>
      </section>
    );
  }
  const link = sourceLink(cite);
  const text = citationText(cite);
  return (
    <section>
      <h3 className={css.heading}>{storyWords.source}</h3>
      <p className={css.source}>
        {link === undefined ? (
          text
        ) : (
          <a href={link} target="_blank" rel="noreferrer">
            {text}
          </a>
        )}
      </p>
      {departs !== undefined && <p className={css.departs}>{fill(storyWords.departs, { departs })}</p>}
    </section>
  );
}

/** Where we are, and the words of the step; where there is an outcome to tell as well, a low drawer has them scroll as one. */
function Head({ step }: { step: StepView }) {
  const outcome = useOutcome();
  return (
    <header
      className={story.head}
      role={outcome ? 'group' : undefined}
      aria-label={outcome ? endingWords.name : undefined}
      data-scrolls={outcome || undefined}
      // It may scroll: a keyboard must reach it.
      tabIndex={outcome ? 0 : undefined}
    >
      <Whereabouts />
      <Ending />
      <StepNote step={step} />
      {outcome && <ScrollEdge edge="below" says={endingWords.below} />}
    </header>
  );
}

/** What a step does: its words, where in the code it is, what it changed, and who says so. */
export default function StepStory({ step }: { step: StepView }) {
  return (
    <>
      <Head step={step} />
      <div className={css.column}>
        <CallStack step={step} />
        <Listing step={step} />
      </div>
      <div className={css.column}>
        <Effects step={step} />
        <Changes step={step} />
        <Source step={step} />
        <ScrollEdge edge="below" says={storyWords.called} />
      </div>
    </>
  );
}
