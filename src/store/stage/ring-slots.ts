// A ring's slots and indexes, as they stand. Pure.
import { PAGE_SIZE, ringSize } from '../../abi/ring.ts';
import type { StepView } from '../../engine/protocol.ts';
import type { RingView } from '../view.ts';

/** What slots can be, in the order in which they lie from rsp_cons on. */
export const SLOT_STATES = [
  'rspPublished', 'rspWritten', 'taken', 'reqPublished', 'reqWritten', 'free',
] as const;
export type SlotState = (typeof SLOT_STATES)[number];

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

/** Every index of a ring: who sees it, what it counts, and what it is for. */
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
