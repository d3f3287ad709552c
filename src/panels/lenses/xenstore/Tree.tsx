import { useId, useState } from 'react';
import type { CSSProperties, KeyboardEvent, MouseEvent } from 'react';
import { tableWords } from '../../../content/tables.ts';
import { fill, words } from '../../../content/words.ts';
import { WhoWrote } from '../../../parts/WhoWrote.tsx';
import { writerParty } from '../../../store/stage/xenstore.ts';
import { useApp } from '../../../store/store.ts';
import { askedKey, keySubject } from '../../../store/subjects.ts';
import { useRows } from '../table/useRows.ts';
import { Eye } from './Eye.tsx';
import { parentOf } from './tree.ts';
import type { TreeRow } from './tree.ts';
import { names, permsSentence } from './words.ts';
import css from './xenstore.module.css';

const t = tableWords.xenstore;

interface Props {
  rows: readonly TreeRow[];
  chosen: string | null;
  onChoose: (path: string) => void;
  onOpen: (path: string, open: boolean) => void;
  moment: unknown;
}

/** All of the store. One tab stop: arrows move, open and close, Enter chooses. */
export function Tree({ rows, chosen, onChoose, onOpen, moment }: Props) {
  const id = useId();
  const hot = rows.findIndex((row) => row.hot);
  const asked = useApp(askedKey);
  const sought = rows.findIndex(({ node }) => node.path === asked);
  const { box, row: height, first, end, onScroll, reach, fits } = useRows(rows.length, hot, moment, 0, sought);
  const [at, setAt] = useState('/');
  const active = Math.max(0, rows.findIndex(({ node }) => node.path === at));
  const go = (index: number): void => {
    const to = Math.max(0, Math.min(rows.length - 1, index));
    setAt(rows[to]!.node.path);
    reach(to);
  };
  const into = (): void => {
    const { node, open } = rows[active]!;
    if (open === true) go(active + 1);
    else if (open === false) onOpen(node.path, true);
  };
  const out = (): void => {
    const { node, open } = rows[active]!;
    if (open === true && node.path !== '/') return onOpen(node.path, false);
    const above = parentOf(node.path);
    if (above !== null) go(rows.findIndex((row) => row.node.path === above));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(active + 1), ArrowUp: () => go(active - 1), ArrowRight: into, ArrowLeft: out,
      PageDown: () => go(active + fits), PageUp: () => go(active - fits),
      Home: () => go(0), End: () => go(rows.length - 1),
      Enter: () => onChoose(rows[active]!.node.path), ' ': () => onChoose(rows[active]!.node.path),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    if (event.target !== event.currentTarget && (event.key === 'Enter' || event.key === ' ')) return;
    event.preventDefault();
    event.currentTarget.focus({ preventScroll: true });
    act();
  };
  const onClick = (event: MouseEvent): void => {
    const path = (event.target as Element).closest<HTMLElement>('[data-path]')?.dataset['path'];
    if (path === undefined) return;
    setAt(path);
    onChoose(path);
  };
  const drawn = rows.slice(first, end);
  const activeDrawn = active >= first && active < end;
  return (
    <div
      ref={box}
      className={css.tree}
      style={{ '--row': `${height}px` } as CSSProperties}
      role="tree"
      aria-label={t.treeName}
      aria-activedescendant={activeDrawn ? `${id}-${active}` : undefined}
      tabIndex={0}
      data-scrolls
      onScroll={onScroll}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: rows.length * height }}>
        <div role="presentation" style={{ transform: `translateY(${first * height}px)` }}>
          {drawn.map((row, i) => (
            <Line key={row.node.path} row={row} id={`${id}-${first + i}`} active={first + i === active}
              chosen={row.node.path === chosen} onOpen={onOpen} />
          ))}
        </div>
      </div>
    </div>
  );
}

interface LineProps {
  row: TreeRow;
  id: string;
  active: boolean;
  chosen: boolean;
  onOpen: (path: string, open: boolean) => void;
}

function Line({ row: { node, level, place, siblings, open, aside, hot }, id, active, chosen, onOpen }: LineProps) {
  const { path, name, value, writer, watches, perms, removed } = node;
  const fired = watches.filter((watch) => watch.fired);
  return (
    <div
      id={id}
      className={css.line}
      style={{ '--level': level - 1 } as CSSProperties}
      role="treeitem"
      aria-level={level}
      aria-posinset={place}
      aria-setsize={siblings}
      aria-expanded={open ?? undefined}
      aria-selected={chosen}
      tabIndex={-1}
      data-active={active || undefined}
      data-hot={hot || undefined}
      data-aside={aside || undefined}
      data-hint={permsSentence(perms)}
      data-path={path}
    >
      {open === null ? <span className={css.twig} /> : (
        <button type="button" className={css.twig} tabIndex={-1} aria-label={open ? t.closeDir : t.openDir} onClick={(event) => {
          event.stopPropagation();
          onOpen(path, !open);
        }}>
          <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><path d={open ? 'M1 3l4 4 4-4' : 'M3 1l4 4-4 4'} /></svg>
        </button>
      )}
      <span className={css.name}>{name}</span>
      {watches.length > 0 && <Eye who={watches.map(({ who }) => who)} fired={fired.length > 0} />}
      {value !== '' && (
        <WhoWrote of={() => keySubject(path)} tabIndex={-1} className={css.value} label={`${path} = ${value}`}>{value}</WhoWrote>
      )}
      {removed.length > 0 && <span className={css.note}>{fill(t.removedHere, { names: removed.join(', ') })}</span>}
      {fired.length > 0 && <span className={css.note}>{fill(t.fired, { who: names(fired.map(({ who }) => who)) })}</span>}
      <span className={css.who} data-party={writerParty(writer)}>{writer === null ? '' : fill(t.by, { who: words.party[writer] })}</span>
      <span className={css.perms}>{perms.join(' ')}</span>
    </div>
  );
}
