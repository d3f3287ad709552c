// Zones that stand one under another do not all fit a narrow page: it follows the run from zone to zone.
import { afterLayout } from '../store/after-layout.ts';
import { appStore } from '../store/store.ts';

/** What a step changed. What can be seen elsewhere as well is only who acts. */
const CHANGED = '[data-hot]:not([data-elsewhere])';
/** The thread that runs, in its domain; and what stands at the top of that, the running line with it. */
const ACTING = '[data-hot][data-elsewhere]';
const TOP = '[data-side]';

/** Whose zone the step was in that was last followed, and where that was: coming back to the stage is no step. */
let zone: Element | null = null;
let position: number | null = null;

function follow(stage: Element | null): void {
  const state = appStore.getState();
  // A frame may come that has the same step, and more of the run.
  if (stage === null || stage.clientHeight === 0 || state.position === position) return;
  const leapt = position === null || Math.abs(state.position - position) > 1;
  position = state.position;
  const changed = stage.querySelector(CHANGED);
  const acting = stage.querySelector(ACTING)?.closest('section')?.querySelector(TOP) ?? null;
  const before = zone;
  zone = (acting ?? changed)?.closest('section') ?? null;
  if (zone === before && !leapt) return;
  // Where a leap led, what changed tells more than who acts.
  const touched = leapt ? changed ?? acting : acting ?? changed;
  const still = leapt || (state.playing && state.speed > 1) || matchMedia('(prefers-reduced-motion: reduce)').matches;
  touched?.scrollIntoView({ block: 'nearest', behavior: still ? 'instant' : 'smooth' });
}

/**
 * Scrolls the stage by the least that shows where a step happened, once for each change of zone. In between it stays
 * where a person scrolled it. @returns what ends that
 */
export function followSteps(stage: () => Element | null): () => void {
  const look = (): unknown => afterLayout(() => follow(stage()));
  look();
  return appStore.subscribe((now, before) => {
    if (now.frame !== before.frame || now.view !== before.view) look();
  });
}
