/** What bytes of memory stand for, field by field. Pure. */
import { bytesMemory, read } from '../abi/codec.ts';
import { grantEntryV1 } from '../abi/grant-table.ts';
import { sizeOf } from '../abi/layout.ts';
import type { Layout as Struct } from '../abi/layout.ts';
import { netifRxRing, netifTxRing } from '../abi/netif.ts';
import { bytesWords as t } from '../content/bytes.ts';
import { fill } from '../content/words.ts';
import type { Cell } from '../store/store.ts';
import { bitmapAt, wordPlace } from './frame-names.ts';
import type { Layout, WordPlace } from './frame-names.ts';
import { flagsText } from './grant-flags.ts';
import { portsText } from './port-bits.ts';
import { ringValueNames } from './ring-values.ts';
import { hex } from './values.ts';

/** How a slot of a ring is read: it is a union. */
export type As = 'req' | 'rsp';

/** Where bytes lie: the word that they begin in, and the byte of it. */
export interface BytesPlace {
  word: WordPlace;
  at: number;
}

type BytesCell = Extract<Cell, { cell: 'bytes' }>;

/** What is at the beginning of these bytes. */
export function bytesPlace({ frame, offset }: BytesCell, layout: Layout): BytesPlace {
  return { word: wordPlace(frame, offset & ~3, layout), at: offset & 3 };
}

/**
 * What the bytes stand for; null where they stand for nothing that has a name. `as`: how whoever wrote them reads a slot of a
 * ring; where that reading has no field there, the other one does.
 */
export function bytesMeaning(bytes: Uint8Array, { word, at }: BytesPlace, as: As): string | null {
  switch (word.kind) {
    case 'grant':
      return fieldsText(bytes, grantEntryV1, at + (word.word === 'frame' ? 4 : 0), grantValue);
    case 'index':
      return at === 0 && bytes.length === 4 ? String(bytesMemory(bytes).load32(0)) : null;
    case 'ring': {
      if (word.entry === null) return null;
      const from = word.entry[1] + at;
      const { fields } = (word.direction === 'tx' ? netifTxRing : netifRxRing).entry;
      const text = (one: As): string | null =>
        fieldsText(bytes, fields[one], from, (name, value) => ringValue(word.direction, one, name, value));
      return text(as) ?? text(as === 'req' ? 'rsp' : 'req');
    }
    case 'shared': {
      const first = bitmapAt(word.offset + at);
      return first === null ? null : portsText(bytes, first);
    }
    case 'guest':
    case 'frame':
      return null;
  }
}

/** The fields that the bytes hold whole; one that they are is not named again. Null where there is none. */
function fieldsText(
  bytes: Uint8Array, struct: Struct, from: number, text: (name: string, value: number) => string,
): string | null {
  const whole = new Uint8Array(struct.size);
  whole.set(bytes.subarray(0, Math.max(0, struct.size - from)), from);
  const inside = Object.entries(read(struct, bytesMemory(whole))).filter(([name]) => {
    const at = struct.offsets[name]!;
    return at >= from && at + sizeOf(struct.fields[name]!) <= from + bytes.length;
  });
  const [only] = inside;
  if (only === undefined) return null;
  if (inside.length === 1 && sizeOf(struct.fields[only[0]]!) === bytes.length) return text(only[0], Number(only[1]));
  return inside.map(([name, value]) => fill(t.field, { name, value: text(name, Number(value)) })).join(', ');
}

function grantValue(name: string, value: number): string {
  return name === 'flags' ? flagsText(value) : name === 'frame' ? hex(value) : String(value);
}

function ringValue(direction: 'tx' | 'rx', as: As, name: string, value: number): string {
  const names = ringValueNames(direction, as, name, value).join(', ');
  if (name === 'flags') return fill(t.named, { value: hex(value, 4), names: names === '' ? t.noNames : names });
  return names === '' ? String(value) : fill(t.named, { value, names });
}
