import { lanesHex } from '../base/hash.ts';
import { choicesAt } from '../engine/delta.ts';
import type { Change, Chapter, ChoiceView, Party } from '../engine/protocol.ts';
import { recordOf, recordsOf, viewOf } from '../engine/records.ts';
import type { Run as Engine } from '../engine/run.ts';
import { traceText } from '../picture/trace.ts';
import { endState, type Config, type EndState, type StepRecord } from '../sim/index.ts';
import { currentFragment } from '../store/share.ts';
import { demandRun, type RunOptions } from './options.ts';
import { positionNamed } from './place.ts';
import { recorded } from './recorded.ts';

/** Where a run leaves its natural order: at this position this thread runs, or this act is taken (`act:` and its id). */
export type Choice = readonly [position: number, who: string];

/** One step of a run, all of it plain data. */
export interface Step extends StepRecord {
  /** The two parts of `step`: the name that people know the function by, and where in it. */
  function: string;
  label: string;
  /** Whose code ran; a hypercall runs Xen's on the caller's thread. */
  party: Party;
  /** Set where the function departs from the source that `cite` names, and how. */
  departs?: string;
  /** Slots and 32-bit words of memory that it changed, with what was there before: the first 200 of `changed`. */
  changes: readonly Change[];
  changed: number;
}

/**
 * Runs a scenario to its end, and stands at its beginning. The same options make the same run, step for step, everywhere.
 * @param options what is left out is as the scenario has it; `choices` leave the natural order, positions ascending
 * @throws TypeError for an option that there is not; RangeError for what an option holds, or a choice that cannot be followed
 */
export function run(options: RunOptions & { choices?: readonly Choice[] | undefined } = {}): Run {
  const { scenario, config } = demandRun(options, ['choices']);
  const choices = demandChoices(options.choices ?? []);
  const made = recorded(scenario, { scenario: scenario.id, config, choices });
  if ('problem' in made) throw new RangeError(made.problem);
  return new Run(made.run);
}

function demandChoices(choices: readonly Choice[]): readonly Choice[] {
  if (!Array.isArray(choices)) throw new TypeError(`choices must be a list of [position, who], not ${String(choices)}`);
  let before = -1;
  for (const choice of choices as readonly unknown[]) {
    if (!Array.isArray(choice) || choice.length !== 2 || !Number.isInteger(choice[0]) || typeof choice[1] !== 'string') {
      throw new TypeError(`a choice is [position, who], not ${JSON.stringify(choice)}`);
    }
    const position = Number(choice[0]);
    if (position <= before) throw new RangeError(`choices must ascend: position ${position} comes after ${before}`);
    before = position;
  }
  return choices;
}

/**
 * A run and a position in it. Position n is the state after n steps: 0 is the beginning, `length` the end. Moving undoes or
 * repeats recorded writes; nothing is simulated twice. Made by {@link run}.
 */
export class Run {
  private readonly engine: Engine;
  private at = 0;

  /** @internal */
  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** Id of its scenario. */
  get scenario(): string {
    return this.engine.scenario.id;
  }

  get config(): Config {
    return { ...this.engine.config };
  }

  /** Where it leaves the natural order: with scenario and config, what makes it again. */
  get choices(): readonly Choice[] {
    return this.engine.spec.choices;
  }

  /** Its chapters, in the order in which it comes to them; step `at` (from 0) is the first of each. */
  get chapters(): readonly Chapter[] {
    return this.engine.outline.chapters;
  }

  /** Number of steps. */
  get length(): number {
    return this.engine.length;
  }

  get position(): number {
    return this.at;
  }

  /** The step that led to this position; null at the beginning. */
  get current(): Step | null {
    return this.at === 0 ? null : this.stepAt(this.at - 1);
  }

  /** The threads that could run here, each with the step that it would take; the one whose turn it is comes first. None at the end. */
  get next(): readonly ChoiceView[] {
    this.engine.timeline.seek(this.at);
    return choicesAt(this.engine.timeline);
  }

  /** 16 hexadecimal digits that two states share only if they are equal, as good as certainly. */
  get fingerprint(): string {
    const { a, b } = this.engine.timeline.fingerprintAt(this.at);
    return lanesHex(a, b);
  }

  /** What opens this very step on RingScope's page: the part of an address from `#` on. */
  get link(): string {
    const { engine, at: position, fingerprint } = this;
    return currentFragment({ run: engine.spec, outline: engine.outline, position, fingerprint });
  }

  /**
   * Goes a step on: along the run, or with `who` by letting that thread run, or that act be taken (`act:` and its id). Where that
   * is not what the run does here, the run is another one from here on.
   * @returns the step; null at the end
   * @throws RangeError saying why that thread cannot run, or that act cannot be taken
   */
  step(who?: string): Step | null {
    if (who !== undefined) {
      const reason = this.engine.choose(this.at, who);
      if (reason !== null) throw new RangeError(reason);
      this.engine.record(Infinity);
    } else if (this.at === this.length) return null;
    this.at++;
    return this.current;
  }

  /** Goes a step back. @returns the step that it took back; null at the beginning */
  back(): Step | null {
    const { current } = this;
    if (current !== null) this.at--;
    return current;
  }

  /**
   * Goes to a position: a number, or in words `start`, `end`, a chapter's id (its first step), or `function#label`, with `~2` for its
   * second occurrence (the position just after it).
   * @returns the step that led there; null at the beginning
   * @throws RangeError saying why there is no such position; then it stays where it is
   */
  seek(to: number | string): Step | null {
    if (typeof to !== 'number' && typeof to !== 'string') throw new TypeError(`seek takes a number or a name, not ${String(to)}`);
    if (typeof to === 'number' && (!Number.isInteger(to) || to < 0)) {
      throw new RangeError(`a position is a whole number from 0 to ${this.length}, not ${to}`);
    }
    const found = positionNamed(String(to), this.engine);
    if ('problem' in found) throw new RangeError(found.problem);
    this.at = found.position;
    return this.current;
  }

  /** What there is to look up at this position: states, rings, grants, mappings, ports, xenstore, both kernels' logs. */
  state(): EndState {
    this.engine.timeline.seek(this.at);
    return endState(this.engine.timeline.machine);
  }

  /** The steps between two positions, made as they are asked for; all of them if none is given. @throws RangeError */
  *steps(from = 0, to = this.length): Generator<Step, void, undefined> {
    this.demandRange(from, to);
    for (let n = from; n < to; n++) yield this.stepAt(n);
  }

  /** The same as text, a line a step: number, thread, function and label, indented by depth, and what it did. @throws RangeError */
  trace(from = 0, to = this.length): string {
    this.demandRange(from, to);
    return traceText(recordsOf(this.engine, from, to));
  }

  private demandRange(from: number, to: number): void {
    const isIn = Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= this.length;
    if (!isIn) throw new RangeError(`steps lie between positions 0 and ${this.length}, not ${from} and ${to}`);
  }

  private stepAt(n: number): Step {
    const view = viewOf(this.engine, n);
    const record = recordOf(view);
    const { party, departs, changes, changed } = view;
    return {
      ...record,
      function: record.stack.at(-1)!,
      label: record.step.slice(record.step.indexOf('#') + 1),
      party,
      ...(departs === undefined ? {} : { departs }),
      changes,
      changed,
    };
  }
}
