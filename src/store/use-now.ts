import { mirror } from './connection.ts';
import { Now } from './stage/now.ts';
import { useSettled } from './settled.ts';
import type { StepView } from './store.ts';

let last: { frame: number; step: StepView | null; now: Now } | null = null;

/** The mirror changes in place; which frame it is at says when a reading of it is out of date. */
function nowAt(frame: number, step: StepView | null): Now {
  if (last?.frame !== frame || last.step !== step) {
    last = { frame, step, now: new Now(mirror, { step, choices: [], gone: [] }) };
  }
  return last.now;
}

/** The state on screen, for a panel that decodes what it shows: another object with each frame. */
export function useNow(): Now {
  const frame = useSettled((state) => state.frame);
  const step = useSettled((state) => state.step);
  return nowAt(frame, step);
}

/** Of each prefix that somebody reads: the reading that still holds, at which version of the mirror, and whether its step changed it. */
const readings = new Map<string, { version: number; step: StepView | null; now: Now; touched: boolean }>();

function nowOf(prefix: string, frame: number, step: StepView | null): Now {
  const { version } = mirror;
  const before = readings.get(prefix);
  if (before?.version === version && before.step === step) return before.now;
  const now = nowAt(frame, step);
  const touched = now.touches(prefix);
  // What was marked as changed must lose its mark with the next step; of frames in between nothing is known.
  const holds = before?.version === version - 1 && !before.touched && !touched;
  readings.set(prefix, { version, step, now: holds ? before.now : now, touched });
  return holds ? before.now : now;
}

/** As {@link useNow}, for a panel that reads only slots whose names begin so: the same object while nothing touches those. */
export function useNowOf(prefix: string): Now {
  return useSettled((state) => nowOf(prefix, state.frame, state.step));
}
