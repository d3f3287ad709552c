import { myths, tourWords as t } from '../../content/tour.ts';
import { storyWords } from '../../content/story.ts';
import { fill, noteOf } from '../../content/words.ts';
import { Prose } from '../../parts/Prose.tsx';
import { useApp } from '../../store/store.ts';
import { configValues } from '../../store/values.ts';
import { toKey } from './model.ts';
import css from './tour.module.css';

/** The nine claims of the notes that the project began with, each with what the kernel does. `onGo`: when one is left for its step. */
export function Myths({ onGo }: { onGo?: () => void }) {
  const notes = useApp((state) => state.notes);
  const config = useApp((state) => state.run.config);
  const values = configValues(config);
  if (notes === null) return <p className={css.quiet}>{t.coming}</p>;
  return (
    <>
      <p className={css.quiet}>{t.mythsIntro}</p>
      <ol className={css.myths}>
        {myths.map(({ n, key }) => {
          const myth = noteOf(notes, key)?.myth;
          return (
            myth !== undefined && (
              <li key={n}>
                <p className={css.said}>
                  <Prose text={fill(myth.said, values)} plain />
                </p>
                <p>
                  <strong>{storyWords.does}.</strong> <Prose text={fill(myth.does, values)} plain />
                </p>
                <button
                  type="button"
                  className={css.spot}
                  onClick={() => {
                    toKey(key);
                    onGo?.();
                  }}
                >
                  {t.goToStep} <span className="visually-hidden">({n})</span>
                </button>
              </li>
            )
          );
        })}
      </ol>
    </>
  );
}

