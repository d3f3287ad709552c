import { lanesHex } from '../base/hash.ts';
import { refusalOf, slotById, type Timeline, type Value } from '../sim/index.ts';
import { plain } from './plain.ts';
import type { ChoiceView, Frame } from './protocol.ts';
import type { Run } from './run.ts';
import { stepView } from './step-view.ts';

/** Beyond this many writes between two positions a keyframe is the smaller message. */
const MOST_WRITES = 16_384;

/**
 * The picture at the position of the run's timeline: what changed since position `since`, or everything if `since` is null or too
 * many writes away.
 */
export function frameAt(run: Run, id: number, since: number | null): Frame {
  const { timeline } = run;
  const position = timeline.position;
  const { state } = timeline.machine;
  const writes = since === null ? Infinity : Math.abs(timeline.journalAt(position) - timeline.journalAt(since));
  return {
    id,
    position,
    step: position === 0 ? null : stepView(timeline, position - 1, (name) => run.partyOf(name)),
    choices: choicesAt(timeline),
    refusals: run.acts.map((act) => refusalOf(timeline.machine, act)),
    gone: run.past.gone(timeline),
    printed: run.printed.upTo(position),
    fingerprint: lanesHex(state.a, state.b),
    ...(since === null || writes > MOST_WRITES ? everything(timeline) : changesSince(timeline, since)),
  };
}

type Content = Pick<Frame, 'kind' | 'slots' | 'pages' | 'words'>;

/** Every slot, and every page that is not all zeros. */
function everything(timeline: Timeline): Content {
  const { state } = timeline.machine;
  const pages: [number, Uint8Array<ArrayBuffer>][] = [];
  for (const frame of state.pages()) {
    const bytes = state.pageBytes(frame);
    if (new Int32Array(bytes.buffer).some((word) => word !== 0)) pages.push([frame, bytes]);
  }
  const slots = Array.from(state.slots(), ([slot, value]): [string, Value] => [slot.name, plain(value)]);
  return { kind: 'key', slots, pages, words: new Float64Array() };
}

/** The cells written between `since` and here, whichever comes first, with what they hold here. */
function changesSince(timeline: Timeline, since: number): Content {
  const { state } = timeline.machine;
  const here = timeline.journalAt(timeline.position);
  const there = timeline.journalAt(since);
  const cells = new Set<number>();
  for (let i = Math.min(here, there); i < Math.max(here, there); i++) cells.add(state.journal.cell(i));
  const slots: [string, Value][] = [];
  const words: number[] = [];
  for (const cell of cells) {
    if (cell >= 0) {
      const { frame, offset } = state.addressOf(cell);
      words.push(frame, offset, state.load32(frame, offset));
    } else {
      const slot = slotById(~cell);
      slots.push([slot.name, plain(state.get(slot))]);
    }
  }
  return { kind: 'delta', slots, pages: [], words: Float64Array.from(words) };
}

/** The threads that can run here, the natural one first, each with the operation that it would run. */
export function choicesAt(timeline: Timeline): ChoiceView[] {
  const natural = timeline.natural();
  if (!natural) return [];
  const others = timeline.enabled().filter((thread) => thread !== natural);
  return [natural, ...others].map((thread) => ({
    thread: thread.name,
    key: timeline.machine.next(thread)!.key,
  }));
}
