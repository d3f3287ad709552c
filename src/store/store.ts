import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type {
  ChoiceView,
  Command,
  Event,
  Outline,
  RunSpec,
  ScenarioInfo,
  StepView,
} from '../engine/protocol.ts';
import type { Notes, Terms } from '../content/schema.ts';
import { DEFAULT_RUN } from './config.ts';
import type { Lens } from './lenses.ts';
import { createMirror } from './mirror.ts';
import { stageView } from './stage/stage-view.ts';
import type { Answer, Frame, Stop } from '../engine/protocol.ts';
import type { Range } from './range.ts';
import type { Subject } from './subjects.ts';
import type { StageView } from './view.ts';

export type {
  Answer,
  Cell,
  Change,
  ChoiceView,
  Citation,
  Command,
  Config,
  Effect,
  Event,
  ListingLine,
  Outline,
  Party,
  Place,
  RunSpec,
  ScenarioInfo,
  SlotChange,
  StackEntry,
  StepHow,
  StepRecord,
  StepView,
  Stop,
  Value,
  Origin,
  Write,
} from '../engine/protocol.ts';

export { LENSES } from './lenses.ts';
export type { Lens } from './lenses.ts';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
/**
 * At ½ there is time to read a title, at 1 to see where something happens; at 16 the whole handshake passes in less than
 * half a minute.
 */
export const SPEEDS = [0.5, 1, 4, 16] as const;
export type Speed = (typeof SPEEDS)[number];
export const STEPS_PER_SECOND = 2;

/** What a page that is not wide shows one at a time. */
export const VIEWS = ['stage', 'story', 'lens', 'timeline'] as const;
export type View = (typeof VIEWS)[number];

/** How a question of the tour came to its answer: without help or with it. */
export type Answered = 'alone' | 'hint' | 'shown';

/** Commands that open a run: what is refused of them is said beside its settings, and is nothing of a dialog. */
export const OPENING: ReadonlySet<Rejection['command']> = new Set(['open', 'link']);

/** Where somebody is in the guided tour. */
export interface TourState {
  part: 'stops' | 'questions' | 'results';
  /** Index of the stop or of the question. */
  at: number;
  /** By the question's number; those that are open are not there. */
  answers: Readonly<Record<number, Answered>>;
  /** Numbers of the questions whose hint was read. */
  hinted: readonly number[];
  /** The choice picked last of the question that is shown; null before one is. */
  picked: number | null;
}

export interface Rejection {
  command: Command['type'] | 'link';
  reason: string;
}

/** What somebody wants to know who wrote; the answer comes later. */
export interface Inquiry {
  subject: Subject;
  /** Null until it is there; `moved` where what lay at that address of memory may lie elsewhere in the run now open. */
  answer: Extract<Answer, { kind: 'writers' | 'none' }> | { kind: 'moved' } | null;
  /** What was pressed to ask, where that is known: the answer stands beside it. */
  from: Element | null;
}

/** Somewhere the run stops when it plays. */
export interface Breakpoint {
  stop: Stop;
  /** For people, such as “backend state becomes 4”. */
  name: string;
  on: boolean;
}

/** A step that somebody marked, to compare it with another. */
export interface Mark {
  run: RunSpec;
  position: number;
}

export interface Comparison {
  from: number;
  to: number;
  /** Null until the answer is there. */
  answer: Extract<Answer, { kind: 'compare' | 'none' }> | null;
}

/** A byte that the memory lens is at. */
export interface MemoryPlace {
  /** The machine frame; null before anything was there to show. */
  frame: number | null;
  offset: number;
  /** To the bytes that a step changes, whenever one does. */
  follow: boolean;
}

/** A run that was open and can be opened again; runs of one scenario and configuration that differ in their choices. */
export interface Branch {
  run: RunSpec;
  /** Steps it has; null of a natural order that was never open, as where a link led into a branch of it. */
  length: number | null;
  /** Where a person was in it last. */
  position: number;
  /** Counts up: of two branches, the one with the greater number was open later. */
  seen: number;
}

/** Why the run stands where it does: a stop that holds at this position. */
export interface StoppedAt {
  stop: Stop;
  position: number;
}

/** Dialogs that open from several places. */
export type Dialog = 'breakpoints' | 'search';

export type Fatal = Extract<Event, { type: 'fatal' }>;

/** What the page knows. Everything but settings and selections comes from the engine. */
export interface AppState {
  scenarios: readonly ScenarioInfo[];
  /** The run that was asked for last; the outline's own once it is open. */
  run: RunSpec;
  /** Null until the first run is open. */
  outline: Outline | null;
  /** The part of the run that is shown; null for all of it. */
  range: Range | null;
  position: number;
  /** The step that led here; null at position 0. */
  step: StepView | null;
  choices: readonly ChoiceView[];
  fingerprint: string;
  /** Counts frames applied: whoever reads the mirror selects this to know when to read again. */
  frame: number;
  /** What the stage draws of that frame. */
  stage: StageView;
  /** Which steps printed the lines of the logs, as frames tell it. */
  printed: Frame['printed'];
  /** What the memory lens shows. */
  memory: MemoryPlace;
  playing: boolean;
  /** Where the playing began that is under way, or was the last. */
  playedFrom: number;
  speed: Speed;
  theme: Theme;
  lens: Lens;
  /** Whether the lenses are open; null until a person says so: then the page's height decides. */
  lensOpen: boolean | null;
  /** Counts how often somebody asked from elsewhere to see a lens. */
  lensAsked: number;
  /** How high they are, in pixels, where a person said so; they leave the stage what it cannot do without. */
  lensHeight: number | null;
  view: View;
  /** Whether the settings are open, where they are behind a button. */
  settings: boolean;
  /** Single-key shortcuts. */
  shortcuts: boolean;
  /** Where the engine runs; null until it does. */
  engineMode: 'worker' | 'in-process' | null;
  rejected: Rejection | null;
  fatal: Fatal | null;
  /** Where the last seek leads, until its frame is there: keys may come faster than frames. */
  goal: number | null;
  /** The words about each step; null until they have come. */
  notes: Notes | null;
  /** What the words mean that a newcomer may not know; null until they have come. */
  terms: Terms | null;
  /** Null while nobody takes the tour. */
  tour: TourState | null;
  /** Where it was ended just now; null once somebody has gone on with something else. */
  tourLeft: TourState | null;
  /** The step to return to when the run that was asked for is open, if it has it. */
  wanted: { chapter: string; key: string; occurrence: number; /** It played, and goes on from there. */ plays?: true } | null;
  inquiry: Inquiry | null;
  breakpoints: readonly Breakpoint[];
  /** Which breakpoint's own button sent the run on last, see `stopId`, or all of them; null where something else moved it. */
  ranFrom: string | null;
  /** What the run stopped at; null once it moves on. */
  stoppedAt: StoppedAt | null;
  marks: { a: Mark | null; b: Mark | null };
  comparison: Comparison | null;
  /** Every run of this scenario and configuration that was open, in the order of their making; the open one among them. */
  branches: readonly Branch[];
  /** The same of other scenarios and configurations, for when one of them is open again. */
  shelf: readonly Branch[];
  /** Branches that there was no more room for. */
  forgotten: number;
  dialog: Dialog | null;
  /** Steps recorded of a run that is being opened and takes its time; null if none does. */
  opening: number | null;
  /** A part of the page, which comes when it is needed, could not be loaded. */
  stale: boolean;
  /** The page has just begun: what the first step does not need waits. */
  starting: boolean;
}

/** The page's one store. Plain zustand: whoever is no component reads it with `getState`. */
export const appStore = createStore<AppState>(() => ({
  scenarios: [],
  run: DEFAULT_RUN,
  outline: null,
  range: null,
  position: 0,
  step: null,
  choices: [],
  fingerprint: '',
  frame: 0,
  stage: stageView(createMirror(), null, { step: null, choices: [], gone: [] }),
  printed: [],
  memory: { frame: null, offset: 0, follow: true },
  playing: false,
  playedFrom: 0,
  speed: 1,
  theme: 'auto',
  lens: 'xenstore',
  lensOpen: null,
  lensAsked: 0,
  lensHeight: null,
  view: 'stage',
  settings: false,
  shortcuts: true,
  engineMode: null,
  rejected: null,
  fatal: null,
  goal: null,
  notes: null,
  terms: null,
  tour: null,
  tourLeft: null,
  wanted: null,
  inquiry: null,
  breakpoints: [],
  ranFrom: null,
  stoppedAt: null,
  marks: { a: null, b: null },
  comparison: null,
  branches: [],
  shelf: [],
  forgotten: 0,
  dialog: null,
  opening: null,
  stale: false,
  starting: false,
}));

/** What `select` picks from the store; renders again when that changes. Pick primitives or stable objects. */
export function useApp<T>(select: (state: AppState) => T): T {
  return useStore(appStore, select);
}

/** The name of the scenario that the run is of; its id where nothing is known of it. */
export function scenarioTitle({ scenarios, run }: AppState): string {
  return scenarios.find(({ id }) => id === run.scenario)?.title ?? run.scenario;
}
