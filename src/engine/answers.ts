import type { Timeline, Value } from '../sim/index.ts';
import { checkCell, Follower, isSame, writesTo } from './cells.ts';
import { frameAt } from './delta.ts';
import { insideOf, originsOf } from './origins.ts';
import { plain } from './plain.ts';
import type { Answer, Cell, Frame, Question, Write } from './protocol.ts';
import { recordsOf } from './records.ts';
import type { Run } from './run.ts';
import { changesBetween } from './step-view.ts';

const MOST_WRITES = 500;
/** Steps told of at once: some ten milliseconds' work, so that commands are heard in between. */
const MOST_RECORDS = 500;
/** Frames told at once, for the same reason. */
const MOST_FRAMES = 25;

/** What the engine knows of a question about a run that is recorded to its end. `view` is the position shown. */
export function answer(run: Run, question: Question, view: number): Answer {
  switch (question.kind) {
    case 'writers': {
      const reason = checkCell(question.cell);
      return reason === null ? writers(run, question.cell, view) : { kind: 'none', reason };
    }
    case 'compare':
      return compared(run, question.from, question.to);
    case 'records':
      return recorded(run, question.from, question.to);
    case 'frames':
      return shown(run, question.from, question.to);
  }
}

function writers(run: Run, cell: Cell, view: number): Answer {
  const { timeline } = run;
  const { state } = timeline.machine;
  timeline.seek(0);
  const follower = new Follower(state, cell);
  const writes: Write[] = [];
  const end = timeline.journalAt(run.length);
  let n = 0;
  let before = follower.value;
  let open = false;
  const close = (): void => {
    if (!open) return;
    open = false;
    const after = follower.value;
    if (!isSame(before, after)) writes.push(writeOf(run, n, before, after));
    before = after;
  };
  for (const i of writesTo(state, cell, timeline.journalAt(0), end)) {
    if (i >= timeline.journalAt(n + 1)) {
      close();
      n = stepOf(timeline, i, n);
    }
    follower.take(i);
    open = true;
  }
  close();
  const inside = insideOf(timeline, cell);
  const told = nearest(writes, view).map((write) => {
    const within = inside.get(write.position);
    return within === undefined ? write : { ...write, inside: within };
  });
  const origins = originsOf(timeline, cell).map(({ how, n }) => ({ how, ...whoAt(run, n) }));
  return { kind: 'writers', writes: told, total: writes.length, ...(origins.length === 0 ? {} : { origins }) };
}

/** The step that made write `i`, which is not before step `from`. */
function stepOf(timeline: Timeline, i: number, from: number): number {
  let low = from;
  let high = timeline.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeline.journalAt(middle + 1) > i) high = middle;
    else low = middle + 1;
  }
  return low;
}

function whoAt(run: Run, n: number): Omit<Write, 'before' | 'after' | 'inside'> {
  const { thread, op } = run.timeline.info(n);
  return {
    position: n + 1,
    thread: thread.name,
    party: op.fn.info.party ?? run.partyOf(thread.name),
    key: op.key,
    shown: op.fn.shown,
  };
}

function writeOf(run: Run, n: number, before: Value, after: Value): Write {
  return { ...whoAt(run, n), before: plain(before), after: plain(after) };
}

/** Of too many writes those around the position shown. */
function nearest(writes: Write[], view: number): Write[] {
  if (writes.length <= MOST_WRITES) return writes;
  const later = writes.findIndex(({ position }) => position > view);
  const middle = later < 0 ? writes.length : later;
  const from = Math.min(Math.max(middle - MOST_WRITES / 2, 0), writes.length - MOST_WRITES);
  return writes.slice(from, from + MOST_WRITES);
}

/** Why there is nothing to say of these positions; null if the run has them. */
function noSuch({ length }: Run, from: number, to: number): Answer | null {
  const wrong = [from, to].find((position) => !Number.isInteger(position) || position < 0 || position > length);
  return wrong === undefined ? null : { kind: 'none', reason: `the run has ${length} steps; there is no position ${wrong}` };
}

function recorded(run: Run, from: number, to: number): Answer {
  return noSuch(run, from, to) ?? { kind: 'records', records: recordsOf(run, from, Math.min(to, from + MOST_RECORDS)) };
}

function shown(run: Run, from: number, to: number): Answer {
  const wrong = noSuch(run, from, to);
  if (wrong !== null) return wrong;
  const frames: Frame[] = [];
  for (let position = from; position <= Math.min(to, from + MOST_FRAMES - 1); position++) {
    run.timeline.seek(position);
    frames.push(frameAt(run, 0, position === from ? null : position - 1));
  }
  return { kind: 'frames', frames };
}

function compared(run: Run, from: number, to: number): Answer {
  const wrong = noSuch(run, from, to);
  if (wrong !== null) return wrong;
  const changes = changesBetween(run.timeline, from, to);
  const slots = changes.filter((change) => change.cell === 'slot');
  const words = new Float64Array((changes.length - slots.length) * 4);
  let at = 0;
  for (const change of changes) {
    if (change.cell === 'slot') continue;
    words.set([change.frame, change.offset, change.before, change.after], at);
    at += 4;
  }
  return { kind: 'compare', from, to, slots, words };
}
