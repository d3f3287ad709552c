// Zones that stand one under another do not all fit a narrow page: it follows the run from zone to zone.
import { CHANGED } from '../parts/changed.ts';
import { afterLayout } from '../store/after-layout.ts';
import { appStore } from '../store/store.ts';

/** The thread that runs, in its domain; and what stands at the top of that, the running line with it. */
const ACTING = '[data-hot][data-elsewhere]';
const TOP = '[data-side]';

/** The zone last followed to and that of who acted, and where that was: coming back to the stage is no step. */
let zone: Element | null = null;
let actor: Element | null = null;
let position: number | null = null;

function follow(stage: Element | null): void {
  const state = appStore.getState();
  // A frame may come that has the same step, and more of the run.
  if (stage === null || stage.clientHeight === 0 || state.position === position) return;
  const leapt = position === null || Math.abs(state.position - position) > 1;
  position = state.position;
  const acting = stage.querySelector(ACTING)?.closest('section') ?? null;
  // The caption says who acts; only where another one begins, and nothing is changed or read, there is nothing else to see.
  const elsewhere = leapt || acting !== actor;
  actor = acting;
  const touched = stage.querySelector(CHANGED) ?? (elsewhere ? acting?.querySelector(TOP) : null);
  const around = touched?.closest('section') ?? null;
  if (around === null || (around === zone && !leapt)) return;
  zone = around;
  const still = leapt || (state.playing && state.speed > 1) || matchMedia('(prefers-reduced-motion: reduce)').matches;
  // Of a zone that fits, all is shown: the next steps may touch any of it.
  const target = around.clientHeight < stage.clientHeight ? around : touched;
  target?.scrollIntoView({ block: 'nearest', behavior: still ? 'instant' : 'smooth' });
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
