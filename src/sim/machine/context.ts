import type { Fn } from './program.ts';
import type { Slot } from './slot.ts';
import type { Value } from './value.ts';

/** Something a step did, in plain data, for traces and for the story: `kind` says which. Never read by the simulation. */
export interface Effect {
  readonly kind: string;
  readonly [key: string]: Value;
}

/** What a step may do. Shared accesses are counted: one a step, unless it says why not (see dsl.ts). */
export interface Context {
  get<T extends Value>(slot: Slot<T>): T | undefined;
  set<T extends Value>(slot: Slot<T>, value: T | undefined): void;
  load16(frame: number, offset: number): number;
  load32(frame: number, offset: number): number;
  store16(frame: number, offset: number, value: number): void;
  store32(frame: number, offset: number, value: number): void;
  /** Opens one compound access (a request to xenstored, an operation of a hypercall): what follows counts as one. */
  enter(): void;
  leave(): void;
  /** Reports an effect; costs nothing while nobody listens. */
  note(effect: Effect): void;
  /** True while somebody listens to effects: lets a caller skip building them. */
  readonly listening: boolean;
  /** Puts a thread that the scenario declared, and that is not running, at the start of `fn`. */
  spawn<A>(thread: string, fn: Fn<A, unknown>, args: A): void;
  /** Puts a thread to its end, wherever it is: its domain is no more. Nothing if it is not running. */
  stop(thread: string): void;
  /** A full barrier: what this thread stored to pages becomes visible, and until the step ends stores are so at once. */
  fence(): void;
  /** The name of the thread that runs this step. */
  readonly thread: string;
}
