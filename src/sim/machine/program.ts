import { hashString, type Lanes } from '../../base/hash.ts';
import { invariant } from '../../base/invariant.ts';
import type { Context } from './context.ts';
import type { Value } from './value.ts';

/** Where a fact comes from: a public file at a named version. */
export interface Citation {
  project: 'Linux' | 'Xen' | 'RingScope';
  version: string;
  path: string;
  /** Function (today's name, where the page shows an older one). */
  symbol: string;
  line?: number;
}

/** Whose code it is: the lane and the colour. Xen runs on its caller's thread, in a lane of its own. */
export type Party = 'domU' | 'dom0' | 'xen' | 'xenstored' | 'toolstack';

export interface FnInfo {
  cite: Citation;
  /** Absent where either kernel runs it: then it is the thread's. */
  party?: Party;
  /** The name shown, where it differs from the unique one (two files may hold functions of one name). */
  shown?: string;
  /** Marks a departure from the cited source ("2012 multi-page tree", "ours"). */
  departs?: string;
}

type Locals = { [key: string]: Value };

/**
 * One operation of a function's body.
 * step: one atomic shared access, a scheduling point. local: private work, shown but never a scheduling point.
 * call: enters another function; with a label it is a (local) step of its own. The rest is control over locals alone, fused with what follows.
 */
export interface Node<L, R = void> {
  kind: 'step' | 'local' | 'call' | 'let' | 'when' | 'whilst' | 'mark' | 'goto' | 'ret';
  label?: string;
  act?: (c: Context, l: L) => void;
  /** The step may run only when this holds: a thread that sleeps until something is there. */
  ready?: (c: Context, l: Readonly<L>) => boolean;
  /** Resting here for ever is no deadlock. */
  idle?: boolean;
  /** When this holds, the step commutes with everything that other threads can do meanwhile. */
  commutes?: (c: Context, l: Readonly<L>) => boolean;
  /** Why this step may touch more than one shared cell at once. */
  atomic?: string;
  test?: (l: Readonly<L>) => boolean;
  then?: Node<L, R>[];
  otherwise?: Node<L, R>[];
  target?: string;
  callee?: (l: Readonly<L>) => Fn<never, unknown>;
  args?: (l: Readonly<L>) => unknown;
  into?: (l: L, result: never) => void;
  value?: (l: Readonly<L>) => R;
}

/** A flattened operation: `next` and `target` are positions in the same function's code. */
export interface Op {
  readonly kind: 'step' | 'local' | 'call' | 'let' | 'branch' | 'jump' | 'ret';
  /** Number in the process-wide list of operations; of meaning only within one build. */
  readonly id: number;
  readonly fn: Fn<never, unknown>;
  /** `function#label` with the function's shown name: the stable key of notes, breakpoints and permalinks; empty for control. */
  readonly key: string;
  readonly label: string;
  readonly lanes: Lanes;
  readonly target: number;
  readonly node: Node<Locals, unknown>;
}

/** A kernel function as data. `A` is what it takes, `R` what it returns. */
export interface Fn<A, R = void> {
  readonly name: string;
  readonly shown: string;
  readonly info: FnInfo;
  /** Its flattened body. @throws Defect when asked for the first time, if something is wrong with it */
  readonly code: readonly Op[];
  /** Type only. */
  readonly takes?: (args: A) => R;
}

/** A function whose body is flattened when it is first needed: a run begins with a few of all the functions that there are. */
class Lazily<A, R> implements Fn<A, R> {
  readonly name: string;
  readonly shown: string;
  readonly info: FnInfo;
  private body: Node<Locals, unknown>[] | null;
  private flat: readonly Op[] = [];

  constructor(name: string, info: FnInfo, body: Node<Locals, unknown>[]) {
    this.name = name;
    this.shown = info.shown ?? name;
    this.info = info;
    this.body = body;
  }

  get code(): readonly Op[] {
    if (this.body !== null) {
      this.flat = flatten(this, this.body);
      this.body = null;
    }
    return this.flat;
  }
}

const functions = new Map<string, Fn<never, unknown>>();
const operations: Op[] = [];
const keys = new Set<string>();

/**
 * The function of that unique name: how a call through a pointer is modelled, as data can only hold the name.
 * @throws Defect if there is none
 */
export function functionNamed<A, R = void>(name: string): Fn<A, R> {
  const found = functions.get(name);
  invariant(found, `there is no function ${name}`);
  return found as unknown as Fn<A, R>;
}

/**
 * `function#label` of every labelled operation, in the order of definition: what has a note.
 * @throws Defect if something is wrong with any function
 */
export function programKeys(): readonly string[] {
  return [...functions.values()].flatMap(({ code }) => code.flatMap(({ key }) => (key === '' ? [] : [key])));
}

/** The operation with that number. */
export function opById(id: number): Op {
  return operations[id]!;
}

/**
 * Defines a function. When its body is first needed it is flattened to (function, pc) code and checked: its labels are
 * unique, every goto meets its mark, and every path ends in `ret`.
 * @throws Defect if there is one by that name
 */
export function fn<L extends A, R = void, A = L>(name: string, info: FnInfo, body: Node<L, R>[]): Fn<A, R> {
  invariant(!functions.has(name), `function ${name} is defined twice`);
  const made = new Lazily<A, R>(name, info, body as unknown as Node<Locals, unknown>[]);
  functions.set(name, made);
  return made;
}

interface Draft {
  kind: Op['kind'];
  node: Node<Locals, unknown>;
  target: number;
}

function flatten(owner: Fn<never, unknown>, body: Node<Locals, unknown>[]): readonly Op[] {
  const drafts: Draft[] = [];
  const marks = new Map<string, number>();
  const labels = new Set<string>();
  const emit = (kind: Op['kind'], node: Node<Locals, unknown>, target = -1): Draft => {
    const draft = { kind, node, target };
    drafts.push(draft);
    return draft;
  };
  const walk = (nodes: Node<Locals, unknown>[]): void => {
    for (const node of nodes) {
      if (node.label !== undefined) {
        invariant(!labels.has(node.label), `${owner.name}: label ${node.label} is used twice`);
        labels.add(node.label);
      }
      switch (node.kind) {
        case 'step':
        case 'local':
        case 'call':
        case 'let':
        case 'ret':
          emit(node.kind, node);
          break;
        case 'when': {
          const branch = emit('branch', node);
          walk(node.then!);
          if (node.otherwise) {
            const skip = emit('jump', node);
            branch.target = drafts.length;
            walk(node.otherwise);
            skip.target = drafts.length;
          } else branch.target = drafts.length;
          break;
        }
        case 'whilst': {
          const start = drafts.length;
          const branch = emit('branch', node);
          walk(node.then!);
          emit('jump', node, start);
          branch.target = drafts.length;
          break;
        }
        case 'mark':
          invariant(!marks.has(node.target!), `${owner.name}: mark ${node.target} is set twice`);
          marks.set(node.target!, drafts.length);
          break;
        case 'goto':
          emit('jump', node);
          break;
      }
    }
  };
  walk(body);
  for (const draft of drafts) {
    if (draft.node.kind !== 'goto') continue;
    const at = marks.get(draft.node.target!);
    invariant(at !== undefined, `${owner.name}: no mark ${draft.node.target} for a goto`);
    draft.target = at;
  }
  checkReturns(owner.name, drafts);
  return drafts.map((draft, pc) => {
    const label = draft.node.label ?? '';
    const key = label === '' || draft.kind === 'branch' || draft.kind === 'jump' ? '' : `${owner.shown}#${label}`;
    invariant(!keys.has(key), `${key} is used twice`);
    if (key !== '') keys.add(key);
    const lanes = hashString(key || `${owner.name}@${pc}`);
    const op: Op = { kind: draft.kind, id: operations.length, fn: owner, key, label, lanes, target: draft.target, node: draft.node };
    operations.push(op);
    return op;
  });
}

/** Follows every edge from pc 0: none may fall off the end. */
function checkReturns(name: string, drafts: readonly Draft[]): void {
  const seen = new Uint8Array(drafts.length);
  const open = [0];
  while (open.length > 0) {
    const pc = open.pop()!;
    if (seen[pc] === 1) continue;
    const draft = drafts[pc];
    if (draft === undefined) return invariant(false, `${name}: a path ends without ret`);
    seen[pc] = 1;
    if (draft.kind === 'ret') continue;
    if (draft.kind !== 'jump') open.push(pc + 1);
    if (draft.kind === 'jump' || draft.kind === 'branch') open.push(draft.target);
  }
  // The jump over an else-branch is ours: it may be idle where the then-branch always leaves.
  const idle = drafts.findIndex(({ kind, node }, pc) => seen[pc] === 0 && (kind !== 'jump' || node.kind === 'goto'));
  if (idle >= 0) invariant(false, `${name}: ${drafts[idle]!.node.label ?? drafts[idle]!.kind} (pc ${idle}) can never run`);
}
