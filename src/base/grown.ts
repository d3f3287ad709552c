/** A copy of an array that has run full: half as long again, or as long as is needed. */
export function grown(array: Int32Array, needed = 0): Int32Array<ArrayBuffer> {
  const next = new Int32Array(Math.max(needed, Math.ceil(array.length * 1.5)));
  next.set(array);
  return next;
}
