import {
  asChoices,
  explore,
  fewestChoices,
  questionFor,
  Timeline,
  withoutDetours,
  type Config,
  type CounterExample,
  type Scenario,
  type Verdict,
} from '../../src/sim/index.ts';
import { formatLink } from '../../src/store/permalink.ts';

/** Departures from the natural order that are tried when a broken invariant is to be shown in few. */
const FEW_CHOICES = 2;

/** What was found, in plain data. */
export interface Finding {
  scenario: string;
  config: Config;
  states: number;
  transitions: number;
  seconds: number;
  states_per_second: number;
  depth: number;
  passes: number;
  reduction: boolean;
  terminals: Record<string, number>;
  invariants: readonly string[];
  cut: string | null;
  violation: (CounterExample & { permalink: string; trace: readonly TraceStep[] }) | null;
}

interface TraceStep {
  thread: string;
  /** `function#label`. */
  step: string;
  /** Another thread would have been next in the natural order. */
  chosen: boolean;
}

export interface Limits {
  maxStates: number;
  maxSeconds: number | undefined;
  /** False: try every order, even of steps that have nothing to do with each other. */
  reduce: boolean;
}

/** Explores every order of a scenario's threads. */
export function check(scenario: Scenario, config: Config, { maxStates, maxSeconds, reduce }: Limits): Finding {
  const question = questionFor(scenario, config);
  const began = performance.now();
  const verdict = explore(scenario.build(config), question, {
    maxStates,
    ...(maxSeconds === undefined ? {} : { outOfTime: () => performance.now() - began > maxSeconds * 1000 }),
    reduce,
  });
  const seconds = (performance.now() - began) / 1000;
  const example = verdict.violation && shortest(scenario, config, verdict.violation);
  return {
    scenario: scenario.id,
    config,
    states: verdict.states,
    transitions: verdict.transitions,
    seconds: Math.round(seconds * 1000) / 1000,
    states_per_second: Math.round(verdict.states / seconds),
    depth: verdict.depth,
    passes: verdict.passes,
    reduction: reduce,
    terminals: Object.fromEntries(verdict.terminals),
    invariants: ['no deadlock', ...question.invariants.map(({ name }) => name)],
    cut:
      verdict.cut === 'states'
        ? `stopped after ${verdict.states} states (--max-states)`
        : verdict.cut === 'time'
          ? `stopped after ${maxSeconds} seconds (--max-seconds)`
          : null,
    violation: example && {
      ...example,
      permalink: formatLink({ scenario: scenario.id, config, choices: example.choices }, { kind: 'position', position: example.steps }),
      trace: replay(scenario, config, example),
    },
  };
}

/** The run that was found, or one with fewer departures from the natural order. */
function shortest(scenario: Scenario, config: Config, { threads }: NonNullable<Verdict['violation']>): CounterExample {
  const question = questionFor(scenario, config);
  return (
    fewestChoices(scenario, config, question, FEW_CHOICES) ??
    withoutDetours(scenario, config, question, asChoices(scenario, config, threads))
  );
}

/** The steps of a counter-example, from the first on. */
function replay(scenario: Scenario, config: Config, { choices, steps }: CounterExample): TraceStep[] {
  const timeline = new Timeline(scenario.build(config), scenario.schedule);
  const chosen = new Map(choices);
  return Array.from({ length: steps }, (_, n) => {
    const name = chosen.get(n);
    timeline.forward(name === undefined ? undefined : timeline.machine.threadNamed(name));
    const { thread, op } = timeline.info(n);
    return { thread: thread.name, step: op.key, chosen: name !== undefined };
  });
}
