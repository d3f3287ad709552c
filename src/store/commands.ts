import { ACT_PREFIX } from '../engine/protocol.ts';
import { placed } from './branches.ts';
import * as inquiries from './inquire.ts';
import { isPositionOf } from './marks.ts';
import type { MarkName } from './marks.ts';
import { keyOf, ownChapterAt } from './outline.ts';
import { appStore, STEPS_PER_SECOND } from './store.ts';
import type {
  AppState, Branch, Breakpoint, Cell, Command, Config, Lens, Place, Rejection, RunSpec, ScenarioInfo, Speed, StepHow, Stop,
} from './store.ts';
import { firstOf, lastOf } from './range.ts';
import type { Range } from './range.ts';
import type { Subject } from './subjects.ts';

let send: (command: Command) => void = () => {};

/** Where commands go from now on. */
export function directCommands(to: (command: Command) => void): void {
  send = to;
}

/**
 * A command that moves: an old complaint no longer belongs to what is then on screen, nor does the place that a run which
 * is being opened was to keep. `ranFrom`: the breakpoint whose button was pressed.
 */
function move(command: Command, ranFrom: string | null = null): void {
  const { rejected, goal: before, stoppedAt, wanted, ranFrom: from } = appStore.getState();
  const goal = command.type === 'seek' ? command.to : null;
  if (rejected !== null || goal !== before || stoppedAt !== null || wanted !== null || from !== ranFrom) {
    appStore.setState({ rejected: null, goal, stoppedAt: null, wanted: null, ranFrom });
  }
  send(command);
}

/** Leaves the run that is open for another one, and keeps the place in it. */
function leave(): void {
  const { branches, outline, position, goal } = appStore.getState();
  if (outline !== null) appStore.setState({ branches: placed(branches, outline.run, goal ?? position) });
}

/** Opens a run. What is on screen stays until the engine has it. */
function open(run: RunSpec, at: Place, wanted: AppState['wanted'] = null, state: string | null = null): void {
  leave();
  // What was asked about in one scenario is another thing, or none, in the next.
  if (run.scenario !== appStore.getState().run.scenario) inquiries.closeInquiry();
  appStore.setState({ run, wanted, range: null, rejected: null, goal: null, stoppedAt: null });
  send({ type: 'open', run, at, ...(state !== null && { state }) });
}

/** Re-opens the run with these sliders moved. The place is kept as far as the new run has it. */
function configure(change: Partial<Config>): void {
  const {
    run: { scenario, config },
    outline,
    goal,
    position: shown,
    wanted,
    playing,
  } = appStore.getState();
  const run: RunSpec = { scenario, config: { ...config, ...change }, choices: [] };
  // The run before is still being opened: its place is the one to keep.
  if (wanted !== null) return open(run, { kind: 'chapter', chapter: wanted.chapter }, wanted);
  const position = goal ?? shown;
  // The run that is opened has nothing of what somebody did in this one.
  const chapter = outline === null || position === 0 ? undefined : ownChapterAt(outline, position);
  if (outline === null || chapter === undefined) return open(run, { kind: 'position', position: 0 });
  const here = keyOf(outline, position - 1, chapter.at) ?? { key: '', occurrence: 1 };
  open(run, { kind: 'chapter', chapter: chapter.id }, { chapter: chapter.id, ...here, ...(playing && { plays: true }) });
}

/** Goes to the first step of the next chapter, or of this one, or of the one before. */
function toChapter(direction: 1 | -1): void {
  const state = appStore.getState();
  const { outline, goal, position: shown } = state;
  if (outline === null) return;
  const position = goal ?? shown;
  const firsts = outline.chapters.map(({ at }) => at + 1);
  const to =
    direction === 1
      ? (firsts.find((first) => first > position) ?? outline.length)
      : ([...firsts].reverse().find((first) => first < position) ?? 0);
  move({ type: 'seek', to: Math.max(firstOf(state), Math.min(to, lastOf(state))) });
}

function play(): void {
  const state = appStore.getState();
  const { speed, position, outline } = state;
  // At the end there is nothing left to play: begin again.
  if (outline !== null && position === lastOf(state)) send({ type: 'seek', to: firstOf(state) });
  move({ type: 'play', stepsPerSecond: STEPS_PER_SECOND * speed });
}

/** The thread called `who` runs here, or that act is taken: the run branches. */
function choose(who: string): void {
  leave();
  move({ type: 'choose', thread: who });
}

/** Opens a branch again, at the place where a person was in it. */
function openBranch({ run, position }: Branch): void {
  open(run, { kind: 'position', position });
}

function pause(): void {
  send({ type: 'pause' });
}

function step(how: StepHow): void {
  const state = appStore.getState();
  const { outline, position } = state;
  const back = how === 'back' || how === 'back-over' || how === 'chapter-back' || how === 'start';
  // At either end a key held down for too long is no mistake to complain of.
  if (outline !== null && position === (back ? firstOf(state) : lastOf(state))) return;
  move({ type: 'step', how });
}

/** Shows that part of the open run alone; all of it for null. */
function confine(range: Range | null): void {
  const { outline } = appStore.getState();
  if (outline === null) return;
  appStore.setState({ range });
  const { from, to } = range ?? { from: 0, to: outline.length };
  send({ type: 'confine', from, to });
}

/** Replaces the breakpoints, and tells the engine of those that are on. */
function setBreakpoints(breakpoints: readonly Breakpoint[]): void {
  appStore.setState({ breakpoints });
  send({ type: 'stops', stops: breakpoints.filter(({ on }) => on).map(({ stop }) => stop) });
}

/** Marks the step shown. */
function mark(name: MarkName): void {
  const { outline, position, marks } = appStore.getState();
  if (outline !== null) appStore.setState({ marks: { ...marks, [name]: { run: outline.run, position } } });
}

function clearMark(name: MarkName): void {
  appStore.setState({ marks: { ...appStore.getState().marks, [name]: null } });
}

/** Shows a marked step; where the open run does not have it, opens the run in which it was marked. */
function goToMark(name: MarkName): void {
  const { outline, marks } = appStore.getState();
  const marked = marks[name];
  if (marked === null || outline === null) return;
  if (isPositionOf(outline, marked)) return move({ type: 'seek', to: marked.position });
  open(marked.run, { kind: 'position', position: marked.position });
}

/** Compares the marked steps, if the open run has both. @returns whether it has */
function compareMarks(): boolean {
  const { outline, marks: { a, b } } = appStore.getState();
  if (outline === null || a === null || b === null) return false;
  if (![a, b].every((one) => isPositionOf(outline, one))) return false;
  inquiries.compare((command) => send(command), a.position, b.position);
  return true;
}

function show(dialog: AppState['dialog']): void {
  // They would lie over one another.
  if (dialog === 'breakpoints') inquiries.closeComparison();
  appStore.setState({ dialog });
}

/** Closes what lies on top of the page and leaves the rest of it in use. @returns whether anything did */
function closeTopmost(): boolean {
  const { inquiry, comparison, dialog } = appStore.getState();
  if (inquiry !== null) inquiries.closeInquiry();
  else if (comparison !== null) inquiries.closeComparison();
  else if (dialog === 'breakpoints') show(null);
  else return false;
  return true;
}

/** Everything that a person can ask the engine for. */
export const commands = {
  open,
  configure,
  toChapter,
  play,
  pause,
  togglePlay: (): void => (appStore.getState().playing ? pause() : play()),
  setSpeed: (speed: Speed): void => {
    appStore.setState({ speed });
    if (appStore.getState().playing) play();
  },
  step,
  seek: (to: number): void => move({ type: 'seek', to }),
  confine,
  choose,
  act: (id: string): void => choose(`${ACT_PREFIX}${id}`),
  openBranch,
  /** Opens a scenario at its beginning, with the sliders that show it best and all the room that its stage has. */
  openScenario({ id, defaults }: Pick<ScenarioInfo, 'id' | 'defaults'>): void {
    inquiries.closeInquiry();
    appStore.setState({ lensHeight: null });
    open({ scenario: id, config: defaults, choices: [] }, { kind: 'position', position: 0 });
  },
  /** Who wrote this? Opens the inquiry beside what was pressed. */
  inquire: (subject: Subject, from: Element | null = null): void =>
    inquiries.inquire((command) => send(command), subject, from),
  inquireAgain: (): void => inquiries.inquireAgain((command) => send(command)),
  closeInquiry: inquiries.closeInquiry,
  /** Who ever wrote this? Asked beside the inquiry, for a list that shows it. Returns what calls it off. */
  history: (cell: Cell, take: Parameters<typeof inquiries.history>[2]): (() => void) =>
    inquiries.history((command) => send(command), cell, take),
  /** What were the steps between two positions? An answer may hold the first of them alone. Returns what calls it off. */
  records: (from: number, to: number, take: inquiries.Take<'records'>): (() => void) =>
    inquiries.part((command) => send(command), 'records', from, to, take),
  /** What does the page show at these positions? The same way. */
  frames: (from: number, to: number, take: inquiries.Take<'frames'>): (() => void) =>
    inquiries.part((command) => send(command), 'frames', from, to, take),
  /** What is different between two positions of the open run? Opens the comparison. */
  compare: (from: number, to: number): void => inquiries.compare((command) => send(command), from, to),
  closeComparison: inquiries.closeComparison,
  mark,
  clearMark,
  goToMark,
  compareMarks,
  setBreakpoints,
  /** To the next breakpoint, or the one before. `from`: see `ranFrom` of the store. */
  runOn: (direction: 1 | -1, from: string | null = null): void => move({ type: 'run', direction }, from),
  /** To the next place where this is so, or the last one before. */
  runTo: (stop: Stop, direction: 1 | -1 = 1, from: string | null = null): void =>
    move({ type: 'run', direction, until: [stop] }, from),
  /** Gives up the run that is being opened: the one on the timeline is then open again. */
  cancelOpening: (): void => {
    const { outline } = appStore.getState();
    if (outline !== null) appStore.setState({ run: outline.run, wanted: null });
    send({ type: 'cancel' });
  },
  /** Opens a lens and brings it into sight, whatever hides it. */
  openLens: (lens: Lens): void =>
    appStore.setState(({ lensAsked }) => ({ view: 'lens', lens, lensOpen: true, lensAsked: lensAsked + 1 })),
  /** Opens one of the dialogs, or closes whichever is open. */
  show,
  closeTopmost,
  complain: (rejected: Rejection): void => appStore.setState({ rejected }),
  dismiss: (): void => appStore.setState({ rejected: null }),
};
