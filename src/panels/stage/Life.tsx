import type { PageLife } from '../../store/view.ts';
import css from './life.module.css';

/** The sign of a page's life: one shape a life, so that colour is not the only sign. What it means is said in words beside it. */
export function LifeMark({ life }: { life: PageLife }) {
  return <span className={css.life} data-life={life} aria-hidden="true" />;
}
