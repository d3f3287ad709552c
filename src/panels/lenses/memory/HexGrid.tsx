import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, UIEvent } from 'react';
import { memoryWords as t } from '../../../content/memory.ts';
import { fill } from '../../../content/words.ts';
import { afterLayout } from '../../../store/after-layout.ts';
import type { RingView } from '../../../store/view.ts';
import { FoldRow, HexRow, rowView } from './HexRow.tsx';
import { lineAt, linesOf, moved } from './lines.ts';
import type { MemoryPage } from './pages.ts';
import css from './memory.module.css';

/** Rows beyond the edges, so that scrolling shows no gaps. */
const AROUND = 4;
const HEAD = 24;

interface Props {
  page: MemoryPage;
  ring: RingView | undefined;
  /** Undefined where all are zeros. */
  bytes: Uint8Array | undefined;
  /** Offsets of the bytes that the current step changed. */
  changed: readonly number[];
  offset: number;
  perRow: number;
  rowHeight: number;
  /** Rows of zeros that are not to be folded. */
  opened: ReadonlySet<number>;
  onOpen: (rows: readonly number[]) => void;
  onChoose: (offset: number) => void;
  /** Who wrote the chosen field? */
  onAsk: () => void;
}

/** The rows of the scroller that are on screen: the first, and how many. */
function useWindow(rowHeight: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const [first, setFirst] = useState(0);
  const [rows, setRows] = useState(12);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setRows(Math.max(1, Math.floor((entry.contentRect.height - HEAD) / rowHeight)));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [rowHeight]);
  const onScroll = ({ currentTarget }: UIEvent<HTMLElement>): void =>
    setFirst(Math.floor(currentTarget.scrollTop / rowHeight));
  return { scroller, first, rows, onScroll };
}

/** A page in bytes: a grid with one tab stop, of which only what is on screen is there. Begin it anew for another page. */
export function HexGrid({ page, ring, bytes, changed, offset, perRow, rowHeight, opened, onOpen, onChoose, onAsk }: Props) {
  const base = useId();
  const id = useCallback((at: number) => `${base}${at}`, [base]);
  const { scroller, first, rows, onScroll } = useWindow(rowHeight);
  const hot = useMemo(() => new Set(changed), [changed]);
  const kept = new Set(opened);
  for (const at of changed) kept.add(at - (at % perRow));
  const lines = linesOf(bytes, perRow, kept);
  const current = lineAt(lines, offset, perRow);

  const open = (from: number): void => {
    const line = lines[lineAt(lines, from, perRow)];
    if (line?.folded !== true) return;
    onOpen(Array.from({ length: (line.to - line.from) / perRow + 1 }, (_, i) => line.from + i * perRow));
  };

  useEffect(
    () =>
      afterLayout(() => {
        const element = scroller.current;
        if (element === null) return;
        const top = current * rowHeight;
        const height = rows * rowHeight;
        if (top < element.scrollTop) element.scrollTop = top;
        else if (top + rowHeight > element.scrollTop + height) element.scrollTop = top + rowHeight - height;
      }),
    [scroller, current, rows, rowHeight],
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (lines[current]?.folded) open(offset);
      else onAsk();
      return;
    }
    const to = moved(event.key, event.ctrlKey, offset, lines, perRow, rows);
    if (to === undefined) return;
    event.preventDefault();
    onChoose(to);
  };
  const onClick = ({ target }: MouseEvent): void => {
    if (!(target instanceof Element)) return;
    const at = target.closest<HTMLElement>('[data-at]')?.dataset['at'];
    if (at !== undefined) onChoose(Number(at));
    const fold = target.closest<HTMLElement>('[data-fold]')?.dataset['fold'];
    if (fold === undefined) return;
    onChoose(Number(fold));
    open(Number(fold));
  };

  const from = Math.max(0, first - AROUND);
  const visible = lines.slice(from, first + rows + AROUND).map((_, i) => from + i);
  // The chosen byte is named to screen readers by its element: so that is always there.
  if (!visible.includes(current)) visible.push(current);
  return (
    <div
      role="grid"
      className={css.grid}
      ref={scroller}
      aria-label={fill(t.grid, { page: page.name })}
      aria-rowcount={lines.length + 1}
      aria-colcount={perRow + 1}
      aria-activedescendant={lines[current]?.folded ? id(lines[current].from) : id(offset)}
      tabIndex={0}
      data-scrolls
      onKeyDown={onKeyDown}
      onClick={onClick}
      onScroll={onScroll}
    >
      <div role="row" className={css.head} aria-rowindex={1}>
        <span role="columnheader" className={css.at}>{t.offsets}</span>
        {Array.from({ length: perRow }, (_, i) => (
          <span key={i} role="columnheader" className={css.column}>{i.toString(16)}</span>
        ))}
      </div>
      <div role="presentation" className={css.rows} style={{ height: lines.length * rowHeight }}>
        {visible.map((index) => {
          const line = lines[index]!;
          const place = { index, top: index * rowHeight };
          return line.folded ? (
            <FoldRow
              key={line.from} line={line} all={lines.length === 1} chosen={index === current} perRow={perRow}
              id={id(line.from)} {...place}
            />
          ) : (
            <HexRow
              key={line.from} row={rowView(page, ring, bytes, hot, line.from, perRow)}
              chosen={index === current ? offset : -1} id={id} {...place}
            />
          );
        })}
      </div>
    </div>
  );
}
