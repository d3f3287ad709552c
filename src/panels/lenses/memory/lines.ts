/** The rows of a hex dump, with long runs of zeros folded. Pure. */
import { PAGE_SIZE } from '../../../abi/ring.ts';

/** A row of bytes, or a run of rows of zeros; `from` and `to` are offsets of first bytes of rows. */
export interface Line {
  from: number;
  to: number;
  folded: boolean;
}

/** Shorter runs of zero rows are shown as they are. */
const FOLD_AT_LEAST = 3;

/**
 * The lines of a page in rows of `perRow` bytes. Rows in `kept` (by their offset) are never folded: those that a person
 * opened, and those that the step changed.
 */
export function linesOf(bytes: Uint8Array | undefined, perRow: number, kept: ReadonlySet<number>): readonly Line[] {
  const lines: Line[] = [];
  let from = 0;
  const flush = (end: number): void => {
    const rows = (end - from) / perRow;
    if (rows >= FOLD_AT_LEAST) lines.push({ from, to: end - perRow, folded: true });
    else for (let row = from; row < end; row += perRow) lines.push({ from: row, to: row, folded: false });
  };
  for (let row = 0; row < PAGE_SIZE; row += perRow) {
    if (!kept.has(row) && isZeroRow(bytes, row, perRow)) continue;
    flush(row);
    lines.push({ from: row, to: row, folded: false });
    from = row + perRow;
  }
  flush(PAGE_SIZE);
  return lines;
}

function isZeroRow(bytes: Uint8Array | undefined, row: number, perRow: number): boolean {
  if (bytes === undefined) return true;
  for (let i = row; i < row + perRow; i++) if (bytes[i] !== 0) return false;
  return true;
}

/** Index of the line that has the byte. */
export function lineAt(lines: readonly Line[], offset: number, perRow: number): number {
  return lines.findIndex(({ to }) => offset < to + perRow);
}

/** Where a key leads from a byte; undefined for a key that leads nowhere. `page` is the number of lines on screen. */
export function moved(
  key: string, ctrl: boolean, offset: number, lines: readonly Line[], perRow: number, page: number,
): number | undefined {
  const at = lineAt(lines, offset, perRow);
  const line = lines[at]!;
  const column = offset % perRow;
  const down = (by: number): number => lines[Math.min(Math.max(at + by, 0), lines.length - 1)]!.from + column;
  switch (key) {
    case 'ArrowDown':
      return down(1);
    case 'ArrowUp':
      return down(-1);
    case 'PageDown':
      return down(page);
    case 'PageUp':
      return down(-page);
    // A folded run is one thing to move over.
    case 'ArrowRight':
      return Math.min(line.folded ? line.to + perRow : offset + 1, PAGE_SIZE - 1);
    case 'ArrowLeft':
      return Math.max(line.folded ? line.from - 1 : offset - 1, 0);
    case 'Home':
      return ctrl ? 0 : offset - column;
    case 'End':
      return ctrl ? PAGE_SIZE - 1 : offset - column + perRow - 1;
    default:
      return undefined;
  }
}

/** An offset as somebody writes it, hexadecimal after 0x or decimal; or what is wrong with it. */
export function parseOffset(text: string): number | { wrong: 'empty' | 'prefix' | 'nonsense' | 'beyond' } {
  const written = text.trim().toLowerCase();
  if (written === '') return { wrong: 'empty' };
  if (/^[0-9a-f]+$/.test(written) && /[a-f]/.test(written)) return { wrong: 'prefix' };
  if (!/^(0x[0-9a-f]+|\d+)$/.test(written)) return { wrong: 'nonsense' };
  const offset = Number(written);
  return offset < PAGE_SIZE ? offset : { wrong: 'beyond' };
}
