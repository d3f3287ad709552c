/** Places where the run stops, as a list that a person keeps. Pure. */
import { cellId } from './subjects.ts';
import type { Breakpoint, Stop } from './store.ts';

/** A text that two stops share only if they are the same. */
export function stopId(stop: Stop): string {
  switch (stop.kind) {
    case 'line':
      return `line ${stop.key}`;
    case 'function':
      return `function ${stop.fn}`;
    case 'changes':
      return `changes ${cellId(stop.cell)}`;
    case 'becomes':
      return `becomes ${JSON.stringify(stop.value)} ${cellId(stop.cell)}`;
  }
}

/** The breakpoint for that stop, if there is one. */
export function breakpointAt(breakpoints: readonly Breakpoint[], stop: Stop): Breakpoint | undefined {
  const id = stopId(stop);
  return breakpoints.find((one) => stopId(one.stop) === id);
}

/** With a breakpoint where there is none, on where it is off, and without it where it is on. */
export function toggled(breakpoints: readonly Breakpoint[], stop: Stop, name: string): readonly Breakpoint[] {
  const there = breakpointAt(breakpoints, stop);
  if (there === undefined) return [...breakpoints, { stop, name, on: true }];
  if (there.on) return breakpoints.filter((one) => one !== there);
  return breakpoints.map((one) => (one === there ? { ...one, on: true } : one));
}
