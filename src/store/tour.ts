/** The guided tour's place and answers. What its stops and questions are, the tour itself knows. */
import { commands } from './commands.ts';
import { DEFAULT_RUN, sameRun } from './config.ts';
import { appStore } from './store.ts';
import type { TourState } from './store.ts';

const BEGINNING: TourState = { part: 'stops', at: 0, answers: {}, picked: null };

/** Starts the tour at the beginning of its run: the one that the page opens with. */
export function startTour(): void {
  const { run, outline } = appStore.getState();
  appStore.setState({ tour: BEGINNING });
  if (outline !== null && sameRun(run, DEFAULT_RUN) && run.choices.length === 0) return commands.seek(0);
  commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
}

/** Ends it; the page stays where it is. */
export function endTour(): void {
  appStore.setState({ tour: null });
}

/** Changes a part of the tour's state; nothing while nobody takes it. */
export function moveTour(change: Partial<TourState>): void {
  const { tour } = appStore.getState();
  if (tour !== null) appStore.setState({ tour: { ...tour, ...change } });
}
