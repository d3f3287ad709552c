import { Footprint } from '../machine/footprint.ts';
import type { Machine, Thread } from '../machine/machine.ts';
import type { Table } from './table.ts';

/** No local state: the thread has not started, or has finished. */
export const GONE = -1;

/**
 * Moves a machine from one scheduling point to the next and tells the table what it saw. Local steps, and steps that
 * commute, run together with the step before them.
 */
export class Walker {
  private readonly footprint = new Footprint();
  private readonly next: number[] = [];

  constructor(
    readonly machine: Machine,
    readonly table: Table,
  ) {}

  /** May `thread`, which is in local state `at`, run now? Its guard's reads are learned. */
  enabled(thread: Thread, at: number): boolean {
    const { machine, footprint } = this;
    if (at === GONE) return false;
    if (machine.next(thread)!.node.ready === undefined) return true;
    footprint.clear();
    machine.footprint = footprint;
    const now = machine.enabled(thread);
    machine.footprint = undefined;
    this.table.learnGuard(at, footprint);
    return now;
  }

  /** Runs a step of `thread`, and brings `locals` (by thread index) up to date. `path` receives the thread, once an operation. */
  run(thread: Thread, locals: Int32Array, path: number[]): void {
    const { machine, footprint, table, next } = this;
    const from = locals[thread.index]!;
    footprint.clear();
    machine.footprint = footprint;
    do {
      machine.execute(thread);
      path.push(thread.index);
    } while (machine.next(thread) && machine.enabled(thread) && machine.commutes(thread));
    machine.footprint = undefined;
    next.length = 0;
    locals[thread.index] = this.local(thread);
    if (locals[thread.index] !== GONE) next.push(locals[thread.index]!);
    for (const index of footprint.spawned) {
      locals[index] = this.local(machine.threads[index]!);
      if (locals[index] !== GONE) next.push(locals[index]!);
    }
    table.learnStep(from, footprint, next);
  }

  /** The local state of every thread. */
  locals(): Int32Array {
    return Int32Array.from(this.machine.threads, (thread) => this.local(thread));
  }

  private local(thread: Thread): number {
    return this.machine.next(thread) ? this.table.local(this.machine, thread) : GONE;
  }
}
