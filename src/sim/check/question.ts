import type { Context } from '../machine/context.ts';
import type { Machine } from '../machine/machine.ts';

/**
 * Something that must hold at every scheduling point. It may read words, and slots that are shared and hashed: what it
 * reads is watched, field by field, so that it is asked again only when that changed.
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
  /** What is wrong with a state in which no thread can run and that has no name, where there is a word for it. */
  readonly atRest?: (machine: Machine) => { invariant: string; message: string } | null;
}

/** What is wrong with a state in which no thread can run: nothing, if it has a name. */
export function brokenAtRest(machine: Machine, question: Question): { invariant: string; message: string } | null {
  if (question.terminal(machine) !== null) return null;
  const known = question.atRest?.(machine);
  if (known) return known;
  const asleep = machine.threads.flatMap((thread) => {
    const op = machine.next(thread);
    return op && op.node.idle !== true ? [`${thread.name} at ${op.key}`] : [];
  });
  const message = asleep.length > 0 ? asleep.join(', ') : 'and this is no named final state';
  return { invariant: 'no deadlock', message: `nothing can run: ${message}` };
}
