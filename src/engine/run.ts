import { invariant } from '../base/invariant.ts';
import {
  type Act,
  actNamed,
  type Effect,
  Frame,
  type Machine,
  type Party,
  refusalOf,
  type Scenario,
  sequelTo,
  type Thread,
  type ThreadSpec,
  Timeline,
  YOU,
} from '../sim/index.ts';
import { type Fork, Recorder } from './outline.ts';
import { Past } from './past.ts';
import { Printed } from './printed.ts';
import { ACT_PREFIX, type Outline, type RunSpec } from './protocol.ts';

/** No scenario comes near; a run that does would never end. */
const LONGEST = 500_000;

/**
 * One run: recorded from its beginning to its end, in slices, with the choices of its spec. The timeline's position is
 * wherever the last user left it: whoever needs a position seeks first.
 */
export class Run {
  readonly scenario: Scenario;
  readonly config: RunSpec['config'];
  readonly timeline: Timeline;
  readonly recorder = new Recorder();
  readonly past: Past;
  readonly printed = new Printed();
  /** What a person can do in it. */
  readonly acts: readonly Act[];
  /** Choices taken, without those that the natural order would have made anyway. */
  private choices: readonly (readonly [number, string])[] = [];
  /** True once the run is recorded to its end. */
  complete = false;
  /** In the order of their lanes, which is the machine's. */
  private readonly threads: readonly ThreadSpec[];
  private readonly machine: Machine;
  private made: Outline | undefined;
  private pending: readonly (readonly [number, string])[];

  constructor(scenario: Scenario, spec: RunSpec) {
    this.scenario = scenario;
    this.config = spec.config;
    this.acts = scenario.acts.map(actNamed);
    this.threads = scenario.threads(spec.config);
    this.machine = scenario.build(spec.config);
    this.past = new Past(this.machine.state);
    const built = this.machine.threads.map(({ name }) => name).join(', ');
    const declared = this.threads.map(({ name }) => name).join(', ');
    invariant(built === declared, `${scenario.id} declares the threads ${declared} but builds ${built}`);
    this.timeline = new Timeline(this.machine, (enabled, last) => scenario.schedule(enabled, last));
    this.pending = spec.choices;
  }

  get length(): number {
    return this.timeline.length;
  }

  /** What makes this run again; choices that are still to come included. */
  get spec(): RunSpec {
    return { scenario: this.scenario.id, config: this.config, choices: [...this.choices, ...this.pending] };
  }

  /**
   * Records up to `steps` more steps.
   * @returns why a choice of the spec could not be followed (it and the later ones are then dropped), else null
   */
  record(steps: number): string | null {
    this.timeline.seek(this.length);
    for (let i = 0; i < steps && !this.complete; i++) {
      const choice = this.pending[0];
      if (choice?.[0] === this.length) {
        this.pending = this.pending.slice(1);
        const reason = this.take(choice[1]);
        if (reason === null) continue;
        this.pending = [];
        return `${reason}; the run goes on in the natural order from there`;
      }
      if (!this.execute()) this.complete = true;
      if (this.length > LONGEST) throw new Error(`${this.scenario.id} does not end within ${LONGEST} steps`);
    }
    if (!this.complete || this.pending.length === 0) return null;
    const [position] = this.pending[0]!;
    this.pending = [];
    return `the run has ${this.length} steps; there is no position ${position} to choose a thread at`;
  }

  /**
   * Lets the thread called `name` run at `position`. Where another one ran there, what was recorded from there on is
   * forgotten, later choices with it, and the run is no longer complete.
   * @returns why that thread cannot run there, else null
   */
  choose(position: number, name: string): string | null {
    this.timeline.seek(position);
    return this.take(name);
  }

  /** The outline of the whole run, made once it is complete. */
  get outline(): Outline {
    this.made ??= this.recorder.outline(this.spec, this.threads, this.scenario.chapters, this.forks);
    return this.made;
  }

  private get forks(): Fork[] {
    return this.choices.map(([at, name]) => {
      const act = this.acts.find(({ id }) => `${ACT_PREFIX}${id}` === name);
      return { at, act: act?.title ?? null, sequel: act === undefined ? [] : sequelTo(act.id) };
    });
  }

  /** The party of a thread. */
  partyOf(name: string): Party {
    return this.threads.find((thread) => thread.name === name)!.party;
  }

  private take(name: string): string | null {
    if (name.startsWith(ACT_PREFIX)) return this.act(name);
    const { machine, timeline } = this;
    const position = timeline.position;
    const thread = machine.threads.find((candidate) => candidate.name === name);
    if (!thread) return `there is no thread ${name}`;
    if (!machine.enabled(thread)) return `at position ${position} thread ${name} cannot run`;
    if (position < this.length && timeline.info(position).thread === thread) return null;
    const natural = timeline.natural();
    this.branchAt(position);
    if (thread !== natural) this.choices = [...this.choices, [position, name]];
    this.execute(thread);
    return null;
  }

  /** Takes an act here. @returns why it cannot be taken, else null */
  private act(name: string): string | null {
    const { machine, timeline } = this;
    const { position } = timeline;
    const act = this.acts.find(({ id }) => `${ACT_PREFIX}${id}` === name);
    if (!act) return `this scenario has no act ${name.slice(ACT_PREFIX.length)}`;
    const you = machine.threadNamed(YOU)!;
    if (position < this.length) {
      const { thread, op } = timeline.info(position);
      if (thread === you && op.fn === act.program) return null;
    }
    const refusal = refusalOf(machine, act);
    if (refusal !== null) return `at position ${position} that cannot be done: ${refusal}`;
    this.branchAt(position);
    this.choices = [...this.choices, [position, name]];
    this.execute(you, act);
    return null;
  }

  /** What was recorded from `position` on is no more; where nothing was, the run goes on from its end. */
  private branchAt(position: number): void {
    this.complete = false;
    this.made = undefined;
    if (position === this.length) return;
    this.recorder.truncate(position);
    this.past.truncate(position);
    this.printed.truncate(position);
    this.choices = this.choices.filter(([at]) => at < position);
    this.pending = [];
  }

  /** Records one step: of `chosen`, beginning with `act` if given, or of the thread whose turn it is. @returns false at the end of the run */
  private execute(chosen?: Thread, act?: Act): boolean {
    const { machine, timeline } = this;
    const thread = chosen ?? timeline.natural();
    if (!thread) return false;
    const before = machine.state.get(thread.slot);
    const effects: Effect[] = [];
    if (act) timeline.act(thread, act.program, effects);
    else timeline.forward(thread, effects);
    const { op, depth } = timeline.info(timeline.position - 1);
    const floor = floorOf(before, machine.state.get(thread.slot));
    this.recorder.add(thread.index, op, depth, floor, effects);
    this.past.add(timeline, timeline.position - 1);
    this.printed.add(timeline, timeline.position - 1);
    return true;
  }
}

type Stack = Frame | 'finished' | undefined;

/**
 * The depth of the activation in which a step left its thread, before it silently entered others: one more than that
 * of the innermost frame which the stacks before and after share. -1 for a thread that finished.
 */
function floorOf(before: Stack, after: Stack): number {
  let old = before instanceof Frame ? before : undefined;
  let now = after instanceof Frame ? after : undefined;
  if (!now) return -1;
  while (old !== now) {
    const oldDepth = old?.depth ?? -1;
    const nowDepth: number = now?.depth ?? -1;
    if (oldDepth >= nowDepth) old = old?.parent;
    if (nowDepth >= oldDepth) now = now?.parent;
  }
  return (now?.depth ?? -1) + 1;
}
