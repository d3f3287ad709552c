import { type Fn, Frame, type Op, type Party, slotById, type Timeline } from '../sim/index.ts';
import { isSame } from './cells.ts';
import { plain } from './plain.ts';
import type { Change, ListingLine, StackEntry, StepView } from './protocol.ts';

const MOST_CHANGES = 200;

/** The party of the thread with that name. */
export type PartyOf = (thread: string) => Party;

/** Everything there is to say about step `n` of a run. Leaves the timeline where it was. */
export function stepView(timeline: Timeline, n: number, partyOf: PartyOf): StepView {
  const { thread, op } = timeline.info(n);
  // A function that several parties run is of the party that runs it.
  const own = partyOf(thread.name);
  const changes = changesOf(timeline, n, thread.slot.id);
  const { departs } = op.fn.info;
  return {
    n,
    thread: thread.name,
    party: op.fn.info.party ?? own,
    key: op.key,
    stack: stackOf(timeline, n, thread.slot.id, own),
    listing: listingOf(op.fn),
    ...(departs === undefined ? {} : { departs }),
    effects: timeline.effects(n),
    changes: changes.slice(0, MOST_CHANGES),
    changed: changes.length,
  };
}

/**
 * The stack of the step's thread just before it: every step writes that slot, so the journal holds it. A step that begins
 * a thread, as what a person does, writes the slot twice: before the first time there was none.
 */
function stackOf(timeline: Timeline, n: number, slotId: number, own: Party): StackEntry[] {
  const { journal } = timeline.machine.state;
  const entries: StackEntry[] = [];
  for (let i = timeline.journalAt(n); i < timeline.journalAt(n + 1); i++) {
    const before = journal.cell(i) === ~slotId ? journal.oldValue(i) : undefined;
    if (!(before instanceof Frame)) continue;
    for (let frame: Frame | undefined = before; frame; frame = frame.parent) entries.push(stackEntry(frame.op, own));
    return entries.reverse();
  }
  throw new Error(`step ${n} did not move its thread`);
}

function stackEntry({ fn, label }: Op, own: Party): StackEntry {
  return { fn: fn.name, shown: fn.shown, party: fn.info.party ?? own, cite: fn.info.cite, label };
}

/**
 * The cells whose content step `n` changed, in the order of their first write. Not the stack of its own thread: that
 * moves at every step and has its own place in the view.
 */
function changesOf(timeline: Timeline, n: number, ownStack: number): Change[] {
  return changesIn(timeline, timeline.journalAt(n), timeline.journalAt(n + 1), ownStack);
}

/** What is different at position `to` from what it was at `from`, whichever comes first. Not where threads are in their code. */
export function changesBetween(timeline: Timeline, from: number, to: number): Change[] {
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  const changes = changesIn(timeline, timeline.journalAt(first), timeline.journalAt(last)).filter(
    (change) => change.cell === 'word' || (!change.name.startsWith('thread:') && !isSame(change.before, change.after)),
  );
  if (from <= to) return changes;
  return changes.map((change) =>
    change.cell === 'word'
      ? { ...change, before: change.after, after: change.before }
      : { ...change, before: change.after, after: change.before },
  );
}

/** The cells that differ after the writes `from` to `to - 1` of the journal, but for the slot numbered `without`. */
function changesIn(timeline: Timeline, from: number, to: number, without?: number): Change[] {
  const { state } = timeline.machine;
  const { journal } = state;
  const firsts = new Map<number, number>();
  const lasts = new Map<number, number>();
  for (let i = from; i < to; i++) {
    const cell = journal.cell(i);
    if (without !== undefined && cell === ~without) continue;
    if (!firsts.has(cell)) firsts.set(cell, i);
    lasts.set(cell, i);
  }
  const words: Change[] = [];
  const slots: Change[] = [];
  for (const [cell, first] of firsts) {
    const last = lasts.get(cell)!;
    if (cell >= 0) {
      const before = journal.oldWord(first) >>> 0;
      const after = journal.newWord(last) >>> 0;
      if (before !== after) words.push({ cell: 'word', ...state.addressOf(cell), before, after });
    } else {
      const before = journal.oldValue(first);
      const after = journal.newValue(last);
      const { name } = slotById(~cell);
      if (before !== after) slots.push({ cell: 'slot', name, before: plain(before), after: plain(after) });
    }
  }
  // A step may change thousands of words; what it did to named things must not drown in them.
  return [...slots, ...words];
}

const listings = new Map<Fn<never, unknown>, readonly ListingLine[]>();

/** The labelled operations of a function, in order, nested as they are written. Made once per function. */
function listingOf(fn: Fn<never, unknown>): readonly ListingLine[] {
  let listing = listings.get(fn);
  if (!listing) {
    const indents = indentsOf(fn.code);
    listing = fn.code.flatMap((op, pc) => {
      // Control has no label, nor has a call that is not worth a step of its own.
      if (op.label === '' || (op.kind !== 'step' && op.kind !== 'local' && op.kind !== 'call')) return [];
      const callee = op.kind === 'call' ? fixedCallee(op) : undefined;
      const { atomic } = op.node;
      return [
        {
          label: op.label,
          kind: op.kind,
          indent: indents[pc]!,
          ...(callee === undefined ? {} : { callee }),
          ...(atomic === undefined ? {} : { atomic }),
        },
      ];
    });
    listings.set(fn, listing);
  }
  return listing;
}

/** Nesting by position, read back from the branches: a branch guards what lies between it and its target. */
function indentsOf(code: readonly Op[]): number[] {
  const indents = code.map(() => 0);
  for (const [pc, op] of code.entries()) {
    const guards = op.kind === 'branch' || (op.kind === 'jump' && op.node.kind === 'when');
    if (!guards) continue;
    for (let inner = pc + 1; inner < op.target; inner++) indents[inner]!++;
  }
  return indents;
}

const noLocals: Record<string, never> = new Proxy(
  {},
  {
    get: () => {
      throw new Error('this callee depends on a local');
    },
  },
);

/** The shown name of what a call enters; undefined where that depends on the caller's locals. */
function fixedCallee(op: Op): string | undefined {
  try {
    return op.node.callee!(noLocals).shown;
  } catch {
    return undefined;
  }
}
