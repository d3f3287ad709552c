import type { Value } from './value.ts';

/** A longer array: half as long again, or as long as is needed. */
function grown(array: Int32Array, needed: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(Math.max(needed, Math.ceil(array.length * 1.5)));
  next.set(array);
  return next;
}

/**
 * Every write of the run, in order: (cell, old, new). A cell >= 0 is the index of a word; a cell < 0 is ~slot id, and
 * its old and new entries are then positions in the value list. This alone feeds undo, redo, seek, the deltas that the
 * page receives and "what changed".
 */
export class Journal {
  private cells = new Int32Array(1024);
  private olds = new Int32Array(1024);
  private news = new Int32Array(1024);
  private length = 0;
  private values: Value[] = [];
  /** Four per slot write: old lanes a and b, new lanes a and b. */
  private lanes = new Int32Array(1024);

  /** Number of writes recorded. */
  get size(): number {
    return this.length;
  }

  word(cell: number, old: number, now: number): void {
    if (this.length === this.cells.length) this.grow();
    this.cells[this.length] = cell;
    this.olds[this.length] = old;
    this.news[this.length++] = now;
  }

  slot(id: number, old: Value, now: Value, oldA: number, oldB: number, newA: number, newB: number): void {
    if (this.length === this.cells.length) this.grow();
    const at = this.values.length;
    this.values.push(old, now);
    if (at * 2 + 4 > this.lanes.length) this.lanes = grown(this.lanes, at * 2 + 4);
    this.lanes[at * 2] = oldA;
    this.lanes[at * 2 + 1] = oldB;
    this.lanes[at * 2 + 2] = newA;
    this.lanes[at * 2 + 3] = newB;
    this.cells[this.length] = ~id;
    this.olds[this.length] = at;
    this.news[this.length++] = at + 1;
  }

  /** The cell of write `i`: a word's index, or ~slot id. */
  cell(i: number): number {
    return this.cells[i]!;
  }

  oldWord(i: number): number {
    return this.olds[i]!;
  }

  newWord(i: number): number {
    return this.news[i]!;
  }

  oldValue(i: number): Value {
    return this.values[this.olds[i]!];
  }

  newValue(i: number): Value {
    return this.values[this.news[i]!];
  }

  /** Lane `lane` (0 = a, 1 = b) of slot write `i`, before it or after it. */
  lane(i: number, lane: 0 | 1, after: boolean): number {
    return this.lanes[(after ? this.news[i]! : this.olds[i]!) * 2 + lane]!;
  }

  /** Forgets every write from `size` on (they have been undone). */
  truncate(size: number): void {
    for (let i = this.length - 1; i >= size; i--) {
      if (this.cells[i]! < 0) this.values.length -= 2;
    }
    this.length = size;
  }

  private grow(): void {
    this.cells = grown(this.cells, 0);
    this.olds = grown(this.olds, 0);
    this.news = grown(this.news, 0);
  }
}
