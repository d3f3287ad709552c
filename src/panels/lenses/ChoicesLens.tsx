import { titleOf, words } from '../../content/words.ts';
import { colourOf } from '../../geometry/timeline.ts';
import { groupActs } from '../../store/acts.ts';
import { commands } from '../../store/commands.ts';
import { useStageView } from '../../store/stage-view.ts';
import { useApp } from '../../store/store.ts';
import { configValues } from '../../store/values.ts';
import css from './lenses.module.css';

/** The threads that could run next, each with what it would do. */
function Threads() {
  const choices = useApp((state) => state.choices);
  const config = useApp((state) => state.run.config);
  const notes = useApp((state) => state.notes);
  const threads = useApp((state) => state.outline?.threads);
  if (choices.length === 0) return <p className={css.empty}>{words.lenses.choicesEmpty}</p>;
  const values = configValues(config);
  return (
    <>
      <p className={css.intro}>{words.lenses.choicesIntro}</p>
      <ul className={css.choices}>
        {choices.map(({ thread, key }, index) => {
          const title = titleOf(notes, key, values);
          const party = threads?.find(({ name }) => name === thread)?.party;
          return (
            <li key={thread} data-party={party === undefined ? undefined : colourOf(thread, party)}>
              <button
                type="button"
                className={`button ${css.run}`}
                aria-label={`${words.lenses.run}: ${thread}, ${title}`}
                onClick={() => commands.choose(thread)}
              >
                {words.lenses.run}
              </button>
              <span className={css.thread}>{thread}</span>
              <span className={css.what}>{title}</span>
              {index === 0 && <span className={css.natural}>{words.lenses.natural}</span>}
            </li>
          );
        })}
      </ul>
    </>
  );
}

const t = words.acts;

/** What a person could do here, and why not what makes no sense now. */
function Acts() {
  const { acts } = useStageView();
  if (acts.length === 0) return null;
  return (
    <section>
      <p className={css.intro}>{t.intro}</p>
      {groupActs(acts).map(({ group, acts: own }) => (
        <section key={group}>
          <h3 className={css.heading}>{t[group]}</h3>
          <ul className={css.choices}>
            {own.map(({ id, title, party, refusal }) => (
              <li key={id} data-party={party}>
                <button
                  type="button"
                  className={`button ${css.run}`}
                  aria-disabled={refusal !== null}
                  aria-label={`${t.do}: ${title}`}
                  onClick={refusal === null ? () => commands.act(id) : undefined}
                >
                  {t.do}
                </button>
                <span className={css.where}>{words.party[party]}</span>
                <span className={css.what}>
                  {title}
                  {refusal !== null && <span className={css.reason}>{refusal}</span>}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

/** Everything that could happen next: threads that can run, and what the person could do. */
export function ChoicesLens() {
  return (
    <>
      <Threads />
      <Acts />
    </>
  );
}
