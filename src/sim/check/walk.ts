import { Footprint } from '../machine/footprint.ts';
import type { Machine, Thread } from '../machine/machine.ts';
import { Aspects, Observer } from './aspects.ts';
import { Memory, type StepResult } from './memory.ts';
import type { Invariant } from './question.ts';
import { GONE, type Table } from './table.ts';

/** What a scheduling point offers: threads that can run, and those whose step commutes with whatever others do; a bit each. */
export interface Offer {
  can: number;
  urgent: number;
}

/**
 * Moves a machine from one scheduling point to the next and tells the table what it saw. Local steps, and steps that
 * commute, run together with the step before them.
 */
export class Walker {
  private readonly footprint = new Footprint();
  private readonly memory = new Memory();
  private readonly aspects = new Aspects();
  private readonly observers: readonly Observer[];

  constructor(
    readonly machine: Machine,
    readonly table: Table,
    readonly invariants: readonly Invariant[],
  ) {
    this.observers = invariants.map(
      (_, i) => new Observer(machine.state, this.aspects, (aspect) => table.learnLook(i, aspect)),
    );
  }

  /** Looks at every thread afresh. */
  look(locals: Int32Array, offer: Offer): void {
    for (let i = 0; i < locals.length; i++) this.ask(i, locals[i]!, offer);
  }

  /** Brings an offer up to date after a step: looks at who moved, and at those whose guard read what was written. */
  lookAgain(locals: Int32Array, offer: Offer, { moved, written }: StepResult): void {
    for (let i = 0; i < moved.length; i += 2) this.ask(moved[i]!, locals[moved[i]!]!, offer);
    for (let i = 0; i < locals.length && written.length > 0; i++) {
      if (locals[i] !== GONE && this.table.watches(locals[i]!, written)) this.ask(i, locals[i]!, offer);
    }
  }

  private ask(index: number, at: number, offer: Offer): void {
    const { machine, footprint, table } = this;
    const thread = machine.threads[index]!;
    const bit = 1 << index;
    offer.can &= ~bit;
    offer.urgent &= ~bit;
    if (at === GONE) return;
    footprint.clear();
    machine.footprint = footprint;
    const can = machine.enabled(thread);
    table.learnGuard(at, footprint);
    if (can && machine.commutes(thread)) offer.urgent |= bit;
    machine.footprint = undefined;
    table.learnWatched(at, footprint);
    if (can) offer.can |= bit;
  }

  /** Takes a step of `thread`, and brings `locals` (by thread index) up to date. */
  step(thread: Thread, locals: Int32Array): StepResult {
    const from = locals[thread.index]!;
    const result = this.memory.replay(from, this.machine.state) ?? this.run(thread, from);
    for (let i = 0; i < result.moved.length; i += 2) locals[result.moved[i]!] = result.moved[i + 1]!;
    return result;
  }

  private run(thread: Thread, from: number): StepResult {
    const { machine, footprint, table } = this;
    const mark = machine.state.journal.size;
    footprint.clear();
    machine.footprint = footprint;
    let operations = 0;
    do {
      machine.execute(thread);
      operations++;
    } while (machine.next(thread) && machine.enabled(thread) && machine.commutes(thread));
    machine.footprint = undefined;
    const moved = [thread, ...footprint.spawned.map((index) => machine.threads[index]!)].flatMap((one) => [
      one.index,
      this.local(one),
    ]);
    const result = { operations, moved, written: table.learnStep(from, footprint, moved) };
    table.learnChanges(from, this.aspects.changed(machine.state, footprint, mark));
    this.memory.keep(from, machine.state, footprint, mark, result);
    return result;
  }

  /** Asks the invariants (a bit each). @returns the one that does not hold, and why */
  violated(which: number): { invariant: string; message: string } | null {
    for (const [i, { name, check }] of this.invariants.entries()) {
      if (((which >>> i) & 1) === 0) continue;
      const message = check(this.observers[i]!);
      if (message !== null) return { invariant: name, message };
    }
    return null;
  }

  /** The local state of every thread. */
  locals(): Int32Array<ArrayBuffer> {
    return Int32Array.from(this.machine.threads, (thread) => this.local(thread));
  }

  private local(thread: Thread): number {
    return this.machine.next(thread) ? this.table.local(this.machine, thread) : GONE;
  }
}
