import { useMemo } from 'react';
import { endingWords } from '../../content/ending.ts';
import { harmWords } from '../../content/harm.ts';
import { fill } from '../../content/words.ts';
import { ScrollEdge } from '../../parts/ScrollEdge.tsx';
import { endingOf, failedHalf } from '../../store/ending.ts';
import type { Ending as How } from '../../store/ending.ts';
import { harmful, harmHere, harms, WAKE_UP } from '../../store/harm.ts';
import { leftBehind } from '../../store/left-behind.ts';
import type { Left } from '../../store/left-behind.ts';
import { useSettled } from '../../store/settled.ts';
import { useApp } from '../../store/store.ts';
import type { RunSpec } from '../../store/store.ts';
import { useStageView } from '../../store/stage-view.ts';
import { useNow } from '../../store/use-now.ts';
import type { StageView } from '../../store/view.ts';
import { Harm, ShowHarm } from './Harm.tsx';
import css from './step.module.css';

const t = endingWords;

/** What is good, and what is only an end. All else is bad. */
const GOOD: ReadonlySet<How['kind']> = new Set(['connected']);
const PLAIN: ReadonlySet<How['kind']> = new Set(['closed', 'gone', 'other']);

function toneOf(how: How): 'good' | 'plain' | 'bad' {
  if (GOOD.has(how.kind)) return 'good';
  const failed = 'error' in how && how.error !== null;
  return PLAIN.has(how.kind) && !failed ? 'plain' : 'bad';
}

/** Ends that do not say by themselves what dom0 has of the guest's memory, and that people have to clean up after. */
const UNTOLD: ReadonlySet<How['kind']> = new Set(['unmapped', 'failed', 'other', 'zombie']);

/** What stays mapped and granted; '' where the end itself says it, or nothing went wrong. */
function leftSentence(how: How, { forgotten, held, granted, rings }: Left): string {
  const untold = UNTOLD.has(how.kind) || ('error' in how && how.error !== null);
  const said: string[] = [];
  if (forgotten.length > 0) {
    const one = forgotten.length === 1;
    said.push(fill(t.forgotten, {
      pages: one ? t.page : fill(t.pages, { count: forgotten.length }),
      refs: fill(one ? t.reference : t.references, { refs: forgotten.join(', ') }),
    }));
  }
  if (untold) {
    if (held > 0) said.push(fill(t.held, { count: held }));
    else if (forgotten.length === 0) said.push(t.nothing);
    said.push(fill(t.granted, { granted, rings }));
  }
  return said.map((one) => ` ${one}`).join('');
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
    case 'closed':
      return fill(text, { ...how, error: '' });
    default:
      return text;
  }
}

/** An error that the sentence has not named; '' where there is none. */
function because(how: How): string {
  return how.kind !== 'failed' && 'error' in how && how.error !== null ? ` ${fill(t.because, { error: how.error })}` : '';
}

/** What failed, where the line that is quoted does not tell; '' where it does. */
function half(how: How, view: StageView): string {
  const which = 'error' in how && how.error !== null ? failedHalf(view, how.error) : null;
  return which === null ? '' : ` ${t.connecting[which]}`;
}

/** What is known of the harm that a bug did before this end, and the way there. */
function HarmBefore({ run, how, bad }: { run: RunSpec; how: How; bad: boolean }) {
  const does = useApp(({ scenarios }) => harmful(scenarios, run));
  const harm = harms[run.scenario];
  if (does === null || harm === undefined) return null;
  const lost = how.kind === 'stuck' && harm.broken === WAKE_UP;
  // Any other bad end speaks for itself.
  const unknown = lost ? harmWords.lost : bad ? '' : harmWords.unknown;
  const said = { does: fill(harmWords.past, { n: harm.at }), none: harmWords.harmless, unknown };
  return <> {said[does]} <ShowHarm scenario={run.scenario} does={does} /></>;
}

function AtEnd({ run }: { run: RunSpec }) {
  const view = useStageView();
  const how = endingOf(view);
  const now = useNow();
  const left = useMemo(() => leftBehind(now), [now]);
  const open = view.acts.some(({ refusal }) => refusal === null);
  const { asked, made } = view.queues;
  const tone = toneOf(how);
  // A run that is there to go wrong has not shown what it is for.
  const seeded = run.scenario in harms;
  const fewer = tone === 'good' && made !== null && made < asked;
  return (
    <p className={css.ending} data-tone={(seeded && tone !== 'bad') || fewer ? 'plain' : tone} role="status">
      <strong>{t.end}</strong> {sentence(how)}{leftSentence(how, left)}{because(how)}{half(how, view)}
      {fewer && ` ${fill(t.fewer, { made, asked })}`}
      {seeded && <HarmBefore run={run} how={how} bad={tone === 'bad'} />}
      {open && ` ${t.more}`}
      <ScrollEdge edge="below" says={t.below} />
    </p>
  );
}

/** Is there something to say of an outcome, before the step's own words? */
export function useOutcome(): boolean {
  return useSettled((state) => {
    const { outline, position } = state;
    return (outline !== null && position === outline.length) || harmHere(state) !== undefined;
  });
}

/** At the step at which a bug does harm, which; at the end of the run, how it ended. The step alone says neither. */
export function Ending() {
  const harm = useSettled(harmHere);
  const run = useSettled(({ outline, position }) => (outline !== null && position === outline.length ? outline.run : null));
  if (harm !== undefined) return <Harm harm={harm} last={run !== null} />;
  return run === null ? null : <AtEnd run={run} />;
}
