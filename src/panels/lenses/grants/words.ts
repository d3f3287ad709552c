/** Grant entries in words. Pure. */
import { GTF } from '../../../abi/grant-table.ts';
import { tableWords } from '../../../content/tables.ts';
import { fill } from '../../../content/words.ts';
import type { Segment } from './segments.ts';

const t = tableWords.grants;

/** What all references of a segment are for. */
export function segmentLabel({ use, queue, ring, packet }: Segment): string {
  return fill(t.uses[use], { queue: queue ?? '', direction: ring?.direction.toUpperCase(), packet });
}

/** What one reference of a segment is for. */
export function purposeOf(segment: Segment, ref: number): string {
  const { use, queue, ring, from } = segment;
  if (ring !== undefined) {
    return fill(t.ringPage, { queue: queue ?? '', direction: ring.direction.toUpperCase(), page: ring.page + ref - from });
  }
  if (use === 'reserved' && ref < t.reserved.length) return t.reserved[ref]!;
  return segmentLabel(segment);
}

/** A pin word's counters, such as “1 writable”. */
export function pinText(pin: number): string {
  const parts = t.pins.map((name, i) => ({ name, count: (pin >>> (i * 8)) & 0xff })).filter(({ count }) => count > 0);
  return parts.map(({ name, count }) => `${count} ${name}`).join(', ');
}

/** The four bits of an entry's flags that the lamps show; the first stands for the type, which is two bits. */
export const LAMPS = [
  { key: 'permit', letter: 'P', mask: GTF.type_mask, lit: (flags: number) => (flags & GTF.type_mask) === GTF.permit_access },
  { key: 'readonly', letter: 'RO', mask: GTF.readonly, lit: (flags: number) => (flags & GTF.readonly) !== 0 },
  { key: 'reading', letter: 'R', mask: GTF.reading, lit: (flags: number) => (flags & GTF.reading) !== 0 },
  { key: 'writing', letter: 'W', mask: GTF.writing, lit: (flags: number) => (flags & GTF.writing) !== 0 },
] as const;

/** An entry's flags in one sentence. */
export function flagsSentence(flags: number): string {
  const type = t.types[flags & GTF.type_mask] ?? '';
  const lit = LAMPS.slice(1).filter((lamp) => lamp.lit(flags)).map(({ key }) => t.lampNames[key]);
  const value = flags.toString(16).padStart(4, '0');
  return fill(t.flagsHint, { value, type, bits: lit.length === 0 ? t.noBits : lit.join(', ') });
}

/** The map flags of a handle by their names. */
export function mapFlags(flags: number): string {
  return t.mapFlags.filter((_, bit) => (flags & (1 << bit)) !== 0).join(', ');
}
