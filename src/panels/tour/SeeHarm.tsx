import { tourWords as t } from '../../content/tour.ts';
import type { TourHarm } from '../../content/tour.ts';
import { useApp } from '../../store/store.ts';
import { openHarm } from './model.ts';
import css from './tour.module.css';

/** Leads to the step at which the bug of that scenario does harm. */
export function SeeHarm({ harm }: { harm: TourHarm }) {
  const bug = useApp(({ scenarios }) => scenarios.find(({ id }) => id === harm.scenario));
  return (
    bug !== undefined && (
      <p>
        <button type="button" className={css.spot} onClick={() => openHarm(harm, bug.defaults)}>{t.lost}</button>
      </p>
    )
  );
}
