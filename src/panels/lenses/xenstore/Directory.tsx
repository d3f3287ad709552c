import { useMemo } from 'react';
import { remembered } from '../../../base/remembered.ts';
import { tableWords } from '../../../content/tables.ts';
import { fill, words } from '../../../content/words.ts';
import { Term } from '../../../parts/Term.tsx';
import { WhoWrote } from '../../../parts/WhoWrote.tsx';
import { writerParty } from '../../../store/stage/xenstore.ts';
import { useApp } from '../../../store/store.ts';
import { askedKey, keySubject } from '../../../store/subjects.ts';
import { Grid } from '../table/Grid.tsx';
import type { Column, GridRow } from '../table/Grid.tsx';
import table from '../table/table.module.css';
import { Eye } from './Eye.tsx';
import type { Node } from './tree.ts';
import { names, permsSentence, permsWords } from './words.ts';
import css from './xenstore.module.css';

const t = tableWords.xenstore;

interface Props {
  title: string;
  /** The directory's path. */
  top: string;
  /** Keys below it, each the same object while nothing of it changes; directories are only part of their names. */
  keys: readonly Node[];
  chosen: string | null;
  onChoose: (path: string) => void;
  empty: string;
  moment: unknown;
}

/** The keys of one directory. */
export function Directory({ title, top, keys, chosen, onChoose, empty, moment }: Props) {
  const asked = useApp(askedKey);
  // Beside a key that was chosen there is less room; who may use it stands there.
  const narrow = chosen !== null;
  const count = keys.length;
  const columns = useMemo((): readonly Column[] => [
    {
      key: 'name',
      head: <><b>{title}</b> <span className={css.total}>{fill(t.keys, { count })}</span></>,
      hint: t.hints.name,
      width: narrow ? 'minmax(94px, 3fr)' : 'minmax(152px, 2fr)',
    },
    { key: 'value', head: t.columns.value, hint: t.hints.value, width: narrow ? 'minmax(54px, 2fr)' : 'minmax(72px, 2fr)' },
    { key: 'writer', head: t.columns.writer, hint: t.hints.writer, width: '76px' },
    ...(narrow ? [] : [{ key: 'perms', head: t.columns.perms, hint: t.hints.perms, width: '56px' }]),
  ], [title, count, narrow]);
  const rowOf = useMemo(
    () => remembered((node: Node) => keyRow(node, top, chosen, onChoose)), [top, chosen, onChoose],
  );
  if (count === 0) {
    return (
      <div className={css.nothing}>
        <h3>{title}</h3>
        <p className={table.empty}>{empty}</p>
      </div>
    );
  }
  return (
    <Grid name={title} columns={columns} minWidth={narrow ? 224 : 356} count={count} hot={keys.findIndex(isHot)}
      sought={keys.findIndex(({ path }) => path === asked)} moment={moment}
      row={(index) => rowOf(keys[index]!)} />
  );
}

function isHot({ hot, watches }: Node): boolean {
  return hot || watches.some(({ fired }) => fired);
}

function keyRow(node: Node, top: string, chosen: string | null, onChoose: (path: string) => void): GridRow {
  const { path, value, writer, perms, watches } = node;
  const fired = watches.filter((watch) => watch.fired).map(({ who }) => who);
  return {
    key: path,
    hot: isHot(node),
    cells: [
      {
        content: (
          <button type="button" className={css.key} tabIndex={-1} aria-pressed={path === chosen} onClick={() => onChoose(path)}>
            <span className={css.name}>{path.slice(top.length + 1)}</span>
            {watches.length > 0 && <Eye who={watches.map(({ who }) => who)} fired={fired.length > 0} />}
          </button>
        ),
        hint: fired.length > 0 ? fill(t.firedHint, { who: names(fired) }) : path,
      },
      {
        content: (
          <WhoWrote of={() => keySubject(path)} tabIndex={-1} label={`${path} = ${value === '' ? t.blank : value}`}>
            {value === '' ? <i>{t.blank}</i> : value}
          </WhoWrote>
        ),
        hint: value,
      },
      {
        content: <span className={css.who} data-party={writerParty(writer)}>{writer === null ? '' : words.party[writer]}</span>,
        hint: t.hints.writer,
      },
      ...(chosen !== null ? [] : [{
        content: (
          <Term term={{ term: perms.join(' '), means: `${permsWords(perms).join('; ')}.` }} tabIndex={-1}>{perms.join(' ')}</Term>
        ),
        hint: permsSentence(perms),
      }]),
    ],
  };
}
