// Zones that stand one under another do not all fit a narrow page: it follows the run from zone to zone.
import { CHANGED } from '../parts/changed.ts';
import { afterLayout } from '../store/after-layout.ts';
import { appStore } from '../store/store.ts';

/** What the domains share is where a step writes; their own cards show what came of it too, such as a page no longer mapped. */
const SHARED = `[data-party^=xen] ${CHANGED}`;

/** The thread that runs, in its domain. */
const ACTING = '[data-hot][data-elsewhere]';

/** The zone last followed to, and where that was: coming back to the stage is no step. */
let zone: Element | null = null;
let position: number | null = null;

function follow(stage: Element | null): void {
  const state = appStore.getState();
  // A frame may come that has the same step, and more of the run.
  if (stage === null || stage.clientHeight === 0 || state.position === position) return;
  const leapt = position === null || Math.abs(state.position - position) > 1;
  position = state.position;
  const actor = stage.querySelector(ACTING)?.closest('section');
  const touched = stage.querySelector(SHARED) ?? actor?.querySelector(CHANGED) ?? stage.querySelector(CHANGED) ?? actor;
  const around = touched?.closest('section');
  if (!around) return;
  // Of a zone that fits, all is shown: the next steps may touch any of it.
  const target = around.clientHeight < stage.clientHeight ? around : touched;
  if (around === zone && target === around && !leapt) return;
  zone = around;
  const still = leapt || (state.playing && state.speed > 1) || matchMedia('(prefers-reduced-motion: reduce)').matches;
  target?.scrollIntoView({ block: target.clientHeight < stage.clientHeight ? 'nearest' : 'start', behavior: still ? 'instant' : 'smooth' });
}

/**
 * Scrolls the stage by the least that shows where a step happened: once for each change of zone, where that fits. In
 * between it stays where a person scrolled it. @returns what ends that
 */
export function followSteps(stage: () => Element | null): () => void {
  const look = (): unknown => afterLayout(() => follow(stage()));
  look();
  return appStore.subscribe((now, before) => {
    if (now.frame !== before.frame || now.view !== before.view) look();
  });
}
