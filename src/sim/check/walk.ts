import { Footprint } from '../machine/footprint.ts';
import type { Machine, Thread } from '../machine/machine.ts';
import type { Invariant } from './question.ts';
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
    readonly invariants: readonly Invariant[],
  ) {}

  /** The threads that can run, a bit each; their guards' reads are learned. */
  enabled(locals: Int32Array): number {
    const { machine, footprint } = this;
    let can = 0;
    for (const thread of machine.threads) {
      const at = locals[thread.index]!;
      if (at === GONE) continue;
      let now = true;
      if (machine.next(thread)!.node.ready !== undefined) {
        footprint.clear();
        machine.footprint = footprint;
        now = machine.enabled(thread);
        machine.footprint = undefined;
        this.table.learnGuard(at, footprint);
      }
      if (now) can |= 1 << thread.index;
    }
    return can;
  }

  /** Of the threads that can run, one whose step commutes with whatever others do, as a bit; 0 if there is none. */
  urgent(can: number): number {
    for (let rest = can; rest !== 0; rest &= rest - 1) {
      if (this.machine.commutes(this.machine.threads[31 - Math.clz32(rest & -rest)]!)) return rest & -rest;
    }
    return 0;
  }

  /** Runs a step of `thread`, and brings `locals` (by thread index) up to date. `path` receives the thread, once an operation. */
  run(thread: Thread, locals: Int32Array, path: number[]): void {
    const { machine, footprint, next } = this;
    const from = locals[thread.index]!;
    footprint.clear();
    machine.footprint = footprint;
    do {
      machine.execute(thread);
      path.push(thread.index);
    } while (machine.next(thread) && machine.enabled(thread) && machine.commutes(thread));
    machine.footprint = undefined;
    next.length = 0;
    this.follow(thread, locals);
    for (const index of footprint.spawned) this.follow(machine.threads[index]!, locals);
    this.table.learnStep(from, footprint, next);
  }

  /** Asks the invariants (a bit each). @returns the one that does not hold, and why */
  violated(which: number): { invariant: string; message: string } | null {
    const { machine, footprint, invariants } = this;
    for (let i = 0; i < invariants.length; i++) {
      if (((which >>> i) & 1) === 0) continue;
      footprint.clear();
      machine.footprint = footprint;
      const message = invariants[i]!.check(machine);
      machine.footprint = undefined;
      this.table.learnMonitor(i, footprint);
      if (message !== null) return { invariant: invariants[i]!.name, message };
    }
    return null;
  }

  /** The local state of every thread. */
  locals(): Int32Array<ArrayBuffer> {
    return Int32Array.from(this.machine.threads, (thread) => this.local(thread));
  }

  private follow(thread: Thread, locals: Int32Array): void {
    const now = this.local(thread);
    locals[thread.index] = now;
    if (now !== GONE) this.next.push(now);
  }

  private local(thread: Thread): number {
    return this.machine.next(thread) ? this.table.local(this.machine, thread) : GONE;
  }
}
