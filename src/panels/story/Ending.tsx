import { endingWords } from '../../content/ending.ts';
import { fill } from '../../content/words.ts';
import { endingOf } from '../../store/ending.ts';
import type { Ending as How } from '../../store/ending.ts';
import { useApp } from '../../store/store.ts';
import { useStageView } from '../../store/stage-view.ts';
import css from './story.module.css';

const t = endingWords;

/** What is good, and what is only an end. All else is bad. */
const GOOD: ReadonlySet<How['kind']> = new Set(['connected']);
const PLAIN: ReadonlySet<How['kind']> = new Set(['closed', 'gone', 'other']);

function toneOf(how: How): 'good' | 'plain' | 'bad' {
  if (GOOD.has(how.kind)) return 'good';
  const failed = 'error' in how && how.error !== null;
  return PLAIN.has(how.kind) && !failed ? 'plain' : 'bad';
}

function state(value: number | null): string {
  return value === null ? t.none : `${value} ${t.states[value] ?? ''}`;
}

/** How the run ended, in words. */
function sentence(how: How): string {
  const text = t[how.kind];
  switch (how.kind) {
    case 'failed':
    case 'other':
      return fill(text, { ...how, frontend: state(how.frontend), backend: state(how.backend) });
    case 'stuck':
    case 'unmapped':
    case 'noCarrier':
    case 'closed': {
      const said = fill(text, { ...how, error: '' });
      return how.error === null ? said : `${said} ${fill(t.because, { error: how.error })}`;
    }
    default:
      return text;
  }
}

function AtEnd() {
  const view = useStageView();
  const how = endingOf(view);
  const open = view.acts.some(({ refusal }) => refusal === null);
  const scenario = useApp((state) => state.run.scenario);
  const { asked, made } = view.queues;
  const tone = toneOf(how);
  // A run that is there to go wrong has not shown what it is for.
  const harmless = scenario.startsWith('bug-') && tone !== 'bad';
  const fewer = tone === 'good' && made !== null && made < asked;
  return (
    <p className={css.ending} data-tone={harmless || fewer ? 'plain' : tone} role="status">
      <strong>{t.end}</strong> {sentence(how)}
      {fewer && ` ${fill(t.fewer, { made, asked })}`}
      {harmless && ` ${fill(t.harmless, { scenario })}`}
      {open && ` ${t.more}`}
    </p>
  );
}

/** At the end of the run, how it ended: the last step alone does not say whether all is well. */
export function Ending() {
  const atEnd = useApp(({ outline, position }) => outline !== null && position === outline.length);
  return atEnd ? <AtEnd /> : null;
}
