import { unreachable } from '../base/invariant.ts';
import type { Command, Event, Frame, Outline } from '../engine/protocol.ts';
import { remembered } from './branches.ts';
import { directCommands } from './commands.ts';
import { DEFAULT_RUN, sameRun } from './config.ts';
import { actsView } from './acts.ts';
import { answered, runChanged } from './inquire.ts';
import { createMirror } from './mirror.ts';
import type { Mirror } from './mirror.ts';
import { chapterEnd, positionOfKey } from './outline.ts';
import { keep } from './stage/keep.ts';
import { stageView } from './stage/stage-view.ts';
import { appStore, STEPS_PER_SECOND } from './store.ts';
import type { AppState } from './store.ts';
import type { StageView } from './view.ts';

/** One end of the port to the engine. */
export interface EngineClient {
  readonly mode: 'worker' | 'in-process';
  send(command: Command): void;
  /** Returns how to unsubscribe. */
  subscribe(listener: (event: Event) => void): () => void;
}

/**
 * Slots and page bytes at the current position. Whoever reads it selects the store's `frame` to know when to.
 */
export const mirror = createMirror();

/**
 * Writes what the engine says to the store, and acknowledges each frame once it is drawn. `onReady` is called
 * once, when the engine is there. Returns how to stop.
 */
export function connectEngine(client: EngineClient, onReady: () => void): () => void {
  /** The picture that was sent ahead, with its view: whoever asks for that step finds it made. */
  let prepared: { frame: Frame; stage: StageView } | null = null;
  directCommands((command) => client.send(command));
  return client.subscribe((event) => {
    switch (event.type) {
      case 'ready':
        appStore.setState({ scenarios: event.scenarios, engineMode: client.mode });
        return onReady();
      case 'outline': {
        const { run, wanted, outline: before, branches, forgotten, shelf, position, speed } = appStore.getState();
        const { outline } = event;
        if (before !== null) runChanged((command) => client.send(command), before, outline);
        const kept = remembered({ branches, forgotten, shelf }, outline, position);
        // Sliders may be moved faster than runs open: then this is not yet the run that was asked for last.
        if (!sameRun(outline.run, run)) return appStore.setState({ ...kept, outline, opening: null });
        const to = wanted === null ? undefined : wantedPosition(outline, wanted);
        appStore.setState({ ...kept, outline, run: outline.run, wanted: null, goal: to ?? null, opening: null });
        if (to !== undefined) client.send({ type: 'seek', to });
        if (wanted?.plays) client.send({ type: 'play', stepsPerSecond: STEPS_PER_SECOND * speed });
        return;
      }
      case 'ahead': {
        const { frame } = event;
        const next = createMirror(mirror);
        next.apply(frame);
        prepared = { frame, stage: stageOf(next, frame) };
        return;
      }
      case 'frame': {
        const { frame } = event;
        mirror.apply(frame);
        const stage = prepared?.frame === frame ? prepared.stage : stageOf(mirror, frame);
        appStore.setState(({ frame: count, printed, goal }) => ({
          position: frame.position,
          step: frame.step,
          choices: frame.choices,
          fingerprint: frame.fingerprint,
          frame: count + 1,
          // A run was opened after one that had a defect.
          fatal: null,
          stage,
          printed: keep(printed, frame.printed),
          goal: goal === frame.position ? null : goal,
        }));
        requestAnimationFrame(() => client.send({ type: 'ack', frame: frame.id }));
        return;
      }
      case 'playing':
        return appStore.setState(({ position, goal, playedFrom }) => ({
          playing: event.playing,
          playedFrom: event.playing ? goal ?? position : playedFrom,
        }));
      case 'answer':
        return answered(event.id, event.answer);
      case 'stopped':
        return appStore.setState({ stoppedAt: { stop: event.stop, position: event.position } });
      case 'progress':
        return appStore.setState({ opening: event.steps });
      case 'rejected':
        return onRejected(client, event.command, event.reason);
      case 'fatal':
        return appStore.setState({ fatal: event, playing: false, opening: null });
      default:
        return unreachable(event);
    }
  });
}

/** The view of `frame`, which `of` has applied, after the one that is shown. */
function stageOf(of: Mirror, frame: Frame): StageView {
  const { stage, scenarios, run } = appStore.getState();
  return stageView(of, stage, frame, actsView(scenarios, run.scenario, frame.refusals, stage.acts));
}

function onRejected(client: EngineClient, command: Command['type'], reason: string): void {
  const { outline } = appStore.getState();
  // It came too late: the run is there, and its outline with it.
  if (command === 'cancel') return appStore.setState(outline === null ? {} : { run: outline.run });
  if (outline !== null) {
    // The run that stays on screen is the one that is open.
    appStore.setState({
      rejected: { command, reason },
      ...(command === 'open' ? { run: outline.run, wanted: null } : {}),
    });
  } else if (command === 'open') {
    appStore.setState({ rejected: { command, reason } });
    // Was only the place refused, or the run? Nothing is playing yet, so a pause is refused if no run is open.
    client.send({ type: 'pause' });
  } else if (command === 'pause') {
    appStore.setState({ run: DEFAULT_RUN });
    client.send({ type: 'open', run: DEFAULT_RUN, at: { kind: 'position', position: 0 } });
  }
}

function wantedPosition(outline: Outline, wanted: NonNullable<AppState['wanted']>): number | undefined {
  const index = outline.chapters.findIndex(({ id }) => id === wanted.chapter);
  const chapter = outline.chapters[index];
  if (chapter === undefined) return undefined;
  // A chapter is shown at its first step.
  return (
    positionOfKey(outline, wanted.key, wanted.occurrence, chapter.at, chapterEnd(outline, index)) ??
    chapter.at + 1
  );
}
