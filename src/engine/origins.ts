/** What made a cell what it is and is no write of it: stores of a value that was there already, and those in a transaction. */
import { RING_HEADER_SIZE, slotById, type State, type Timeline, type Value } from '../sim/index.ts';
import { plain } from './plain.ts';
import type { Cell, Write } from './protocol.ts';

const INIT = /#XEN_FRONT_RING_INIT$/;

/** A step that made the page of the cell, or the ring in it. */
export interface OriginAt {
  how: 'zeroed' | 'initialised';
  /** The step: its number, from 0. */
  n: number;
}

function slotValue(state: State, name: string): unknown {
  for (const [slot, value] of state.slots()) if (slot.name === name) return plain(value);
  return undefined;
}

/** Calls `see` with each slot write of the run, and the step that makes it. */
function eachSlotWrite(timeline: Timeline, wanted: (name: string) => boolean, see: (name: string, value: Value, n: number) => void): void {
  const { journal } = timeline.machine.state;
  const known = new Map<number, string | null>();
  let n = 0;
  for (let i = timeline.journalAt(0); i < timeline.journalAt(timeline.length); i++) {
    const cell = journal.cell(i);
    if (cell >= 0) continue;
    let name = known.get(cell);
    if (name === undefined) {
      const found = slotById(~cell).name;
      known.set(cell, (name = wanted(found) ? found : null));
    }
    if (name === null) continue;
    while (i >= timeline.journalAt(n + 1)) n++;
    see(name, journal.newValue(i), n);
  }
}

/** Where in the run the page of a cell was allocated, which is zeroed, and where the ring whose header it is was made. */
export function originsOf(timeline: Timeline, cell: Cell): OriginAt[] {
  if (cell.cell !== 'bytes') return [];
  const { state } = timeline.machine;
  timeline.seek(0);
  const memory = slotValue(state, 'xen:memory:5') as { gfn: number; mfns: readonly number[] } | undefined;
  const at = memory?.mfns.indexOf(cell.frame) ?? -1;
  if (memory === undefined || at < 0) return [];
  const gfn = memory.gfn + at;
  let held = ((slotValue(state, 'pages:domU') ?? []) as readonly number[]).includes(gfn);
  const origins: OriginAt[] = [];
  eachSlotWrite(timeline, (name) => name === 'pages:domU', (_, value, n) => {
    const now = ((plain(value) ?? []) as readonly number[]).includes(gfn);
    if (now && !held) origins.push({ how: 'zeroed', n });
    held = now;
  });
  // Of the stores that make a ring some change nothing, but one of the header always does.
  if (cell.offset + cell.length <= RING_HEADER_SIZE) {
    for (let n = 0; n < timeline.length; n++) {
      if (INIT.test(timeline.info(n).op.key) && touches(timeline, n, cell.frame)) origins.push({ how: 'initialised', n });
    }
  }
  return origins.sort((a, b) => a.n - b.n);
}

function touches(timeline: Timeline, n: number, frame: number): boolean {
  const { state } = timeline.machine;
  for (let i = timeline.journalAt(n); i < timeline.journalAt(n + 1); i++) {
    const cell = state.journal.cell(i);
    if (cell >= 0 && state.addressOf(cell).frame === frame) return true;
  }
  return false;
}

interface Open {
  readonly id: number;
  readonly accessed: readonly { readonly path: string; readonly changed: boolean; readonly node: unknown }[];
}

/**
 * By the position of the step that committed it: the transaction in which a key was written, and where. A write in one is
 * seen by nobody else before that.
 */
export function insideOf(timeline: Timeline, cell: Cell): ReadonlyMap<number, NonNullable<Write['inside']>> {
  const found = new Map<number, NonNullable<Write['inside']>>();
  if (cell.cell !== 'slot' || !cell.name.startsWith('xs:node:')) return found;
  const path = cell.name.slice('xs:node:'.length);
  timeline.seek(0);
  /** By connection and id, of the transactions that are open: the step that began each. */
  const begun = new Map<string, number>();
  /** By the same: what the key is in it so far, and the step that made it so. */
  const drafts = new Map<string, { node: string; n: number }>();
  eachSlotWrite(timeline, (name) => name.startsWith('xs:tx:'), (name, value, n) => {
    const open = (plain(value) ?? []) as unknown as readonly Open[];
    for (const { id, accessed } of open) {
      const key = `${name}\n${id}`;
      if (!begun.has(key)) begun.set(key, n);
      const access = accessed.find((one) => one.path === path && one.changed);
      if (access === undefined) continue;
      const node = JSON.stringify(access.node);
      if (drafts.get(key)?.node !== node) drafts.set(key, { node, n });
    }
    for (const [key, first] of begun) {
      const [conn, id] = key.split('\n');
      if (conn !== name || open.some((one) => one.id === Number(id))) continue;
      begun.delete(key);
      const draft = drafts.get(key);
      if (draft === undefined) continue;
      drafts.delete(key);
      found.set(n + 1, { connection: name.slice('xs:tx:'.length), begun: first + 1, position: draft.n + 1 });
    }
  });
  return found;
}
