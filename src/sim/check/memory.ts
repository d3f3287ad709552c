import type { Footprint } from '../machine/footprint.ts';
import type { State } from '../machine/state.ts';
import type { Value } from '../machine/value.ts';

/**
 * What a step came to once: cells that it read with what they held, and cells that it wrote with what they hold now.
 * From the same local state, and with the same held by what it read, it comes to the same again.
 */
interface Outcome {
  /** Words by index: what they held. */
  readonly words: Int32Array;
  readonly wordsHeld: Int32Array;
  /** Slots by id: two lanes each. */
  readonly slots: Int32Array;
  readonly slotsHeld: Int32Array;
  readonly wordsWritten: Int32Array;
  readonly wordsNow: Int32Array;
  readonly slotsWritten: Int32Array;
  readonly valuesNow: readonly Value[];
  readonly lanesNow: Int32Array;
  /** What the caller keeps with it. */
  readonly result: StepResult;
}

/** What a step came to, besides cells. */
export interface StepResult {
  /** Operations that ran: the step and what goes together with it. */
  readonly operations: number;
  /** Pairs (thread index, local state): who is now elsewhere. */
  readonly moved: readonly number[];
  /** Numbers of the shared cells that were written. */
  readonly written: readonly number[];
}

const KEPT = 64;

/** Remembers outcomes of steps by local state, so that most steps need not be run again. */
export class Memory {
  private readonly outcomes: Outcome[][] = [];

  /** Does again what the step of local state `at` did, if it would. @returns undefined if that is not known */
  replay(at: number, state: State): StepResult | undefined {
    const list = this.outcomes[at];
    if (!list) return undefined;
    for (let i = 0; i < list.length; i++) {
      const outcome = list[i]!;
      if (!matches(outcome, state)) continue;
      if (i > 0) {
        list[i] = list[i - 1]!;
        list[i - 1] = outcome;
      }
      apply(outcome, state);
      return outcome.result;
    }
    return undefined;
  }

  /** Keeps what the step of local state `at` has just done, with its writes in the journal from `mark` on. */
  keep(at: number, state: State, footprint: Footprint, mark: number, result: StepResult): void {
    const list = (this.outcomes[at] ??= []);
    if (list.length === KEPT) list.pop();
    list.push(record(state, footprint, mark, result));
  }
}

function matches(outcome: Outcome, state: State): boolean {
  const { slots, slotsHeld, words, wordsHeld } = outcome;
  for (let i = 0; i < slots.length; i++) {
    if (state.laneA(slots[i]!) !== slotsHeld[i * 2] || state.laneB(slots[i]!) !== slotsHeld[i * 2 + 1]) return false;
  }
  for (let i = 0; i < words.length; i++) if (state.wordAt(words[i]!) !== wordsHeld[i]) return false;
  return true;
}

function apply(outcome: Outcome, state: State): void {
  const { slotsWritten, valuesNow, lanesNow, wordsWritten, wordsNow } = outcome;
  for (let i = 0; i < slotsWritten.length; i++) {
    state.setValueAt(slotsWritten[i]!, valuesNow[i], lanesNow[i * 2]!, lanesNow[i * 2 + 1]!);
  }
  for (let i = 0; i < wordsWritten.length; i++) state.setWordAt(wordsWritten[i]!, wordsNow[i]!);
}

function record(state: State, footprint: Footprint, mark: number, result: StepResult): Outcome {
  const { journal } = state;
  const writes = new Set(footprint.writes.subarray(0, footprint.writeCount));
  // Private slots and stacks are not in the footprint.
  for (let i = mark; i < journal.size; i++) writes.add(journal.cell(i));
  const before = new Map<number, number>();
  for (let i = journal.size - 1; i >= mark; i--) before.set(journal.cell(i), i);
  const reads = new Set(footprint.reads.subarray(0, footprint.readCount));
  const words = [...reads].filter((cell) => cell >= 0);
  const slots = [...reads].filter((cell) => cell < 0);
  const wordsWritten = [...writes].filter((cell) => cell >= 0);
  const slotsWritten = [...writes].filter((cell) => cell < 0).map((cell) => ~cell);
  return {
    words: Int32Array.from(words),
    wordsHeld: Int32Array.from(words, (cell) => {
      const first = before.get(cell);
      return first === undefined ? state.wordAt(cell) : journal.oldWord(first);
    }),
    slots: Int32Array.from(slots, (cell) => ~cell),
    slotsHeld: Int32Array.from(slots.flatMap((cell) => {
      const first = before.get(cell);
      if (first === undefined) return [state.laneA(~cell), state.laneB(~cell)];
      return [journal.lane(first, 0, false), journal.lane(first, 1, false)];
    })),
    wordsWritten: Int32Array.from(wordsWritten),
    wordsNow: Int32Array.from(wordsWritten, (cell) => state.wordAt(cell)),
    slotsWritten: Int32Array.from(slotsWritten),
    valuesNow: slotsWritten.map((id) => state.valueAt(id)),
    lanesNow: Int32Array.from(slotsWritten.flatMap((id) => [state.laneA(id), state.laneB(id)])),
    result,
  };
}
