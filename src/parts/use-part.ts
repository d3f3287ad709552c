import { useEffect, useState } from 'react';
import { commands } from '../store/commands.ts';
import type { Outline, StepRecord } from '../store/store.ts';

/** A part of a run, as far as it has come. */
export type Part<T> =
  | { kind: 'coming'; got: number }
  | { kind: 'here'; all: readonly T[] }
  | { kind: 'failed'; reason: string };

/** Asks for so many things from there on; what is taken is the first of them, or why there are none. @returns what calls it off */
export type Ask<T> = (from: number, count: number, take: (got: readonly T[] | string) => void) => () => void;

const NONE: Part<never> = { kind: 'coming', got: 0 };

/** The first `count` steps of the open run; asks for none while `count` is null. */
export function useRecords(outline: Outline | null, count: number | null): Part<StepRecord> {
  return usePart(outline, 0, count, askRecords);
}

function askRecords(): Ask<StepRecord> {
  return (from, count, take) => commands.records(from, from + count, (answer) =>
    take(answer.kind === 'none' ? answer.reason : answer.records));
}

/** So many things of the open run from there on; asks for none while `count` is null. `open` begins to ask, and is the same each time. */
export function usePart<T>(outline: Outline | null, from: number, count: number | null, open: () => Ask<T>): Part<T> {
  const [found, setFound] = useState<{ of: Outline | null; from: number; count: number; part: Part<T> }>();
  useEffect(
    () => (count === null ? undefined : collect(from, count, open(), (part) => setFound({ of: outline, from, count, part }))),
    [outline, from, count, open],
  );
  // What came after another run was opened would be of that run.
  return found?.of === outline && found.from === from && found.count === count ? found.part : NONE;
}

/** Asks until all is there, a part at a time: the engine hears of other things in between. @returns what calls it off */
function collect<T>(from: number, count: number, ask: Ask<T>, tell: (part: Part<T>) => void): () => void {
  const all: T[] = [];
  let callOff: (() => void) | null = null;
  const askOn = (): void => {
    callOff = ask(from + all.length, count - all.length, (got) => {
      if (typeof got === 'string') return tell({ kind: 'failed', reason: got });
      all.push(...got);
      if (all.length === count) return tell({ kind: 'here', all });
      tell({ kind: 'coming', got: all.length });
      askOn();
    });
  };
  askOn();
  return () => callOff?.();
}
