import { hashString } from '../../base/hash.ts';
import type { Value } from './value.ts';

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
  readonly a: number;
  readonly b: number;
  /** Type only: what the slot holds. Absent at run time. */
  readonly holds?: T;
}

interface SlotOptions {
  hashed?: boolean;
  shared?: boolean;
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
    shared: options.shared ?? true,
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
