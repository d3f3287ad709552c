import { fill, words } from '../../content/words.ts';
import { useStageView } from '../../store/stage-view.ts';
import type { StepView } from '../../store/store.ts';
import { describeChange, isBookkeeping } from '../../parts/describe.ts';
import { describeEffects } from './effects.ts';
import { wordName } from '../../parts/frame-names.ts';
import css from './story.module.css';

const SHOWN = 12;
const EFFECTS_SHOWN = 6;

/** What the step did to the state, in words. */
export function Changes({ step: { changes, changed, effects } }: { step: StepView }) {
  const { rings } = useStageView();
  const shown = changes.filter((change) => !isBookkeeping(change));
  const hidden = changed - (changes.length - shown.length) - Math.min(shown.length, SHOWN);
  return (
    <section>
      <h3 className={css.heading}>{words.story.changed}</h3>
      {shown.length === 0 ? (
        <p className={css.quiet}>{words.story.nothing}</p>
      ) : (
        <ul className={css.changes}>
          {shown.slice(0, SHOWN).map((change) => {
            const { what, before, after } = describeChange(change, (frame, offset) =>
              wordName(frame, offset, rings, effects),
            );
            return (
              <li key={change.cell === 'slot' ? change.name : `${change.frame} ${change.offset}`}>
                <span className={css.what}>{what}</span>{' '}
                <span className={css.values}>
                  {before} <span aria-label="becomes">→</span> {after}
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {hidden > 0 && <p className={css.quiet}>{fill(words.story.more, { count: hidden })}</p>}
    </section>
  );
}

/** What the step did, in words: requests, hypercalls, events. */
export function Effects({ step: { effects } }: { step: StepView }) {
  const { lines, more } = describeEffects(effects, EFFECTS_SHOWN);
  if (lines.length === 0) return null;
  return (
    <section>
      <h3 className={css.heading}>{words.story.happened}</h3>
      <ul className={css.changes}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {more > 0 && <p className={css.quiet}>{fill(words.story.more, { count: more })}</p>}
    </section>
  );
}
