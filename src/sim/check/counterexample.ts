import { invariant } from '../../base/invariant.ts';
import type { Machine, Thread } from '../machine/machine.ts';
import { Timeline } from '../machine/timeline.ts';
import type { Config, Scenario } from '../scenarios/scenario.ts';
import { brokenAtRest, type Question } from './question.ts';

/** A run that breaks an invariant, as a person can follow it. */
export interface CounterExample {
  readonly invariant: string;
  readonly message: string;
  /** [position, thread]: where the run leaves the scenario's natural order; see RunSpec in the engine's protocol. */
  readonly choices: readonly (readonly [number, string])[];
  /** Steps to the state that is wrong. */
  readonly steps: number;
}

/** The run that these threads make, one entry a step, told as departures from the natural order. */
export function asChoices(scenario: Scenario, config: Config, threads: readonly string[]): CounterExample['choices'] {
  const timeline = new Timeline(scenario.build(config), scenario.schedule);
  const choices: (readonly [number, string])[] = [];
  for (const name of threads) {
    const natural = timeline.natural();
    const thread = timeline.machine.threads.find((one) => one.name === name)!;
    if (natural !== thread) choices.push([timeline.position, name]);
    timeline.forward(thread);
  }
  return choices;
}

/**
 * Looks for a run that breaks an invariant with as few departures from the natural order as can be, up to `most`: what
 * a person understands best. Each departure lets another thread go first, once.
 * @returns null if there is none with so few
 */
export function fewestChoices(scenario: Scenario, config: Config, question: Question, most: number): CounterExample | null {
  for (let budget = 0; budget <= most; budget++) {
    const found = within(scenario, config, question, budget);
    if (found) return found;
  }
  return null;
}

function within(scenario: Scenario, config: Config, question: Question, budget: number): CounterExample | null {
  const machine = scenario.build(config);
  const { state } = machine;
  /** The most departures that were left when a state was met, by fingerprint and the thread that ran last. */
  const met = new Map<string, number>();
  const choices: (readonly [number, string])[] = [];
  const back = (mark: number): void => {
    state.undoTo(mark);
    state.journal.truncate(mark);
  };

  /** Goes on in the natural order to its end, trying the departures on the way; leaves the state as it was. */
  const goOn = (last: Thread | undefined, steps: number, left: number): CounterExample | null => {
    const begin = state.journal.size;
    for (let before = last, at = steps; ; at++) {
      const key = `${state.a} ${state.b} ${before?.index}`;
      if ((met.get(key) ?? -1) >= left) break;
      met.set(key, left);
      const enabled = machine.runnable();
      const problem = isSchedulingPoint(machine, before) ? wrong(machine, question, enabled.length === 0) : null;
      if (problem) return { ...problem, choices: [...choices], steps: at };
      if (enabled.length === 0) break;
      const natural = scenario.schedule(enabled, before);
      for (const thread of left > 0 ? enabled : []) {
        if (thread === natural) continue;
        const mark = state.journal.size;
        machine.execute(thread);
        choices.push([at, thread.name]);
        const found = goOn(thread, at + 1, left - 1);
        if (found) return found;
        choices.pop();
        back(mark);
      }
      machine.execute(natural);
      before = natural;
    }
    back(begin);
    return null;
  };
  return goOn(undefined, 0, budget);
}

/**
 * Drops departures from the natural order that a counter-example can do without, one after another.
 * @param choices of a run that breaks an invariant, or comes to a deadlock
 */
export function withoutDetours(scenario: Scenario, config: Config, question: Question, choices: CounterExample['choices']): CounterExample {
  let best = follow(scenario, config, question, choices);
  invariant(best, 'the run to be shortened breaks nothing');
  for (let before = Infinity; best.choices.length < before; ) {
    before = best.choices.length;
    for (let i = before - 1; i >= 0; i--) {
      const shorter = follow(scenario, config, question, best.choices.filter((_, at) => at !== i));
      if (shorter) best = shorter;
    }
  }
  return best;
}

/** Runs to the first state that is wrong. @returns null if there is none, or a choice cannot be made */
function follow(scenario: Scenario, config: Config, question: Question, choices: CounterExample['choices']): CounterExample | null {
  const timeline = new Timeline(scenario.build(config), scenario.schedule);
  const { machine } = timeline;
  const chosen = new Map(choices);
  let last: Thread | undefined;
  for (;;) {
    const steps = timeline.position;
    const enabled = machine.runnable();
    const problem = isSchedulingPoint(machine, last) ? wrong(machine, question, enabled.length === 0) : null;
    if (problem) return { ...problem, choices: choices.filter(([at]) => at < steps), steps };
    const name = chosen.get(steps);
    last = name === undefined ? timeline.natural() : enabled.find((thread) => thread.name === name);
    if (!last) return null;
    timeline.forward(last);
  }
}

/** Not while the thread that ran last is in the middle of what counts as one step (see ADR 0004). */
function isSchedulingPoint(machine: Machine, last: Thread | undefined): boolean {
  return !last || !machine.enabled(last) || !machine.commutes(last);
}

/** What is wrong with the present state, if anything. */
function wrong(machine: Machine, question: Question, isFinal: boolean): { invariant: string; message: string } | null {
  for (const { name, check } of question.invariants) {
    const message = check(machine);
    if (message !== null) return { invariant: name, message };
  }
  return isFinal ? brokenAtRest(machine, question) : null;
}
