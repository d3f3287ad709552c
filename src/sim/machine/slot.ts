import { hashString, mixA, mixB } from '../../base/hash.ts';
import { hashValue, lanes, type Value } from './value.ts';

/**
 * A typed name for one immutable value of the state. Slots are interned by name, process-wide; what enters a
 * fingerprint is the name's own hash, never the interning order.
 */
export interface Slot<T extends Value = Value> {
  readonly id: number;
  readonly name: string;
  /** False for what only the page shows (log lines, last writers): equal states must merge. */
  readonly hashed: boolean;
  /** False for memory that only one thread ever touches: reading it is no scheduling point. */
  readonly shared: boolean;
  /**
   * True for memory that several threads touch, but that a lock (or its like) keeps to one at a time: reading it is no
   * scheduling point either.
   */
  readonly guarded: boolean;
  /** True for private memory that in some scenarios passes from one thread to another, under a lock (see Machine.handsOn). */
  readonly handedOn: boolean;
  readonly a: number;
  readonly b: number;
  /** Type only: what the slot holds. Absent at run time. */
  readonly holds?: T;
}

interface SlotOptions {
  hashed?: boolean;
  shared?: boolean;
  guarded?: boolean;
  handedOn?: boolean;
}

const byName = new Map<string, Slot>();
const all: Slot[] = [];

/** The slot called `name`, made on first use. */
export function slot<T extends Value>(name: string, options: SlotOptions = {}): Slot<T> {
  const known = byName.get(name);
  if (known) return known as Slot<T>;
  const { a, b } = hashString(name);
  const made: Slot<T> = {
    id: all.length,
    name,
    hashed: options.hashed ?? true,
    shared: options.shared ?? options.handedOn !== true,
    guarded: options.guarded ?? false,
    handedOn: options.handedOn ?? false,
    a,
    b,
  };
  all.push(made);
  byName.set(name, made);
  return made;
}

/** The slot with that number (as journals record it). */
export function slotById(id: number): Slot {
  return all[id]!;
}

/** Works out into `lanes` what a slot adds to the fingerprint while it holds `value`: nothing if empty or not hashed. */
export function hashHeld(slot: Slot, value: Value): void {
  if (!slot.hashed || value === undefined) {
    lanes.a = 0;
    lanes.b = 0;
    return;
  }
  hashValue(value);
  lanes.a = mixA(slot.a, lanes.a);
  lanes.b = mixB(slot.b, lanes.b);
}
