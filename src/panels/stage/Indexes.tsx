import { memo } from 'react';
import { stageWords as w } from '../../content/stage.ts';
import { WhoWrote } from '../../parts/WhoWrote.tsx';
import type { RingView } from '../../store/view.ts';
import css from './lists.module.css';
import { indexName, indexSubject } from './subjects.ts';
import type { IndexField } from './subjects.ts';
import type { Side } from '../../store/stage/words.ts';

interface Field {
  name: IndexField;
  /** Only one side knows it. */
  isPrivate: boolean;
  /** Null while it does not exist yet. */
  read: (ring: RingView) => number | null;
}

interface IndexesProps {
  side: Side;
  caption: string;
  fields: readonly Field[];
  tx: RingView | null;
  rx: RingView | null;
}

/** One index of one ring, which somebody wrote. */
function Value({ ring, side, field }: { ring: RingView; side: Side; field: Field }) {
  const value = field.read(ring);
  if (value === null) return w.indexes.none;
  return (
    <WhoWrote
      of={() => indexSubject(ring, field.name, side)}
      label={`${indexName(ring, field.name)}: ${value}`}
      tabIndex={-1}
      className={css.index}
    >
      {value}
    </WhoWrote>
  );
}

/** Ring indexes: a row a field, TX and RX side by side. */
const Indexes = memo(function Indexes({ side, caption, fields, tx, rx }: IndexesProps) {
  return (
    <table className={css.indexes} aria-label={caption}>
      <thead>
        <tr><th scope="col">{caption}</th><th scope="col">TX</th><th scope="col">RX</th></tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field.name} data-block title={field.isPrivate ? w.indexes.privateHow : w.indexes.sharedHow}>
            <th scope="row">
              {field.name}<span className={css.whose}> {field.isPrivate ? w.indexes.private : w.indexes.shared}</span>
            </th>
            {[tx, rx].map((ring, column) => (
              <td key={column === 0 ? 'tx' : 'rx'} data-hot={ring?.changed?.includes(field.name) || undefined}>
                {ring === null ? w.indexes.none : <Value ring={ring} side={side} field={field} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
});

const HEADER = (['req_prod', 'req_event', 'rsp_prod', 'rsp_event'] as const).map((name): Field => ({
  name, isPrivate: false, read: (ring) => ring.header?.[name] ?? null,
}));
const FRONT: readonly Field[] = [...HEADER, ...(['req_prod_pvt', 'rsp_cons'] as const).map((name): Field => ({
  name, isPrivate: true, read: (ring) => ring.front?.[name] ?? null,
}))];
const BACK = (['rsp_prod_pvt', 'req_cons'] as const).map((name): Field => ({
  name, isPrivate: true, read: (ring) => ring.back?.[name] ?? null,
}));

interface Rings {
  tx: RingView | null;
  rx: RingView | null;
}

/** The indexes in the shared header, and netfront's own. */
export function FrontIndexes({ tx, rx }: Rings) {
  return <Indexes side="front" caption={w.indexes.header} fields={FRONT} tx={tx} rx={rx} />;
}

/** Netback's own indexes; the shared ones are drawn once, where the pages are. */
export function BackIndexes({ tx, rx }: Rings) {
  return <Indexes side="back" caption={w.indexes.own} fields={BACK} tx={tx} rx={rx} />;
}
