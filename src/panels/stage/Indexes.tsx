import { memo } from 'react';
import type { RingView } from '../../store/view.ts';
import css from './lists.module.css';

interface IndexesProps {
  caption: string;
  why: string;
  fields: readonly string[];
  tx: RingView | null;
  rx: RingView | null;
  /** Reads one field; null while it does not exist yet. */
  read: (ring: RingView, field: string) => number | null;
}

/** Ring indexes: a row a field, TX and RX side by side. */
export const Indexes = memo(function Indexes({ caption, why, fields, tx, rx, read }: IndexesProps) {
  return (
    <table className={css.indexes} aria-label={`${caption}: ${why}`}>
      <thead>
        <tr><th scope="col" title={why}>{caption}</th><th scope="col">TX</th><th scope="col">RX</th></tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field}>
            <th scope="row">{field}</th>
            {[tx, rx].map((ring, column) => (
              <td key={column === 0 ? 'tx' : 'rx'} data-hot={ring?.changed?.includes(field) || undefined}>
                {(ring === null ? null : read(ring, field)) ?? '–'}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
});

const HEADER = ['req_prod', 'req_event', 'rsp_prod', 'rsp_event'] as const;
const FRONT = ['req_prod_pvt', 'rsp_cons'] as const;
const BACK = ['rsp_prod_pvt', 'req_cons'] as const;

function readHeader(ring: RingView, field: string): number | null {
  return ring.header?.[field as (typeof HEADER)[number]] ?? null;
}

function readFront(ring: RingView, field: string): number | null {
  return ring.front?.[field as (typeof FRONT)[number]] ?? null;
}

function readBack(ring: RingView, field: string): number | null {
  return ring.back?.[field as (typeof BACK)[number]] ?? null;
}

interface Rings {
  tx: RingView | null;
  rx: RingView | null;
}

export function SharedHeader({ tx, rx }: Rings) {
  const why = 'in the first page of each ring, where both sides read and write';
  return <Indexes caption="shared ring header" why={why} fields={HEADER} tx={tx} rx={rx} read={readHeader} />;
}

export function FrontPrivate({ tx, rx }: Rings) {
  const why = 'in the guest’s own memory, never shared';
  return <Indexes caption="private to netfront" why={why} fields={FRONT} tx={tx} rx={rx} read={readFront} />;
}

export function BackPrivate({ tx, rx }: Rings) {
  const why = 'in dom0’s own memory, never shared';
  return <Indexes caption="private to netback" why={why} fields={BACK} tx={tx} rx={rx} read={readBack} />;
}
