import { fill, words } from '../../content/words.ts';
import { useApp } from '../../store/store.ts';
import type { StepView } from '../../store/store.ts';
import { CallStack } from './CallStack.tsx';
import { Changes, Effects } from './Changes.tsx';
import { Listing } from './Listing.tsx';
import { citationText, sourceLink } from './source.ts';
import { Invitation, StepNote, Whereabouts } from './StepNote.tsx';
import css from './story.module.css';

function Source({ step: { stack, departs } }: { step: StepView }) {
  const cite = stack.at(-1)?.cite;
  if (cite === undefined) return null;
  const link = sourceLink(cite);
  const text = citationText(cite);
  return (
    <section>
      <h3 className={css.heading}>{words.story.source}</h3>
      <p className={css.source}>
        {link === undefined ? (
          text
        ) : (
          <a href={link} target="_blank" rel="noreferrer">
            {text}
          </a>
        )}
      </p>
      {departs !== undefined && <p className={css.departs}>{fill(words.story.departs, { departs })}</p>}
    </section>
  );
}

/** The story of the current step: what happens, where in the code, what it changed, and who says so. */
export function StoryPanel() {
  const step = useApp((state) => state.step);
  return (
    <div className={css.story}>
      <header className={css.head}>
        <Whereabouts />
        {step === null ? <Invitation /> : <StepNote step={step} />}
      </header>
      {step !== null && (
        <>
          <div className={css.column}>
            <CallStack step={step} />
            <Listing step={step} />
          </div>
          <div className={css.column}>
            <Effects step={step} />
            <Changes step={step} />
            <Source step={step} />
          </div>
        </>
      )}
    </div>
  );
}
