import type { Decisions } from './decisions.ts';
import { Fingerprints } from '../../base/fingerprints.ts';
import { brokenAtRest, type Question } from './question.ts';
import type { Offer, Walker } from './walk.ts';

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

/** What one search found. */
export interface Search {
  readonly states: number;
  readonly transitions: number;
  /** Steps on the longest path. */
  readonly depth: number;
  /** How many distinct final states of each kind were met, by its name. */
  readonly terminals: ReadonlyMap<string, number>;
  readonly violation: Violation | null;
  /** Set when a limit cut the search short. */
  readonly cut: 'states' | 'time' | null;
  /** Did a choice of what to leave out rest on something that proved wrong? Then the search stopped, or is worth nothing. */
  readonly misled: boolean;
}

const ASK_TIME_EVERY = 4096;
/** What was learned is worked out again when something new has come, but not more often than every so many transitions. */
const FORESEE_EVERY = 2000;
const ALL = -1;

/** One state on the path. */
interface Node {
  state: number;
  /** Where its journal ends, and its steps. */
  mark: number;
  steps: number;
  readonly locals: Int32Array;
  readonly offer: Offer;
  /** Threads that are still to be tried, a bit each; those that can run and were left out for good. */
  todo: number;
  left: number;
}

/** A flag for each state, by its number. */
class Flags {
  private flags = new Uint8Array(1 << 16);

  set(number: number, flag: 0 | 1): void {
    if (number >= this.flags.length) {
      const flags = new Uint8Array(this.flags.length * 2);
      flags.set(this.flags);
      this.flags = flags;
    }
    this.flags[number] = flag;
  }

  has(number: number): boolean {
    return this.flags[number] === 1;
  }
}

/** One depth-first search. With `decisions`, only persistent sets are tried, and each such choice is noted there. */
export function search(walker: Walker, question: Question, limits: Limits, decisions: Decisions | null): Search {
  const { machine, table } = walker;
  const { state, threads } = machine;
  const visited = new Fingerprints();
  const onPath = new Flags();
  const path: number[] = [];
  const nodes: Node[] = [];
  const terminals = new Map<string, number>();
  let height = 0;
  let transitions = 0;
  let depth = 0;
  let foreseen = 0;
  let cut: Search['cut'] = null;
  let misled = false;

  const wrong = (what: { invariant: string; message: string }): Violation => ({
    ...what,
    threads: path.map((index) => threads[index]!.name),
  });

  /** The node above the top of the path, made or used again: as yet a copy of the top. */
  const above = (): Node => {
    const node = (nodes[height] ??= {
      state: 0, mark: 0, steps: 0, locals: walker.locals(), offer: { can: 0, urgent: 0 }, todo: 0, left: 0,
    });
    const top = nodes[height - 1];
    if (!top) return node;
    node.locals.set(top.locals);
    node.offer.can = top.offer.can;
    node.offer.urgent = top.offer.urgent;
    return node;
  };

  /** Looks at a state met for the first time, and puts its node on the path. @returns what is wrong with it, if anything */
  const arrive = (node: Node, number: number, concerned: number): Violation | null => {
    const broken = walker.violated(concerned);
    if (broken) return wrong(broken);
    const can = table.mayRun(node.offer.can);
    const urgent = node.offer.urgent & can;
    if (can === 0) {
      const deadlock = brokenAtRest(machine, question);
      if (deadlock) return wrong(deadlock);
      const name = question.terminal(machine)!;
      terminals.set(name, (terminals.get(name) ?? 0) + 1);
    }
    node.state = number;
    node.mark = state.journal.size;
    node.steps = path.length;
    node.todo = urgent & -urgent || can;
    node.left = 0;
    if (decisions && urgent === 0 && (can & (can - 1)) !== 0) {
      node.todo = decisions.choose(node.locals, can);
      node.left = can & ~node.todo;
    }
    onPath.set(number, 1);
    height++;
    depth = Math.max(depth, path.length);
    return null;
  };

  const begin = state.journal.size;
  table.foresee();
  const first = above();
  walker.look(first.locals, first.offer);
  let violation = arrive(first, visited.number(state.a, state.b), ALL);
  while (height > 0 && violation === null && cut === null && !misled) {
    const top = nodes[height - 1]!;
    state.undoTo(top.mark);
    state.journal.truncate(top.mark);
    path.length = top.steps;
    if (top.todo === 0) {
      onPath.set(top.state, 0);
      height--;
      continue;
    }
    const bit = top.todo & -top.todo;
    top.todo ^= bit;
    transitions++;
    const node = above();
    const thread = threads[31 - Math.clz32(bit)]!;
    const from = node.locals[thread.index]!;
    const result = walker.step(thread, node.locals);
    for (let i = 0; i < result.operations; i++) path.push(thread.index);
    const known = visited.size;
    const number = visited.number(state.a, state.b);
    if (number < known) {
      // A circle: what this state leaves out must not be left out all the way round.
      if (onPath.has(number)) {
        top.todo |= top.left;
        top.left = 0;
      }
      continue;
    }
    walker.lookAgain(node.locals, node.offer, result);
    violation = arrive(node, number, table.grew ? ALL : table.seen(from));
    if (table.grew && transitions - foreseen >= FORESEE_EVERY) {
      table.foresee();
      misled = decisions?.hold() === false;
      foreseen = transitions;
    }
    if (limits.maxStates !== undefined && visited.size >= limits.maxStates) cut = 'states';
    else if (visited.size % ASK_TIME_EVERY === 0 && limits.outOfTime?.() === true) cut = 'time';
  }
  state.undoTo(begin);
  state.journal.truncate(begin);
  if (table.grew) {
    table.foresee();
    misled = decisions?.hold() === false;
  }
  return { states: visited.size, transitions, depth, terminals, violation, cut, misled };
}
