import { storyWords } from '../../content/story.ts';
import { fill } from '../../content/words.ts';
import { describeChange, isBookkeeping } from '../../parts/describe.ts';
import { layoutWith } from '../../parts/layout.ts';
import { subjectOf } from '../../parts/subject-of.ts';
import { WhoWrote } from '../../parts/WhoWrote.tsx';
import { appStore } from '../../store/store.ts';
import type { StepView } from '../../store/store.ts';
import { describeEffects } from './effects.ts';
import css from './step.module.css';

const SHOWN = 12;
const EFFECTS_SHOWN = 6;

/** Stores that may find their value there already. */
const isStore = ({ kind }: StepView['effects'][number]): boolean => kind === 'grant-store' || kind === 'event-asked';

/** Why nothing changed. The step of a call has the title of what is done in it. */
function whyNothing({ key, listing, stack, effects }: StepView): string {
  if (effects.some(isStore)) return storyWords.same;
  const line = listing.find(({ label }) => key.endsWith(`#${label}`));
  if (line?.kind !== 'call' || line.callee === stack.at(-1)?.shown) return storyWords.nothing;
  // Which function it is may be known only while it runs.
  return line.callee === undefined ? storyWords.toCome : fill(storyWords.entered, { callee: line.callee });
}

/** What the step did to the state, in words; each thing that it changed tells who wrote it. */
export function Changes({ step }: { step: StepView }) {
  const { changes, changed } = step;
  // Where rings lie, as the step left it.
  const layout = layoutWith(appStore.getState().stage.rings);
  const shown = changes.filter((change) => !isBookkeeping(change));
  const hidden = changed - (changes.length - shown.length) - Math.min(shown.length, SHOWN);
  return (
    <section>
      <h3 className={css.heading}>{storyWords.changed}</h3>
      {shown.length === 0 ? (
        <p className={css.quiet}>{whyNothing(step)}</p>
      ) : (
        <ul className={css.changes}>
          {shown.slice(0, SHOWN).map((change) => {
            const { what, before, after } = describeChange(change, layout);
            return (
              <li key={change.cell === 'slot' ? change.name : `${change.frame} ${change.offset}`}>
                <WhoWrote of={() => subjectOf(change, layout)} className={css.what} label={what}>
                  {what}
                </WhoWrote>{' '}
                <span className={css.values}>
                  {before} <span aria-label="becomes">→</span> {after}
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {hidden > 0 && <p className={css.quiet}>{fill(storyWords.more, { count: hidden })}</p>}
    </section>
  );
}
/** What the step did, in words: requests, hypercalls, events. */
export function Effects({ step: { effects } }: { step: StepView }) {
  const { lines, more } = describeEffects(effects, EFFECTS_SHOWN);
  if (lines.length === 0) return null;
  return (
    <section>
      <h3 className={css.heading}>{storyWords.happened}</h3>
      <ul className={css.changes}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {more > 0 && <p className={css.quiet}>{fill(storyWords.more, { count: more })}</p>}
    </section>
  );
}
