/** A small seeded generator (xorshift32): the same seed gives the same numbers everywhere. @returns numbers in [0, 1) */
export function seededRandom(seed: number): () => number {
  let x = seed | 0 || 1;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 0x1_0000_0000;
  };
}
