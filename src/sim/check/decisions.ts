import { mixA, mixB } from '../../base/hash.ts';
import { Fingerprints } from '../../base/fingerprints.ts';
import { closed } from './persistent.ts';
import type { Table } from './table.ts';

/** Every choice of a persistent set that was made, once for equal local states: to ask later whether it was right. */
export class Decisions {
  private readonly known = new Fingerprints();
  private rows = new Int32Array(1 << 12);

  constructor(private readonly threads: number) {}

  /** @param can those that can run, a bit a thread. @param chosen those of them that were tried */
  add(locals: Int32Array, can: number, chosen: number): void {
    let a = mixA(can, chosen);
    let b = mixB(can, chosen);
    for (let i = 0; i < locals.length; i++) {
      a = mixA(a, locals[i]!);
      b = mixB(b, locals[i]!);
    }
    const before = this.known.size;
    const row = this.known.number(a, b);
    if (row < before) return;
    const at = row * (locals.length + 2);
    if (at + locals.length + 2 > this.rows.length) {
      const rows = new Int32Array(this.rows.length * 2);
      rows.set(this.rows);
      this.rows = rows;
    }
    this.rows.set(locals, at);
    this.rows[at + locals.length] = can;
    this.rows[at + locals.length + 1] = chosen;
  }

  /** Are all of them right by what the table knows now? */
  hold(table: Table): boolean {
    const { threads } = this;
    for (let row = 0; row < this.known.size; row++) {
      const at = row * (threads + 2);
      const locals = this.rows.subarray(at, at + threads);
      if (!closed(table, locals, this.rows[at + threads]!, this.rows[at + threads + 1]!)) return false;
    }
    return true;
  }
}
