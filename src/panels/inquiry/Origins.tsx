import { inquiryWords as t } from '../../content/inquiry.ts';
import { colourOf } from '../../geometry/timeline.ts';
import { commands } from '../../store/commands.ts';
import type { Origin } from '../../store/store.ts';
import css from './inquiry.module.css';

/** The steps that made the page in which something lies, and the ring in it; each leads there. */
export function Origins({ origins }: { origins: readonly Origin[] }) {
  if (origins.length === 0) return null;
  return (
    <ol className={css.list} aria-label={t.origins}>
      {origins.map(({ how, position, thread, party, key, shown }) => (
        <li key={`${how} ${position}`} className={css.row} data-party={colourOf(thread, party)}>
          <button type="button" className={css.jump} onClick={() => commands.seek(position)}>
            <span className="visually-hidden">{t.step}</span>{' '}
            <span className={css.step}>{position}</span>{' '}
            <span className={css.what}>{t[how]}</span>{' '}
            <span className={css.who}>
              <span className={css.thread}>{thread}</span>
              {` · ${shown}: ${key.split('#')[1] ?? ''}`}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
