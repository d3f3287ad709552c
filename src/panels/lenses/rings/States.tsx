import { ringWords as t } from '../../../content/rings.ts';
import { SLOT_STATES, countsOf } from '../../../store/stage/ring-slots.ts';
import type { SlotRun } from '../../../store/stage/ring-slots.ts';
import css from './rings.module.css';

interface Props {
  runs: readonly SlotRun[] | null;
  /** Why no slot means anything where the ring has no header; null where it has one. */
  bare: string | null;
}

/** In the order of a request's life. */
const LISTED = [...SLOT_STATES].reverse();

/** What the colours mean, and how many slots there are of each. */
export function States({ runs, bare }: Props) {
  const counts = countsOf(runs ?? []);
  return (
    <div className={css.states}>
      <h3 className="visually-hidden">{t.slotsAre}</h3>
      <ul>
        {LISTED.map((state) => (
          <li key={state} data-none={counts[state] === 0 || undefined}>
            <span className={css.swatch} data-state={state} aria-hidden="true" />
            <span className={css.count}>{runs === null || bare !== null ? '–' : counts[state]}</span>
            {t.states[state]}
          </li>
        ))}
      </ul>
      <p className={css.note} data-bad={runs === null || undefined}>
        {runs === null ? t.contradict : bare ?? t.wider}
      </p>
    </div>
  );
}
