import { Fingerprints } from '../../base/fingerprints.ts';
import { mixA, mixB } from '../../base/hash.ts';
import { closed, persistentSet } from './persistent.ts';
import type { Table } from './table.ts';

/**
 * Every choice of a persistent set that was made, once for equal local states: so that it need not be worked out again, and to
 * ask later whether it was right.
 */
export class Decisions {
  private readonly known = new Fingerprints();
  /** A row each: local state by thread, the threads that could run, those of them that were tried, what was foreseen then. */
  private rows = new Int32Array(1 << 12);
  private readonly width: number;

  constructor(
    private readonly threads: number,
    private readonly table: Table,
  ) {
    this.width = threads + 3;
  }

  /** @param can those that can run, a bit a thread. @returns those of them that have to be tried */
  choose(locals: Int32Array, can: number): number {
    let a = can;
    let b = ~can;
    for (let i = 0; i < locals.length; i++) {
      a = mixA(a, locals[i]!);
      b = mixB(b, locals[i]!);
    }
    // A choice that rests on less than is known now is made again; the old one stays, to be asked about.
    for (let again = 0; ; again++) {
      const before = this.known.size;
      const row = this.known.number(a + again, b);
      const at = row * this.width + this.threads;
      if (row === before) return this.add(locals, can);
      if (this.rows[at + 2] === this.table.foresights) return this.rows[at + 1]!;
    }
  }

  private add(locals: Int32Array, can: number): number {
    const { threads, width } = this;
    const at = (this.known.size - 1) * width;
    if (at + width > this.rows.length) {
      const rows = new Int32Array(this.rows.length * 2);
      rows.set(this.rows);
      this.rows = rows;
    }
    const chosen = persistentSet(this.table, locals, can);
    this.rows.set(locals, at);
    this.rows[at + threads] = can;
    this.rows[at + threads + 1] = chosen;
    this.rows[at + threads + 2] = this.table.foresights;
    return chosen;
  }

  /** Are all of them right by what the table knows now? */
  hold(): boolean {
    const { threads, table } = this;
    for (let row = 0; row < this.known.size; row++) {
      const at = row * this.width;
      const can = this.rows[at + threads]!;
      const chosen = this.rows[at + threads + 1]!;
      if (chosen !== can && !closed(table, this.rows.subarray(at, at + threads), can, chosen)) return false;
    }
    return true;
  }
}
