import { useState } from 'react';
import type { CSSProperties } from 'react';
import { branchWords as t, runnerName } from '../../content/branches.ts';
import { fill } from '../../content/words.ts';
import { rove } from '../../parts/rove.ts';
import { branchRows, MOST_BRANCHES, sameChoices } from '../../store/branches.ts';
import type { BranchRow } from '../../store/branches.ts';
import { commands } from '../../store/commands.ts';
import { useApp } from '../../store/store.ts';
import type { Outline, ScenarioInfo } from '../../store/store.ts';
import css from './branches.module.css';

const ACT = 'act:';

/** What happens in a branch that does not in the one it hangs from, and at which step somebody who chose it stood. */
function nameOf({ own }: BranchRow, acts: ScenarioInfo['acts']): string {
  if (own.length === 0) return t.natural;
  return own
    .map(([n, who]) => {
      if (!who.startsWith(ACT)) return fill(t.runs, { n, who: runnerName(who) });
      const id = who.slice(ACT.length);
      return fill(t.acts, { n, act: acts.find((act) => act.id === id)?.title ?? id });
    })
    .join(t.then);
}

const noActs: ScenarioInfo['acts'] = [];

/** Every run that was open, as a tree in one line; pressing one goes back to it, to where one was. */
export default function Branches({ outline }: { outline: Outline }) {
  const branches = useApp((state) => state.branches);
  const forgotten = useApp((state) => state.forgotten);
  const acts = useApp(({ scenarios }) => scenarios.find(({ id }) => id === outline.run.scenario)?.acts ?? noActs);
  const rows = branchRows(branches);
  const here = rows.findIndex(({ branch }) => sameChoices(branch.run.choices, outline.run.choices));
  const [focused, setFocused] = useState(-1);
  const stop = focused in rows ? focused : Math.max(0, here);
  if (rows.length < 2) {
    return (
      <section className={css.branches} aria-label={t.title}>
        <span className={css.title}>{t.title}</span><span className={css.none}>{t.none}</span>
      </section>
    );
  }
  return (
    <section className={css.branches} aria-label={t.title}>
      <h2 className={css.title}>{t.title}</h2>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- its buttons share the keys */}
      <ol
        className={css.list}
        aria-label={t.title}
        data-scrolls
        onKeyDown={(event) => rove(event, 'horizontal')}
        onFocus={({ target }) => setFocused(Number(target.dataset['rove'] ?? -1))}
        onBlur={() => setFocused(-1)}
      >
        {rows.map((row, index) => {
          const { branch, depth } = row;
          const name = nameOf(row, acts);
          const current = index === here;
          const label = current ? t.current : branch.length === null ? t.openUnknown : t.open;
          return (
            <li key={JSON.stringify(branch.run.choices)} data-depth={depth} style={{ '--depth': depth } as CSSProperties}>
              {/* In one line, those that hang from the first one need no sign: an arrow would lead from their neighbour. */}
              {depth > 1 && <span className={css.hangs} aria-hidden="true">{'↳'.repeat(Math.min(depth - 1, 3))}</span>}
              <button
                type="button"
                className={css.branch}
                data-picks
                data-rove={index}
                tabIndex={index === stop ? 0 : -1}
                aria-current={current ? 'true' : undefined}
                aria-label={fill(label, { name, length: branch.length ?? undefined, position: branch.position })}
                title={fill(label, { name, length: branch.length ?? undefined, position: branch.position })}
                onClick={current ? undefined : () => commands.openBranch(branch)}
              >
                {name}
              </button>
            </li>
          );
        })}
      </ol>
      {forgotten > 0 && <p className={css.forgotten}>{fill(t.forgotten, { count: forgotten, most: MOST_BRANCHES })}</p>}
    </section>
  );
}
