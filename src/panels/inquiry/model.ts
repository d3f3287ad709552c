/** What the popover says about writes. Pure. */
import { inquiryWords } from '../../content/inquiry.ts';
import { fill } from '../../content/words.ts';
import { bytesMeaning } from '../../parts/bytes-meaning.ts';
import type { As, BytesPlace } from '../../parts/bytes-meaning.ts';
import { describeChange, slotText } from '../../parts/describe.ts';
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

/** Who runs a step of that thread: in a hypercall, that is Xen. */
export function writerText({ thread, party }: Pick<Write, 'thread' | 'party'>): string {
  return party === 'xen' ? fill(inquiryWords.byXen, { thread }) : thread;
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

/** What bytes stand for at that place, as `by` reads them who wrote them; null where that is not known, or nothing. */
export function meaningText(
  value: Value, cell: Cell, place: BytesPlace | null, by: Pick<Write, 'party'> | undefined,
): string | null {
  if (place === null || cell.cell !== 'bytes' || cell.mask !== undefined || typeof value !== 'string') return null;
  const bytes = Uint8Array.from(value.split(' '), (byte) => Number.parseInt(byte, 16));
  return bytesMeaning(bytes, place, readingOf(by));
}

/** netback writes responses, the guest requests. */
function readingOf(by: Pick<Write, 'party'> | undefined): As {
  return by?.party === 'dom0' ? 'rsp' : 'req';
}

/** What a thing holds: of a whole slot what people want to know of it. */
export function nowText(value: Value, cell: Cell): string {
  return isWhole(cell) ? slotText(cell.name, value) : valueText(value, cell);
}

/** Before and after of a write: of a whole slot, as everywhere on the page, what is different. */
export function writeTexts({ before, after }: Pick<Write, 'before' | 'after'>, cell: Cell): readonly [string, string] {
  if (!isWhole(cell) || typeof before !== 'object' && typeof after !== 'object') {
    return [valueText(before, cell), valueText(after, cell)];
  }
  const said = describeChange({ cell: 'slot', name: cell.name, before, after }, NOWHERE);
  return [said.before, said.after];
}

/** Slots have names: where pages lie does not matter to them. */
const NOWHERE = { rings: [], memory: () => undefined };

function isWhole(cell: Cell): cell is Extract<Cell, { cell: 'slot' }> {
  return cell.cell === 'slot' && cell.part.length === 0;
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
