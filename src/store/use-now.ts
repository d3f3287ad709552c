import { mirror } from './connection.ts';
import { Now } from './stage/now.ts';
import { useApp } from './store.ts';
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
  const frame = useApp((state) => state.frame);
  const step = useApp((state) => state.step);
  return nowAt(frame, step);
}
