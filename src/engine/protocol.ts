/**
 * What the page and the engine say to each other, over one MessagePort. Commands go to the engine, events come back.
 * Every union is closed by an exhaustive switch on both sides. Position n is the state after n steps; the step that led
 * there is step n - 1, shown to people as "step n".
 */
import type { ActKind, Citation, Config, Effect, Party, Value } from '../sim/index.ts';

export type { ActKind, Citation, Config, Effect, Party, Value };

export const PROTOCOL = 1;

/** A run is its scenario, its configuration, and where it leaves the natural order. Permalinks hold exactly this. */
export interface RunSpec {
  scenario: string;
  config: Config;
  /**
   * [position, who]: at that position this thread runs instead of the natural one, or this act is taken (`act:` and its
   * id). Ascending positions.
   */
  choices: readonly (readonly [number, string])[];
}

export type StepHow = 'into' | 'over' | 'out' | 'back' | 'back-over' | 'chapter' | 'chapter-back' | 'start' | 'end';

export type Command =
  | { type: 'open'; run: RunSpec; at: Place }
  | { type: 'step'; how: StepHow }
  | { type: 'seek'; to: number }
  | { type: 'choose'; thread: string }
  | { type: 'play'; stepsPerSecond: number }
  | { type: 'pause' }
  | { type: 'ack'; frame: number };

/** Where to go in a run that is being opened. A chapter survives a change of the sliders; a key is `function#label`. */
export type Place =
  | { kind: 'position'; position: number }
  | { kind: 'chapter'; chapter: string }
  | { kind: 'key'; key: string; occurrence: number };

export type Event =
  | { type: 'ready'; protocol: number; scenarios: readonly ScenarioInfo[] }
  | { type: 'outline'; outline: Outline }
  | { type: 'frame'; frame: Frame }
  | { type: 'playing'; playing: boolean }
  /** A command that could not be done; what is on screen stays. */
  | { type: 'rejected'; command: Command['type']; reason: string }
  /** A defect of ours: latched, every later command is answered with it. */
  | { type: 'fatal'; reason: string; run: RunSpec | null; position: number };

export interface ScenarioInfo {
  id: string;
  title: string;
  /** A few sentences, plain text. */
  summary: string;
  /** The sliders that show it best. */
  defaults: Config;
  /** What a person can do in it, beside choosing who runs. */
  acts: readonly ActInfo[];
}

export interface ActInfo {
  id: string;
  kind: ActKind;
  party: Party;
  title: string;
}

/** How a choice names an act. */
export const ACT_PREFIX = 'act:';

/** The shape of the whole recorded run: sent when a run is opened or branches, for the timeline. */
export interface Outline {
  run: RunSpec;
  /** Number of steps. */
  length: number;
  threads: readonly { name: string; party: Party }[];
  /** Index into `threads`, by step. */
  thread: Uint8Array;
  /** Index into `keys`, by step. */
  key: Uint16Array;
  /** Depth of the call stack, by step. */
  depth: Uint8Array;
  /** 1 where the code that runs is Xen's, by step (it runs on the caller's thread). */
  inXen: Uint8Array;
  /** 1 where the step is a request to xenstored, by step. */
  inXenstored: Uint8Array;
  /** `function#label` of every operation that occurs. */
  keys: readonly string[];
  chapters: readonly Chapter[];
  /** Watch events from the step that caused them to the step that took them. */
  messages: readonly Message[];
}

export interface Chapter {
  id: string;
  title: string;
  /** Position at which it begins: its first step is step `at`. */
  at: number;
}

export interface Message {
  from: number;
  to: number;
  kind: 'watch' | 'event-channel' | 'spawn';
}

/** One picture. A keyframe carries everything; a delta what differs from the frame before it. */
export interface Frame {
  id: number;
  kind: 'key' | 'delta';
  position: number;
  /** The step that led here; null at position 0. */
  step: StepView | null;
  /** What could run next. The natural one is first. */
  choices: readonly ChoiceView[];
  /** For each act of the scenario, in its order: why it cannot be taken here; null if it can. */
  refusals: readonly (string | null)[];
  /** [slot name, value]; undefined = absent now. */
  slots: readonly (readonly [string, Value])[];
  /** Names of slots, of those that the page asks it of, that are absent now and were not before. */
  gone: readonly string[];
  /** Keyframe: whole pages of 4096 bytes, by machine frame. */
  pages: readonly (readonly [number, Uint8Array<ArrayBuffer>])[];
  /** Delta: triples (machine frame, byte offset, new 32-bit word). */
  words: Float64Array<ArrayBuffer>;
  /** Fingerprint of the state, 16 hexadecimal digits. */
  fingerprint: string;
}

export interface ChoiceView {
  thread: string;
  /** `function#label` that it would run. */
  key: string;
}

export interface StackEntry {
  /** Unique name; `shown` is what people read. */
  fn: string;
  shown: string;
  party: Party;
  cite: Citation;
  /** Label of the operation under way in that function. */
  label: string;
}

export interface ListingLine {
  label: string;
  kind: 'step' | 'local' | 'call';
  /** Shown name of the function a call enters, where it is fixed. */
  callee?: string;
  /** Why several things happen at once here. */
  atomic?: string;
  /** Nesting in whens and loops. */
  indent: number;
}

/** One cell that the step changed. */
export type Change =
  | { cell: 'slot'; name: string; before: Value; after: Value }
  | { cell: 'word'; frame: number; offset: number; before: number; after: number };

export interface StepView {
  /** Counted from 0; people read n + 1. */
  n: number;
  thread: string;
  party: Party;
  /** `function#label`. */
  key: string;
  /** Outermost first; the last entry is the function the step belongs to. */
  stack: readonly StackEntry[];
  listing: readonly ListingLine[];
  /** Set where the function departs from the cited source. */
  departs?: string;
  effects: readonly Effect[];
  /** At most 200; `changed` counts them all. */
  changes: readonly Change[];
  changed: number;
}
