import { memo, useEffect, useId, useRef, useState } from 'react';
import type { CSSProperties, KeyboardEvent, PointerEvent, ReactNode, RefObject } from 'react';
import { tableWords } from '../../../content/tables.ts';
import { words } from '../../../content/words.ts';
import { ASIDE, useRows } from './useRows.ts';
import css from './table.module.css';

export interface Column {
  key: string;
  /** Null where the column needs no heading for the eye; then `name` is its own. */
  head: ReactNode;
  name?: string;
  /** What its values mean; told when somebody points at the heading. */
  hint?: string;
  /** A track of a CSS grid. */
  width: string;
}

export interface GridRow {
  key: string | number;
  hot: boolean;
  /** A dimmed row tells of something beside the matter. */
  quiet?: boolean;
  /** As many as there are columns; or one that takes the whole line. */
  cells: readonly { content: ReactNode; hint?: string | undefined; className?: string | undefined }[];
}

interface Props {
  name: string;
  columns: readonly Column[];
  /** In pixels: below it, the box scrolls sideways and the first column stays. */
  minWidth: number;
  count: number;
  row: (index: number) => GridRow;
  /** The first row that the current step changed; -1 if none. */
  hot: number;
  /** The row that somebody asks about; -1 if none. */
  sought?: number;
  /** The row that matters most, shown at first where no step has to be seen elsewhere. */
  home?: number | undefined;
  /** Another object with each step. */
  moment: unknown;
}

const NO_MORE = { above: false, below: false, aside: false, bar: 0 };

/** The line of headings, which lies over the rows; the style sheet has it too. */
const HEAD = 24;

/**
 * Whether there is more of what scrolls in the box, above, below and to the right, by elements at its ends; and how wide the bar is
 * that scrolls it down.
 */
function useMore(box: RefObject<HTMLElement | null>) {
  const top = useRef<HTMLSpanElement>(null);
  const bottom = useRef<HTMLSpanElement>(null);
  const right = useRef<HTMLSpanElement>(null);
  const [more, setMore] = useState(NO_MORE);
  useEffect(() => {
    const root = box.current;
    if (root === null) return undefined;
    const observer = new IntersectionObserver((entries) => {
      // Of several of one end the last tells how it is now.
      const seen = new Map(entries.map(({ target, isIntersecting }) => [target, isIntersecting]));
      const [up, down, across] = [top, bottom, right].map(({ current }) => (current === null ? undefined : seen.get(current)));
      const bar = root.offsetWidth - root.clientWidth;
      setMore(({ above, below, aside }) => ({
        above: up === undefined ? above : !up,
        below: down === undefined ? below : !down,
        aside: across === undefined ? aside : !across,
        bar,
      }));
    }, { root, rootMargin: `-${HEAD}px 0px 0px` });
    for (const end of [top.current, bottom.current, right.current]) if (end !== null) observer.observe(end);
    return () => observer.disconnect();
  }, [box]);
  return { top, bottom, right, more };
}

/** Fractions of pixels are no cut. */
const WHOLE = 0.98;

/** Marks the headings of which a part lies where the sign stands: half a heading is none. `count`: how many there are. */
function useCutHeads(box: RefObject<HTMLElement | null>, count: number): void {
  useEffect(() => {
    const root = box.current;
    if (root === null || count === 0) return undefined;
    const observer = new IntersectionObserver((entries) => {
      for (const { target, intersectionRatio } of entries) target.toggleAttribute('data-cut', intersectionRatio < WHOLE);
    }, { root, rootMargin: `0px -${ASIDE}px 0px 0px`, threshold: WHOLE });
    for (const head of root.querySelectorAll('[role=columnheader] > span')) observer.observe(head);
    return () => observer.disconnect();
  }, [box, count]);
}

function cellId(grid: string, row: number, column: number): string {
  return `${grid}-${row}-${column}`;
}

const Heads = memo(function Heads({ columns }: { columns: readonly Column[] }) {
  return (
    <div className={css.head} role="row" aria-rowindex={1}>
      {columns.map(({ key, head, name: own, hint }) => (
        <span key={key} role="columnheader" aria-label={own} data-hint={hint}><span>{head}</span></span>
      ))}
    </div>
  );
});

interface LineProps {
  /** Id of the grid that it is in. */
  grid: string;
  columns: readonly Column[];
  index: number;
  line: GridRow;
  /** The column in which the arrows are; null while they are in another row. */
  active: number | null;
}

/** Of a step most rows hear nothing: whoever makes the same row for them has them left as they are. */
const Line = memo(function Line({ grid, columns, index, line: { hot, quiet, cells }, active }: LineProps) {
  return (
    <div className={css.row} role="row" aria-rowindex={index + 2} data-hot={hot || undefined}
      data-quiet={quiet === true || undefined}>
      {cells.map(({ content, hint, className }, place) => (
        <div
          key={columns[place]!.key}
          id={cellId(grid, index, place)}
          role={place === 0 ? 'rowheader' : 'gridcell'}
          aria-colspan={cells.length === 1 ? columns.length : undefined}
          className={className}
          data-cell={place}
          data-row={index}
          data-wide={cells.length === 1 || undefined}
          data-active={place === active || undefined}
          data-hint={hint}
        >
          {content}
        </div>
      ))}
    </div>
  );
});

/**
 * A long table of which only the rows in sight are drawn. It is one tab stop: arrows go from cell to cell, Enter presses the
 * button in it.
 */
export function Grid({ name, columns, minWidth, count, row, hot, sought, home, moment }: Props) {
  const id = useId();
  const { box, row: height, first, end, onScroll, reach, fits } = useRows(count, hot, moment, 1, sought, home);
  const { top, bottom, right, more } = useMore(box);
  useCutHeads(box, columns.length);
  const [at, setAt] = useState({ row: 0, column: 0 });
  const active = { row: Math.min(at.row, count - 1), column: at.column };
  const go = (to: number, column: number): void => {
    const next = Math.max(0, Math.min(count - 1, to));
    setAt({ row: next, column: Math.max(0, Math.min(columns.length - 1, column)) });
    reach(next);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const { row: line, column } = active;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowDown: [line + 1, column], ArrowUp: [line - 1, column],
      ArrowRight: [line, column + 1], ArrowLeft: [line, column - 1],
      PageDown: [line + fits, column], PageUp: [line - fits, column],
      Home: [0, column], End: [count - 1, column],
    };
    const move = moves[event.key];
    if (move !== undefined) {
      event.preventDefault();
      event.currentTarget.focus({ preventScroll: true });
      go(...move);
    } else if ((event.key === 'Enter' || event.key === ' ') && event.target === event.currentTarget) {
      event.preventDefault();
      document.querySelector<HTMLElement>(`[id="${activeId}"] button`)?.click();
    }
  };
  const onPointerDown = (event: PointerEvent): void => {
    const cell = (event.target as Element).closest<HTMLElement>('[data-cell]');
    if (cell !== null) setAt({ row: Number(cell.dataset['row']), column: Number(cell.dataset['cell']) });
  };
  const drawn = Array.from({ length: end - first }, (_, i) => ({ index: first + i, line: row(first + i) }));
  const shown = drawn.find(({ index }) => index === active.row);
  // A line that is one cell has that one, wherever the column is.
  const column = shown === undefined ? 0 : Math.min(active.column, shown.line.cells.length - 1);
  const activeId = shown === undefined ? undefined : cellId(id, active.row, column);
  const style = {
    '--row': `${height}px`,
    '--columns': columns.map(({ width }) => width).join(' '),
    '--least': `${minWidth}px`,
  } as CSSProperties;
  return (
    <div className={css.framed} data-aside={more.aside || undefined} style={{ '--bar': `${more.bar}px` } as CSSProperties}>
      <div
        ref={box}
        className={css.grid}
        style={style}
        role="grid"
        aria-label={name}
        aria-rowcount={count + 1}
        aria-activedescendant={activeId}
        tabIndex={0}
        data-scrolls
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
      >
        <Heads columns={columns} />
        <div className={css.all} role="rowgroup" style={{ height: count * height }}>
          <div className={css.drawn} role="presentation" style={{ transform: `translateY(${first * height}px)` }}>
            {drawn.map(({ index, line }) => (
              <Line key={line.key} grid={id} columns={columns} index={index} line={line} active={index === active.row ? column : null} />
            ))}
          </div>
          <span ref={top} className={css.top} />
          <span ref={bottom} className={css.bottom} />
          <span ref={right} className={css.right} />
        </div>
      </div>
      {more.above && <span className={css.above} aria-hidden="true">{tableWords.above}</span>}
      {more.aside && <span className={css.aside} aria-hidden="true">{tableWords.aside}</span>}
      {more.below && <span className={css.below} aria-hidden="true">{words.lenses.below}</span>}
    </div>
  );
}
