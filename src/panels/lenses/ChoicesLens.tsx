import { titleOf, words } from '../../content/words.ts';
import { commands } from '../../store/commands.ts';
import { useApp } from '../../store/store.ts';
import { configValues } from '../../store/values.ts';
import css from './lenses.module.css';

/** The threads that could run next, each with what it would do. */
export function ChoicesLens() {
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
          return (
            <li key={thread} data-party={threads?.find(({ name }) => name === thread)?.party}>
              <button
                type="button"
                className="button"
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
