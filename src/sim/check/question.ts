import type { Context } from '../machine/context.ts';
import type { Machine } from '../machine/machine.ts';

/**
 * Something that must hold at every scheduling point. It may read words, and slots that are shared and hashed: what it
 * reads is watched, so that it is asked again only when that changed.
 */
export interface Invariant {
  readonly name: string;
  /** @returns what is wrong, or null */
  readonly check: (c: Context) => string | null;
}

export interface Question {
  /** At most 31. */
  readonly invariants: readonly Invariant[];
  /** Names a state in which no thread can run; null where that is a deadlock. */
  readonly terminal: (machine: Machine) => string | null;
}
