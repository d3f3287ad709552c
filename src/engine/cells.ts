import { Frame, slotById, type State, type Value } from '../sim/index.ts';
import { plain } from './plain.ts';
import type { Cell } from './protocol.ts';

/** Bytes that may be asked about at once. */
const MOST_BYTES = 64;
const PAGE_BYTES = 4096;
const DEEPEST = 8;

type Bytes = Extract<Cell, { cell: 'bytes' }>;

/** What is wrong with a cell that the page names; null if nothing is. */
export function checkCell(cell: Cell): string | null {
  if (cell.cell === 'slot') return cell.part.length <= DEEPEST ? null : `a part lies at most ${DEEPEST} fields deep`;
  const { frame, offset, length, mask } = cell;
  if (![frame, offset, length].every((n) => Number.isInteger(n) && n >= 0)) {
    return 'the address and the length of bytes are whole numbers';
  }
  if (length < 1 || length > MOST_BYTES) return `1 to ${MOST_BYTES} bytes can be asked about, not ${length}`;
  if (offset + length > PAGE_BYTES) return `a page ends at byte ${PAGE_BYTES}`;
  return mask === undefined || length <= 4 ? null : 'bits can be picked of at most 4 bytes';
}

/** The first write from `from` on and before `to` that touches the cell, and each later one: their journal positions. */
export function* writesTo(state: State, cell: Cell, from: number, to: number): Generator<number> {
  const { journal } = state;
  const known = new Map<number, boolean>();
  for (let i = from; i < to; i++) {
    const written = journal.cell(i);
    let hit = known.get(written);
    if (hit === undefined) known.set(written, (hit = isIn(state, cell, written)));
    if (hit) yield i;
  }
}

function isIn(state: State, cell: Cell, written: number): boolean {
  if (cell.cell === 'slot') return written < 0 && slotById(~written).name === cell.name;
  if (written < 0) return false;
  const { frame, offset } = state.addressOf(written);
  return frame === cell.frame && offset < cell.offset + cell.length && offset + 4 > cell.offset;
}

/** The part of a slot's value to which the fields lead; undefined where they lead nowhere. */
function partOf(value: Value, part: readonly string[]): Value {
  let found: unknown = value instanceof Frame ? plain(value) : value;
  for (const field of part) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, field)) return undefined;
    found = (found as Record<string, unknown>)[field];
  }
  return found as Value;
}

/** Bytes as hexadecimal text in memory order, or the picked bits as a number. */
function bytesValue({ offset, length, mask }: Bytes, wordAt: (offset: number) => number): Value {
  const bytes = Array.from({ length }, (_, i) => (wordAt((offset + i) & ~3) >>> (((offset + i) & 3) * 8)) & 0xff);
  if (mask === undefined) return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return (bytes.reduceRight((sum, byte) => (sum << 8) | byte, 0) & mask) >>> 0;
}

/** Follows one cell through the journal: begins with what it holds in the present state, then takes write after write. */
export class Follower {
  private readonly words = new Map<number, number>();
  private slot: Value;

  constructor(
    private readonly state: State,
    private readonly cell: Cell,
  ) {
    if (cell.cell === 'slot') {
      for (const [{ name }, value] of state.slots()) if (name === cell.name) this.slot = value;
      return;
    }
    for (let at = cell.offset & ~3; at < cell.offset + cell.length; at += 4) {
      this.words.set(at, state.load32(cell.frame, at));
    }
  }

  get value(): Value {
    const { cell } = this;
    if (cell.cell === 'slot') return partOf(this.slot, cell.part);
    return bytesValue(cell, (offset) => this.words.get(offset) ?? 0);
  }

  /** Write `i` of the journal is made. */
  take(i: number): void {
    const { journal } = this.state;
    const written = journal.cell(i);
    if (written < 0) this.slot = journal.newValue(i);
    else this.words.set(this.state.addressOf(written).offset, journal.newWord(i));
  }
}

/** Are two values the same by content? */
export function isSame(a: Value, b: Value): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
