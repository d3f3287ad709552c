/** A set of fingerprints (two 32-bit lanes each): open addressing over one typed array, doubled at 60 % load. */
export class Visited {
  private table = new Int32Array(2 << 16);
  private mask = (1 << 16) - 1;
  private hasZero = false;
  /** Fingerprints held. */
  size = 0;

  /** Adds a fingerprint. @returns false if it was there already */
  add(a: number, b: number): boolean {
    if (a === 0 && b === 0) {
      const fresh = !this.hasZero;
      this.hasZero = true;
      if (fresh) this.size++;
      return fresh;
    }
    let at = (a ^ Math.imul(b, 0x9e3779b1)) & this.mask;
    for (;;) {
      const slot = at * 2;
      const x = this.table[slot]!;
      const y = this.table[slot + 1]!;
      if (x === a && y === b) return false;
      if (x === 0 && y === 0) {
        this.table[slot] = a;
        this.table[slot + 1] = b;
        this.size++;
        if (this.size > this.mask * 0.6) this.grow();
        return true;
      }
      at = (at + 1) & this.mask;
    }
  }

  private grow(): void {
    const old = this.table;
    this.mask = this.mask * 2 + 1;
    this.table = new Int32Array(old.length * 2);
    for (let i = 0; i < old.length; i += 2) {
      const a = old[i]!;
      const b = old[i + 1]!;
      if (a === 0 && b === 0) continue;
      let at = (a ^ Math.imul(b, 0x9e3779b1)) & this.mask;
      while (this.table[at * 2] !== 0 || this.table[at * 2 + 1] !== 0) at = (at + 1) & this.mask;
      this.table[at * 2] = a;
      this.table[at * 2 + 1] = b;
    }
  }
}
