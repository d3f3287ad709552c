import type { Context } from '../machine/context.ts';
import { privately } from '../machine/dsl.ts';
import type { Fn } from '../machine/program.ts';
import { slot } from '../machine/slot.ts';

/** The threads that do what people ask for: one thing at a time. */
export type Worker = 'toolstack' | 'domU userspace';

/** What a worker is doing, in words; absent while it has nothing to do. */
function jobSlot(worker: Worker) {
  return slot<string>(`job:${worker}`, { guarded: true });
}

/** Gives a worker, which has nothing to do, something to do. The program ends with {@link jobDone}. */
export function startJob<A>(c: Context, worker: Worker, what: string, program: Fn<A, unknown>, args: A): void {
  c.set(jobSlot(worker), what);
  c.spawn(worker, program, args);
}

/** The end of a worker's program. */
export function jobDone<L, R>(worker: Worker) {
  return privately<L, R>((c) => c.set(jobSlot(worker), undefined));
}

/** What the worker is doing; undefined while it has nothing to do. */
export function jobOf(c: Context, worker: Worker): string | undefined {
  return c.get(jobSlot(worker));
}
