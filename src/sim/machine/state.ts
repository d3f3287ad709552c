import { mixA, mixB } from '../../base/hash.ts';
import { invariant } from '../../base/invariant.ts';
import { Journal } from './journal.ts';
import { hashHeld, slotById, type Slot } from './slot.ts';
import { lanes, type Value } from './value.ts';

/** Words (of 4 bytes) on a simulated page. */
export const PAGE_WORDS = 1024;

/**
 * The whole simulated world: words (the real little-endian bytes of simulated machine frames) and slots (immutable
 * values). Every write goes through the journal and keeps the two-lane fingerprint up to date: a cell contributes
 * nothing while it is zero or undefined, so a page that nobody touched costs nothing and need not exist.
 */
export class State {
  readonly journal = new Journal();
  /** The fingerprint's lanes. */
  a = 0;
  b = 0;
  private words = new Int32Array(4 * PAGE_WORDS);
  private readonly pageByFrame = new Map<number, number>();
  private readonly frames: number[] = [];
  private readonly values: Value[] = [];
  private readonly slotA: number[] = [];
  private readonly slotB: number[] = [];

  /** The value in `slot`; undefined until first set. */
  get<T extends Value>(slot: Slot<T>): T | undefined {
    return this.values[slot.id] as T | undefined;
  }

  set<T extends Value>(slot: Slot<T>, value: T | undefined): void {
    const id = slot.id;
    const old = this.values[id];
    if (old === value) return;
    hashHeld(slot, value);
    const { a, b } = lanes;
    const oldA = this.slotA[id] ?? 0;
    const oldB = this.slotB[id] ?? 0;
    this.journal.slot(id, old, value, oldA, oldB, a, b);
    this.put(id, value, oldA, oldB, a, b);
  }

  /** The unsigned 32-bit word at byte offset `offset` (a multiple of 4) of machine frame `frame`. */
  load32(frame: number, offset: number): number {
    const page = this.pageByFrame.get(frame);
    return page === undefined ? 0 : this.words[page * PAGE_WORDS + (offset >> 2)]! >>> 0;
  }

  store32(frame: number, offset: number, value: number): void {
    this.setWordAt(this.cellOf(frame, offset), value | 0);
  }

  load16(frame: number, offset: number): number {
    return (this.load32(frame, offset) >>> ((offset & 2) * 8)) & 0xffff;
  }

  store16(frame: number, offset: number, value: number): void {
    const shift = (offset & 2) * 8;
    const kept = this.load32(frame, offset) & ~(0xffff << shift);
    this.store32(frame, offset, kept | ((value & 0xffff) << shift));
  }

  /** Undoes every write from journal position `mark` on, newest first; the journal keeps them. */
  undoTo(mark: number, from: number = this.journal.size): void {
    const journal = this.journal;
    for (let i = from - 1; i >= mark; i--) {
      const cell = journal.cell(i);
      if (cell >= 0) this.putWord(cell, journal.newWord(i), journal.oldWord(i));
      else this.move(i, ~cell, journal.oldValue(i));
    }
  }

  /**
   * Undoes or does again what stands in the journal between two of its positions, to a state whose fingerprint is known.
   * A slot's value is made and hashed once, however often it was written on the way.
   */
  travel(from: number, to: number, a: number, b: number): void {
    this.journal.travel(from, to, this.words, (id, value) => {
      if (this.values[id] === value) return;
      hashHeld(slotById(id), value);
      this.put(id, value, 0, 0, lanes.a, lanes.b);
    });
    this.a = a;
    this.b = b;
  }

  /** The number of the word at byte offset `offset` of machine frame `frame`, as the journal has it. */
  cellOf(frame: number, offset: number): number {
    return this.page(frame) * PAGE_WORDS + (offset >> 2);
  }

  /** Word number `cell` (see {@link cellOf}), signed. */
  wordAt(cell: number): number {
    return this.words[cell]!;
  }

  /** Writes word number `cell`. */
  setWordAt(cell: number, now: number): void {
    const old = this.words[cell]!;
    if (old === now) return;
    this.journal.word(cell, old, now);
    this.putWord(cell, old, now);
  }

  /** What slot `id` holds. */
  valueAt(id: number): Value {
    return this.values[id];
  }

  /** What slot `id` adds to lane a of the fingerprint; 0 for one that is empty or not hashed. */
  laneA(id: number): number {
    return this.slotA[id] ?? 0;
  }

  /** The same for lane b. */
  laneB(id: number): number {
    return this.slotB[id] ?? 0;
  }

  /** Puts a value into slot `id` whose lanes, as {@link laneA} and {@link laneB} had them, are known already. */
  setValueAt(id: number, value: Value, a: number, b: number): void {
    const oldA = this.laneA(id);
    const oldB = this.laneB(id);
    if (a === oldA && b === oldB) return;
    this.journal.slot(id, this.values[id], value, oldA, oldB, a, b);
    this.put(id, value, oldA, oldB, a, b);
  }

  /** Machine frame and byte offset of a word cell, as the journal records it. */
  addressOf(cell: number): { frame: number; offset: number } {
    return { frame: this.frames[Math.floor(cell / PAGE_WORDS)]!, offset: (cell % PAGE_WORDS) * 4 };
  }

  /** The machine frames that have ever been written. */
  pages(): readonly number[] {
    return this.frames;
  }

  /** A copy of the 4096 bytes of machine frame `frame` (zeros if nothing was ever written there). */
  pageBytes(frame: number): Uint8Array<ArrayBuffer> {
    const page = this.pageByFrame.get(frame);
    if (page === undefined) return new Uint8Array(PAGE_WORDS * 4);
    const words = this.words.slice(page * PAGE_WORDS, (page + 1) * PAGE_WORDS);
    return new Uint8Array(words.buffer);
  }

  /** Every slot that holds a value now. */
  *slots(): Generator<readonly [Slot, Value]> {
    for (let id = 0; id < this.values.length; id++) {
      const value = this.values[id];
      if (value !== undefined) yield [slotById(id), value];
    }
  }

  private move(i: number, id: number, value: Value): void {
    const { journal } = this;
    this.put(id, value, journal.lane(i, 0, true), journal.lane(i, 1, true), journal.lane(i, 0, false), journal.lane(i, 1, false));
  }

  private put(id: number, value: Value, oldA: number, oldB: number, newA: number, newB: number): void {
    while (this.values.length <= id) {
      this.values.push(undefined);
      this.slotA.push(0);
      this.slotB.push(0);
    }
    this.values[id] = value;
    this.slotA[id] = newA;
    this.slotB[id] = newB;
    this.a = (this.a - oldA + newA) | 0;
    this.b = (this.b - oldB + newB) | 0;
  }

  private putWord(cell: number, old: number, now: number): void {
    const key = (this.frames[cell >>> 10]! << 10) | (cell & 1023);
    this.words[cell] = now;
    if (old !== 0) {
      this.a = (this.a - mixA(key, old)) | 0;
      this.b = (this.b - mixB(key, old)) | 0;
    }
    if (now !== 0) {
      this.a = (this.a + mixA(key, now)) | 0;
      this.b = (this.b + mixB(key, now)) | 0;
    }
  }

  private page(frame: number): number {
    const known = this.pageByFrame.get(frame);
    if (known !== undefined) return known;
    invariant(Number.isInteger(frame) && frame >= 0, `no such machine frame: ${frame}`);
    const page = this.frames.length;
    this.frames.push(frame);
    this.pageByFrame.set(frame, page);
    if ((page + 1) * PAGE_WORDS > this.words.length) {
      const bigger = new Int32Array(this.words.length * 2);
      bigger.set(this.words);
      this.words = bigger;
    }
    return page;
  }
}
