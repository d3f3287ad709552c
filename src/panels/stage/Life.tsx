import type { PageLife } from '../../store/view.ts';
import css from './life.module.css';

/** One shape a life, so that colour is not the only sign. */
const SHAPES: Readonly<Record<PageLife, string>> = {
  allocated: 'M4.5 1.5a3 3 0 1 0 0 6a3 3 0 0 0 0-6Z',
  granted: 'M4.5 1.5a3 3 0 1 0 0 6a3 3 0 0 0 0-6ZM4 4.5h1M4.5 4v1',
  mapped: 'M4.5 1.5a3 3 0 1 0 0 6a3 3 0 0 0 0-6Z',
  unmapped: 'M4.5 1.5a3 3 0 1 0 0 6a3 3 0 0 0 0-6ZM1.5 7.5l6-6',
  revoked: 'M2 2l5 5M7 2l-5 5',
};

/** The sign of a page's life. What it means is said in words beside it. */
export function LifeMark({ life }: { life: PageLife }) {
  return (
    <svg className={css.life} viewBox="0 0 9 9" data-life={life} aria-hidden="true"><path d={SHAPES[life]} /></svg>
  );
}
