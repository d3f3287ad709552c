import { tourQuestions, tourWords as t } from '../../content/tour.ts';
import { fill } from '../../content/words.ts';
import { Prose } from '../../parts/Prose.tsx';
import { ScrollEdge } from '../../parts/ScrollEdge.tsx';
import { DEFAULT_RUN, sameRun } from '../../store/config.ts';
import { useApp } from '../../store/store.ts';
import type { TourState } from '../../store/store.ts';
import { moveTour } from '../../store/tour.ts';
import { Heading } from './Heading.tsx';
import { Myths } from './Myths.tsx';
import { openTourRun, toQuestion } from './model.ts';
import css from './tour.module.css';

/** Puts a question again as if it were new. */
function tryAgain(index: number, { answers, hinted }: TourState): void {
  const { id } = tourQuestions[index]!;
  const { [id]: _, ...others } = answers;
  moveTour({ answers: others, hinted: hinted.filter((one) => one !== id) });
  toQuestion(index);
}

/** What came of the questions, and what to do now. */
export function Results({ tour }: { tour: TourState }) {
  const { answers } = tour;
  const elsewhere = useApp(({ run }) => !sameRun(run, DEFAULT_RUN) || run.choices.length > 0);
  const own = Object.values(answers).filter((how) => how === 'self').length;
  const hinted = Object.values(answers).filter((how) => how === 'hint').length;
  const count = tourQuestions.length;
  return (
    <div className={css.body}>
      <Heading>
        {t.results}
      </Heading>
      <p>
        <strong>{fill(hinted === 0 ? t.score : t.scoreHinted, { own, hinted, count })}</strong> {own < count && t.scoreMore}
      </p>
      {elsewhere && (
        <p><button type="button" className={css.spot} onClick={() => openTourRun('start')}>{t.toRun}</button></p>
      )}
      <ol className={css.results}>
        {tourQuestions.map(({ id, prompt }, index) => {
          const how = answers[id] ?? 'open';
          return (
            <li key={id} data-how={how}>
              <span className={css.asked}>
                <Prose text={prompt} plain />
              </span>
              <span className={css.how}>{t.by[how]}</span>
              {how !== 'self' && (
                <button
                  type="button"
                  className={css.spot}
                  aria-label={fill(t.againName, { n: id })}
                  onClick={() => tryAgain(index, tour)}
                >
                  {t.again}
                </button>
              )}
            </li>
          );
        })}
      </ol>
      <p>{t.goOn}</p>
      <details className={css.more}>
        <summary>{t.myths}</summary>
        <Myths />
      </details>
      <ScrollEdge edge="below" says={t.below} />
    </div>
  );
}
