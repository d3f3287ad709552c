import type { Footprint } from '../machine/footprint.ts';
import type { Machine, Thread } from '../machine/machine.ts';
import { mixA, mixB } from '../../base/hash.ts';
import { BitRows } from './bits.ts';
import { Cells } from './cells.ts';
import { Fingerprints } from '../../base/fingerprints.ts';

/** No local state: the thread has not started, or has finished. */
export const GONE = -1;

/** What is known of one local state of a thread. Cells are numbers of {@link Cells}. */
interface Local {
  /** Has its step been seen to run? A thread that only ever slept here has a guard alone. */
  stepped: boolean;
  readonly guard: number[];
  /** Guard and step together. */
  readonly reads: number[];
  readonly writes: number[];
  readonly next: number[];
  /** Monitors that the step's writes may concern, a bit each. */
  seen: number;
  /** The same for all that may follow. */
  laterSeen: number;
}

/**
 * What threads do, learned from watching them: for each local state of a thread (its stack and private memory) the
 * cells that its next step reads and writes, and the local states that follow. From that, the future of a local
 * state: everything that the thread, and what it starts, may still read and write.
 */
export class Table {
  readonly cells = new Cells();
  private readonly keys = new Fingerprints();
  private readonly locals: Local[] = [];
  private readonly reads = new BitRows();
  private readonly writes = new BitRows();
  /** Cells that guard and `commutes` read. */
  private readonly watched = new BitRows();
  private readonly laterReads = new BitRows();
  private readonly laterWrites = new BitRows();
  /** Aspects that steps change, by local state, and those that monitors look at, by number of the monitor. */
  private readonly changes = new BitRows();
  private readonly looks = new BitRows();
  private readonly lanes = { a: 0, b: 0 };
  /** Local states whose future is known: those before this one. */
  private foreseen = 0;
  /** Was anything new learned since {@link foresee}? */
  grew = false;
  /** How often the futures were worked out. */
  foresights = 0;

  /** @param patient threads that run only when nobody else can, a bit each */
  constructor(
    private readonly monitorCount: number,
    readonly patient = 0,
  ) {}

  /** Of the threads whose guards hold, a bit each, those that may run now. */
  mayRun(enabled: number): number {
    const prompt = enabled & ~this.patient;
    return prompt !== 0 ? prompt : enabled;
  }

  /** Number of the local state that `thread`, which is running, is in. */
  local(machine: Machine, thread: Thread): number {
    machine.localLanes(thread, this.lanes);
    const { a, b } = this.lanes;
    const number = this.keys.number(mixA(a, thread.index), mixB(b, thread.index));
    if (number === this.locals.length) {
      this.locals.push({ stepped: false, guard: [], reads: [], writes: [], next: [], seen: 0, laterSeen: 0 });
      this.grew = true;
    }
    return number;
  }

  /** A guard was looked at in local state `at`. */
  learnGuard(at: number, footprint: Footprint): void {
    const local = this.locals[at]!;
    for (let i = 0; i < footprint.readCount; i++) {
      const cell = this.cells.number(footprint.reads[i]!);
      if (!local.guard.includes(cell)) {
        local.guard.push(cell);
        this.grew = true;
      }
      this.addRead(at, local, cell);
    }
  }

  /** Guard and `commutes` were looked at in local state `at`. */
  learnWatched(at: number, footprint: Footprint): void {
    for (let i = 0; i < footprint.readCount; i++) this.watched.add(at, this.cells.number(footprint.reads[i]!));
  }

  /** May one of these cells have changed what the thread's guard and `commutes` said in local state `at`? */
  watches(at: number, cells: readonly number[]): boolean {
    for (let i = 0; i < cells.length; i++) if (this.watched.has(at, cells[i]!)) return true;
    return false;
  }

  /**
   * The step of local state `at` was run; `moved` holds pairs (thread index, local state) of its thread and those that it
   * started.
   * @returns the cells that it wrote
   */
  learnStep(at: number, footprint: Footprint, moved: readonly number[]): readonly number[] {
    const local = this.locals[at]!;
    const written = new Set<number>();
    this.grew ||= !local.stepped;
    local.stepped = true;
    for (let i = 0; i < footprint.readCount; i++) this.addRead(at, local, this.cells.number(footprint.reads[i]!));
    for (let i = 0; i < footprint.writeCount; i++) {
      const cell = this.cells.number(footprint.writes[i]!);
      written.add(cell);
      if (!this.writes.add(at, cell)) continue;
      local.writes.push(cell);
      this.grew = true;
    }
    for (let i = 1; i < moved.length; i += 2) {
      if (moved[i] === GONE || local.next.includes(moved[i]!)) continue;
      local.next.push(moved[i]!);
      this.grew = true;
    }
    return [...written];
  }

  /** The step of local state `at` changed these aspects. */
  learnChanges(at: number, aspects: ReadonlySet<number>): void {
    for (const aspect of aspects) if (this.changes.add(at, aspect)) this.grew = true;
  }

  /** Monitor `index` looked at an aspect. */
  learnLook(index: number, aspect: number): void {
    if (this.looks.add(index, aspect)) this.grew = true;
  }

  /** Works the futures out from what is known now. */
  foresee(): void {
    const { locals } = this;
    this.foresights++;
    for (const [at, local] of locals.entries()) {
      local.seen = 0;
      for (let m = 0; m < this.monitorCount; m++) {
        if (this.changes.meets(at, this.looks, m)) local.seen |= 1 << m;
      }
      local.laterSeen |= local.seen;
      for (const cell of local.reads) this.laterReads.add(at, cell);
      for (const cell of local.writes) this.laterWrites.add(at, cell);
    }
    for (let changed = true; changed; ) {
      changed = false;
      for (let at = locals.length - 1; at >= 0; at--) {
        const local = locals[at]!;
        for (const next of local.next) {
          if (this.laterReads.merge(at, next)) changed = true;
          if (this.laterWrites.merge(at, next)) changed = true;
          const seen = local.laterSeen | locals[next]!.laterSeen;
          if (seen !== local.laterSeen) changed = true;
          local.laterSeen = seen;
        }
      }
    }
    this.foreseen = locals.length;
    this.grew = false;
  }

  /** Is it known what the thread does in local state `at`? */
  stepKnown(at: number): boolean {
    return at < this.foreseen && this.locals[at]!.stepped;
  }

  /** Monitors that the step of local state `at` may concern, a bit each: all of them, while that is not known. */
  seen(at: number): number {
    return at < this.foreseen ? this.locals[at]!.seen : -1;
  }

  /** May what follows from local state `later` concern one of these monitors? */
  laterSeen(later: number, monitors: number): boolean {
    return later >= this.foreseen || (this.locals[later]!.laterSeen & monitors) !== 0;
  }

  /** May the step of local state `at` conflict with something that follows from local state `later`? */
  conflicts(at: number, later: number): boolean {
    if (later >= this.foreseen) return true;
    const { reads, writes } = this.locals[at]!;
    for (let i = 0; i < writes.length; i++) {
      if (this.laterReads.has(later, writes[i]!) || this.laterWrites.has(later, writes[i]!)) return true;
    }
    for (let i = 0; i < reads.length; i++) if (this.laterWrites.has(later, reads[i]!)) return true;
    return false;
  }

  /** May something that follows from local state `later` wake the thread that sleeps in local state `asleep`? */
  wakes(later: number, asleep: number): boolean {
    if (later >= this.foreseen || asleep >= this.foreseen) return true;
    return this.locals[asleep]!.guard.some((cell) => this.laterWrites.has(later, cell));
  }

  private addRead(at: number, local: Local, cell: number): void {
    if (!this.reads.add(at, cell)) return;
    local.reads.push(cell);
    this.grew = true;
  }
}
