/** Numbers fingerprints (two 32-bit lanes each) in the order in which they come: open addressing over typed arrays. */
export class Fingerprints {
  private lanes = new Int32Array(2 << 15);
  /** Number + 1 of what is held, 0 where free. */
  private numbers = new Int32Array(1 << 15);
  private mask = (1 << 15) - 1;
  /** How many are held. */
  size = 0;

  /** The number of a fingerprint; one that is new gets the next number, which is then `size - 1`. */
  number(a: number, b: number): number {
    let at = this.home(a, b);
    for (let held = this.numbers[at]!; held !== 0; held = this.numbers[at]!) {
      if (this.lanes[at * 2] === a && this.lanes[at * 2 + 1] === b) return held - 1;
      at = (at + 1) & this.mask;
    }
    this.put(at, a, b, ++this.size);
    if (this.size > this.mask * 0.6) this.grow();
    return this.size - 1;
  }

  private home(a: number, b: number): number {
    return (a ^ Math.imul(b, 0x9e3779b1)) & this.mask;
  }

  private put(at: number, a: number, b: number, held: number): void {
    this.lanes[at * 2] = a;
    this.lanes[at * 2 + 1] = b;
    this.numbers[at] = held;
  }

  private grow(): void {
    const { lanes, numbers } = this;
    this.mask = this.mask * 2 + 1;
    this.lanes = new Int32Array(lanes.length * 2);
    this.numbers = new Int32Array(numbers.length * 2);
    for (let i = 0; i < numbers.length; i++) {
      if (numbers[i] === 0) continue;
      let at = this.home(lanes[i * 2]!, lanes[i * 2 + 1]!);
      while (this.numbers[at] !== 0) at = (at + 1) & this.mask;
      this.put(at, lanes[i * 2]!, lanes[i * 2 + 1]!, numbers[i]!);
    }
  }
}
