import { grown } from '../../base/grown.ts';
import { Holdings } from './holdings.ts';
import { hashHeld, slotById } from './slot.ts';
import { lanes, type Value } from './value.ts';

/**
 * Every write of the run, in order: (cell, old, new). A cell >= 0 is the index of a word; a cell < 0 is ~slot
 * id. This alone feeds undo, redo, seek, the deltas that the page receives and "what changed".
 *
 * The values of a slot write are kept in one of two ways. Of the latest writes it is the values themselves,
 * with their lanes: quick to make and to undo. Once {@link pack}ed it is references into a pool: small.
 */
export class Journal {
  private cells = new Int32Array(1024);
  /** Of a word its content; of a slot the place of the value in `values`, or, where packed, its reference. */
  private olds = new Int32Array(1024);
  private news = new Int32Array(1024);
  private length = 0;
  private values: Value[] = [];
  /** Four per slot write: old lanes a and b, new lanes a and b. */
  private lanes = new Int32Array(1024);
  /** How many writes are packed, and what the slots held after the last of them. */
  private packed = 0;
  private holdings: Holdings | undefined;

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
    return this.valueOf(i, this.olds[i]!);
  }

  newValue(i: number): Value {
    return this.valueOf(i, this.news[i]!);
  }

  /** Lane `lane` (0 = a, 1 = b) of slot write `i`, before it or after it. */
  lane(i: number, lane: 0 | 1, after: boolean): number {
    const at = after ? this.news[i]! : this.olds[i]!;
    if (i >= this.packed) return this.lanes[at * 2 + lane]!;
    hashHeld(slotById(~this.cells[i]!), this.valueOf(i, at));
    return lane === 0 ? lanes.a : lanes.b;
  }

  /** Packs what has been written until now. A long run does so again and again. */
  pack(): void {
    const { cells, olds, news, values } = this;
    this.holdings ??= new Holdings();
    for (let i = this.packed; i < this.length; i++) {
      if (cells[i]! >= 0) continue;
      const id = ~cells[i]!;
      olds[i] = this.holdings.held(id, values[olds[i]!]);
      news[i] = this.holdings.hold(id, values[news[i]!]);
    }
    values.length = 0;
    this.packed = this.length;
  }

  /**
   * Undoes or does again what stands between two positions: words as it goes along; `tell` learns, of each
   * slot that is written on the way, what it holds at the end. Packs everything.
   */
  travel(from: number, to: number, words: Int32Array, tell: (id: number, value: Value) => void): void {
    this.pack();
    const { cells, olds, news } = this;
    const holdings = this.holdings!;
    for (let i = from - 1; i >= to; i--) {
      const cell = cells[i]!;
      if (cell >= 0) words[cell] = olds[i]!;
      else holdings.pass(~cell, olds[i]!);
    }
    for (let i = from; i < to; i++) {
      const cell = cells[i]!;
      if (cell >= 0) words[cell] = news[i]!;
      else holdings.pass(~cell, news[i]!);
    }
    holdings.arrive(tell);
  }

  /** Forgets every write from `size` on (they have been undone). */
  truncate(size: number): void {
    for (let i = this.length - 1; i >= size && i >= this.packed; i--) {
      if (this.cells[i]! < 0) this.values.length -= 2;
    }
    this.length = size;
    if (size >= this.packed) return;
    this.packed = size;
    this.holdings!.pool.cut(this.references());
  }

  private valueOf(i: number, at: number): Value {
    return i < this.packed ? this.holdings!.pool.value(at) : this.values[at];
  }

  /** Every reference into the pool. */
  private *references(): Generator<number> {
    yield* this.holdings!.current();
    for (let i = 0; i < this.packed; i++) {
      if (this.cells[i]! >= 0) continue;
      yield this.olds[i]!;
      yield this.news[i]!;
    }
  }

  private grow(): void {
    this.cells = grown(this.cells);
    this.olds = grown(this.olds);
    this.news = grown(this.news);
  }
}
