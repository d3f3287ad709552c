// What the lens derives from a ring's view: pure, so that it can be tested without a page.
import { PAGE_SIZE, RING_HEADER, RING_HEADER_SIZE, ringSize } from '../../../abi/ring.ts';
import { bytesSubject, slotSubject } from '../../../store/subjects.ts';
import type { Subject } from '../../../store/subjects.ts';
import type { StepView } from '../../../store/store.ts';
import type { RingView } from '../../../store/view.ts';

/** What slots can be, in the order in which they lie from rsp_cons on. */
export const SLOT_STATES = [
  'rspPublished', 'rspWritten', 'taken', 'reqPublished', 'reqWritten', 'free',
] as const;
type SlotState = (typeof SLOT_STATES)[number];

/** Slots that are alike and follow one another. */
export interface SlotRun {
  readonly state: SlotState;
  /** Free-running index of the first. */
  readonly from: number;
  readonly count: number;
}

/** `index + n` as the 32-bit number that it is. */
function advance(index: number, n: number): number {
  return (index + n) >>> 0;
}

/** How far `to` is ahead of `from`, both free-running. */
export function distance(from: number, to: number): number {
  return (to - from) >>> 0;
}

/** Slots the ring has, or will have once it is initialised. */
export function slotsOf({ pages, slotSize }: Pick<RingView, 'pages' | 'slotSize'>): number {
  return ringSize(pages.length * PAGE_SIZE, slotSize);
}

/**
 * The runs of a ring's slots, from netfront's rsp_cons on once around; none before the ring is initialised, null where
 * the indexes contradict each other. An end that is not there counts as having moved nothing that is not published.
 */
export function runsOf({ header, front, back, entries }: RingView): readonly SlotRun[] | null {
  if (header === null || entries === 0) return [];
  const { req_prod, rsp_prod } = header;
  const base = front?.rsp_cons ?? rsp_prod;
  const ends = [
    rsp_prod, back?.rsp_prod_pvt ?? rsp_prod, back?.req_cons ?? rsp_prod, req_prod, front?.req_prod_pvt ?? req_prod,
  ].map((index) => distance(base, index));
  ends.push(entries);
  const runs: SlotRun[] = [];
  let start = 0;
  for (const [i, end] of ends.entries()) {
    if (end < start) return null;
    if (end > start) runs.push({ state: SLOT_STATES[i]!, from: advance(base, start), count: end - start });
    start = end;
  }
  return runs;
}

/** How many slots are in each state. */
export function countsOf(runs: readonly SlotRun[]): Readonly<Record<SlotState, number>> {
  const counts = { rspPublished: 0, rspWritten: 0, taken: 0, reqPublished: 0, reqWritten: 0, free: 0 };
  for (const { state, count } of runs) counts[state] += count;
  return counts;
}

/** What a slot is at present, and the free-running index by which it is, or will be, meant. */
export function standingOf(
  runs: readonly SlotRun[] | null, slot: number, entries: number,
): { state: SlotState; index: number } | null {
  for (const { state, from, count } of runs ?? []) {
    const ahead = (slot - (from % entries) + entries) % entries;
    if (ahead < count) return { state, index: advance(from, ahead) };
  }
  return null;
}

/** Which of the two readings of a slot's bytes is meant. Null where neither is. */
export function liveReading(state: SlotState | null): 'req' | 'rsp' | null {
  if (state === null || state === 'free') return null;
  return state === 'rspPublished' || state === 'rspWritten' ? 'rsp' : 'req';
}

/** A slot as somebody typed it: the slot, what is wrong with it, or null for nothing typed. */
export function readSlot(
  text: string, entries: number,
): { slot: number } | { problem: 'nonsense' | 'beyond'; typed: string; instead?: number } | null {
  const typed = text.trim();
  if (typed === '') return null;
  if (!/^\d{1,15}$/.test(typed)) return { problem: 'nonsense', typed: typed.slice(0, 20) };
  const slot = Number(typed);
  return slot < entries ? { slot } : { problem: 'beyond', typed, instead: slot % entries };
}

export const INDEXES = [
  { name: 'req_prod', owner: 'shared', of: 'req', role: 'prod' },
  { name: 'req_event', owner: 'shared', of: 'req', role: 'event' },
  { name: 'rsp_prod', owner: 'shared', of: 'rsp', role: 'prod' },
  { name: 'rsp_event', owner: 'shared', of: 'rsp', role: 'event' },
  { name: 'req_prod_pvt', owner: 'netfront', of: 'req', role: 'prod' },
  { name: 'rsp_cons', owner: 'netfront', of: 'rsp', role: 'cons' },
  { name: 'req_cons', owner: 'netback', of: 'req', role: 'cons' },
  { name: 'rsp_prod_pvt', owner: 'netback', of: 'rsp', role: 'prod' },
] as const;
export type Index = (typeof INDEXES)[number];

/** An index's value; null while it does not exist. */
export function indexValue({ header, front, back }: RingView, { name }: Index): number | null {
  const all: Readonly<Record<string, number>> = { ...header, ...front, ...back };
  return all[name] ?? null;
}

/** Bytes into the ring at which a shared index lies; null for a private one. */
export function headerOffset({ owner, name }: Index): number | null {
  return owner === 'shared' ? RING_HEADER[name] : null;
}

/** What to ask for to know who wrote an index. */
export function indexSubject({ queue, direction, pages }: RingView, { name, owner }: Index): Subject {
  const called = `${name} of queue ${queue} ${direction.toUpperCase()}`;
  if (owner === 'shared') return bytesSubject(called, pages[0]?.mfn ?? 0, RING_HEADER[name], 4);
  return slotSubject(called, `${owner}:queue:${queue}`, direction, 'indexes', name);
}

/** Bytes of the slots that a step changed: by slot, the changed bytes of it. Only of what the step lists. */
export function changedBytes(ring: RingView, step: StepView | null): ReadonlyMap<number, ReadonlySet<number>> {
  if (step === null) return NONE;
  const found = new Map<number, Set<number>>();
  const pageOf = new Map(ring.pages.map(({ mfn, index }) => [mfn, index]));
  const end = slotsOf(ring);
  for (const change of step.changes) {
    if (change.cell !== 'word') continue;
    const page = pageOf.get(change.frame);
    if (page === undefined) continue;
    const into = page * PAGE_SIZE + change.offset - RING_HEADER_SIZE;
    const slot = Math.floor(into / ring.slotSize);
    if (into < 0 || slot >= end) continue;
    const bytes = found.get(slot) ?? new Set();
    found.set(slot, bytes);
    for (let i = 0; i < 4; i++) {
      if ((((change.before ^ change.after) >>> (8 * i)) & 0xff) !== 0) bytes.add((into % ring.slotSize) + i);
    }
  }
  return found.size === 0 ? NONE : found;
}

/** Always the same, so that nothing is drawn again for a step that touches no slot. */
const NONE: ReadonlyMap<number, ReadonlySet<number>> = new Map();

/** Ascending numbers as stretches [first, count]. */
export function stretches(numbers: Iterable<number>): [number, number][] {
  const found: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last !== undefined && last[0] + last[1] === number) last[1]++;
    else found.push([number, 1]);
  }
  return found;
}

/** The ring that a step touches: its indexes, its slots, or the grant of one of its pages; null if it touches none. */
export function touchedRing(rings: readonly RingView[], step: StepView | null): RingView | null {
  if (step === null) return null;
  const frames = new Set(step.changes.flatMap((change) => (change.cell === 'word' ? [change.frame] : [])));
  return (
    rings.find(({ changed, pages }) => changed !== undefined || pages.some(({ mfn }) => frames.has(mfn))) ??
    rings.find(({ pages }) => pages.some(({ hot }) => hot)) ??
    null
  );
}

/** The first slot after `slot` that lies on two pages, around the ring; the very first where none is chosen, null if there is none. */
export function nextStraddle({ straddles }: Pick<RingView, 'straddles'>, slot: number | null): number | null {
  const after = straddles.find(({ entry }) => slot === null || entry > slot) ?? straddles[0];
  return after?.entry ?? null;
}
