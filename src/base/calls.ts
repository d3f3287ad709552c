/** Where functions begin and end in a record of steps, one entry a step in every list. */
export interface Calls {
  readonly length: number;
  readonly thread: ArrayLike<number>;
  /** Depth of the thread's stack before the step. */
  readonly depth: ArrayLike<number>;
  /** Depth of the activation in which control went on: less than `depth` where the step returned; -1 at the end. */
  readonly floor: ArrayLike<number>;
}

/** Is that step the first of its function itself since its thread entered it? */
export function isEntry({ thread, depth, floor }: Calls, step: number): boolean {
  for (let before = step - 1; before >= 0; before--) {
    if (thread[before] !== thread[step]) continue;
    if (depth[before]! < depth[step]! || floor[before]! < depth[step]!) return true;
    // What ran deeper was called from here, perhaps silently, before anything of the function's own ran.
    if (depth[before] === depth[step]) return false;
  }
  return true;
}

/**
 * Of calls of one function that its caller makes one after the other, with no step of its own in between: which of how
 * many has that step in it. `functionOf` says whose step one is. 1 of 1 for most.
 */
export function turnOf(
  { length, thread, depth, floor }: Calls, functionOf: (step: number) => string, step: number,
): { n: number; count: number } {
  const at = depth[step]!;
  // Nobody called a thread's first function.
  if (at === 0) return { n: 1, count: 1 };
  const isOwn = (other: number): boolean => thread[other] === thread[step];
  // Back to where the caller last had a step of its own, or was entered.
  let first = step;
  for (let before = step - 1; before >= 0; before--) {
    if (!isOwn(before)) continue;
    if (depth[before]! < at || floor[before]! < at - 1) break;
    first = before;
  }
  // On to where it next has one, call by call; one that has none is of an unknown function.
  const own = functionOf(step);
  let n = 0;
  let count = 0;
  let called: string | undefined;
  let isHere = false;
  for (let later = first; later < length; later++) {
    if (!isOwn(later)) continue;
    if (depth[later]! < at) break;
    if (depth[later] === at) called = functionOf(later);
    isHere ||= later === step;
    if (floor[later]! >= at) continue;
    if (called === own) count++;
    else if (n > 0) break;
    else count = 0;
    if (isHere && n === 0) n = count;
    called = undefined;
    if (floor[later]! < at - 1) break;
  }
  // One that has not returned by the end of the record.
  if (called === own) count++;
  return { n: n || count, count };
}
