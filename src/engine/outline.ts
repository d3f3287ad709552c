import type { Calls } from '../base/calls.ts';
import type { ChapterSpec, Effect, Op } from '../sim/index.ts';
import type { Chapter, Message, Outline, RunSpec } from './protocol.ts';

/** One end of a message: the step that sent it or took it. */
interface End {
  step: number;
  effect: Effect;
}

/** Where a run leaves the natural order. */
export interface Fork {
  at: number;
  /** What somebody did there, in words; null where another thread was chosen. */
  act: string | null;
  /** The chapters that are known to follow. */
  sequel: readonly ChapterSpec[];
}

/** A chapter of nothing but a choice. */
const OTHER_ORDER = 'In another order';
/** After the name of a chapter that an act came into. */
const GOES_ON = ', continued';

interface Steps {
  /** The first step from `from` on with that key; -1 if there is none. */
  next: (begins: string, from: number) => number;
  /** The first step from `at` on of the thread that ran before it; -1 if there is none. */
  back: (at: number) => number;
}

const ENDS = new Set(['event', 'watch-dropped', 'watch-taken', 'spawn']);

/**
 * What is kept of each step while a run is executed for the first time, the one moment at which effects cost nothing.
 * One entry per step in every list.
 */
export class Recorder implements Calls {
  readonly thread: number[] = [];
  readonly op: Op[] = [];
  readonly depth: number[] = [];
  readonly floor: number[] = [];
  private readonly inXenstored: number[] = [];
  private ends: End[] = [];

  get length(): number {
    return this.thread.length;
  }

  add(thread: number, op: Op, depth: number, floor: number, effects: readonly Effect[]): void {
    for (const effect of effects) if (ENDS.has(effect.kind)) this.ends.push({ step: this.length, effect });
    this.thread.push(thread);
    this.op.push(op);
    this.depth.push(depth);
    this.floor.push(floor);
    this.inXenstored.push(effects.some((effect) => effect.kind === 'xs') ? 1 : 0);
  }

  /** Forgets the steps from `length` on. */
  truncate(length: number): void {
    for (const list of [this.thread, this.op, this.depth, this.floor, this.inXenstored]) list.length = length;
    this.ends = this.ends.filter((end) => end.step < length);
  }

  /** The outline of what is recorded, in arrays of its own. */
  outline(
    run: RunSpec, threads: Outline['threads'], chapters: readonly ChapterSpec[], forks: readonly Fork[] = [],
  ): Outline {
    const firsts = new Map<string, number>();
    const numbers = new Map<string, number>();
    const key = Uint16Array.from(this.op, (op, step) => {
      if (!firsts.has(op.key)) {
        firsts.set(op.key, step);
        numbers.set(op.key, numbers.size);
      }
      return numbers.get(op.key)!;
    });
    return {
      run,
      length: this.length,
      threads,
      thread: Uint8Array.from(this.thread),
      key,
      depth: Uint8Array.from(this.depth),
      floor: Int8Array.from(this.floor),
      inXen: Uint8Array.from(this.op, (op) => (op.fn.info.party === 'xen' ? 1 : 0)),
      inXenstored: Uint8Array.from(this.inXenstored),
      keys: [...numbers.keys()],
      chapters: withForks(chaptersOf(chapters, firsts), forks, {
        next: (begins, from) => {
          const number = numbers.get(begins);
          return number === undefined ? -1 : key.indexOf(number, from);
        },
        back: (at) => this.thread.indexOf(this.thread[at - 1] ?? -1, at),
      }),
      messages: this.messages(threads),
    };
  }

  private messages(threads: Outline['threads']): Message[] {
    const messages: Message[] = [];
    const waiting = new Map<string, number[]>();
    for (const { step, effect } of this.ends) {
      if (effect.kind === 'spawn') {
        const to = this.thread.indexOf(threads.findIndex(({ name }) => name === effect.thread), step + 1);
        if (to > 0) messages.push({ from: step, to, kind: 'spawn' });
        continue;
      }
      // Events of one connection and path are taken in the order in which they were queued.
      const line = JSON.stringify([effect.conn, effect.path]);
      const queue = waiting.get(line) ?? [];
      waiting.set(line, queue);
      if (effect.kind === 'event') queue.push(step);
      // One that merged with an earlier one leaves that in front of it.
      else if (effect.kind === 'watch-dropped') queue.splice(effect.coalesced ? 1 : 0, 1);
      else {
        const from = queue.shift();
        if (from !== undefined) messages.push({ from, to: step, kind: 'watch' });
      }
    }
    return messages.sort((a, b) => a.from - b.from || a.to - b.to);
  }
}

/** The chapters that this run reaches, in the order in which it does. */
function chaptersOf(specs: readonly ChapterSpec[], firsts: ReadonlyMap<string, number>): Chapter[] {
  return specs
    .flatMap(({ id, title, begins }) => {
      const at = firsts.get(begins);
      return at === undefined ? [] : [{ id, title, at }];
    })
    .sort((a, b) => a.at - b.at);
}

/**
 * The chapters, with those that came of what somebody did: each begins at the first step after that with its key. One of the
 * scenario's own that it came into goes on where its thread does. No two begin at one step. Choosing alone adds none, unless
 * the scenario has no chapter from there on.
 */
function withForks(own: readonly Chapter[], forks: readonly Fork[], steps: Steps): Chapter[] {
  const chapters = [...own];
  const add = (id: string, title: string, at: number): void => {
    if (at >= 0 && chapters.every((one) => one.at !== at)) chapters.push({ id: `${id}@${at}`, title, at, added: true });
  };
  for (const { at, act, sequel } of forks) {
    if (act === null) continue;
    const next = own.findIndex((chapter) => chapter.at >= at);
    const around = own[next - 1];
    add('act', act, at);
    for (const { id, title, begins } of sequel) add(id, title, steps.next(begins, at));
    const back = steps.back(at);
    const isSame = chapters.every((chapter) => chapter.at <= at || chapter.at > back);
    if (around !== undefined && isSame) add(around.id, `${around.title}${GOES_ON}`, back);
  }
  const [first] = forks;
  if (first !== undefined && chapters.every(({ at }) => at < first.at)) add('choice', OTHER_ORDER, first.at);
  return chapters.sort((a, b) => a.at - b.at);
}
