/** All there is to say of one byte: its field decoded, and the struct around it. Pure. */
import { GNTTAB_NR_RESERVED_ENTRIES, GTF } from '../../../abi/grant-table.ts';
import { findField } from '../../../abi/layout.ts';
import type { Layout } from '../../../abi/layout.ts';
import { netifRxRing, netifTxRing } from '../../../abi/netif.ts';
import { PAGE_SIZE, RING_HEADER_SIZE } from '../../../abi/ring.ts';
import { memoryWords as t } from '../../../content/memory.ts';
import { fill } from '../../../content/words.ts';
import { portsText } from '../../../parts/port-bits.ts';
import { ringValueNames } from '../../../parts/ring-values.ts';
import { bytesSubject } from '../../../store/subjects.ts';
import type { Subject } from '../../../store/subjects.ts';
import type { StepView } from '../../../store/store.ts';
import type { RingView, StageView } from '../../../store/view.ts';
import { fieldAt } from './fields.ts';
import type { Field } from './fields.ts';
import { hex } from './pages.ts';
import type { MemoryPage } from './pages.ts';

/** Bytes of machine frames; undefined where all are zeros. */
export type Bytes = (mfn: number) => Uint8Array | undefined;

export interface Row {
  name: string;
  value: string;
  /** It is the field of the chosen byte. */
  chosen: boolean;
}

export interface Details {
  title: string;
  struct: string | null;
  span: string;
  bytes: string;
  /** The bytes before the current step; null where it left them as they were. */
  before: string | null;
  /** Null where bytes are no number. */
  value: string | null;
  meaning: string;
  /** More sentences about the struct. */
  facts: readonly string[];
  /** A slot in both of its readings, that which holds first. */
  readings: readonly { caption: string; rows: readonly Row[] }[];
  lamps: readonly { name: string; on: boolean }[];
  /** Who wrote it? The bytes of the field, or the byte alone where there is none. */
  subject: Subject;
}

const STRUCTS = { tx: netifTxRing, rx: netifRxRing } as const;
const GRANT_FLAGS = { readonly: GTF.readonly, reading: GTF.reading, writing: GTF.writing } as const;

/** Describes the byte at `offset` of the page. */
export function detailsOf(
  page: MemoryPage, stage: StageView, step: StepView | null, bytes: Bytes, offset: number,
): Details {
  const ring = ringOf(page, stage.rings);
  const field = fieldAt(page, ring, offset);
  const start = field?.start ?? offset;
  // An asker names no more than 64 bytes.
  const length = Math.min(field?.length ?? 1, 64);
  const own = bytes(page.mfn)?.subarray(start, start + length) ?? new Uint8Array(length);
  const title = titleOf(field);
  const name = fill(t.bytesOf, { field: title, offset: hex(start, 3), page: page.name });
  return {
    title,
    struct: field?.struct ?? null,
    span: fill(length === 1 ? t.spanOne : t.span, { from: hex(start, 3), length }),
    bytes: hexBytes(own),
    before: beforeStep(step, page.mfn, start, own),
    value: field === null ? null : valueOf(page, field, own, stage),
    meaning: meaningOf(page, field),
    facts: factsOf(page, field, stage),
    readings: page.kind === 'ring' && field?.reading ? readingsOf(page, ring, field, bytes) : [],
    lamps: page.kind === 'grants' ? lampsOf(bytes(page.mfn), offset & ~7) : [],
    subject: bytesSubject(name, page.mfn, start, length),
  };
}

/** Bytes as they are read: 'ff 00'. */
export function hexBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

function beforeStep(step: StepView | null, mfn: number, start: number, now: Uint8Array): string | null {
  const before = Uint8Array.from(now);
  let changed = false;
  for (const change of step?.changes ?? []) {
    if (change.cell !== 'word' || change.frame !== mfn) continue;
    for (let i = 0; i < 4; i++) {
      const at = change.offset + i - start;
      const byte = (change.before >>> (i * 8)) & 0xff;
      if (before[at] === undefined || before[at] === byte) continue;
      before[at] = byte;
      changed = true;
    }
  }
  return changed ? hexBytes(before) : null;
}

/** The ring that the page is one of. */
export function ringOf(page: MemoryPage | undefined, rings: readonly RingView[]): RingView | undefined {
  if (page?.kind !== 'ring') return undefined;
  return rings.find(({ queue, direction }) => queue === page.queue && direction === page.direction);
}

/** What people call the field: 'gref of slot 12', 'req_prod', 'evtchn_mask[0]'. */
export function titleOf(field: Field | null): string {
  if (field === null) return t.unused;
  const name = field.path === '' ? (field.reading ? t.rest : t.padding) : field.path;
  if (field.item === null) return name;
  const item = fill(field.reading === null ? t.entry : t.slot, { n: field.item });
  return `${item}: ${name}`;
}

function meaningOf(page: MemoryPage, field: Field | null): string {
  const meanings: Readonly<Record<string, string>> = t.meanings;
  if (field === null) {
    return page.kind === 'ring' ? t.meanings.unusedRing : page.kind === 'other' ? t.meanings.unusedOther : t.meanings.unused;
  }
  if (field.path === '') return field.reading ? t.meanings.rest : t.meanings.padding;
  if (page.kind === 'shared') return meanings[/^\w+/.exec(field.path)![0]] ?? t.meanings.notModelled;
  const place = page.kind === 'grants' ? 'grant.' : field.reading && page.kind === 'ring' ? `${page.direction}.${field.reading.as}.` : '';
  return meanings[`${place}${field.path}`] ?? t.meanings.unused;
}

function factsOf(page: MemoryPage, field: Field | null, { grants }: StageView): string[] {
  if (field?.reading) return [t.states[`${field.reading.state}${field.reading.as}` as keyof typeof t.states]];
  if (page.kind !== 'grants' || field === null || field.item === null) return [];
  const row = grants.rows.find(({ ref }) => ref === field.item);
  const facts = field.item < GNTTAB_NR_RESERVED_ENTRIES ? [t.entryReserved] : [];
  if (row === undefined) return facts;
  if (row.flags !== GTF.invalid) facts.push(fill(t.entryOf, { what: row.ring }));
  if (row.handle !== null) facts.push(fill(t.entryMapped, { handle: row.handle }));
  return facts;
}

/** A field's bytes as what they stand for; null where they stand for nothing. */
function valueOf(page: MemoryPage, field: Field, own: Uint8Array, stage: StageView): string | null {
  if (field.type === 'bytes' || field.type === 'padding') return null;
  if (page.kind === 'shared' && field.writer !== null) return portsOf(page.dom, field, own, stage);
  return scalarText(page, field.reading?.as ?? null, field.path, numberOf(own, field.type === 's16'));
}

function scalarText(page: MemoryPage, as: 'req' | 'rsp' | null, path: string, value: number): string {
  if (page.kind === 'grants') {
    if (path === 'flags') return flagsText(value, [grantType(value), ...namesIn(value, GRANT_FLAGS)]);
    return path === 'frame' ? hex(value) : String(value);
  }
  if (page.kind !== 'ring') return String(value);
  const names = ringValueNames(page.direction, as, path, value);
  if (path === 'flags') return flagsText(value, names);
  if (path === 'status') return names.length === 0 ? String(value) : `${value} (${names.join()})`;
  return value < 10 ? String(value) : `${value} (${hex(value)})`;
}

function grantType(flags: number): string {
  const type = flags & GTF.type_mask;
  const name = Object.entries(GTF).find(([, code]) => code === type)![0];
  return type === GTF.invalid ? t.invalid : name;
}

function namesIn(value: number, flags: Readonly<Record<string, number>>): string[] {
  return Object.entries(flags).flatMap(([name, bit]) => ((value & bit) === 0 ? [] : [name]));
}

function flagsText(value: number, names: readonly string[]): string {
  return `${hex(value, 4)}: ${names.join(', ') || t.none}`;
}

function numberOf(own: Uint8Array, signed: boolean): number {
  const value = own.reduceRight((sum, byte) => sum * 256 + byte, 0);
  return signed && value >= 0x8000 ? value - 0x10000 : value;
}

/** The ports whose bits are set in the word, with what they are for. */
function portsOf(dom: 0 | 5, field: Field, own: Uint8Array, { ports }: StageView): string {
  const first = Number(/\[(\d+)\]/.exec(field.path)![1]) * 64;
  return portsText(own, first, (port) => {
    const purpose = ports.find((one) => one.dom === dom && one.port === port)?.purpose;
    return purpose === undefined ? String(port) : fill(t.port, { port, purpose });
  });
}

/** The whole slot both ways: it is a union. Its end may lie on the next page. */
function readingsOf(
  page: Extract<MemoryPage, { kind: 'ring' }>, ring: RingView | undefined, field: Field, bytes: Bytes,
): Details['readings'] {
  const { entry } = STRUCTS[page.direction];
  const from = RING_HEADER_SIZE + field.item! * entry.size;
  const byteAt = (at: number): number => {
    const mfn = Math.floor(at / PAGE_SIZE) === page.index ? page.mfn : ring?.pages[Math.floor(at / PAGE_SIZE)]?.mfn;
    return (mfn === undefined ? undefined : bytes(mfn)?.[at % PAGE_SIZE]) ?? 0;
  };
  const now = field.reading!.as;
  const order = now === 'req' ? (['req', 'rsp'] as const) : (['rsp', 'req'] as const);
  return order.map((as) => {
    const layout: Layout = entry.fields[as];
    const rows = Object.keys(layout.fields).map((path): Row => {
      const { offset, size } = findField(layout, path)!;
      const own = Uint8Array.from({ length: size }, (_, i) => byteAt(from + offset + i));
      const value = scalarText(page, as, path, numberOf(own, layout.fields[path] === 's16'));
      return { name: path, value, chosen: as === now && path === field.path };
    });
    const caption = as === 'req' ? t.asRequest : t.asResponse;
    return { caption: as === now ? `${caption} (${t.now})` : caption, rows };
  });
}

/** An entry's lamps, as everywhere on the page. */
function lampsOf(bytes: Uint8Array | undefined, entry: number): Details['lamps'] {
  const flags = (bytes?.[entry] ?? 0) | ((bytes?.[entry + 1] ?? 0) << 8);
  return [
    { name: t.lamps.permit, on: (flags & GTF.type_mask) === GTF.permit_access },
    { name: t.lamps.readonly, on: (flags & GTF.readonly) !== 0 },
    { name: t.lamps.reading, on: (flags & GTF.reading) !== 0 },
    { name: t.lamps.writing, on: (flags & GTF.writing) !== 0 },
  ];
}
