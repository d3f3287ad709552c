import type { Outline, Place, StepHow } from './protocol.ts';
import type { Recorder } from './outline.ts';
import type { Run } from './run.ts';

/** A position, and why it is not the one that was asked for. */
interface Found {
  position: number;
  reason?: string;
}

/** The valid position nearest to `to`. */
function nearest(to: number, length: number): Found {
  if (Number.isInteger(to) && to >= 0 && to <= length) return { position: to };
  const position = Number.isNaN(to) ? 0 : Math.min(Math.max(Math.round(to), 0), length);
  const reason = Number.isInteger(to)
    ? `the run has ${length} steps; there is no position ${to}`
    : `a position is a whole number, not ${String(to)}`;
  return { position, reason };
}

/**
 * Where a place lies in a run: a chapter just after its first step, a key just after the step that it names, so that
 * this step is the one shown. Occurrences count from 1.
 * @returns undefined while the run is not recorded that far; the nearest valid position, with a reason, once it is
 *   complete and has no such place
 */
export function find(place: Place, run: Run): Found | undefined {
  const { op } = run.recorder;
  switch (place.kind) {
    case 'position': {
      const found = nearest(place.position, run.length);
      return run.complete || found.reason === undefined ? found : undefined;
    }
    case 'chapter': {
      const { chapters } = run.scenario;
      const spec = chapters.find(({ id }) => id === place.chapter);
      if (!spec) {
        const there = chapters.length === 0 ? 'this scenario has none' : `chapters are ${chapters.map(({ id }) => id).join(', ')}`;
        return { position: 0, reason: `there is no chapter ${place.chapter.slice(0, 40)}: ${there}` };
      }
      const at = op.findIndex(({ key }) => key === spec.begins);
      if (at >= 0) return { position: at + 1 };
      return run.complete ? { position: 0, reason: `this run never reaches the chapter ${place.chapter}` } : undefined;
    }
    case 'key': {
      let last = -1;
      let count = 0;
      for (let step = 0; step < op.length && count < place.occurrence; step++) {
        if (op[step]!.key !== place.key) continue;
        last = step;
        count++;
      }
      if (count > 0 && count === place.occurrence) return { position: last + 1 };
      if (!run.complete) return undefined;
      const reason =
        count === 0 && place.occurrence >= 1
          ? `this run never comes to ${place.key}`
          : `${place.key} has no occurrence ${place.occurrence}`;
      return { position: last + 1, reason };
    }
  }
}

/** Where a step command leads from position `at` of a complete run. */
export function stepTarget(how: StepHow, at: number, recorder: Recorder, chapters: Outline['chapters']): number {
  const { length, op, depth } = recorder;
  switch (how) {
    case 'into':
      return Math.min(at + 1, length);
    case 'over':
      if (at === length) return length;
      return op[at]!.kind === 'call' ? returned(recorder, at, depth[at]!) : at + 1;
    case 'out':
      return outOf(recorder, Math.max(at - 1, 0));
    case 'back':
      return Math.max(at - 1, 0);
    case 'back-over':
      return at > 0 ? beforeCall(recorder, at - 1) : 0;
    case 'chapter':
      return firsts(chapters).find((first) => first > at) ?? length;
    case 'chapter-back':
      return firsts(chapters).reduce((best, first) => (first < at ? first : best), 0);
    case 'start':
      return 0;
    case 'end':
      return length;
  }
}

/** The positions at which the chapters' first steps are shown. */
function firsts(chapters: Outline['chapters']): number[] {
  return chapters.map(({ at }) => at + 1);
}

/** The position at which the thread of step `from` has returned to `depth` or less; the end if it never does. */
function returned({ thread, floor, length }: Recorder, from: number, depth: number): number {
  for (let step = from; step < length; step++) {
    if (thread[step] === thread[from] && floor[step]! <= depth) return step + 1;
  }
  return length;
}

/**
 * The position after the first step since `step`'s function has returned, whoever makes it; past the further calls that its
 * caller makes then and there, with no step of its own in between: of an array's elements, say, one a call.
 */
function outOf(recorder: Recorder, step: number): number {
  const { thread, depth, length } = recorder;
  const level = depth[step]!;
  let back = returned(recorder, step, level - 1);
  const isSibling = (next: number): boolean => level > 0 && next < length && thread[next] === thread[step] && depth[next]! >= level;
  while (isSibling(back)) back = returned(recorder, back, level - 1);
  return Math.min(back + 1, length);
}

/**
 * The mirror of stepping over: where `step` returned from a function, the position before the call of it (or, where
 * that call was silent, before the function's first step), else before the step.
 */
function beforeCall({ thread, op, depth, floor }: Recorder, step: number): number {
  // A thread that finished has left all but its outermost function in the way others return.
  const outer = Math.max(floor[step]!, 0);
  if (depth[step]! <= outer) return step;
  for (let before = step - 1; before >= 0; before--) {
    if (thread[before] !== thread[step] || depth[before]! > outer) continue;
    return op[before]!.kind === 'call' ? before : before + 1;
  }
  return step;
}
