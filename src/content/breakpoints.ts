import words from './en/breakpoints.json';
import { fill } from './words.ts';

/** Words about places where the run stops. */
export const breakpointWords = words;

/** What people call a stop at a line, by its key. */
export function lineName(key: string): string {
  const at = key.lastIndexOf('#');
  return fill(words.names.line, { fn: key.slice(0, at), label: key.slice(at + 1) });
}

/** What people call a stop where a function is entered. */
export function functionName(fn: string): string {
  return fill(words.names.function, { fn });
}
