import { memo } from 'react';
import type { CSSProperties } from 'react';
import { memoryWords as t } from '../../../content/memory.ts';
import { fill } from '../../../content/words.ts';
import type { RingView } from '../../../store/view.ts';
import { titleOf } from './details.ts';
import { fieldAt } from './fields.ts';
import type { Field } from './fields.ts';
import type { Line } from './lines.ts';
import { hex } from './pages.ts';
import type { PageKind } from './pages.ts';
import css from './memory.module.css';

/** The part of a field on one row. */
interface Piece {
  field: Field | null;
  from: number;
  cells: readonly { at: number; byte: string; changed: boolean }[];
}

export interface RowView {
  offset: number;
  pieces: readonly Piece[];
  /** Two rows with the same one look the same. */
  look: string;
}

/** A row of bytes, cut where fields end. */
export function rowView(
  page: PageKind, ring: RingView | undefined, bytes: Uint8Array | undefined, changed: ReadonlySet<number>,
  offset: number, perRow: number,
): RowView {
  const pieces: Piece[] = [];
  const end = offset + perRow;
  for (let at = offset; at < end; ) {
    const field = fieldAt(page, ring, at);
    const to = field === null ? at + 1 : Math.min(field.start + field.length, end);
    const cells = Array.from({ length: to - at }, (_, i) => ({
      at: at + i, byte: (bytes?.[at + i] ?? 0).toString(16).padStart(2, '0'), changed: changed.has(at + i),
    }));
    const last = pieces.at(-1);
    if (field === null && last?.field === null) last.cells = [...last.cells, ...cells];
    else pieces.push({ field, from: at, cells });
    at = to;
  }
  const look = pieces
    .map(({ field, cells }) => `${field?.struct}.${field?.path}${cells.map(({ byte, changed: hot }) => byte + (hot ? '!' : '')).join('')}`)
    .join(' ');
  return { offset, pieces, look };
}

interface Props {
  row: RowView;
  /** The chosen byte, where it is on this row; else -1. */
  chosen: number;
  index: number;
  top: number;
  id: (offset: number) => string;
}

/** A row of the dump. What it shows is in `look`, so that a step renders the rows that it changed and no others. */
export const HexRow = memo(
  function HexRow({ row: { offset, pieces }, chosen, index, top, id }: Props) {
    return (
      <div role="row" className={css.row} aria-rowindex={index + 2} style={{ top }}>
        <span role="rowheader" className={css.at} data-hot={pieces.some(({ cells }) => cells.some(({ changed }) => changed))}>
          {hex(offset, 3)}
        </span>
        {pieces.map(({ field, from, cells }) => {
          const name = titleOf(field);
          const inside = chosen >= from && chosen < from + cells.length;
          return (
            <span
              key={from}
              role="presentation"
              className={css.piece}
              style={{ '--cells': cells.length } as CSSProperties}
              title={name}
              data-party={field?.writer ?? undefined}
              data-odd={field?.odd === true}
              data-first={field?.first === true && field.item !== null && field.start === from}
              data-inside={inside && field !== null}
            >
              {cells.map(({ at, byte, changed }) => (
                <span
                  key={at}
                  role="gridcell"
                  id={id(at)}
                  className={css.cell}
                  data-at={at}
                  data-zero={byte === '00'}
                  data-hot={changed}
                  aria-selected={at === chosen}
                  aria-colindex={at - offset + 2}
                  aria-label={fill(changed ? t.cellChanged : t.cell, { offset: hex(at, 3), byte, field: name })}
                >
                  {byte}
                </span>
              ))}
            </span>
          );
        })}
      </div>
    );
  },
  (a, b) =>
    a.row.look === b.row.look && a.row.offset === b.row.offset && a.chosen === b.chosen && a.index === b.index &&
    a.top === b.top && a.id === b.id,
);

interface FoldProps {
  line: Line;
  /** Every byte of the page is zero: it is the only line. */
  all: boolean;
  chosen: boolean;
  index: number;
  top: number;
  perRow: number;
  id: string;
}

/** A run of zeros in the place of its rows. */
export function FoldRow({ line: { from, to }, all, chosen, index, top, perRow, id }: FoldProps) {
  const range = { from: hex(from, 3), to: hex(to, 3) };
  return (
    <div role="row" className={css.row} aria-rowindex={index + 2} style={{ top }}>
      <span
        role="gridcell"
        id={id}
        className={css.fold}
        data-fold={from}
        aria-selected={chosen}
        aria-colspan={perRow + 1}
      >
        {all ? t.allZero : fill(t.fold, range)}
        {' '}
        <span className={css.open}>{all ? t.openAll : t.openFold}</span>
      </span>
    </div>
  );
}
