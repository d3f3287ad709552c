/** The guided tour's place and answers. What its stops and questions are, the tour itself knows. */
import { commands } from './commands.ts';
import { DEFAULT_RUN, sameRun } from './config.ts';
import { appStore } from './store.ts';
import type { RunSpec, TourState } from './store.ts';

const BEGINNING: TourState = { part: 'stops', at: 0, answers: {}, hinted: [], picked: null };

/** Where it was when somebody ended it: taken again, it goes on from there. */
let left: TourState | null = null;

/** Where the page was when it began. */
let before: { run: RunSpec; position: number } | null = null;

/** Where the tour that was ended waits; null where it would begin. */
export function tourWaitsAt(): Pick<TourState, 'part' | 'at'> | null {
  return left;
}

/** Begins the tour in its run, the one that the page opens with, with nothing answered. */
export function beginTour(): void {
  const { run, outline, position } = appStore.getState();
  before = outline === null || position === 0 ? null : { run: outline.run, position };
  // What it speaks of, where a page shows one thing at a time.
  appStore.setState({ view: 'stage', tour: BEGINNING, tourLeft: null });
  if (outline !== null && sameRun(run, DEFAULT_RUN) && run.choices.length === 0) return commands.seek(0);
  commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
}

/** Goes on with the tour where it was left, or begins it. */
export function startTour(): void {
  if (left === null) return beginTour();
  appStore.setState({ view: 'stage', tour: left, tourLeft: null });
  left = null;
}

/**
 * Ends it; the page stays where it is, and says how to go on, unless all that is left are its results. Whoever took nothing of
 * it, and perhaps did not mean to, is led back to where it began.
 */
export function endTour(): void {
  const { tour, position } = appStore.getState();
  if (tour === BEGINNING && position === 0 && before !== null) {
    commands.open(before.run, { kind: 'position', position: before.position });
  }
  left = tour === BEGINNING ? null : tour;
  appStore.setState({ tour: null, tourLeft: tour?.part === 'results' ? null : tour });
}

/** Says no more how to go on with it. */
export function forgetTourLeft(): void {
  appStore.setState({ tourLeft: null });
}

/** Changes a part of the tour's state; nothing while nobody takes it. */
export function moveTour(change: Partial<TourState>): void {
  const { tour } = appStore.getState();
  if (tour === null) return;
  // What was asked about at the card before would lie over what this one shows.
  if (change.at !== undefined) commands.closeInquiry();
  appStore.setState({ tour: { ...tour, ...change } });
}
