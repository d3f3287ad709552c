import {
  asChoices, explore, fewestChoices, questionFor, withoutDetours,
  type Config, type CounterExample, type Scenario, type Verdict as Explored,
} from '../sim/index.ts';
import { formatLink } from '../store/permalink.ts';
import { demandRun, type RunOptions } from './options.ts';

/** Where a search ends that nobody gave a limit: memory runs out at some ten times as many. */
const USUAL_MAX_STATES = 5_000_000;
/** Departures from the natural order that are tried when a broken invariant is to be shown in few. */
const FEW_CHOICES = 2;

/** How far a check goes. */
export interface Limits {
  /** Distinct states; 5,000,000 if not given. */
  maxStates?: number | undefined;
  /** Seconds; no limit if not given. */
  maxSeconds?: number | undefined;
  /** False: try every order, even of steps that have nothing to do with each other. */
  reduce?: boolean | undefined;
}

/** A run that breaks an invariant. */
export interface Violation extends CounterExample {
  /** What opens the state that is wrong on RingScope's page: the part of an address from `#` on. */
  link: string;
}

/** What came of trying the orders in which the threads can run. */
export interface Verdict {
  scenario: string;
  config: Config;
  /** True: every order that can matter was tried, and none breaks anything. */
  holds: boolean;
  /** The shortest run known that breaks something: `run({ scenario, ...config, choices })` makes it. Null if none was found. */
  violation: Violation | null;
  /** The limit that ended the search before its end; null if none did. */
  cut: 'states' | 'time' | null;
  /** What was asked in every state. */
  invariants: readonly string[];
  /** The states in which it may come to rest, by name, and how many of each were found. */
  terminals: Readonly<Record<string, number>>;
  /** Distinct states, and steps from one to another. */
  states: number;
  transitions: number;
  /** The most steps from the beginning. */
  depth: number;
  /** Searches that it took until one was not misled about what threads do. */
  passes: number;
  /** Were orders of steps left out that have nothing to do with each other? */
  reduction: boolean;
  /** How long it took, without making the violation short. */
  seconds: number;
}

/**
 * Tries every order in which the threads of a scenario can run, and asks in every state whether its invariants hold. It returns when it
 * is done: seconds for one page and one queue, minutes for several; a page had better call it in a worker.
 * @throws TypeError for an option that there is not; RangeError for what an option holds
 */
export function check(options: RunOptions & Limits = {}): Verdict {
  const { scenario, config } = demandRun(options, ['maxStates', 'maxSeconds', 'reduce']);
  const { maxStates = USUAL_MAX_STATES, maxSeconds = Infinity, reduce = true } = options;
  if (!Number.isInteger(maxStates) || maxStates < 0) throw new RangeError(`maxStates must be a whole number, not ${maxStates}`);
  if (typeof maxSeconds !== 'number' || !(maxSeconds >= 0)) throw new RangeError(`maxSeconds must be a number, not ${maxSeconds}`);
  if (typeof reduce !== 'boolean') throw new TypeError(`reduce must be true or false, not ${String(reduce)}`);
  const question = questionFor(scenario, config);
  const began = performance.now();
  const outOfTime = (): boolean => performance.now() - began > maxSeconds * 1000;
  const { violation, cut, ...found } = explore(scenario.build(config), question, { maxStates, outOfTime, reduce });
  const seconds = (performance.now() - began) / 1000;
  const example = violation && shortest(scenario, config, violation);
  return {
    scenario: scenario.id,
    config,
    holds: violation === null && cut === null,
    violation: example && { ...example, link: linkTo(scenario, config, example) },
    cut,
    invariants: ['no deadlock', ...question.invariants.map(({ name }) => name)],
    terminals: Object.fromEntries(found.terminals),
    states: found.states,
    transitions: found.transitions,
    depth: found.depth,
    passes: found.passes,
    reduction: reduce,
    seconds,
  };
}

/** The run that was found, or one with fewer departures from the natural order. */
function shortest(scenario: Scenario, config: Config, { threads }: NonNullable<Explored['violation']>): CounterExample {
  const question = questionFor(scenario, config);
  return (
    fewestChoices(scenario, config, question, FEW_CHOICES) ??
    withoutDetours(scenario, config, question, asChoices(scenario, config, threads))
  );
}

function linkTo({ id }: Scenario, config: Config, { choices, steps }: CounterExample): string {
  return formatLink({ scenario: id, config, choices }, { kind: 'position', position: steps });
}
