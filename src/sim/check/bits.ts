/** Rows of bits over the numbered cells; both grow as they are used. */
export class BitRows {
  private words: Uint32Array;
  /** 32-bit words a row. */
  private width = 4;
  private rows = 256;

  constructor() {
    this.words = new Uint32Array(this.width * this.rows);
  }

  has(row: number, bit: number): boolean {
    const word = bit >>> 5;
    if (word >= this.width || row >= this.rows) return false;
    return ((this.words[row * this.width + word]! >>> (bit & 31)) & 1) === 1;
  }

  /** @returns true if the bit was not set before */
  add(row: number, bit: number): boolean {
    if (this.has(row, bit)) return false;
    this.fit(row, bit >>> 5);
    this.words[row * this.width + (bit >>> 5)]! |= 1 << (bit & 31);
    return true;
  }

  /** Adds row `from` to row `to`. @returns true if that changed row `to` */
  merge(to: number, from: number): boolean {
    this.fit(Math.max(to, from), 0);
    let changed = false;
    for (let i = 0; i < this.width; i++) {
      const was = this.words[to * this.width + i]!;
      const now = (was | this.words[from * this.width + i]!) >>> 0;
      if (now !== was) {
        this.words[to * this.width + i] = now;
        changed = true;
      }
    }
    return changed;
  }

  /** Has row `row` a bit in common with row `other` of `rows`? */
  meets(row: number, rows: BitRows, other: number): boolean {
    if (row >= this.rows || other >= rows.rows) return false;
    for (let i = Math.min(this.width, rows.width) - 1; i >= 0; i--) {
      if ((this.words[row * this.width + i]! & rows.words[other * rows.width + i]!) !== 0) return true;
    }
    return false;
  }

  private fit(row: number, word: number): void {
    if (row < this.rows && word < this.width) return;
    let { width, rows } = this;
    while (word >= width) width *= 2;
    while (row >= rows) rows *= 2;
    const words = new Uint32Array(width * rows);
    for (let i = 0; i < this.rows; i++) words.set(this.words.subarray(i * this.width, (i + 1) * this.width), i * width);
    Object.assign(this, { words, width, rows });
  }
}
