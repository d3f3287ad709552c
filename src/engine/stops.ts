import { isEntry } from '../base/calls.ts';
import { checkCell, Follower, isSame, writesTo } from './cells.ts';
import type { Cell, Stop, Value } from './protocol.ts';
import type { Run } from './run.ts';

/** Where a run stops, and because of what. */
export interface Hit {
  position: number;
  stop: Stop;
}

/** What is wrong with a stop that the page names; null if nothing is. */
export function checkStop(stop: Stop): string | null {
  return stop.kind === 'changes' || stop.kind === 'becomes' ? checkCell(stop.cell) : null;
}

/**
 * The nearest position after `from` (`direction` 1, as far as `to`) or before it (-1) at which one of the stops holds; of
 * several at one position the first. May move the timeline.
 */
export function nextHit(run: Run, stops: readonly Stop[], from: number, direction: 1 | -1, to = run.length): Hit | null {
  let best: Hit | null = null;
  for (const stop of stops) {
    const position = next(run, stop, from, direction, to);
    if (position !== null && (best === null || (position - best.position) * direction < 0)) best = { position, stop };
  }
  return best;
}

function next(run: Run, stop: Stop, from: number, direction: 1 | -1, to: number): number | null {
  switch (stop.kind) {
    case 'line':
      return nextStep(from, direction, to, (step) => run.recorder.op[step]!.key === stop.key);
    case 'function':
      return nextStep(from, direction, to, (step) =>
        run.recorder.op[step]!.fn.shown === stop.fn && isEntry(run.recorder, step));
    case 'changes':
      return nextChange(run, stop.cell, from, direction, to, () => true);
    case 'becomes':
      return nextChange(run, stop.cell, from, direction, to, (value) => isSame(value, stop.value));
  }
}

/** The position after the nearest step that `holds`; going back, before the present one. */
function nextStep(from: number, direction: 1 | -1, to: number, holds: (step: number) => boolean): number | null {
  if (direction === 1) {
    for (let step = from; step < to; step++) if (holds(step)) return step + 1;
  } else {
    for (let step = from - 2; step >= 0; step--) if (holds(step)) return step + 1;
  }
  return null;
}

/** The position after the nearest step that gave the cell another value, one that is `wanted`. */
function nextChange(
  run: Run, cell: Cell, from: number, direction: 1 | -1, to: number, wanted: (value: Value) => boolean,
): number | null {
  const { timeline } = run;
  const { state } = timeline.machine;
  // Going back, the present position does not count; the last of those before it is the nearest.
  const start = direction === 1 ? from : 0;
  const end = direction === 1 ? to : from - 1;
  if (end <= start) return null;
  timeline.seek(start);
  const follower = new Follower(state, cell);
  timeline.seek(from);
  let before = follower.value;
  let found: number | null = null;
  let step = start;
  const writes = [...writesTo(state, cell, timeline.journalAt(start), timeline.journalAt(end))];
  for (let k = 0; k < writes.length; k++) {
    while (timeline.journalAt(step + 1) <= writes[k]!) step++;
    follower.take(writes[k]!);
    const last = k + 1 === writes.length || writes[k + 1]! >= timeline.journalAt(step + 1);
    if (!last) continue;
    const after = follower.value;
    if (!isSame(before, after) && wanted(after)) {
      found = step + 1;
      if (direction === 1) return found;
    }
    before = after;
  }
  return found;
}
