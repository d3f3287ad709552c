/**
 * The vocabulary in which kernel functions are written down. A body is a list of these; see program.ts for what each
 * kind of operation means and architecture rule 1: conditions read locals only.
 */
import type { Context } from './context.ts';
import type { Fn, Node } from './program.ts';

interface StepOptions<L> {
  /** The thread sleeps here until this holds. */
  ready?: (c: Context, l: Readonly<L>) => boolean;
  /** Sleeping here for ever is a proper end, not a deadlock. */
  idle?: boolean;
  /** When this holds, the step commutes with everything that other threads can do meanwhile: the checker runs it at once. */
  commutes?: (c: Context, l: Readonly<L>) => boolean;
}

/** One atomic shared access. */
export function step<L, R>(label: string, act: (c: Context, l: L) => void, options: StepOptions<L> = {}): Node<L, R> {
  return { kind: 'step', label, act, ...options };
}

/** Several shared accesses that nobody else can observe half-done; `why` says what makes that so. */
export function atomic<L, R>(
  label: string,
  why: string,
  act: (c: Context, l: L) => void,
  options: StepOptions<L> = {},
): Node<L, R> {
  return { kind: 'step', label, act, atomic: why, ...options };
}

/** Private work worth a line of its own: shown and stepped, but no scheduling point. */
export function local<L, R>(label: string, act: (c: Context, l: L) => void): Node<L, R> {
  return { kind: 'local', label, act };
}

/** Enters another function; `into` receives what it returns. */
export function call<L, R, A, T>(
  label: string,
  callee: (l: Readonly<L>) => Fn<A, T>,
  args: (l: Readonly<L>) => A,
  into?: (l: L, result: T) => void,
): Node<L, R> {
  return {
    kind: 'call',
    label,
    callee: callee,
    args,
    ...(into ? { into: into } : {}),
  };
}

/** As {@link call}, but not worth a step of its own: a loop that serves requests, a wrapper. */
export function enter<L, R, A, T>(
  callee: (l: Readonly<L>) => Fn<A, T>,
  args: (l: Readonly<L>) => A,
  into?: (l: L, result: T) => void,
): Node<L, R> {
  const { label: _, ...silent } = call<L, R, A, T>('', callee, args, into);
  return silent;
}

/** Reads or writes memory that is private to this thread, silently, on the way to the next operation. */
export function privately<L, R>(act: (c: Context, l: L) => void): Node<L, R> {
  return { kind: 'let', act };
}

/** Changes locals silently, on the way to the next operation; also the place to clear dead ones. */
export function assign<L, R>(change: (l: L) => void): Node<L, R> {
  return { kind: 'let', act: (_, l) => change(l) };
}

export function when<L, R>(test: (l: Readonly<L>) => boolean, then: Node<L, R>[], otherwise?: Node<L, R>[]): Node<L, R> {
  return { kind: 'when', test, then, ...(otherwise ? { otherwise } : {}) };
}

export function whilst<L, R>(test: (l: Readonly<L>) => boolean, body: Node<L, R>[]): Node<L, R> {
  return { kind: 'whilst', test, then: body };
}

/** A place for `goto`. */
export function mark<L, R>(name: string): Node<L, R> {
  return { kind: 'mark', target: name };
}

export function goto<L, R>(name: string): Node<L, R> {
  return { kind: 'goto', target: name };
}

export function ret<L, R>(value?: (l: Readonly<L>) => R): Node<L, R> {
  return { kind: 'ret', ...(value ? { value } : {}) };
}
