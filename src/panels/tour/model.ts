/** Where the stops of the tour are in a run. Pure, apart from the commands that go there. */
import { tourQuestions, tourStops } from '../../content/tour.ts';
import type { Look, StopPlace, TourQuestion, TourStop } from '../../content/tour.ts';
import { commands } from '../../store/commands.ts';
import { DEFAULT_RUN } from '../../store/config.ts';
import { positionOfKey } from '../../store/outline.ts';
import { LENSES, appStore } from '../../store/store.ts';
import type { Lens, Outline, Place } from '../../store/store.ts';
import { moveTour, startTour } from '../../store/tour.ts';
import { isLow } from './spot.ts';

/** The position at which that place is shown; undefined where the run does not come to it. */
export function positionOf(at: StopPlace, outline: Outline): number | undefined {
  return at === 'start' ? 0 : positionOfKey(outline, at.key, at.occurrence);
}

/** The lens that a stop or a question opens, if it opens one. */
export function lensOf({ look }: { look: Look }): Lens | undefined {
  return LENSES.find((lens) => lens === look.lens);
}

function placeIn(at: StopPlace): Place {
  return at === 'start' ? { kind: 'position', position: 0 } : { kind: 'key', ...at };
}

/** Opens what a stop or a question asks to look at; that, and its words, have the room of settings that were open before. */
function lookAt(one: { look: Look }): void {
  const lens = lensOf(one);
  // Whatever opens a lens shows it, so where a page shows one thing at a time, what the stop is about comes after.
  if (lens !== undefined) commands.openLens(lens);
  appStore.setState({ view: 'stage', settings: false });
}

/** Opens what the stop asks to look at, and goes to its step, as far as the open run has it. */
export function visit(stop: TourStop): void {
  const { outline } = appStore.getState();
  lookAt(stop);
  const to = outline === null ? undefined : positionOf(stop.at, outline);
  if (to !== undefined) commands.seek(to);
}

/** Opens the run that the tour was written for, at that place of it. */
export function openTourRun(at: StopPlace): void {
  commands.open(DEFAULT_RUN, placeIn(at));
}

/** To the stop with that index; `anew`: in the tour's run, since the one that is open was only to be seen from here. */
export function toStop(at: number, anew = false): void {
  const stop = tourStops[at];
  if (stop === undefined) return;
  moveTour({ part: 'stops', at });
  if (!anew) return visit(stop);
  lookAt(stop);
  openTourRun(stop.at);
}

/** Goes on with the tour where it was ended, and at a stop leads back to it. */
export function goOn(): void {
  startTour();
  const { tour } = appStore.getState();
  const stop = tour?.part === 'stops' && tour.at > 0 ? tourStops[tour.at] : undefined;
  if (stop !== undefined) visit(stop);
}

/** To the question with that index, and what it needs. */
export function toQuestion(at: number): void {
  const question = tourQuestions[at];
  if (question === undefined) return;
  moveTour({ part: 'questions', at, picked: null });
  lookAt(question);
}

/** Shows where the answer of a question is: in its lens, or on the stage. */
export function showAnswer(question: TourQuestion): void {
  const lens = lensOf(question);
  if (lens === undefined || isLow()) appStore.setState({ view: 'stage' });
  else commands.openLens(lens);
}

/** To the first step with that key: in the open run if it has one, else in the tour's. */
export function toKey(key: string): void {
  const { outline } = appStore.getState();
  const to = outline === null ? undefined : positionOfKey(outline, key, 1);
  if (to === undefined) openTourRun({ key, occurrence: 1 });
  else commands.seek(to);
}
