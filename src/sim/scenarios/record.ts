import type { Effect } from '../machine/context.ts';
import { Frame } from '../machine/frame.ts';
import type { Machine } from '../machine/machine.ts';
import type { Citation } from '../machine/program.ts';
import { Timeline } from '../machine/timeline.ts';
import type { Config, Scenario } from './scenario.ts';

/** One step of a run, for people and for other programs. */
export interface StepRecord {
  /** From 1, as the page counts. */
  number: number;
  thread: string;
  /** `function#label`. */
  step: string;
  /** Functions below this one on the thread's stack. */
  depth: number;
  /** Names of the functions on the stack, outermost first. */
  stack: readonly string[];
  effects: readonly Effect[];
  cite: Citation;
}

/** Runs a scenario in its natural order to the end. @returns every step, and the machine as it then stands */
export function recordRun(scenario: Scenario, config: Config): { records: StepRecord[]; machine: Machine } {
  const machine = scenario.build(config);
  const timeline = new Timeline(machine, scenario.schedule);
  const records: StepRecord[] = [];
  for (let thread = timeline.natural(); thread; thread = timeline.natural()) {
    const stack = stackOf(machine.state.get(thread.slot));
    const effects: Effect[] = [];
    timeline.forward(thread, effects);
    const { op, depth } = timeline.info(timeline.length - 1);
    records.push({ number: records.length + 1, thread: thread.name, step: op.key, depth, stack, effects, cite: op.fn.info.cite });
  }
  return { records, machine };
}

function stackOf(frame: Frame | 'finished' | undefined): string[] {
  const names: string[] = [];
  for (let at = frame instanceof Frame ? frame : undefined; at; at = at.parent) names.unshift(at.op.fn.shown);
  return names;
}
