import { harmDone, harmWords as t } from '../../content/harm.ts';
import { fill } from '../../content/words.ts';
import { showHarm } from '../../store/harm.ts';
import type { Harm as Found, Harmful } from '../../store/harm.ts';
import { useApp } from '../../store/store.ts';
import css from './step.module.css';
import story from './story.module.css';

/** How this order came to the harm: by itself, or by how many choices. */
function wayOf({ choices }: Found): string {
  const list = choices.map(([at]) => at).join(t.and);
  if (choices.length === 0) return t.natural;
  return fill(choices.length === 1 ? t.one : t.many, { count: choices.length, list });
}

/** What the bug has done, at the step at which it does; `last` where that is the run's. */
export function Harm({ harm, last }: { harm: Found; last: boolean }) {
  const scenario = useApp(({ outline, run }) => (outline?.run ?? run).scenario);
  return (
    <p className={css.ending} data-tone="bad" data-harm role="status">
      <strong>{t.here}</strong> {harmDone(scenario)} {fill(t.broken, { broken: harm.broken })} {wayOf(harm)} {last && t.end}
    </p>
  );
}

/** Of an order that nobody looked into, no word says that it does none. */
const LEADS: Readonly<Record<Harmful, string>> = { does: t.go, none: t.show, unknown: t.fewest };

/** Leads to where the bug of that scenario does harm; `does` is what is known of the open run. */
export function ShowHarm({ scenario, does }: { scenario: string; does: Harmful }) {
  const bug = useApp(({ scenarios }) => scenarios.find(({ id }) => id === scenario));
  return (
    bug !== undefined && (
      <button type="button" className={story.takeTour} onClick={() => showHarm(bug)}>
        {LEADS[does]}
      </button>
    )
  );
}
