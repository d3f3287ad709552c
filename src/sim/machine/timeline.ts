import { grown } from '../../base/grown.ts';
import type { Lanes } from '../../base/hash.ts';
import { invariant } from '../../base/invariant.ts';
import type { Effect } from './context.ts';
import { Frame } from './frame.ts';
import type { Machine, Thread } from './machine.ts';
import { opById, type Fn, type Op } from './program.ts';

/** Says which of the enabled threads runs next, in the natural order. `last` is the one that ran before. */
export type Schedule = (enabled: readonly Thread[], last: Thread | undefined) => Thread;

/** One step of a run. */
export interface StepInfo {
  readonly thread: Thread;
  readonly op: Op;
  /** Functions below it on the thread's stack. */
  readonly depth: number;
}

/** What a row of a timeline holds: the step that led to the position, journal size and fingerprint there. */
const ROW = { thread: 0, op: 1, depth: 2, journal: 3, a: 4, b: 5, width: 6 } as const;

/**
 * A run in time: steps taken so far, the journal position after each, and a position that moves freely. Moving is
 * undo and redo of journal entries; nothing is executed twice. Step n is the n-th operation; position n is the state
 * after n steps.
 */
export class Timeline {
  /** A row a position: see {@link ROW}. Of what step n was, the row of position n + 1 tells. */
  private rows = new Int32Array(ROW.width * 1024);
  private steps = 0;
  private at = 0;

  constructor(
    readonly machine: Machine,
    private readonly schedule: Schedule,
  ) {
    this.note(0, 0, 0);
  }

  /** Steps recorded. */
  get length(): number {
    return this.steps;
  }

  get position(): number {
    return this.at;
  }

  /** Journal position that belongs to run position `n` (0 to length). */
  journalAt(n: number): number {
    invariant(n >= 0 && n <= this.steps, `no position ${n}`);
    return this.row(n, ROW.journal);
  }

  /** Both lanes of the fingerprint of the state at run position `n` (0 to length). */
  fingerprintAt(n: number): Lanes {
    invariant(n >= 0 && n <= this.steps, `no position ${n}`);
    return { a: this.row(n, ROW.a), b: this.row(n, ROW.b) };
  }

  /** Step `n`, counted from 0. */
  info(n: number): StepInfo {
    invariant(n >= 0 && n < this.length, `no step ${n}`);
    return {
      thread: this.machine.threads[this.row(n + 1, ROW.thread)]!,
      op: opById(this.row(n + 1, ROW.op)),
      depth: this.row(n + 1, ROW.depth),
    };
  }

  /** The threads that could run from here. */
  enabled(): Thread[] {
    return this.machine.threads.filter((thread) => this.machine.enabled(thread));
  }

  /** The thread that the natural order would run from here; undefined at the end. */
  natural(): Thread | undefined {
    const enabled = this.machine.runnable();
    if (enabled.length === 0) return undefined;
    const last = this.at > 0 ? this.machine.threads[this.row(this.at, ROW.thread)] : undefined;
    return this.schedule(enabled, last);
  }

  /**
   * One step on: along the recorded run, or, at its end, the natural order's choice. With `chosen`, that thread runs and
   * whatever was recorded beyond this position is forgotten if it differs.
   * @returns false at the end of the run
   */
  forward(chosen?: Thread, effects?: Effect[]): boolean {
    const recorded = this.at < this.length;
    if (recorded && (!chosen || chosen.index === this.row(this.at + 1, ROW.thread))) {
      this.travel(this.at + 1);
      return true;
    }
    const thread = chosen ?? this.natural();
    if (!thread) return false;
    if (recorded) this.truncate();
    this.execute(thread, effects);
    return true;
  }

  /**
   * Puts `thread`, which is not running, at the start of `program` and takes its first step, as one step of the run.
   * Whatever was recorded beyond this position is forgotten if it differs.
   * @throws Defect if that step cannot be taken
   */
  act(thread: Thread, program: Fn<object>, effects?: Effect[]): void {
    const { machine } = this;
    if (this.at < this.length) {
      const { thread: recorded, op } = this.info(this.at);
      if (recorded === thread && op.fn === program) {
        this.forward();
        return;
      }
      this.truncate();
    }
    machine.spawn(thread.name, program, {});
    invariant(machine.enabled(thread), `${program.name} cannot be done here`);
    this.execute(thread, effects);
  }

  back(): boolean {
    if (this.at === 0) return false;
    this.travel(this.at - 1);
    return true;
  }

  /** Moves to position `n`, running on in the natural order where nothing is recorded. @returns the position reached */
  seek(n: number): number {
    this.travel(Math.min(n, this.length));
    while (this.at < n && this.forward());
    return this.at;
  }

  /** What step `n` did: it is undone and executed once more, listening. Leaves the position as it was. */
  effects(n: number): Effect[] {
    const info = this.info(n);
    const here = this.at;
    this.seek(n);
    const found: Effect[] = [];
    const size = this.machine.state.journal.size;
    // An act began with its step: its thread was not running before.
    if (!this.machine.next(info.thread)) this.machine.spawn(info.thread.name, info.op.fn as Fn<object>, {});
    this.machine.execute(info.thread, found);
    this.machine.state.undoTo(size);
    this.machine.state.journal.truncate(size);
    this.seek(here);
    return found;
  }

  private execute(thread: Thread, effects?: Effect[]): void {
    const frame = this.machine.state.get(thread.slot);
    invariant(frame instanceof Frame, `${thread.name} is not running`);
    const op = this.machine.execute(thread, effects);
    this.steps = ++this.at;
    this.note(thread.index, op.id, frame.depth);
  }

  /** Notes the present state as that of the present position. */
  private note(thread: number, op: number, depth: number): void {
    const from = this.at * ROW.width;
    if (from + ROW.width > this.rows.length) this.rows = grown(this.rows, from + ROW.width);
    const { journal, a, b } = this.machine.state;
    journal.pack();
    this.rows.set([thread, op, depth, journal.size, a, b], from);
  }

  private row(position: number, field: number): number {
    return this.rows[position * ROW.width + field]!;
  }

  /** Moves to a position that is recorded. */
  private travel(to: number): void {
    this.machine.state.travel(this.journalAt(this.at), this.journalAt(to), this.row(to, ROW.a), this.row(to, ROW.b));
    this.at = to;
  }

  private truncate(): void {
    this.machine.state.journal.truncate(this.journalAt(this.at));
    this.steps = this.at;
  }
}
