import { invariant } from '../../base/invariant.ts';
import type { Context, Effect } from './context.ts';
import type { Footprint } from './footprint.ts';
import { Frame } from './frame.ts';
import type { Fn, Op } from './program.ts';
import { slot, type Slot } from './slot.ts';
import { State } from './state.ts';
import { StoreBuffers, type PendingStore, type StoreBuffer } from './store-buffer.ts';
import type { Value } from './value.ts';

/** A thread as a scenario declares it. */
export interface ThreadDeclaration {
  readonly name: string;
  /** Runs only when nobody else can, as time passes only when everybody waits. */
  readonly patient?: boolean;
  /** Something may stop it (see Context.stop). */
  readonly mortal?: boolean;
  /** An act waits until it is at a certain place: each of its steps changes what that act looks at. */
  readonly watched?: boolean;
}

/** A thread that a scenario declares; it runs once something spawns it. */
export interface Thread extends ThreadDeclaration {
  readonly index: number;
  readonly slot: Slot<Frame | 'finished'>;
}

/** The slot that holds the stack of the thread called `name`. */
export function threadSlot(name: string): Slot<Frame | 'finished'> {
  return slot<Frame | 'finished'>(`thread:${name}`);
}

const CONTROL_LIMIT = 10_000;

/**
 * Executes programs: one call of {@link execute} runs one operation of one thread, atomically, through the journal.
 * Deterministic: no clock, no randomness, no I/O.
 */
export class Machine implements Context {
  readonly state = new State();
  readonly threads: readonly Thread[];
  private readonly byName = new Map<string, Thread>();
  private effects: Effect[] | undefined;
  private current: Thread | undefined;
  private accesses = 0;
  private depth = 0;
  /** Which thread has touched a private slot, by slot id. */
  private readonly owners: (Thread | undefined)[] = [];
  /** The private slots of each thread, by thread index: ids, in the order of first touch. */
  private readonly owned: number[][];
  /** While set, the shared and hashed cells that are read and written are noted there. */
  footprint: Footprint | undefined;
  /** Does this scenario hand memory on from thread to thread? Then the checker does not take it for private. */
  handsOn = false;
  /** The store buffers, where the scenario has some. */
  private buffers: StoreBuffers | undefined;
  /** The buffer that plain stores of the present step go to; undefined where they are visible at once. */
  private buffer: StoreBuffer | undefined;

  constructor(declarations: readonly (string | ThreadDeclaration)[]) {
    this.threads = declarations.map((declared, index) => {
      const one = typeof declared === 'string' ? { name: declared } : declared;
      const { name, patient = false, mortal = false, watched = false } = one;
      return { index, name, patient, mortal, watched, slot: threadSlot(name) };
    });
    for (const thread of this.threads) this.byName.set(thread.name, thread);
    this.owned = declarations.map(() => []);
  }

  /** The thread of that name; undefined if the scenario declares none. */
  threadNamed(name: string): Thread | undefined {
    return this.byName.get(name);
  }

  /** The threads that may run now. Those that are patient only count while nobody else can. */
  runnable(): Thread[] {
    const enabled = this.threads.filter((thread) => this.enabled(thread));
    const prompt = enabled.filter((thread) => !thread.patient);
    return prompt.length > 0 ? prompt : enabled;
  }

  /** The operation that `thread` would run next; undefined if it is not running. */
  next(thread: Thread): Op | undefined {
    const frame = this.state.get(thread.slot);
    return frame instanceof Frame ? frame.op : undefined;
  }

  /** May `thread` run now? A thread asleep at a step whose `ready` does not hold may not. */
  enabled(thread: Thread): boolean {
    const frame = this.state.get(thread.slot);
    if (!(frame instanceof Frame)) return false;
    const ready = frame.op.node.ready;
    if (!ready) return true;
    this.depth++;
    const now = ready(this, frame.locals);
    this.depth--;
    return now;
  }

  /** Does the next operation of `thread`, which is enabled, commute with whatever the others may do meanwhile? */
  commutes(thread: Thread): boolean {
    const frame = this.state.get(thread.slot);
    if (!(frame instanceof Frame)) return false;
    const { kind, node } = frame.op;
    if (kind !== 'step') return true;
    if (!node.commutes) return false;
    this.depth++;
    const now = node.commutes(this, frame.locals);
    this.depth--;
    return now;
  }

  /**
   * Runs the next operation of `thread`. With `effects`, what it did is appended there.
   * @throws Defect if it is not running, or breaks the rule of one shared access a step
   */
  execute(thread: Thread, effects?: Effect[]): Op {
    const frame = this.state.get(thread.slot);
    invariant(frame instanceof Frame, `${thread.name} is not running`);
    const op = frame.op;
    this.effects = effects;
    this.current = thread;
    this.accesses = 0;
    if (thread.mortal) this.footprint?.read(~thread.slot.id);
    if (this.buffers) this.openBuffer(thread, op);
    const locals = { ...frame.locals };
    let next: Frame | undefined;
    if (op.kind === 'call') {
      const callee = op.node.callee!(frame.locals);
      next = this.advance(callee, 0, { ...(op.node.args!(frame.locals) as object) }, frame);
    } else {
      op.node.act!(this, locals);
      this.checkAccesses(op);
      next = this.advance(op.fn, frame.pc + 1, locals, frame.parent);
    }
    this.state.set(thread.slot, next ?? 'finished');
    // Others may wait until it has ended, or until it is where they want it.
    if (!next || thread.watched) this.footprint?.write(~thread.slot.id);
    this.current = undefined;
    this.effects = undefined;
    this.buffer = undefined;
    return op;
  }

  /** Gives these threads a store buffer each: from now on what they store to pages is visible to others only once drained. */
  bufferStores(names: readonly string[]): void {
    this.buffers = new StoreBuffers(names);
  }

  get<T extends Value>(slot: Slot<T>): T | undefined {
    this.count(slot);
    if (this.footprint && slot.hashed && this.observed(slot)) this.footprint.read(~slot.id);
    return this.state.get(slot);
  }

  set<T extends Value>(slot: Slot<T>, value: T | undefined): void {
    this.count(slot);
    if (this.footprint && slot.hashed && this.observed(slot)) this.footprint.write(~slot.id);
    this.state.set(slot, value);
  }

  load16(frame: number, offset: number): number {
    return (this.load32(frame, offset & ~3) >>> ((offset & 2) * 8)) & 0xffff;
  }

  load32(frame: number, offset: number): number {
    if (this.depth === 0) this.accesses++;
    this.footprint?.read(this.state.cellOf(frame, offset));
    const value = this.state.load32(frame, offset);
    if (!this.buffer) return value;
    this.depth++;
    const seen = this.buffer.forward(this, frame, offset, value);
    this.depth--;
    return seen;
  }

  store16(frame: number, offset: number, value: number): void {
    if (this.depth === 0) this.accesses++;
    if (this.buffer) return this.delay({ frame, offset, bits: 16, value });
    // The other half of the word stays as it is: that is a read.
    this.footprint?.read(this.state.cellOf(frame, offset));
    this.footprint?.write(this.state.cellOf(frame, offset));
    this.state.store16(frame, offset, value);
  }

  store32(frame: number, offset: number, value: number): void {
    if (this.depth === 0) this.accesses++;
    // As memory will hold it: what comes of a mask is signed.
    if (this.buffer) return this.delay({ frame, offset, bits: 32, value: value >>> 0 });
    this.footprint?.write(this.state.cellOf(frame, offset));
    this.state.store32(frame, offset, value);
  }

  private delay(store: PendingStore): void {
    this.depth++;
    this.buffer!.push(this, store);
    this.depth--;
  }

  fence(): void {
    const buffer = this.buffer;
    if (!buffer) return;
    this.buffer = undefined;
    this.depth++;
    buffer.flush(this);
    this.depth--;
  }

  enter(): void {
    if (this.depth++ === 0) this.accesses++;
  }

  leave(): void {
    this.depth--;
  }

  get listening(): boolean {
    return this.effects !== undefined;
  }

  note(effect: Effect): void {
    this.effects?.push(effect);
  }

  get thread(): string {
    return this.current?.name ?? 'setup';
  }

  spawn<A>(name: string, callee: Fn<A, unknown>, args: A): void {
    const thread = this.byName.get(name);
    invariant(thread, `the scenario has no thread ${name}`);
    invariant(!(this.state.get(thread.slot) instanceof Frame), `${name} is running already`);
    const first = this.advance(callee, 0, { ...(args as object) }, undefined);
    this.state.set(thread.slot, first ?? 'finished');
    this.footprint?.read(~thread.slot.id);
    this.footprint?.write(~thread.slot.id);
    this.footprint?.spawned.push(thread.index);
  }

  stop(name: string): void {
    const thread = this.byName.get(name);
    invariant(thread, `the scenario has no thread ${name}`);
    invariant(thread.mortal, `${name} is not declared as mortal`);
    invariant(thread !== this.current, `${name} stops itself`);
    if (this.state.get(thread.slot) instanceof Frame) this.state.set(thread.slot, 'finished');
    this.footprint?.read(~thread.slot.id);
    this.footprint?.write(~thread.slot.id);
    this.footprint?.spawned.push(thread.index);
  }

  /** Two lanes of all that is private to `thread`: its stack, and the slots that it alone touches. */
  localLanes(thread: Thread, into: { a: number; b: number }): void {
    const { state } = this;
    let a = state.laneA(thread.slot.id);
    let b = state.laneB(thread.slot.id);
    for (const id of this.owned[thread.index]!) {
      a = (a + state.laneA(id)) | 0;
      b = (b + state.laneB(id)) | 0;
    }
    into.a = a;
    into.b = b;
  }

  /** May more than one thread touch it? */
  private observed(slot: Slot): boolean {
    return slot.shared || (slot.handedOn && this.handsOn);
  }

  private count(slot: Slot): void {
    if (!slot.hashed) return;
    if (slot.shared) {
      if (this.depth === 0 && !slot.guarded) this.accesses++;
      return;
    }
    if (!this.current) return;
    // Who owns what matters to the checker alone: it asks for footprints.
    if (slot.handedOn && (this.handsOn || !this.footprint)) return;
    const owner = this.owners[slot.id];
    if (owner === undefined) {
      this.owners[slot.id] = this.current;
      this.owned[this.current.index]!.push(slot.id);
    } else {
      invariant(owner === this.current, `${slot.name} is private to ${owner.name}, touched by ${this.current.name}`);
    }
  }

  /**
   * Plain stores of this step are buffered, unless it is Xen's, or counts as one whatever it does: what is so is done
   * with locked instructions, or with nobody to see it half-done.
   */
  private openBuffer(thread: Thread, op: Op): void {
    this.buffer = this.buffers!.of(thread.name);
    if (op.fn.info.party === 'xen' || op.node.atomic !== undefined) this.fence();
  }

  private checkAccesses(op: Op): void {
    invariant(this.depth === 0, `${op.key}: a compound access is left open`);
    if (op.kind === 'local') invariant(this.accesses === 0, `${op.key} is local but makes a shared access`);
    else if (op.node.atomic === undefined) {
      invariant(this.accesses <= 1, `${op.key} makes ${this.accesses} shared accesses in one step`);
    }
  }

  /** Runs control from `pc` until an operation that is a step of its own; undefined when the thread's last function returns. */
  private advance(
    start: Fn<never, unknown>,
    startPc: number,
    startLocals: { [key: string]: Value },
    startParent: Frame | undefined,
  ): Frame | undefined {
    let fn = start;
    let pc = startPc;
    let locals = startLocals;
    let parent = startParent;
    for (let turn = 0; turn < CONTROL_LIMIT; turn++) {
      const op = fn.code[pc]!;
      switch (op.kind) {
        case 'step':
        case 'local':
          return new Frame(op, pc, locals, parent);
        case 'call': {
          const here: Frame = new Frame(op, pc, locals, parent);
          if (op.label !== '') return here;
          fn = op.node.callee!(locals);
          locals = { ...(op.node.args!(here.locals) as object) };
          parent = here;
          pc = 0;
          break;
        }
        case 'let': {
          const before = this.accesses;
          op.node.act!(this, locals);
          invariant(this.accesses === before, `${fn.name}: a shared access between steps`);
          pc++;
          break;
        }
        case 'branch':
          pc = op.node.test!(locals) ? pc + 1 : op.target;
          break;
        case 'jump':
          pc = op.target;
          break;
        case 'ret': {
          if (!parent) return undefined;
          const result = op.node.value?.(locals);
          locals = { ...parent.locals };
          parent.op.node.into?.(locals, result as never);
          fn = parent.op.fn;
          pc = parent.pc + 1;
          parent = parent.parent;
          break;
        }
      }
    }
    throw new Error(`${fn.name}: control never reaches a step`);
  }
}
