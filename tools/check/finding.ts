import { check, type Limits, type Violation } from '../../src/api/check.ts';
import { run } from '../../src/api/run.ts';
import type { Config, Scenario } from '../../src/sim/index.ts';

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
  terminals: Readonly<Record<string, number>>;
  invariants: readonly string[];
  cut: string | null;
  violation: (Omit<Violation, 'link'> & { permalink: string; trace: readonly TraceStep[] }) | null;
}

interface TraceStep {
  thread: string;
  /** `function#label`. */
  step: string;
  /** Another thread would have been next in the natural order. */
  chosen: boolean;
}

/** Explores every order of a scenario's threads. */
export function find({ id }: Scenario, config: Config, limits: Limits): Finding {
  const { holds: _, violation, cut, seconds, ...verdict } = check({ scenario: id, ...config, ...limits });
  return {
    ...verdict,
    seconds: Math.round(seconds * 1000) / 1000,
    states_per_second: Math.round(verdict.states / seconds),
    cut:
      cut === 'states'
        ? `stopped after ${verdict.states} states (--max-states)`
        : cut === 'time'
          ? `stopped after ${limits.maxSeconds} seconds (--max-seconds)`
          : null,
    violation: violation && retold(id, config, violation),
  };
}

function retold(scenario: string, config: Config, { link, ...example }: Violation): NonNullable<Finding['violation']> {
  return { ...example, permalink: link, trace: traceOf(scenario, config, example) };
}

/** The steps of a counter-example, from the first on. */
function traceOf(scenario: string, config: Config, { choices, steps }: Omit<Violation, 'link'>): TraceStep[] {
  const chosen = new Set(choices.map(([position]) => position));
  const taken = run({ scenario, ...config, choices }).steps(0, steps);
  return Array.from(taken, ({ thread, step }, n) => ({ thread, step, chosen: chosen.has(n) }));
}
