import { tourQuestions, tourWords as t } from '../../content/tour.ts';
import { fill } from '../../content/words.ts';
import { ScrollEdge } from '../../parts/ScrollEdge.tsx';
import { DEFAULT_RUN, sameRun } from '../../store/config.ts';
import { useApp } from '../../store/store.ts';
import type { Answered, TourState } from '../../store/store.ts';
import { beginTour, moveTour } from '../../store/tour.ts';
import { Heading } from './Heading.tsx';
import { Myths } from './Myths.tsx';
import { openTourRun, toQuestion } from './model.ts';
import css from './tour.module.css';

/** Ways other than without help, in the order in which they are counted. */
const OTHERS = ['hint', 'shown', 'open'] as const;

/** Puts a question again as if it were new. */
function tryAgain(index: number, { answers, hinted }: TourState): void {
  const { id } = tourQuestions[index]!;
  const { [id]: _, ...rest } = answers;
  moveTour({ answers: rest, hinted: hinted.filter((one) => one !== id) });
  toQuestion(index);
}

/** How many were answered how: without help, of all; and of the other ways those that there are. */
function scoreOf({ answers }: TourState): string {
  const numberOf = (how: Answered | 'open'): number => tourQuestions.filter(({ id }) => (answers[id] ?? 'open') === how).length;
  const others = OTHERS.filter((how) => numberOf(how) > 0);
  const alone = fill(t.score, { n: numberOf('alone'), count: tourQuestions.length, how: t.by.alone });
  return `${[alone, ...others.map((how) => `${numberOf(how)} ${t.by[how]}`)].join(', ')}.`;
}

/** What came of the questions, and what to do now. */
export function Results({ tour }: { tour: TourState }) {
  const { answers } = tour;
  const elsewhere = useApp(({ run }) => !sameRun(run, DEFAULT_RUN) || run.choices.length > 0);
  const others = tourQuestions.some(({ id }) => answers[id] !== 'alone');
  return (
    <>
      <div className={css.body}>
        <div className={css.score}>
          <Heading>
            {t.results}
          </Heading>
          <p>
            <strong>{scoreOf(tour)}</strong> {others && t.scoreAgain}
          </p>
          <p className={css.quiet}>{t.scoreHow}</p>
        </div>
        <ol className={css.results}>
          {tourQuestions.map(({ id, name }, index) => {
            const how = answers[id] ?? 'open';
            return (
              <li key={id} data-how={how}>
                <div className={css.result}>
                  {name}
                  <span className={css.how}>{t.by[how]}</span>
                  {how !== 'alone' && (
                    <button
                      type="button"
                      className={css.spot}
                      aria-label={fill(t.againName, { n: id })}
                      onClick={() => tryAgain(index, tour)}
                    >
                      {t.again}
                    </button>
                  )}
                </div>
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
      <footer className={css.foot}>
        {elsewhere && <button type="button" className="button" onClick={() => openTourRun('start')}>{t.toRun}</button>}
        <button type="button" className={`button ${css.anew}`} onClick={beginTour}>{t.anew}</button>
      </footer>
    </>
  );
}
