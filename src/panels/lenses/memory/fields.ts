/** Which field of which struct lies at a byte of a page. Pure. */
import { sharedInfo } from '../../../abi/event-channel.ts';
import { GRANTS_PER_FRAME, grantEntryV1 } from '../../../abi/grant-table.ts';
import { sizeOf } from '../../../abi/layout.ts';
import type { FieldType, Layout, Scalar } from '../../../abi/layout.ts';
import { netifRxRing, netifTxRing } from '../../../abi/netif.ts';
import { PAGE_SIZE, RING_HEADER_SIZE, ringSize } from '../../../abi/ring.ts';
import type { PartyId, RingView } from '../../../store/view.ts';
import type { PageKind } from './pages.ts';
import { readingOf } from './readings.ts';
import type { Reading } from './readings.ts';

/** A scalar, a run of bytes, or what lies between members. */
export interface Leaf {
  /** Members by their names with dots between, elements by their index; empty for padding. */
  path: string;
  /** Byte offset in the struct. */
  at: number;
  length: number;
  type: Scalar | 'bytes' | 'padding';
  /** Which member of its struct, or element of its array, it is. */
  ordinal: number;
}

export interface Field {
  /** The C name of the struct. */
  struct: string;
  /** Which slot of the ring or entry of the table; null where the page has the struct only once. */
  item: number | null;
  /** As in C; empty where no field lies. */
  path: string;
  type: Leaf['type'];
  /** Offset in the page, and bytes: of the part on this page, where a slot goes over its end. */
  start: number;
  length: number;
  /** Who writes it; null for nobody. */
  writer: PartyId | null;
  /** Neighbours differ. */
  odd: boolean;
  /** It is the first of its struct. */
  first: boolean;
  /** How a slot is read now; null on other pages. */
  reading: Reading | null;
}

const STRUCTS = { tx: netifTxRing, rx: netifRxRing } as const;
/** The header's fields, by who writes them: each side its own producer index, and when it wants to hear of the other's. */
const HEADER_WRITERS: Readonly<Record<string, PartyId>> = {
  req_prod: 'domU', rsp_event: 'domU', rsp_prod: 'dom0', req_event: 'dom0',
};
const GRANT_WRITERS: Readonly<Record<string, PartyId>> = { flags: 'xen', domid: 'domU', frame: 'domU' };

/** What lies `offset` bytes into a type. A union has no members here: whoever knows which one holds picks it first. */
export function leafAt(type: FieldType, offset: number, path = '', at = 0, ordinal = 0): Leaf {
  if (typeof type === 'string') return { path, at, length: sizeOf(type), type, ordinal };
  if (type.kind === 'bytes' || type.kind === 'union') return { path, at, length: sizeOf(type), type: 'bytes', ordinal };
  if (type.kind === 'array' || type.kind === 'flex') {
    const size = sizeOf(type.of);
    const index = Math.floor(offset / size);
    return leafAt(type.of, offset - index * size, `${path}[${index}]`, at + index * size, index);
  }
  let end = 0;
  for (const [i, [name, member]] of Object.entries(type.fields).entries()) {
    const from = type.offsets[name] ?? 0;
    if (from > offset) return { path: '', at: at + end, length: from - end, type: 'padding', ordinal: i };
    end = from + sizeOf(member);
    if (offset < end) return leafAt(member, offset - from, path === '' ? name : `${path}.${name}`, at + from, i);
  }
  const length = Math.max(type.size, offset + 1) - end;
  return { path: '', at: at + end, length, type: 'padding', ordinal: Object.keys(type.fields).length };
}

const leaves = new Map<Layout, Map<number, Leaf>>();

/** {@link leafAt} of a struct, worked out once: a dump asks for the same ones at every step. */
function leafOf(layout: Layout, offset: number): Leaf {
  let known = leaves.get(layout);
  if (known === undefined) leaves.set(layout, (known = new Map()));
  let leaf = known.get(offset);
  if (leaf === undefined) known.set(offset, (leaf = leafAt(layout, offset)));
  return leaf;
}

/** The field at a byte of a page; null where nothing of the page's layout lies. `ring`: the ring that it is a page of. */
export function fieldAt(page: PageKind, ring: RingView | undefined, offset: number): Field | null {
  switch (page.kind) {
    case 'ring':
      return ringField(page, ring, offset);
    case 'grants': {
      const entry = Math.floor(offset / grantEntryV1.size);
      const leaf = leafOf(grantEntryV1, offset % grantEntryV1.size);
      const item = page.index * GRANTS_PER_FRAME.v1 + entry;
      return fieldOf(grantEntryV1.name, item, leaf, entry * grantEntryV1.size, GRANT_WRITERS[leaf.path] ?? null);
    }
    case 'shared': {
      if (offset >= sharedInfo.size) return null;
      const leaf = leafOf(sharedInfo, offset);
      return fieldOf(sharedInfo.name, null, leaf, 0, sharedWriter(leaf.path, page.dom));
    }
    case 'other':
      return null;
  }
}

function ringField(page: Extract<PageKind, { kind: 'ring' }>, ring: RingView | undefined, offset: number): Field | null {
  const { sring, entry } = STRUCTS[page.direction];
  const inRing = page.index * PAGE_SIZE + offset;
  if (inRing < RING_HEADER_SIZE) {
    const leaf = leafOf(sring, inRing);
    return fieldOf(sring.name, null, leaf, 0, HEADER_WRITERS[leaf.path] ?? null);
  }
  const slot = Math.floor((inRing - RING_HEADER_SIZE) / entry.size);
  if (slot >= ringSize(page.pages * PAGE_SIZE, entry.size)) return null;
  const reading = readingOf(ring, slot);
  const layout = entry.fields[reading.as];
  const from = RING_HEADER_SIZE + slot * entry.size - page.index * PAGE_SIZE;
  const leaf = leafOf(layout, offset - from);
  const field = fieldOf(layout.name, slot, leaf, from, reading.as === 'req' ? 'domU' : 'dom0');
  // The response is shorter than the slot.
  const length = leaf.at + leaf.length > layout.size ? entry.size - leaf.at : field.length;
  return { ...field, ...cut(from + leaf.at, length), reading };
}

function fieldOf(struct: string, item: number | null, leaf: Leaf, from: number, writer: PartyId | null): Field {
  return {
    struct, item, path: leaf.path, type: leaf.type, ...cut(from + leaf.at, leaf.length),
    writer: leaf.type === 'padding' ? null : writer,
    odd: (leaf.ordinal + (item ?? 0)) % 2 === 1,
    first: leaf.at === 0,
    reading: null,
  };
}

/** The part on the page of bytes that may begin before it and end after it. */
function cut(start: number, length: number): Pick<Field, 'start' | 'length'> {
  const from = Math.max(start, 0);
  return { start: from, length: Math.min(start + length, PAGE_SIZE) - from };
}

/** Xen sets what is pending, the domain what it does not want to hear of; the rest of the page is not modelled. */
function sharedWriter(path: string, dom: 0 | 5): PartyId | null {
  if (path.startsWith('evtchn_pending[')) return 'xen';
  if (!path.startsWith('evtchn_mask[')) return null;
  return dom === 5 ? 'domU' : 'dom0';
}
