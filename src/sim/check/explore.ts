import { Footprint } from '../machine/footprint.ts';
import type { Context } from '../machine/context.ts';
import type { Machine, Thread } from '../machine/machine.ts';
import { Fingerprints } from './fingerprints.ts';
import { persistentSet } from './persistent.ts';
import { sample } from './sample.ts';
import { Table } from './table.ts';
import { Walker } from './walk.ts';

/** Something that must hold in every state. It may read hashed, shared slots and words. @returns what is wrong, or null */
export interface Invariant {
  readonly name: string;
  check(c: Context): string | null;
}

export interface Limits {
  /** Stop after so many distinct states. */
  maxStates?: number;
  /** Stop when this says so; asked every few thousand states (the core has no clock of its own). */
  outOfTime?: () => boolean;
  /** False: try every order, even of steps that have nothing to do with each other. */
  reduce?: boolean;
}

export interface Violation {
  readonly invariant: string;
  readonly message: string;
  /** Threads in the order in which they ran, one entry a step, from the first step to the state that is wrong. */
  readonly threads: readonly string[];
}

export interface Verdict {
  readonly states: number;
  readonly transitions: number;
  /** Steps on the longest path. */
  readonly depth: number;
  /** How often each kind of final state was met, by its name. */
  readonly terminals: ReadonlyMap<string, number>;
  readonly violation: Violation | null;
  /** Set when a limit cut the search short. */
  readonly cut: 'states' | 'time' | null;
  /** Searches until one learned nothing new; the numbers above are those of the last. */
  readonly passes: number;
}

export interface Question {
  readonly invariants: readonly Invariant[];
  /** Names a state in which no thread can run; null where that is a deadlock. */
  terminal(machine: Machine): string | null;
}

const ASK_TIME_EVERY = 4096;
const SAMPLES = 300;

/**
 * Visits every state that matters to the question, whatever the order of the threads, depth first, undoing its way
 * back. Equal states, by fingerprint, are visited once.
 */
export function explore(machine: Machine, question: Question, limits: Limits = {}): Verdict {
  const walker = new Walker(machine, new Table());
  const reduce = limits.reduce ?? true;
  if (reduce) sample(walker, SAMPLES);
  for (let passes = 1; ; passes++) {
    walker.table.foresee(question.invariants.length);
    const verdict = search(walker, question, limits, reduce);
    if (!reduce || !walker.table.grew || verdict.violation || verdict.cut) return { ...verdict, passes };
  }
}

/** One state on the path: where its journal begins, what can run from it, and what was tried. */
interface Node {
  readonly state: number;
  readonly mark: number;
  readonly locals: Int32Array;
  enabled: readonly Thread[];
  /** What is to be tried, of those enabled. */
  chosen: readonly Thread[];
  tried: number;
  /** Steps on the path up to here. */
  readonly steps: number;
}

function search(walker: Walker, question: Question, limits: Limits, reduce: boolean): Omit<Verdict, 'passes'> {
  const { machine, table } = walker;
  const { state, threads } = machine;
  const visited = new Fingerprints();
  const onPath = new Set<number>();
  const path: number[] = [];
  const stack: Node[] = [];
  const terminals = new Map<string, number>();
  const footprint = new Footprint();
  let transitions = 0;
  let depth = 0;
  let cut: Verdict['cut'] = null;
  let violation: Violation | null = null;

  const fail = (invariant: string, message: string): void => {
    violation = { invariant, message, threads: path.map((index) => threads[index]!.name) };
  };

  /** Looks at a state met for the first time. */
  const arrive = (number: number, locals: Int32Array): void => {
    for (let i = 0; i < question.invariants.length; i++) {
      const invariant = question.invariants[i]!;
      footprint.clear();
      machine.footprint = footprint;
      const message = invariant.check(machine);
      machine.footprint = undefined;
      table.learnMonitor(i, footprint);
      if (message !== null) return fail(invariant.name, message);
    }
    const enabled = threads.filter((thread) => walker.enabled(thread, locals[thread.index]!));
    if (enabled.length === 0) {
      const name = question.terminal(machine);
      if (name === null) return fail('no deadlock', describeDeadlock(machine));
      terminals.set(name, (terminals.get(name) ?? 0) + 1);
    }
    const urgent = enabled.find((thread) => machine.commutes(thread));
    let chosen: readonly Thread[] = enabled;
    if (urgent) chosen = [urgent];
    else if (reduce && enabled.length > 1) chosen = persistentSet(table, locals, enabled);
    stack.push({ state: number, mark: state.journal.size, locals, enabled: urgent ? chosen : enabled, chosen, tried: 0, steps: path.length });
    onPath.add(number);
    depth = Math.max(depth, path.length);
  };

  const begin = state.journal.size;
  arrive(visited.number(state.a, state.b), walker.locals());
  while (stack.length > 0 && violation === null) {
    const node = stack[stack.length - 1]!;
    state.undoTo(node.mark);
    state.journal.truncate(node.mark);
    path.length = node.steps;
    const thread = node.chosen[node.tried++];
    if (!thread) {
      stack.pop();
      onPath.delete(node.state);
      continue;
    }
    transitions++;
    const locals = node.locals.slice();
    walker.run(thread, locals, path);
    const known = visited.size;
    const number = visited.number(state.a, state.b);
    if (number < known) {
      // A circle: what was left out here could be left out for ever.
      if (onPath.has(number) && node.chosen.length < node.enabled.length) {
        node.chosen = [...node.chosen, ...node.enabled.filter((other) => !node.chosen.includes(other))];
      }
      continue;
    }
    arrive(number, locals);
    if (limits.maxStates !== undefined && visited.size >= limits.maxStates) cut = 'states';
    else if (visited.size % ASK_TIME_EVERY === 0 && limits.outOfTime?.() === true) cut = 'time';
    if (cut !== null) break;
  }
  state.undoTo(begin);
  state.journal.truncate(begin);
  return { states: visited.size, transitions, depth, terminals, violation, cut };
}

function describeDeadlock(machine: Machine): string {
  const asleep = machine.threads.flatMap((thread) => {
    const op = machine.next(thread);
    return op && op.node.idle !== true ? [`${thread.name} at ${op.key}`] : [];
  });
  return asleep.length > 0 ? `nothing can run: ${asleep.join(', ')}` : 'nothing can run, and this is no named final state';
}
