import { ringWords as t } from '../../../content/rings.ts';
import type { Index } from '../../../store/stage/ring-slots.ts';
import { INDEXES } from '../../../store/stage/ring-slots.ts';
import { MarkKey } from './Mark.tsx';
import css from './rings.module.css';

/** An index of requests with each of the shapes; the first has it as it is around the circle. */
const SHAPES: readonly Index[] = (['prod', 'cons', 'event'] as const).map((role) =>
  INDEXES.find((one) => one.of === 'req' && one.role === role)!);

/** What the signs around the circle mean, where the indexes by name do not stand beside it. */
export function Signs() {
  return (
    <ul className={css.signs} aria-label={t.signsAre}>
      {SHAPES.map((index) => (
        <li key={index.role}><MarkKey index={index} /> <span>{t.signs[index.role]}</span></li>
      ))}
      {(['req', 'rsp', 'shared', 'own'] as const).map((what) => <li key={what}>{t.signs[what]}</li>)}
    </ul>
  );
}
