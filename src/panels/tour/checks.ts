/** What answers each question of the tour: a state of the page, and a way to bring it about. */
import { tourQuestions } from '../../content/tour.ts';
import { commands } from '../../store/commands.ts';
import { DEFAULT_RUN } from '../../store/config.ts';
import { positionOfKey } from '../../store/outline.ts';
import { appStore } from '../../store/store.ts';
import type { AppState, Config, Effect, Outline, Place, RunSpec } from '../../store/store.ts';
import { keySubject } from '../../store/subjects.ts';
import { moveTour } from '../../store/tour.ts';
import {
  missedAlone, missedKey, missedPages, missedPvh, missedSound, missedStep, notFirstPage, notTelling, positionOfNth, positionsOf,
} from './miss.ts';
import type { Miss } from './miss.ts';

/** What a question is about: the run that is opened for it, and of the runs that will do, what they have. */
export interface Needs {
  run: RunSpec;
  /** Where it opens; without that, at its beginning, since to find the step is what is asked for. */
  at?: Place;
  /** A step that has to be in the run; without one, the scenario has to be that of `run`. */
  step?: string;
}

export interface Check {
  /** True in every state that answers the question. */
  holds: (state: AppState) => boolean;
  /** Brings about such a state. */
  show: () => void;
  /** Where the page does not answer it although somebody did something: what is not right yet. */
  miss?: Miss;
  /** That can be told as soon as it is done: something was pressed. Elsewhere people are on their way until they rest. */
  pressed?: true;
  /** What it is about, where not any run will do. */
  needs?: Needs;
}

const FRONTEND = '/local/domain/5/device/vif/0';
const CONNECTED = 4;
/** Steps at which what is asked happens. */
const MAP = 'map_grant_ref#map_one';
const UNMAP = 'unmap_grant_ref#unmap_one';
const VMAP = 'xenbus_map_ring_valloc_hvm#vmap_pages';
const FREE = 'gnttab_end_foreign_access#free_page';
const PUBLISHES = 'talk_to_netback#transaction_end';
const SAYS_CONNECTED = { key: 'xenbus_switch_state#transaction_end', occurrence: 2 };
const LOOKS_AGAIN = 'xenvif_napi_schedule_or_enable_events#count_requests_again';
/** Occurrence of {@link MAP} at which the third of four pages is refused. */
const THIRD = 3;

/** Has somebody asked who wrote a slot whose name matches? */
function asked({ inquiry }: AppState, name: RegExp): boolean {
  const cell = inquiry?.subject.cell;
  return cell?.cell === 'slot' && name.test(cell.name);
}

/** Did the step that led here do something of that kind? */
function did({ step }: AppState, is: (effect: Effect) => boolean): boolean {
  return step?.effects.some(is) === true;
}

/** Is this the first step with that key? */
function isFirst({ outline, position, step }: AppState, key: string): boolean {
  return outline !== null && step?.key === key && positionOfKey(outline, key, 1) === position;
}

/** Did Xen refuse to map a reference in this step, and say why? */
function isRefused(effect: Effect): boolean {
  const { kind, op, result } = effect;
  return (
    kind === 'xen' && op === 'map_grant_ref' && typeof result === 'object' && result !== null &&
    'status' in result && typeof result.status === 'number' && result.status < 0
  );
}

function saysConnected({ stage }: AppState): boolean {
  return stage.frontend.track.published === CONNECTED;
}

/** The guest says Connected, its rings are there, and dom0 maps no page of them. */
function isConnectedAlone(state: AppState): boolean {
  const pages = state.stage.rings.flatMap((ring) => ring.pages);
  return saysConnected(state) && pages.length > 0 && pages.every(({ handle }) => handle === null);
}

function runOf(scenario: string, change: Partial<Config> = {}): RunSpec {
  return { scenario, config: { ...DEFAULT_RUN.config, ...change }, choices: [] };
}

/** Goes to that step of the tour's run, or of another. */
function goTo(key: string, occurrence = 1, run: RunSpec = DEFAULT_RUN): void {
  commands.open(run, { kind: 'key', key, occurrence });
}

/** The run that is open, or else the tour's, with a PVH dom0; and with grant frames enough to come to mapping its rings. */
function withPvh({ run: { scenario, config } }: AppState): RunSpec {
  const own = scenario === DEFAULT_RUN.scenario ? config : DEFAULT_RUN.config;
  const maxGrantFrames = Math.max(own.maxGrantFrames, DEFAULT_RUN.config.maxGrantFrames);
  return runOf(DEFAULT_RUN.scenario, { ...own, maxGrantFrames, backend: 'pvh' });
}

/** Goes to where that key is published, so that the lens is at it, and asks who wrote it. */
function askAbout(name: string, key: string, occurrence = 1): void {
  goTo(key, occurrence);
  commands.inquire(keySubject(`${FRONTEND}/${name}`));
}

/** The scenario that the tour is about. */
const TOUR: Needs = { run: DEFAULT_RUN };
/** There, once the keys are there that may be pressed. */
const KEYS: Needs = { ...TOUR, at: { kind: 'key', key: PUBLISHES, occurrence: 1 } };
/** There, once they have told what they tell, at a step that writes none of them. */
const TOLD: Needs = { ...TOUR, at: { kind: 'key', key: MAP, occurrence: 1 } };
/** The one in which the two ends part. */
const PARTING = runOf('close-unplug', { txPages: 1, rxPages: 1 });
const BAD_PAGE = runOf('fault-third-page-bad');

/** Is the run open that the question is about? True as well while none is. */
export function hasNeeds({ needs }: Check, outline: Outline | null): boolean {
  if (needs === undefined || outline === null) return true;
  return needs.step === undefined ? outline.run.scenario === needs.run.scenario : outline.keys.includes(needs.step);
}

/** Opens the run that the question is about. */
export function openNeeded({ run, at = { kind: 'position', position: 0 } }: Needs): void {
  commands.open(run, at);
}

/** A question with choices, by its number. */
function choice(id: number): Check {
  const right = tourQuestions.find((question) => question.id === id)?.choices?.findIndex((one) => one.right === true);
  return {
    holds: ({ tour }) => tour !== null && tour.picked === right,
    show: () => moveTour({ picked: right ?? null }),
  };
}

/** By the number of the question. */
export const checks: Readonly<Record<number, Check>> = {
  1: {
    holds: (state) => asked(state, /^xs:node:\/local\/domain\/5\/device\/vif\/0\/(queue-\d+\/)?tx-ring-ref0?$/),
    show: () => askAbout('tx-ring-ref0', PUBLISHES),
    miss: missedKey(FRONTEND, notFirstPage),
    pressed: true,
    needs: KEYS,
  },
  2: {
    holds: (state) => isFirst(state, MAP),
    show: () => goTo(MAP),
    miss: missedStep(positionOfNth(MAP, 1)),
    needs: { ...TOUR, step: MAP },
  },
  3: {
    holds: ({ step }) => step?.key === UNMAP,
    show: () => goTo(UNMAP, 1, PARTING),
    miss: missedStep(positionsOf(UNMAP)),
    needs: { run: PARTING, step: UNMAP },
  },
  4: {
    holds: (state) => asked(state, /^xs:node:\/local\/domain\/5\/device\/vif\/0\/state$/) && saysConnected(state),
    show: () => askAbout('state', SAYS_CONNECTED.key, SAYS_CONNECTED.occurrence),
    miss: missedKey(FRONTEND, notTelling),
    pressed: true,
    needs: TOLD,
  },
  5: {
    holds: isConnectedAlone,
    show: () => goTo(SAYS_CONNECTED.key, SAYS_CONNECTED.occurrence),
    miss: missedAlone(CONNECTED),
    needs: TOUR,
  },
  6: {
    holds: ({ run }) => run.config.txPages === 16,
    show: () => commands.configure({ txPages: 16, rxPages: 16 }),
    miss: missedPages,
    needs: TOUR,
  },
  7: {
    holds: ({ step }) => step?.key === VMAP,
    show: () => goTo(VMAP, 1, withPvh(appStore.getState())),
    miss: missedPvh(positionsOf(VMAP)),
    needs: TOUR,
  },
  8: {
    holds: (state) => did(state, isRefused),
    show: () => goTo(MAP, THIRD, BAD_PAGE),
    miss: missedStep(positionOfNth(MAP, THIRD)),
    needs: { run: BAD_PAGE },
  },
  9: choice(9),
  10: {
    // A seeded bug frees a page that is still mapped: that is what goes wrong.
    holds: (state) => !state.run.scenario.startsWith('bug-') && did(state, ({ kind }) => kind === 'free-page'),
    show: () => goTo(FREE, 1, PARTING),
    miss: missedSound(positionsOf(FREE)),
    needs: { run: PARTING, step: FREE },
  },
  11: {
    holds: ({ step }) => step?.key === LOOKS_AGAIN,
    show: () => goTo(LOOKS_AGAIN),
    miss: missedStep(positionsOf(LOOKS_AGAIN)),
    needs: { ...TOUR, step: LOOKS_AGAIN },
  },
  12: choice(12),
};

/** A state that nobody passes through only by playing, or on the way to somewhere else. */
export function isAtRest({ playing, goal, outline, run }: AppState): boolean {
  return !playing && goal === null && outline !== null && outline.run.scenario === run.scenario;
}
