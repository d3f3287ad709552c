import { useState } from 'react';
import { fidelity } from '../content/fidelity.ts';
import type { FidelityRow } from '../content/fidelity.ts';
import { faithfulWords } from '../content/faithful.ts';
import { fill, spansOf } from '../content/words.ts';
import css from './fidelity.module.css';

const t = faithfulWords;
const KINDS: readonly FidelityRow['kind'][] = ['composite', 'simplified', 'absent', 'exact'];

function Text({ text }: { text: string }) {
  return spansOf(text).map(({ look, text: part }, index) => {
    // The stretches of one text never change places.
    const key = `${index} ${part}`;
    return look === 'code' ? <code key={key}>{part}</code> : <span key={key}>{part}</span>;
  });
}

function holds(row: FidelityRow, wanted: string): boolean {
  return [row.area, row.what, row.real, row.here].join(' ').toLowerCase().includes(wanted);
}

/** What is as in Linux and Xen and what is not, by kind; a field leaves the rows that hold some words. */
export default function Fidelity() {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const rows = fidelity.filter((row) => holds(row, wanted));
  return (
    <>
      <label className={css.search}>
        {t.search}
        <input type="search" value={search} onChange={({ target }) => setSearch(target.value)} />
        <output>{fill(t.found, { count: rows.length, all: fidelity.length })}</output>
      </label>
      {KINDS.map((kind) => {
        const own = rows.filter((row) => row.kind === kind);
        if (own.length === 0) return null;
        return (
          <details key={kind} className={css.kind} open={wanted !== '' || kind === 'composite'}>
            <summary>
              {t[kind]} <span className={css.count}>{own.length}</span>
              <span className={css.means}>{t.means[kind]}</span>
            </summary>
            {own.map(({ area, what, real, here }) => (
              <article key={`${area} ${what}`} className={css.row}>
                <h4>
                  {what} <span className={css.area}>{area}</span>
                </h4>
                <dl>
                  <dt>{t.real}</dt>
                  <dd>
                    <Text text={real} />
                  </dd>
                  <dt>{t.here}</dt>
                  <dd>
                    <Text text={here} />
                  </dd>
                </dl>
              </article>
            ))}
          </details>
        );
      })}
    </>
  );
}
