import { useEffect, useState } from 'react';
import { tourQuestions, tourStops, tourWords as t } from '../../content/tour.ts';
import type { TourQuestion } from '../../content/tour.ts';
import { Prose } from '../../parts/Prose.tsx';
import { ScrollEdge } from '../../parts/ScrollEdge.tsx';
import { appStore, useApp } from '../../store/store.ts';
import type { Answered, AppState, TourState } from '../../store/store.ts';
import { moveTour } from '../../store/tour.ts';
import { checks, isAtRest } from './checks.ts';
import { Heading } from './Heading.tsx';
import { showAnswer, toQuestion, toStop } from './model.ts';
import { SeeHarm } from './SeeHarm.tsx';
import { useInView } from './spot.ts';
import css from './tour.module.css';

/** Keeps how a question came to its answer; the first time counts. */
function answer(id: number, how: Answered): void {
  const answers = appStore.getState().tour?.answers ?? {};
  if (answers[id] === undefined) moveTour({ answers: { ...answers, [id]: how } });
}

/** What is there when a question comes answers nothing: has anything been done since? */
function hasDone(start: AppState, { frame, run, inquiry, tour }: AppState): boolean {
  return frame !== start.frame || run !== start.run || inquiry !== start.inquiry || tour?.picked !== start.tour?.picked;
}

function Choices({ question, picked, done }: { question: TourQuestion; picked: number | null; done: boolean }) {
  const wrong = picked === null ? undefined : question.choices?.[picked]?.why;
  return (
    <>
      <ol className={css.choices}>
        {question.choices?.map(({ text, right }, index) => (
          <li key={text}>
            <button
              type="button"
              className={css.choice}
              aria-pressed={picked === index}
              data-right={done && right === true ? true : undefined}
              onClick={() => moveTour({ picked: index })}
            >
              {text}
            </button>
          </li>
        ))}
      </ol>
      {wrong !== undefined && (
        <p className={css.notice} role="status">
          <strong>{t.wrong}</strong> {wrong}
        </p>
      )}
    </>
  );
}

/**
 * One question. It is answered when the state of the page says so: the person goes somewhere, presses a value, or moves a
 * slider; where doing is not enough, picks one of three.
 */
export function QuestionCard({ question, tour }: { question: TourQuestion; tour: TourState }) {
  const { id, prompt, hint, choices, answer: words, harm } = question;
  const check = checks[id]!;
  const [hinted, setHinted] = useState(false);
  const [start] = useState(() => appStore.getState());
  const holds = useApp((state) => isAtRest(state) && check.holds(state));
  const done = useApp((state) => hasDone(start, state));
  useInView(question.look.spot, true, false);
  const misses = useApp((state) => check.asks === true && state.inquiry !== null && !check.holds(state));
  const how = tour.answers[id];
  const last = tour.at === tourQuestions.length - 1;
  useEffect(() => {
    if (holds && done) answer(id, 'self');
  }, [holds, done, id]);
  const show = (): void => {
    answer(id, 'shown');
    // What is picked here needs nothing else.
    if (choices === undefined) showAnswer(question);
    check.show();
  };
  const back = (): void => (tour.at === 0 ? toStop(tourStops.length - 1) : toQuestion(tour.at - 1));
  return (
    <>
      <div className={css.body}>
        <Heading>
          <Prose text={prompt} plain />
        </Heading>
        {choices !== undefined && <Choices question={question} picked={tour.picked} done={how !== undefined} />}
        {holds && !done && how === undefined && <p className={css.notice}>{t.already}</p>}
        {misses && how === undefined && (
          <p className={css.notice} role="status">
            <strong>{t.wrong}</strong> {t.wrongKey}
          </p>
        )}
        {hinted && how === undefined && <p className={css.hint}>{hint}</p>}
        <div role="status">
          {how !== undefined && (
            <p className={css.answer}>
              <strong>{how === 'self' ? t.right : t.shown}</strong> <Prose text={words} />
            </p>
          )}
        </div>
        {how !== undefined && harm !== undefined && <SeeHarm harm={harm} />}
        <ScrollEdge edge="below" says={t.below} />
      </div>
      <footer className={css.foot}>
        <button type="button" className="button" onClick={back}>
          {t.back}
        </button>
        {how === undefined && (
          <>
            <button type="button" className="button" aria-expanded={hinted} onClick={() => setHinted(!hinted)}>
              {t.hint}
            </button>
            <button type="button" className="button" onClick={show}>
              {t.show}
            </button>
          </>
        )}
        <button
          type="button"
          className={`button ${css.onward}`}
          onClick={() => (last ? moveTour({ part: 'results', at: 0 }) : toQuestion(tour.at + 1))}
        >
          {last ? t.toResults : how === undefined ? t.skip : t.next}
        </button>
      </footer>
    </>
  );
}
