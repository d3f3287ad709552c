/** Where the bugs do harm, the seeded ones and that of Linux, as the checker finds it, and the way there. */
import { sameChoices } from './branches.ts';
import { commands } from './commands.ts';
import { sameRun } from './config.ts';
import { appStore } from './store.ts';
import type { AppState, RunSpec, ScenarioInfo } from './store.ts';

/** An order in which a bug does harm, with the scenario's own sliders; none that departs less often does any. */
export interface Harm {
  /** Where it leaves the natural order. */
  choices: RunSpec['choices'];
  /** The position at which the harm is done. */
  at: number;
  /** Name of the invariant that is broken there. */
  broken: string;
}

const AGREE = 'both ends agree once both are Connected';
/** What a run breaks that ends with something in a ring which nobody takes. */
export const WAKE_UP = 'no wake-up is lost';

/** By scenario. Looking for them takes seconds, so they are written down, and a test has the checker find them again. */
export const harms: Readonly<Record<string, Harm>> = {
  'bug-state-before-refs': { choices: [[221, 'dom0 xenbus']], at: 269, broken: AGREE },
  'bug-forgotten-eagain': { choices: [], at: 403, broken: AGREE },
  'bug-watch-after-read': { choices: [[44, 'dom0 xenbus'], [66, 'dom0 xenwatch']], at: 217, broken: 'no deadlock' },
  'bug-unmap-first-failures': {
    choices: [], at: 572, broken: 'of a ring that is not mapped whole, nothing stays mapped',
  },
  'bug-revoke-before-unmap': { choices: [], at: 9, broken: 'every mapped frame is granted to the backend' },
  'bug-missing-barrier': { choices: [[38, 'story']], at: 137, broken: WAKE_UP },
  'bug-missing-final-check': { choices: [[38, 'story'], [78, 'domU userspace']], at: 135, broken: WAKE_UP },
  'bug-req-event-not-advanced': { choices: [], at: 135, broken: WAKE_UP },
  'bug-double-use-of-ref': {
    choices: [[38, 'story'], [39, 'domU userspace']],
    at: 47,
    broken: 'a request that is out is granted, and by a reference of its own',
  },
  'bug-response-out-of-range': { choices: [], at: 91, broken: 'nobody is caught breaking the rules' },
};

/**
 * What is known of a run with a bug: it `does` the harm that was found, it is the natural order and does `none`,
 * or it is another order, or has other sliders, and nobody has looked.
 */
export type Harmful = 'does' | 'none' | 'unknown';

/** Does that run do harm? Choices that come after it do not undo it. Null for a scenario without a bug. */
export function harmful(scenarios: readonly ScenarioInfo[], { scenario, config, choices }: RunSpec): Harmful | null {
  const harm = harms[scenario];
  const own = scenarios.find(({ id }) => id === scenario)?.defaults;
  if (harm === undefined || own === undefined) return null;
  if (!sameRun({ scenario, config, choices }, { scenario, config: own, choices })) return 'unknown';
  if (sameChoices(choices.filter(([position]) => position < harm.at), harm.choices)) return 'does';
  return choices.length === 0 ? 'none' : 'unknown';
}

/** The harm that is done at the very position shown, if there is any. */
export function harmHere({ scenarios, outline, position }: AppState): Harm | undefined {
  if (outline === null) return undefined;
  const harm = harms[outline.run.scenario];
  return harm?.at === position && harmful(scenarios, outline.run) === 'does' ? harm : undefined;
}

/**
 * Opens the order in which that scenario's bug does harm, where it does, and the story, which alone says which harm that is;
 * nothing happens for a scenario without one.
 */
export function showHarm({ id, defaults }: Pick<ScenarioInfo, 'id' | 'defaults'>): void {
  const harm = harms[id];
  if (harm === undefined) return;
  const { choices, at } = harm;
  commands.open({ scenario: id, config: defaults, choices }, { kind: 'position', position: at });
  appStore.setState({ view: 'story', settings: false });
}
