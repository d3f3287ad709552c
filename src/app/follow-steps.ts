// Zones that stand one under another do not all fit a narrow page: it follows the run from zone to zone.
import { afterPaint } from '../store/after-paint.ts';
import { appStore } from '../store/store.ts';

/** What a step changed. What can be seen elsewhere as well is only who acts. */
const CHANGED = '[data-hot]:not([data-elsewhere])';
/** The thread that runs, in its domain; and what stands at the top of that, the running line with it. */
const ACTING = '[data-hot][data-elsewhere]';
const TOP = '[data-side]';

/** What was last brought into sight, and at which step: coming back to the stage is no step. */
let zone: Element | null = null;
let position = 0;

/** What of a step is to be seen: where a leap led, what changed; else who acts, where that is a domain's thread. */
function touchedBy(stage: Element, leapt: boolean): Element | null {
  const changed = stage.querySelector(CHANGED);
  const acting = stage.querySelector(ACTING)?.closest('section')?.querySelector(TOP) ?? null;
  return leapt ? changed ?? acting : acting ?? changed;
}

function follow(stage: Element | null): void {
  const state = appStore.getState();
  if (stage === null || stage.clientHeight === 0) return;
  const leapt = Math.abs(state.position - position) > 1;
  const touched = touchedBy(stage, leapt);
  const now = touched?.closest('section') ?? null;
  position = state.position;
  if (touched === null || (now === zone && !leapt)) return;
  zone = now;
  const still = leapt || (state.playing && state.speed > 1) || matchMedia('(prefers-reduced-motion: reduce)').matches;
  touched.scrollIntoView({ block: 'nearest', behavior: still ? 'instant' : 'smooth' });
}

/**
 * Scrolls the stage by the least that shows where a step happened, once for each change of zone. In between it stays
 * where a person scrolled it. @returns what ends that
 */
export function followSteps(stage: () => Element | null): () => void {
  const look = (): unknown => afterPaint(() => follow(stage()));
  look();
  return appStore.subscribe((now, before) => {
    if (now.frame !== before.frame || now.view !== before.view) look();
  });
}
