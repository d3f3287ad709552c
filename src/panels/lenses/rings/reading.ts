// One slot of a ring: where its bytes lie, and what each reading makes of them. Pure.
import { bytesMemory } from '../../../abi/codec.ts';
import { sizeOf } from '../../../abi/layout.ts';
import type { Layout } from '../../../abi/layout.ts';
import { netifRxRing, netifTxRing } from '../../../abi/netif.ts';
import { read } from '../../../abi/codec.ts';
import { PAGE_SIZE, slotOffset } from '../../../abi/ring.ts';
import { ringValueNames } from '../../../parts/ring-values.ts';
import type { RingView } from '../../../store/view.ts';

/** Bytes of a slot that lie on one page. */
export interface SlotPart {
  /** Of the ring. */
  readonly page: number;
  readonly mfn: number;
  /** On the page. */
  readonly offset: number;
  readonly length: number;
  /** First of them, counted within the slot. */
  readonly at: number;
}

/** Where a slot's bytes lie: one part, or two where it straddles a seam. */
export function partsOf({ pages, slotSize }: RingView, slots: number, slot: number): SlotPart[] {
  const start = slotOffset(slotSize, slots, slot);
  const parts: SlotPart[] = [];
  for (let at = 0; at < slotSize; at += parts.at(-1)!.length) {
    const page = Math.floor((start + at) / PAGE_SIZE);
    const offset = (start + at) % PAGE_SIZE;
    parts.push({ page, mfn: pages[page]?.mfn ?? 0, offset, length: Math.min(slotSize - at, PAGE_SIZE - offset), at });
  }
  return parts;
}

/** The slot's bytes as the pages have them now; a page that is not there is all zeros. */
export function bytesOf(
  parts: readonly SlotPart[], slotSize: number, pageBytes: (mfn: number) => Uint8Array | undefined,
): Uint8Array {
  const bytes = new Uint8Array(slotSize);
  for (const { mfn, offset, length, at } of parts) {
    const page = pageBytes(mfn);
    if (page !== undefined) bytes.set(page.subarray(offset, offset + length), at);
  }
  return bytes;
}

export interface FieldView {
  readonly name: string;
  readonly type: string;
  /** Within the slot. */
  readonly at: number;
  readonly length: number;
  readonly value: number;
  /** The constants that the value is made of, if the interface names them. */
  readonly names: readonly string[];
  readonly mfn: number;
  /** On the page. */
  readonly offset: number;
}

export interface Reading {
  readonly kind: 'req' | 'rsp';
  readonly struct: string;
  readonly fields: readonly FieldView[];
}

/** Both readings of a slot's bytes: a slot is a union of a request and a response. */
export function readingsOf(direction: RingView['direction'], parts: readonly SlotPart[], bytes: Uint8Array): Reading[] {
  const { req, rsp } = (direction === 'tx' ? netifTxRing : netifRxRing).entry.fields;
  return [readingOf('req', req, direction, parts, bytes), readingOf('rsp', rsp, direction, parts, bytes)];
}

function readingOf(
  kind: Reading['kind'], layout: Layout, direction: RingView['direction'], parts: readonly SlotPart[], bytes: Uint8Array,
): Reading {
  const values = Object.entries(read(layout, bytesMemory(bytes)));
  const fields = values.map(([name, value]): FieldView => {
    const type = layout.fields[name]!;
    const at = layout.offsets[name]!;
    // Seams lie at multiples of four bytes, so no field lies on two pages.
    const part = parts.find((one) => at < one.at + one.length)!;
    return {
      name,
      type: typeof type === 'string' ? type : type.kind,
      at,
      length: sizeOf(type),
      value: Number(value),
      names: namesOf(direction, kind, name, Number(value)),
      mfn: part.mfn,
      offset: part.offset + at - part.at,
    };
  });
  return { kind, struct: layout.name, fields };
}

/** The interface's names for a field's value, as its header writes them; none where it has none. */
function namesOf(direction: RingView['direction'], kind: Reading['kind'], name: string, value: number): string[] {
  const prefix = name === 'status' ? 'NETIF_RSP_' : direction === 'tx' ? 'NETTXF_' : 'NETRXF_';
  return ringValueNames(direction, kind, name, value).map((one) => prefix + one);
}
