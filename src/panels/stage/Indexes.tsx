import { memo } from 'react';
import type { RingView } from '../../store/view.ts';
import css from './lists.module.css';

interface Field {
  name: string;
  /** Only one side knows it. */
  isPrivate: boolean;
  /** Null while it does not exist yet. */
  read: (ring: RingView) => number | null;
}

interface IndexesProps {
  caption: string;
  fields: readonly Field[];
  tx: RingView | null;
  rx: RingView | null;
}

/** Ring indexes: a row a field, TX and RX side by side. */
const Indexes = memo(function Indexes({ caption, fields, tx, rx }: IndexesProps) {
  return (
    <table className={css.indexes} aria-label={caption}>
      <thead>
        <tr><th scope="col">{caption}</th><th scope="col">TX</th><th scope="col">RX</th></tr>
      </thead>
      <tbody>
        {fields.map(({ name, isPrivate, read }) => (
          <tr key={name} title={isPrivate ? PRIVATE : SHARED}>
            <th scope="row">{name}{isPrivate && <span className={css.private}> private</span>}</th>
            {[tx, rx].map((ring, column) => (
              <td key={column === 0 ? 'tx' : 'rx'} data-hot={ring?.changed?.includes(name) || undefined}>
                {(ring === null ? null : read(ring)) ?? '–'}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
});

const SHARED = 'in the first page of each ring, where both sides read and write';
const PRIVATE = 'in this side’s own memory, never shared';

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
  return <Indexes caption="shared ring header" fields={FRONT} tx={tx} rx={rx} />;
}

/** Netback's own indexes; the shared ones are drawn once, where the pages are. */
export function BackIndexes({ tx, rx }: Rings) {
  return <Indexes caption="indexes of netback" fields={BACK} tx={tx} rx={rx} />;
}
