import { tableWords } from '../../../content/tables.ts';
import { fill } from '../../../content/words.ts';
import type { PartyId } from '../../../store/view.ts';
import { names } from './words.ts';
import css from './xenstore.module.css';

/** Somebody watches this; a filled one sees something in this step. */
export function Eye({ who, fired }: { who: readonly PartyId[]; fired: boolean }) {
  const name = fill(tableWords.xenstore.watched, { who: names(who) });
  return (
    <svg className={css.eye} viewBox="0 0 12 10" width="14" height="12" role="img" aria-label={name} data-fired={fired || undefined}>
      <title>{name}</title>
      <path d="M.8 5C2.3 2.6 4 1.5 6 1.5S9.7 2.6 11.2 5C9.7 7.4 8 8.5 6 8.5S2.3 7.4.8 5Z" />
      <circle cx="6" cy="5" r="1.7" />
    </svg>
  );
}
