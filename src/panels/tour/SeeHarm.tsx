import { tourWords as t } from '../../content/tour.ts';
import { showHarm } from '../../store/harm.ts';
import { useApp } from '../../store/store.ts';
import css from './tour.module.css';

/** Leads to the step at which the bug of that scenario does harm. */
export function SeeHarm({ scenario }: { scenario: string }) {
  const bug = useApp(({ scenarios }) => scenarios.find(({ id }) => id === scenario));
  return (
    bug !== undefined && (
      <p>
        <button type="button" className={css.spot} onClick={() => showHarm(bug)}>{t.lost}</button>
      </p>
    )
  );
}
