import { runnerName } from '../../content/branches.ts';
import { choicesWords } from '../../content/choices.ts';
import { fill, titleOf, words } from '../../content/words.ts';
import { colourOf } from '../../geometry/timeline.ts';
import { groupActs } from '../../store/acts.ts';
import { commands } from '../../store/commands.ts';
import { useSettled } from '../../store/settled.ts';
import { useStageView } from '../../store/stage-view.ts';
import { useApp } from '../../store/store.ts';
import type { RunSpec } from '../../store/store.ts';
import { configValues } from '../../store/values.ts';
import css from './choices.module.css';

const NONE: RunSpec['choices'] = [];

/** Which order the run is in here. */
interface Order {
  /** The step after which it left the natural one last before this position, and that after which it first will. */
  left: number | undefined;
  ahead: number | undefined;
  /** Who was chosen to run here. */
  here: string | undefined;
}

function orderAt(choices: RunSpec['choices'], position: number): Order {
  const steps = choices.map(([at]) => at);
  const before = steps.filter((n) => n < position).length;
  return {
    left: steps[before - 1],
    ahead: steps[before],
    here: choices.find(([at]) => at === position)?.[1],
  };
}

function introOf({ left, ahead }: Order): string {
  if (left !== undefined) return fill(choicesWords.branch, { n: left });
  return ahead === undefined ? choicesWords.intro : fill(choicesWords.ahead, { n: ahead });
}

/** What becomes of a thread if nothing is chosen here: whether it runs next, and by which order. */
function Standing({ thread, first, order: { left, here } }: { thread: string; first: boolean; order: Order }) {
  const natural = first ? (left !== undefined ? choicesWords.rule : choicesWords.natural) : '';
  const says = [natural, here === thread ? choicesWords.taken : ''].filter((word) => word !== '').join(', ');
  return says !== '' && <span className={css.natural}>{says}</span>;
}

/** The threads that could run next, each with what it would do. */
function Threads() {
  const choices = useSettled((state) => state.choices);
  const config = useApp((state) => state.run.config);
  const notes = useApp((state) => state.notes);
  const threads = useApp((state) => state.outline?.threads);
  const position = useSettled((state) => state.position);
  const chosen = useApp((state) => state.outline?.run.choices ?? NONE);
  const order = orderAt(chosen, position);
  if (choices.length === 0) return <p className={css.empty}>{choicesWords.empty}</p>;
  const values = configValues(config);
  return (
    <>
      <p className={css.intro}>{introOf(order)}</p>
      <ul className={css.choices}>
        {choices.map(({ thread, key }, index) => {
          const title = titleOf(notes, key, values);
          const party = threads?.find(({ name }) => name === thread)?.party;
          return (
            <li key={thread} data-party={party === undefined ? undefined : colourOf(thread, party)}>
              <button
                type="button"
                className={`button ${css.run}`}
                aria-label={`${choicesWords.run}: ${runnerName(thread)}, ${title}`}
                onClick={() => commands.choose(thread)}
              >
                {choicesWords.run}
              </button>
              <span className={css.thread}>{runnerName(thread)}</span>
              <span className={css.what}>{title}</span>
              <Standing thread={thread} first={index === 0} order={order} />
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
      <p className={css.intro}>{choicesWords.acts}</p>
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
                  aria-label={`${choicesWords.do}: ${title}`}
                  onClick={refusal === null ? () => commands.act(id) : undefined}
                >
                  {choicesWords.do}
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
