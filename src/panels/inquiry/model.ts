/** What the popover says about writes. Pure. */
import { inquiryWords } from '../../content/inquiry.ts';
import { formatValue, hex, isFields } from '../../parts/values.ts';
import { cellId } from '../../store/subjects.ts';
import type { Breakpoint, Cell, Value, Write } from '../../store/store.ts';

/** Where the position shown lies among the writes of a thing. */
export interface Standing {
  /** Index of the write that made what it holds now; -1 where it was not written yet. */
  current: number;
  /** Does the step shown make that write? */
  here: boolean;
}

/** @param writes ascending */
export function standing(writes: readonly Pick<Write, 'position'>[], position: number): Standing {
  let current = -1;
  for (const [index, write] of writes.entries()) if (write.position <= position) current = index;
  return { current, here: writes[current]?.position === position };
}

/** A value in one line: bytes as they lie in memory, numbers both ways, the rest as elsewhere. */
export function valueText(value: Value, cell: Cell): string {
  if (cell.cell === 'bytes' && typeof value === 'string') return value;
  // One bit of a field is a lamp.
  if (cell.cell === 'bytes' && isOneBit(cell.mask)) return value === 0 ? inquiryWords.clear : inquiryWords.set;
  if (typeof value === 'number') return value < 10 ? String(value) : `${value} (${hex(value)})`;
  if (isFields(value) && Object.keys(value).length === 0) return '{}';
  return formatValue(value, cell.cell === 'slot' ? cell.part.at(-1) : undefined);
}

function isOneBit(mask: number | undefined): boolean {
  return mask !== undefined && mask !== 0 && (mask & (mask - 1)) === 0;
}

/** The breakpoint that stops when the cell changes; undefined if there is none. */
export function stopOf(breakpoints: readonly Breakpoint[], cell: Cell): Breakpoint | undefined {
  return breakpoints.find(({ stop }) => stop.kind === 'changes' && cellId(stop.cell) === cellId(cell));
}

/** Do the writes shown leave out some that matter at this position: is it at or beyond the edge of what is shown? */
export function isAtEdge(writes: readonly Write[], total: number, { current }: Standing): boolean {
  return total > writes.length && (current <= 0 || current >= writes.length - 1);
}
