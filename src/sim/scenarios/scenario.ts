import type { Machine, Thread, ThreadDeclaration } from '../machine/machine.ts';
import type { Party } from '../machine/program.ts';

/** The sliders of the page and the options of the command line. See architecture section 7. */
export interface Config {
  /** Pages of each TX ring and of each RX ring: 1, 2, 4, 8 or 16. */
  txPages: number;
  rxPages: number;
  /** Queues that both sides allow: 1 to 8. */
  queues: number;
  /** Limit of domU's grant table in frames: 4 to 256. */
  maxGrantFrames: number;
  /** How dom0 runs, hence which ring_ops map the rings. */
  backend: 'pv' | 'pvh';
}

/** A thread, and whose it is: the lane and its colour. */
export interface ThreadSpec extends ThreadDeclaration {
  readonly party: Party;
}

export interface ChapterSpec {
  readonly id: string;
  readonly title: string;
  /** `function#label` whose first occurrence begins it. */
  readonly begins: string;
}

/** A family of runs: who takes part, how the world looks before the first step, and the natural order. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** Where the notes on Linux that the model follows say what happens: a section, and the row of a table. */
  readonly reference: string;
  readonly defaults: Config;
  /** In the order of their lanes; depends on the number of queues. */
  readonly threads: (config: Config) => readonly ThreadSpec[];
  readonly chapters: readonly ChapterSpec[];
  /** What the checker asks of it; that of the handshake if not given. */
  readonly question?: 'handshake' | 'lifecycle' | 'traffic' | 'unwinding';
  /** Ids of the acts that a person may take in it. */
  readonly acts: readonly string[];
  /** The world just before step 0, with the first threads ready to run. */
  readonly build: (config: Config) => Machine;
  /** The natural order: which of the enabled threads runs next. */
  readonly schedule: (enabled: readonly Thread[], last: Thread | undefined) => Thread;
}
