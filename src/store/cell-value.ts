import type { Cell, Value } from '../engine/protocol.ts';
import type { Mirror } from './mirror.ts';

/**
 * What a cell holds at the position that the mirror shows, as the engine says it of a write: bytes as hexadecimal text in
 * memory order, masked bits as a number. Pure.
 */
export function cellValue({ slot, pages }: Pick<Mirror, 'slot' | 'pages'>, cell: Cell): Value {
  if (cell.cell === 'slot') return cell.part.reduce(fieldOf, slot(cell.name));
  const { frame, offset, length, mask } = cell;
  const page = pages.get(frame)?.bytes;
  const bytes = Array.from({ length }, (_, i) => page?.[offset + i] ?? 0);
  if (mask === undefined) return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return (bytes.reduceRight((sum, byte) => (sum << 8) | byte, 0) & mask) >>> 0;
}

function fieldOf(value: Value, field: string): Value {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) return undefined;
  return (value as unknown as Readonly<Record<string, Value>>)[field];
}
