import { memo } from 'react';
import { ringWords as t } from '../../../content/rings.ts';
import { fill } from '../../../content/words.ts';
import { WhoWrote } from '../../../parts/WhoWrote.tsx';
import type { RingView } from '../../../store/view.ts';
import { MarkKey } from './Mark.tsx';
import { INDEXES, indexValue } from '../../../store/stage/ring-slots.ts';
import { headerOffset, indexSubject } from './model.ts';
import type { Index } from '../../../store/stage/ring-slots.ts';
import css from './rings.module.css';

/** The eight indexes: those that both sides see, and those that each keeps for itself. */
export const Indexes = memo(function Indexes({ ring, slots }: { ring: RingView; slots: number }) {
  const shared = INDEXES.filter(({ owner }) => owner === 'shared');
  const own = INDEXES.filter(({ owner }) => owner !== 'shared');
  return (
    <div className={css.indexes}>
      <Table caption={t.shared} indexes={shared} ring={ring} slots={slots} />
      <Table caption={t.private} indexes={own} ring={ring} slots={slots} />
      <p className={css.note}>{fill(t.wraps, { slots })}</p>
    </div>
  );
});

interface TableProps {
  caption: string;
  indexes: readonly Index[];
  ring: RingView;
  slots: number;
}

function Table({ caption, indexes, ring, slots }: TableProps) {
  return (
    <table className={css.table} aria-label={caption}>
      <thead>
        <tr>
          <th scope="col" colSpan={2}>{caption}</th>
          <th scope="col">{t.value}</th>
          <th scope="col">{t.slot}</th>
          <th scope="col">{t.lap}</th>
        </tr>
      </thead>
      <tbody>
        {indexes.map((index) => (
          <Row key={index.name} index={index} ring={ring} slots={slots} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ index, ring, slots }: { index: Index; ring: RingView; slots: number }) {
  const { name, owner } = index;
  const value = indexValue(ring, index);
  const hot = ring.changed?.includes(name) ?? false;
  const offset = headerOffset(index);
  return (
    <tr data-hot={hot || undefined} title={`${name}: ${t.means[name]}`}>
      <th scope="row">
        <MarkKey index={index} /> {name}
        {hot && <span className="visually-hidden"> {t.changed}</span>}
      </th>
      <td className={css.where}>{owner === 'shared' ? fill(t.byte, { offset: offset ?? '' }) : t[owner]}</td>
      {value === null ? (
        <td className={css.absent} colSpan={3}>{t.absent}</td>
      ) : (
        <>
          <td className={css.number}>
            <WhoWrote of={() => indexSubject(ring, index)} label={`${name} ${value}`}>{value}</WhoWrote>
          </td>
          <td className={css.number}>{value % slots}</td>
          <td className={css.number}>{Math.floor(value / slots)}</td>
        </>
      )}
    </tr>
  );
}
