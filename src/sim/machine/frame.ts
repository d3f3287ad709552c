import { mixA, mixB } from '../../base/hash.ts';
import type { Op } from './program.ts';
import { Hashed, hashValue, lanes, type Value } from './value.ts';

/**
 * One activation of a function on a thread's stack: immutable, linked to its caller, hashed by content.
 * `op` is the operation to run next; in a caller's frame it is the call that is under way.
 */
export class Frame extends Hashed {
  readonly a: number;
  readonly b: number;
  readonly depth: number;

  constructor(
    readonly op: Op,
    readonly pc: number,
    readonly locals: { readonly [key: string]: Value },
    readonly parent: Frame | undefined,
  ) {
    super();
    this.depth = parent ? parent.depth + 1 : 0;
    hashValue(locals);
    const a = mixA(op.lanes.a, lanes.a);
    const b = mixB(op.lanes.b, lanes.b);
    this.a = parent ? mixA(parent.a, a) : a;
    this.b = parent ? mixB(parent.b, b) : b;
  }
}
