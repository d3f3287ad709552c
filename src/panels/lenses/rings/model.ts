// What the lens derives from a ring's view: pure, so that it can be tested without a page.
import { PAGE_SIZE, RING_HEADER, RING_HEADER_SIZE } from '../../../abi/ring.ts';
import { slotsOf } from '../../../store/stage/ring-slots.ts';
import type { Index, SlotState } from '../../../store/stage/ring-slots.ts';
import { bytesSubject, slotSubject } from '../../../store/subjects.ts';
import type { Subject } from '../../../store/subjects.ts';
import type { StepView } from '../../../store/store.ts';
import type { RingView } from '../../../store/view.ts';

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

/** The first slot after `slot` that lies on two pages, around the ring; the very first where none is chosen, null if there is none. */
export function nextStraddle({ straddles }: Pick<RingView, 'straddles'>, slot: number | null): number | null {
  const after = straddles.find(({ entry }) => slot === null || entry > slot) ?? straddles[0];
  return after?.entry ?? null;
}
