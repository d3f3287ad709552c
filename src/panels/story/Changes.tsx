import { fill, words } from '../../content/words.ts';
import { useStageView } from '../../store/stage-view.ts';
import type { StepView } from '../../store/store.ts';
import type { RingView } from '../../store/view.ts';
import { describeChange, describeEffect, isBookkeeping } from './describe.ts';
import css from './story.module.css';

const SHOWN = 12;

function frameNames(rings: readonly RingView[]): (frame: number) => string | undefined {
  return (frame) => {
    for (const { direction, queue, pages } of rings) {
      const page = pages.find(({ mfn }) => mfn === frame);
      if (page !== undefined) return `${direction.toUpperCase()} ring of queue ${queue}, page ${page.index}`;
    }
    return undefined;
  };
}

/** What the step did to the state, in words. */
export function Changes({ step: { changes, changed } }: { step: StepView }) {
  const { rings } = useStageView();
  const nameOfFrame = frameNames(rings);
  const shown = changes.filter((change) => !isBookkeeping(change));
  const hidden = changed - (changes.length - shown.length) - Math.min(shown.length, SHOWN);
  return (
    <section>
      <h3 className={css.heading}>{words.story.changed}</h3>
      {shown.length === 0 ? <p className={css.quiet}>{words.story.nothing}</p> : (
        <ul className={css.changes}>
          {shown.slice(0, SHOWN).map((change) => {
            const { what, before, after } = describeChange(change, nameOfFrame);
            return (
              <li key={change.cell === 'slot' ? change.name : `${change.frame} ${change.offset}`}>
                <span className={css.what}>{what}</span>{' '}
                <span className={css.values}>{before} <span aria-label="becomes">→</span> {after}</span>
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
  const lines = effects.map(describeEffect).filter((line) => line !== undefined);
  if (lines.length === 0) return null;
  return (
    <section>
      <h3 className={css.heading}>{words.story.happened}</h3>
      <ul className={css.changes}>
        {[...new Set(lines)].map((line) => <li key={line}>{line}</li>)}
      </ul>
    </section>
  );
}
