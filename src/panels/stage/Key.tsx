import { stageWords as w } from '../../content/stage.ts';
import css from './key.module.css';
import { LifeMark } from './Life.tsx';
import { useStage } from './store.ts';

const LIVES = ['allocated', 'granted', 'mapped', 'unmapped', 'revoked'] as const;
const LINES = { granted: css.granted, mapped: css.mapped } as const;

/** What the signs and the lines of the map mean. */
export function Key() {
  const stacked = useStage((state) => state.stacked);
  return (
    <ul data-stacked={stacked || undefined} className={css.key} aria-label={w.legend.name}>
      <li><span className={css.step} aria-hidden="true" />{w.legend.step}</li>
      {LIVES.map((life) => (
        <li key={life} title={w.lives[life]}>
          <LifeMark life={life} />
          {(life === 'granted' || life === 'mapped') && (
            <svg className={css.sample} viewBox="0 0 22 10" aria-hidden="true">
              <path className={LINES[life]} d="M1 5H21" />
            </svg>
          )}
          {w.legend[life]}
        </li>
      ))}
      <li><span className={css.untouched} aria-hidden="true" />{w.legend.untouched}</li>
      <li>
        <svg className={css.seam} viewBox="0 0 20 12" aria-hidden="true">
          <path className={css.pages} d="M.5 1.5h8v9h-8ZM11.5 1.5h8v9h-8Z" />
          <path className={css.entry} d="M4 6H16" />
        </svg>
        {w.legend.seam}
      </li>
    </ul>
  );
}
