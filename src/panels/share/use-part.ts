import { useEffect, useState } from 'react';
import { commands } from '../../store/commands.ts';
import { createMirror } from '../../store/mirror.ts';
import { stageView } from '../../store/stage/stage-view.ts';
import type { Outline, StepRecord } from '../../store/store.ts';
import type { Scene } from '../../picture/index.ts';

/** A part of a run, as far as it has come. */
export type Part<T> =
  | { kind: 'coming'; got: number }
  | { kind: 'here'; all: readonly T[] }
  | { kind: 'failed'; reason: string };

/** Asks for so many things from there on; what is taken is the first of them, or why there are none. @returns what calls it off */
type Ask<T> = (from: number, count: number, take: (got: readonly T[] | string) => void) => () => void;

/** What a step left: what pictures are made of, without the run that it belongs to. */
type Moment = Pick<Scene, 'position' | 'step' | 'view'>;

const NONE: Part<never> = { kind: 'coming', got: 0 };

/** The first `count` steps of the open run; asks for none while `count` is null. */
export function useRecords(outline: Outline, count: number | null): Part<StepRecord> {
  return usePart(outline, 0, count, askRecords);
}

/** What there is at `count` positions of the open run; asks for none while `count` is null. */
export function useMoments(outline: Outline, from: number, count: number | null): Part<Moment> {
  return usePart(outline, from, count, askMoments);
}

function askRecords(): Ask<StepRecord> {
  return (from, count, take) => commands.records(from, from + count, (answer) =>
    take(answer.kind === 'none' ? answer.reason : answer.records));
}

function askMoments(): Ask<Moment> {
  const mirror = createMirror();
  let last: Scene['view'] | null = null;
  return (from, count, take) => commands.frames(from, from + count - 1, (answer) =>
    take(answer.kind === 'none' ? answer.reason : answer.frames.map((frame) => {
      mirror.apply(frame);
      last = stageView(mirror, last, frame);
      return { position: frame.position, step: frame.step, view: last };
    })));
}

/** `open` begins to ask, and is the same each time. */
function usePart<T>(outline: Outline, from: number, count: number | null, open: () => Ask<T>): Part<T> {
  const [found, setFound] = useState<{ of: Outline; from: number; count: number; part: Part<T> }>();
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
