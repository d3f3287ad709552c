import { lanesHex } from '../base/hash.ts';
import { unreachable } from '../base/invariant.ts';
import { actNamed, checkConfig, type Scenario, type Timeline } from '../sim/index.ts';
import { answer } from './answers.ts';
import { frameAt } from './delta.ts';
import { find, stepTarget } from './places.ts';
import { Player } from './player.ts';
import {
  ACT_PREFIX, type ActInfo, type Command, type Event, type Place, PROTOCOL, type RunSpec, type ScenarioInfo,
  type StepHow, type Stop,
} from './protocol.ts';
import { Run } from './run.ts';
import { checkStop, type Hit, nextHit } from './stops.ts';

/** Steps recorded before the event loop gets its turn: some ten milliseconds. */
const SLICE = 2_000;
/** How long the rest of a run waits for the page to draw its beginning; one that is not seen may never say that it has. */
const DRAWN_AT_LATEST_MS = 300;
/** Share of a step's time that a repeated one takes. */
const REPEATED_STEP_TIME = 0.25;
const FASTEST = 1_000;

export interface HostOptions {
  scenarios: readonly Scenario[];
  /** Takes what the engine has to say; its first word, `ready`, comes before `createHost` returns. */
  post: (reply: Event) => void;
  /** Calls back after that many milliseconds, or as soon as the event loop allows for 0. */
  schedule: (callback: () => void, ms: number) => void;
}

export interface Host {
  handle(command: Command): void;
}

interface Session {
  readonly run: Run;
  /** The position that the page is to see. */
  view: number;
  /** A place that is not recorded yet, where the view goes once it is. */
  goal: Place | null;
  /** How the fingerprint of the state at that place begins, as far as that is known. */
  expected: string;
  /** The position of the last frame sent; null if the page has nothing that a delta could start from. */
  sent: number | null;
  /** The positions that nothing leads beyond; null if the whole run is to be seen. */
  bounds: { from: number; to: number } | null;
  /** The session to return to if a person does not want to wait for this one's end; null once it has come. */
  before: Session | null;
}

/** The engine without its transport: one run at a time, commands in, events out. */
export function createHost({ scenarios, post, schedule }: HostOptions): Host {
  let session: Session | null = null;
  let stops: readonly Stop[] = [];
  let fatal: Extract<Event, { type: 'fatal' }> | null = null;
  let frames = 0;
  let unacknowledged: number | null = null;
  /** The id of the picture that was sent ahead, as long as a step into it leads there. */
  let ahead: number | null = null;
  let dirty = false;
  /** Of the slice to be recorded next, of those that were put off or asked for anew. */
  let due = 0;
  const player = new Player({ later, advance, changed: (playing) => post({ type: 'playing', playing }) });

  post({
    type: 'ready',
    protocol: PROTOCOL,
    scenarios: scenarios.map(scenarioInfo),
  });
  return {
    handle(command) {
      guard(() => dispatch(command), command.type === 'open' ? command.run : undefined);
    },
  };

  /** Runs `action`; what it throws is a defect of ours, after which nothing is sound but to open a run, which is made anew. */
  function guard(action: () => void, opening?: RunSpec): void {
    if (fatal) {
      if (!opening) return post(fatal);
      fatal = session = null;
    }
    try {
      action();
    } catch (error) {
      fatal = {
        type: 'fatal',
        reason: describe(error),
        run: opening ?? session?.run.spec ?? null,
        position: opening ? 0 : (session?.view ?? 0),
      };
      post(fatal);
    }
  }

  function later(callback: () => void, ms: number): void {
    schedule(() => {
      if (!fatal) guard(callback);
    }, ms);
  }

  function reject(command: Command['type'], reason: string): void {
    post({ type: 'rejected', command, reason });
  }

  function dispatch(command: Command): void {
    if (command.type === 'ack') return acknowledge(command.frame);
    const next = ahead;
    if (command.type !== 'ask') ahead = null;
    if (command.type === 'open') return open(command.run, command.at, command.state ?? '');
    if (command.type === 'stops') return setStops(command.stops);
    if (!session) return reject(command.type, 'no run is open');
    switch (command.type) {
      case 'step':
        player.pause();
        if (command.ahead === undefined) return step(session, command.how);
        if (command.ahead !== next) throw new Error(`picture ${command.ahead} leads nowhere from here`);
        return follow(session, next);
      case 'seek':
        player.pause();
        return go(session, { kind: 'position', position: command.to }, 'seek');
      case 'choose':
        player.pause();
        return choose(session, command.thread);
      case 'play':
        return play(session, command.stepsPerSecond);
      case 'pause':
        return player.pause();
      case 'confine':
        return confine(session, command.from, command.to);
      case 'run':
        player.pause();
        return runTo(session, command.direction, command.until ?? stops);
      case 'ask':
        finish(session);
        return post({ type: 'answer', id: command.id, answer: answer(session.run, command.question, session.view) });
      case 'cancel':
        return cancel(session);
      default:
        return unreachable(command);
    }
  }

  function open(spec: RunSpec, at: Place, state: string): void {
    const scenario = scenarios.find(({ id }) => id === spec.scenario);
    if (!scenario) return reject('open', `there is no scenario ${spec.scenario}`);
    const wrong = checkConfig(spec.config) ?? checkChoices(spec, scenario);
    if (wrong !== null) return reject('open', wrong);
    // Of several that are opened one upon the other, none was on the screen but the one before the first.
    const before = session?.before ?? session;
    const opened: Session = { run: new Run(scenario, spec), view: 0, goal: null, expected: state, sent: null, bounds: null, before };
    player.pause();
    session = opened;
    go(opened, at, 'open');
    // What a person does while the picture of a beginning is there need not wait for what comes after it, nor need the picture.
    if (opened.goal) record(opened);
    else recordLater(DRAWN_AT_LATEST_MS);
  }

  /** Records on, a slice at a time, until the run has its end and its outline. */
  function record(current: Session): void {
    extend(current, SLICE);
    if (current.run.complete) return;
    post({ type: 'progress', steps: current.run.length });
    recordLater();
  }

  function recordLater(ms = 0): void {
    const mine = ++due;
    later(() => {
      if (mine === due && session && !session.run.complete) record(session);
    }, ms);
  }

  /** Records up to that many more steps; tells of the outline once it is there. */
  function extend(current: Session, steps: number): void {
    const { run } = current;
    const reason = run.record(steps);
    if (reason !== null) reject('open', reason);
    if (current.goal) go(current, current.goal, 'open');
    if (!run.complete) return;
    current.before = null;
    post({ type: 'outline', outline: run.outline });
  }

  /** Back to the run that was open before the one that is being recorded. */
  function cancel({ run, before }: Session): void {
    if (run.complete) return reject('cancel', 'nothing is being opened');
    if (!before) return reject('cancel', 'there is no run to go back to');
    player.pause();
    session = before;
    before.sent = null;
    if (!before.goal) move(before, before.view);
    // A branch that was being recorded goes on.
    if (before.run.complete) post({ type: 'outline', outline: before.run.outline });
    else record(before);
  }

  function setStops(asked: readonly Stop[]): void {
    const wrong = asked.map(checkStop).find((reason) => reason !== null);
    if (wrong !== undefined && wrong !== null) return reject('stops', wrong);
    stops = asked;
  }

  function runTo(current: Session, direction: 1 | -1, until: readonly Stop[]): void {
    if (until.length === 0) return reject('run', 'there is nothing to stop at');
    const wrong = until.map(checkStop).find((reason) => reason !== null);
    if (wrong !== undefined && wrong !== null) return reject('run', wrong);
    finish(current);
    const hit = nextHit(current.run, until, current.view, direction, lastOf(current));
    if (hit && hit.position >= firstOf(current)) return stopAt(current, hit);
    const where = direction === 1 ? 'in the rest of this run' : 'earlier in this run';
    reject('run', until.length === 1 ? `That does not happen ${where}.` : `None of these happens ${where}.`);
  }

  function stopAt(current: Session, { position, stop }: Hit): void {
    move(current, position);
    post({ type: 'stopped', position, stop });
  }

  /** For commands that need the whole run. */
  function finish(current: Session): void {
    while (!current.run.complete) extend(current, Infinity);
  }

  function step(current: Session, how: StepHow): void {
    const { run } = current;
    // The next step alone can be known before the run is.
    if (how === 'into' && !current.goal && !run.complete && current.view === run.length) extend(current, 1);
    if (how === 'into' && !current.goal && current.view < lastOf(current)) return move(current, current.view + 1);
    finish(current);
    const { view } = current;
    const target = within(current, stepTarget(how, view, run.recorder, run.outline.chapters));
    if (target === view) return reject('step', `the run is at its ${view === firstOf(current) ? 'start' : 'end'}`);
    move(current, target);
  }

  /** The page has gone on to the picture that it was sent ahead. */
  function follow(current: Session, frame: number): void {
    current.sent = ++current.view;
    unacknowledged = frame;
  }

  function go(current: Session, place: Place, asked: Command['type']): void {
    const found = find(place, current.run);
    current.goal = found ? null : place;
    if (!found) return;
    if (found.reason !== undefined) reject(asked, found.reason);
    move(current, within(current, found.position));
    const { expected } = current;
    current.expected = '';
    // A place that is missing was told of already.
    if (found.reason !== undefined) return;
    const { a, b } = current.run.timeline.fingerprintAt(found.position);
    if (!lanesHex(a, b).startsWith(expected)) {
      reject(asked, 'The link names this step, but the model has changed since: its state was another one then.');
    }
  }

  function confine(current: Session, from: number, to: number): void {
    finish(current);
    const { length } = current.run;
    if (![from, to].every(Number.isInteger) || from < 0 || to < from || to > length) {
      return reject('confine', `of a run of ${length} steps, ${from} to ${to} is no part`);
    }
    current.bounds = { from, to };
    const shown = within(current, current.view);
    if (shown !== current.view) move(current, shown);
  }

  function choose(current: Session, thread: string): void {
    finish(current);
    const { run, view } = current;
    const reason = run.choose(view, thread);
    if (reason !== null) return reject('choose', reason);
    // What the page last saw may lie in a future that is no more.
    if (!run.complete && current.sent !== null && current.sent > view) current.sent = null;
    move(current, view + 1);
    if (!run.complete) record(current);
  }

  function play(current: Session, stepsPerSecond: number): void {
    if (!(stepsPerSecond > 0 && stepsPerSecond <= FASTEST)) {
      return reject('play', `steps per second must be more than 0 and at most ${FASTEST}, not ${stepsPerSecond}`);
    }
    if (current.run.complete && current.view === lastOf(current)) return reject('play', 'the run is at its end');
    player.play(stepsPerSecond);
  }

  /** On for the time of `steps` steps, for the player. @returns the time used up; null once the run is at its end */
  function advance(steps: number): number | null {
    if (!session || unacknowledged !== null || session.goal) return 0;
    const { run, view } = session;
    let target = view;
    let used = 0;
    const last = lastOf(session);
    while (used < steps && target < last) used += stepTime(run.timeline, target++);
    const hit = stops.length > 0 && target > view ? nextHit(run, stops, view, 1, target) : null;
    if (hit) {
      stopAt(session, hit);
      return null;
    }
    if (target > view) move(session, target);
    return run.complete && target >= last ? null : Math.min(used, steps);
  }

  function move(current: Session, position: number): void {
    current.view = position;
    current.goal = null;
    dirty = true;
    show();
  }

  function acknowledge(frame: number): void {
    if (frame !== unacknowledged) return;
    unacknowledged = null;
    show();
    if (session && !session.run.complete) recordLater();
    else sendAhead();
  }

  /** Sends the picture of the next step, which the page may show as soon as somebody wants it. */
  function sendAhead(): void {
    if (!session || unacknowledged !== null || player.playing || session.view >= lastOf(session)) return;
    const { run, view } = session;
    run.timeline.seek(view + 1);
    const frame = frameAt(run, ++frames, view);
    ahead = frame.id;
    post({ type: 'ahead', frame });
  }

  /** Sends the present picture, unless the page still has one to digest: then only the latest will count. */
  function show(): void {
    if (!session || !dirty || unacknowledged !== null) return;
    const { run } = session;
    run.timeline.seek(session.view);
    const frame = frameAt(run, ++frames, session.sent);
    session.sent = session.view;
    unacknowledged = frame.id;
    dirty = false;
    post({ type: 'frame', frame });
  }
}

/** The first position that can be shown. */
function firstOf({ bounds }: Session): number {
  return bounds?.from ?? 0;
}

/** The last position that can be shown; of a run that is being recorded, the last one so far. */
function lastOf({ bounds, run }: Session): number {
  return Math.min(bounds?.to ?? run.length, run.length);
}

/** The position nearest to that one which can be shown. */
function within(session: Session, position: number): number {
  return Math.max(firstOf(session), Math.min(position, lastOf(session)));
}

/** How long a step is shown while playing, in steps: what was on screen a moment ago, key after key, passes quickly. */
function stepTime(timeline: Timeline, n: number): number {
  const { op } = timeline.info(n);
  const repeats = [1, 2].some((back) => n >= back && timeline.info(n - back).op === op);
  return repeats ? REPEATED_STEP_TIME : 1;
}

/** What is wrong with the choices of a run before it is built; whether a thread can run is seen when its turn comes. */
function checkChoices({ choices, config }: RunSpec, scenario: Scenario): string | null {
  const names = scenario.threads(config).map(({ name }) => name);
  let last = -1;
  for (const [position, thread] of choices) {
    if (!Number.isInteger(position) || position < 0) return `a position is a whole number, not ${String(position)}`;
    if (position <= last) return `choices must be in ascending order: ${position} comes after ${last}`;
    if (thread.startsWith(ACT_PREFIX)) {
      const act = thread.slice(ACT_PREFIX.length);
      if (!scenario.acts.includes(act)) return noSuchAct(act, scenario);
    } else if (!names.includes(thread)) return `there is no thread ${thread}: choose among ${names.join(', ')}`;
    last = position;
  }
  return null;
}

function noSuchAct(act: string, { id, acts }: Scenario): string {
  const offer = acts.length === 0 ? 'it has none' : `choose among ${acts.join(', ')}`;
  return `there is no act ${act} in the scenario ${id}: ${offer}`;
}

/** A scenario, without what it runs. */
function scenarioInfo({ id, title, defaults, acts }: Scenario): ScenarioInfo {
  return { id, title, defaults, acts: acts.map(actInfo) };
}

/** An act, without what it does. */
function actInfo(name: string): ActInfo {
  const { id, kind, party, title } = actNamed(name);
  return { id, kind, party, title };
}

/** An error's message and the first lines of its stack. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const lines = (error.stack ?? '').split('\n').filter((line) => line.trim().startsWith('at '));
  return [`${error.name}: ${error.message}`, ...lines.slice(0, 4).map((line) => line.trim())].join('\n');
}
