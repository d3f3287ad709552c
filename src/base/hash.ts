/**
 * Two independent 32-bit hash lanes. A pair of lanes is the fingerprint of a value; equal content gives equal lanes,
 * whatever the order in which strings or cells were first met. The lanes use different constants throughout, so a
 * collision needs both to collide.
 */
export interface Lanes {
  readonly a: number;
  readonly b: number;
}

/** Lane one of the ordered pair (x, y). */
export function mixA(x: number, y: number): number {
  let h = Math.imul(x ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(y, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return h ^ (h >>> 15);
}

/** Lane two of the ordered pair (x, y). */
export function mixB(x: number, y: number): number {
  let h = Math.imul(x ^ 0x7f4a7c15, 0x27d4eb2f) ^ Math.imul(y, 0x165667b1);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return h ^ (h >>> 16);
}

const strings = new Map<string, Lanes>();

/** Lanes of a string by content (UTF-16 units). Remembered, as the same few hundred strings recur. */
export function hashString(text: string): Lanes {
  const known = strings.get(text);
  if (known) return known;
  let a = text.length;
  let b = ~text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = mixA(a, unit);
    b = mixB(b, unit);
  }
  const lanes = { a, b };
  strings.set(text, lanes);
  return lanes;
}

/** Sixteen hexadecimal digits of a pair of lanes. */
export function lanesHex(a: number, b: number): string {
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}
