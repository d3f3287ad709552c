/**
 * What the page and the engine say to each other, over one MessagePort. Commands go to the engine, events come back.
 * Every union is closed by an exhaustive switch on both sides. Position n is the state after n steps; the step that led
 * there is step n - 1, shown to people as "step n".
 */
import type { ActKind, Citation, Config, Effect, Party, StepRecord, Value } from '../sim/index.ts';

export type { ActKind, Citation, Config, Effect, Party, StepRecord, Value };

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

/** What opens when nobody asks for anything else. */
export const DEFAULT_RUN: RunSpec = {
  scenario: 'netif-multipage',
  config: { txPages: 4, rxPages: 4, queues: 1, maxGrantFrames: 64, backend: 'pv' },
  choices: [],
};

export type StepHow = 'into' | 'over' | 'out' | 'back' | 'back-over' | 'chapter' | 'chapter-back' | 'start' | 'end';

export type Command =
  /** `state` is how the fingerprint of the state there began when somebody was there: another one is told of. */
  | { type: 'open'; run: RunSpec; at: Place; state?: string }
  /** `ahead`: the id of the picture that was sent ahead of this step, which the page shows already. */
  | { type: 'step'; how: StepHow; ahead?: number }
  | { type: 'seek'; to: number }
  | { type: 'choose'; thread: string }
  | { type: 'play'; stepsPerSecond: number }
  | { type: 'pause' }
  /** Shows the steps between these positions alone, until another run is opened: nothing leads beyond them. */
  | { type: 'confine'; from: number; to: number }
  /** Where playing and `run` stop from now on; replaces those of before. */
  | { type: 'stops'; stops: readonly Stop[] }
  /** To the next place on (1) or back (-1) where one of `until` holds; without `until`, one of the stops set. */
  | { type: 'run'; direction: 1 | -1; until?: readonly Stop[] }
  /** A question about the whole run; moves nothing. Answered by `answer` with the same id. */
  | { type: 'ask'; id: number; question: Question }
  /** Gives up the run that is being opened; the one before it stays. */
  | { type: 'cancel' }
  | { type: 'ack'; frame: number };

/** Something in the state that is written as one: bytes of a machine frame, or a slot or a part of one. */
export type Cell =
  /** At most 64 bytes. `mask`, of at most 4 bytes little-endian, picks bits of them. */
  | { cell: 'bytes'; frame: number; offset: number; length: number; mask?: number }
  /** `part` leads into the slot's value, field by field; empty for the whole of it. */
  | { cell: 'slot'; name: string; part: readonly string[] };

/** Something at which a run can stop: after the step that makes it so. */
export type Stop =
  /** Any step of `function#label`. */
  | { kind: 'line'; key: string }
  /** The first step of a function, by the name that people read, each time that it is entered. */
  | { kind: 'function'; fn: string }
  | { kind: 'changes'; cell: Cell }
  /** It was another value before, and is this one now. Bytes are compared as hexadecimal text. */
  | { kind: 'becomes'; cell: Cell; value: Value };

export type Question =
  /** Who wrote this cell, in the whole run? */
  | { kind: 'writers'; cell: Cell }
  /** What is different between two positions? */
  | { kind: 'compare'; from: number; to: number }
  /** What were the steps between two positions, and what did they do? Of very many the first are answered. */
  | { kind: 'records'; from: number; to: number }
  /** What does the page show at these positions, the last one included? Of very many the first are answered. */
  | { kind: 'frames'; from: number; to: number };

/** One step that changed a cell's content. Bytes are hexadecimal text in memory order, masked bits a number. */
export interface Write {
  /** Position just after the step. */
  position: number;
  thread: string;
  party: Party;
  /** `function#label`. */
  key: string;
  /** The name that people read of that function. */
  shown: string;
  before: Value;
  after: Value;
  /**
   * Of a key that this step committed: whose transaction that was, and the positions just after the step that began it and the
   * one in it that wrote the key. (Its id is no name for it: each connection counts its own.)
   */
  inside?: { connection: string; begun: number; position: number };
}

/** A step that made the page of a cell, zeroed, or the ring in it: it may have stored what was there already. */
export type Origin = Pick<Write, 'position' | 'thread' | 'party' | 'key' | 'shown'> & { how: 'zeroed' | 'initialised' };

export type Answer =
  /** Ascending; of more than 500 the nearest to the position shown. `total` counts them all. `origins`: if there are any. */
  | { kind: 'writers'; writes: readonly Write[]; total: number; origins?: readonly Origin[] }
  /** Every difference. There may be 100,000 words of memory: each is four numbers, (frame, byte offset, before, after). */
  | { kind: 'compare'; from: number; to: number; slots: readonly SlotChange[]; words: Float64Array<ArrayBuffer> }
  /** The steps from the first on, so many as can be told at once: ask on for the rest. */
  | { kind: 'records'; records: readonly StepRecord[] }
  /** Frames of no number, each a change of the one before; the first stands alone. Ask on for the rest. */
  | { kind: 'frames'; frames: readonly Frame[] }
  /** It could not be answered. */
  | { kind: 'none'; reason: string };

/** Where to go in a run that is being opened. A chapter survives a change of the sliders; a key is `function#label`. */
export type Place =
  | { kind: 'position'; position: number }
  | { kind: 'chapter'; chapter: string }
  | { kind: 'key'; key: string; occurrence: number };

export type Event =
  | { type: 'ready'; protocol: number; scenarios: readonly ScenarioInfo[] }
  | { type: 'outline'; outline: Outline }
  | { type: 'frame'; frame: Frame }
  /** The picture of a step that nobody has asked for yet. */
  | { type: 'ahead'; frame: Frame }
  | { type: 'playing'; playing: boolean }
  | { type: 'answer'; id: number; answer: Answer }
  /** Playing or `run` stopped at this position because of that stop. */
  | { type: 'stopped'; position: number; stop: Stop }
  /** A run is being recorded, and takes its time: so many steps so far. */
  | { type: 'progress'; steps: number }
  /** A command that could not be done; what is on screen stays. */
  | { type: 'rejected'; command: Command['type']; reason: string }
  /** A defect of ours: latched, every later command is answered with it. */
  | { type: 'fatal'; reason: string; run: RunSpec | null; position: number };

export interface ScenarioInfo {
  id: string;
  title: string;
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
  /** Depth of the call stack before the step, by step. */
  depth: Uint8Array;
  /** Depth of the function in which its thread went on, by step: less than `depth` where it returned; -1 at the thread's end. */
  floor: Int8Array;
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
  /** It is none of the scenario's: somebody acted or chose otherwise, and this came of it. */
  added?: true;
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
  /**
   * For each log that steps so far have printed to, by its slot: the position just after the step that printed each of
   * its last lines. Lines before those were there when the run began.
   */
  printed: readonly (readonly [log: string, positions: readonly number[]])[];
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

export interface SlotChange {
  cell: 'slot';
  name: string;
  before: Value;
  after: Value;
}

/** One cell that the step changed. */
export type Change =
  | SlotChange
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
