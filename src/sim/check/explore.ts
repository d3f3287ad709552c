import type { Machine, Thread } from '../machine/machine.ts';
import { Visited } from './visited.ts';

/** Something that must hold in every state. @returns what is wrong, or null */
export interface Invariant {
  readonly name: string;
  check(machine: Machine): string | null;
}

export interface Limits {
  /** Stop after so many distinct states. */
  maxStates?: number;
  /** Stop when this says so; asked every few thousand states (the core has no clock of its own). */
  outOfTime?: () => boolean;
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
}

export interface Question {
  readonly invariants: readonly Invariant[];
  /** Names a state in which no thread can run; null where that is a deadlock. */
  terminal(machine: Machine): string | null;
}

const ASK_TIME_EVERY = 4096;

/** One state on the path: where its journal begins, what can run from it, and what was tried. */
interface Node {
  mark: number;
  enabled: Thread[];
  tried: number;
  /** Steps on the path up to here. */
  steps: number;
}

/**
 * Visits every state that some order of the threads reaches, depth first, undoing its way back. Equal states, by
 * fingerprint, are visited once. A thread's local steps run together with the step before them: nobody can observe
 * them, so no order is lost.
 */
export function explore(machine: Machine, question: Question, limits: Limits = {}): Verdict {
  const visited = new Visited();
  const { state, threads } = machine;
  const path: number[] = [];
  const stack: Node[] = [];
  const terminals = new Map<string, number>();
  let transitions = 0;
  let depth = 0;
  let cut: Verdict['cut'] = null;
  let violation: Violation | null = null;

  const fail = (invariant: string, message: string): void => {
    violation = { invariant, message, threads: path.map((index) => threads[index]!.name) };
  };

  /** Looks at a state met for the first time. */
  const arrive = (): void => {
    for (const invariant of question.invariants) {
      const message = invariant.check(machine);
      if (message !== null) return fail(invariant.name, message);
    }
    const enabled = runnable(machine);
    if (enabled.length === 0) {
      const name = question.terminal(machine);
      if (name === null) return fail('no deadlock', describeDeadlock(machine));
      terminals.set(name, (terminals.get(name) ?? 0) + 1);
    }
    stack.push({ mark: state.journal.size, enabled, tried: 0, steps: path.length });
    depth = Math.max(depth, path.length);
  };

  visited.add(state.a, state.b);
  arrive();
  while (stack.length > 0 && violation === null) {
    const node = stack[stack.length - 1]!;
    state.undoTo(node.mark);
    state.journal.truncate(node.mark);
    path.length = node.steps;
    const thread = node.enabled[node.tried++];
    if (!thread) {
      stack.pop();
      continue;
    }
    transitions++;
    do {
      machine.execute(thread);
      path.push(thread.index);
    } while (machine.next(thread) && machine.enabled(thread) && machine.commutes(thread));
    if (!visited.add(state.a, state.b)) continue;
    arrive();
    if (limits.maxStates !== undefined && visited.size >= limits.maxStates) cut = 'states';
    else if (visited.size % ASK_TIME_EVERY === 0 && limits.outOfTime?.() === true) cut = 'time';
    if (cut !== null) break;
  }
  return { states: visited.size, transitions, depth, terminals, violation, cut };
}

/** The threads worth trying: one whose step commutes with whatever the others do goes alone. */
function runnable(machine: Machine): Thread[] {
  const enabled: Thread[] = [];
  for (const thread of machine.threads) {
    if (!machine.enabled(thread)) continue;
    if (machine.commutes(thread)) return [thread];
    enabled.push(thread);
  }
  return enabled;
}

function describeDeadlock(machine: Machine): string {
  const asleep = machine.threads.flatMap((thread) => {
    const op = machine.next(thread);
    return op && op.node.idle !== true ? [`${thread.name} at ${op.key}`] : [];
  });
  return asleep.length > 0 ? `nothing can run: ${asleep.join(', ')}` : 'nothing can run, and this is no named final state';
}
