import { useEffect, useState } from 'react';
import { settingNames, tourQuestions, tourStops, tourWords as t } from '../../content/tour.ts';
import type { Setting, TourQuestion } from '../../content/tour.ts';
import { fill } from '../../content/words.ts';
import { Prose } from '../../parts/Prose.tsx';
import { ScrollEdge } from '../../parts/ScrollEdge.tsx';
import { appStore, useApp } from '../../store/store.ts';
import type { Answered, AppState, TourState } from '../../store/store.ts';
import { moveTour } from '../../store/tour.ts';
import { checks, hasNeeds, isAtRest, openNeeded } from './checks.ts';
import type { Check } from './checks.ts';
import { Heading } from './Heading.tsx';
import { showAnswer, toQuestion, toStop } from './model.ts';
import { Notice } from './Notice.tsx';
import { HarmShown, SeeHarm } from './SeeHarm.tsx';
import { isStacked, toSetting, useInView, useOutline } from './spot.ts';
import css from './tour.module.css';

/**
 * Keeps how a question came to its answer; the first time counts. What was wrong before does not: whoever goes through a run
 * for a step is at wrong ones on the way, and the rule is the same for a value or a choice.
 */
function answer(id: number, shown: boolean): void {
  const { answers = {}, hinted = [] } = appStore.getState().tour ?? {};
  if (answers[id] !== undefined) return;
  const how: Answered = shown ? 'shown' : hinted.includes(id) ? 'hint' : 'alone';
  moveTour({ answers: { ...answers, [id]: how } });
}

/** Keeps that its hint was read. */
function noteHint(id: number): void {
  const { hinted = [] } = appStore.getState().tour ?? {};
  if (!hinted.includes(id)) moveTour({ hinted: [...hinted, id] });
}

/** Whoever stays at a step for so long is there, and not on the way to another; in milliseconds. */
const REST = 1000;

/** What is not right yet of what somebody has done last; it stays until there is something else to say. */
function useMiss(check: Check, start: AppState, done: boolean): string | null {
  const [said, setSaid] = useState<string | null>(null);
  // Elsewhere than in the run that it is about, it is said already which one that is.
  const miss = useApp((state) =>
    done && isAtRest(state) && (check.pressed === true || hasNeeds(check, state.outline)) && !check.holds(state)
      ? (check.miss?.(state, start) ?? null)
      : null);
  useEffect(() => {
    if (miss === null) return undefined;
    const timer = setTimeout(() => setSaid(miss), check.pressed === true ? 0 : REST);
    return () => clearTimeout(timer);
  }, [miss, check]);
  return said;
}

/** Where another run is open than the question is about: which one that is, and the way there. */
function OpenNeeded({ check }: { check: Check }) {
  const { needs } = check;
  const there = useApp(({ outline }) => hasNeeds(check, outline));
  const title = useApp(({ scenarios }) => scenarios.find(({ id }) => id === needs?.run.scenario)?.title);
  if (there || needs === undefined || title === undefined) return null;
  return (
    <Notice>
      <p>{fill(needs.step === undefined ? t.needs : t.needsStep, { title })}</p>
      <button type="button" className={css.spot} onClick={() => openNeeded(needs)}>{fill(t.openNeeded, { title })}</button>
    </Notice>
  );
}

/** Where a person would have set what was shown. */
function LookAt({ setting }: { setting: Setting }) {
  return (
    <p className={css.look}>
      <span>{t.look}</span>
      <button type="button" className={css.spot} onClick={() => toSetting(setting)}>{settingNames[setting]}</button>
    </p>
  );
}

/** What is there when a question comes answers nothing: has anything been done since? To press a value is not, but where asked for. */
function hasDone({ pressed }: Check, start: AppState, { frame, run, inquiry, tour }: AppState): boolean {
  return frame !== start.frame || run !== start.run || tour?.picked !== start.tour?.picked
    || (pressed === true && inquiry?.subject !== start.inquiry?.subject);
}

function Choices({ question, picked, done }: { question: TourQuestion; picked: number | null; done: boolean }) {
  return (
    <ol className={css.choices}>
      {question.choices?.map(({ text, right, why }, index) => (
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
          {/* Beside what it is about: so the others need not scroll away from under the pointer. */}
          {picked === index && why !== undefined && (
            <Notice>
              <p><strong>{t.wrong}</strong> {why}</p>
            </Notice>
          )}
        </li>
      ))}
    </ol>
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
  const done = useApp((state) => hasDone(check, start, state));
  useInView(question.look.spot, true, false);
  const miss = useMiss(check, start, done);
  const how = tour.answers[id];
  const setting = how === 'shown' ? question.look.setting : undefined;
  useOutline(setting);
  const onStage = how === 'shown' && holds && choices === undefined && isStacked();
  useInView(question.look.spot, setting !== undefined || onStage, onStage);
  const last = tour.at === tourQuestions.length - 1;
  useEffect(() => {
    if (holds && done) answer(id, false);
  }, [holds, done, id]);
  const show = (): void => {
    answer(id, true);
    // What is picked here needs nothing else.
    if (choices === undefined) showAnswer(question);
    check.show();
  };
  const toggleHint = (): void => {
    noteHint(id);
    setHinted(!hinted);
  };
  const back = (): void => (tour.at === 0 ? toStop(tourStops.length - 1) : toQuestion(tour.at - 1));
  return (
    <>
      <div className={css.body}>
        <ScrollEdge edge="above" />
        <Heading>
          <Prose text={prompt} plain />
        </Heading>
        {choices !== undefined && <Choices question={question} picked={tour.picked} done={how !== undefined} />}
        {holds && !done && how === undefined && <Notice><p>{t.already}</p></Notice>}
        {how === undefined && <OpenNeeded check={check} />}
        {miss !== null && how === undefined && (
          <Notice>
            <p><Prose text={miss} plain /></p>
          </Notice>
        )}
        {hinted && how === undefined && <Notice><p>{hint}</p></Notice>}
        <div role="status">
          {how !== undefined && (
            <Notice answers>
              <p><strong>{how === 'shown' ? t.shown : t.right}</strong> <Prose text={words} /></p>
            </Notice>
          )}
        </div>
        {setting !== undefined && <LookAt setting={setting} />}
        {how !== undefined && harm !== undefined && (
          <>
            <SeeHarm scenario={harm} />
            <HarmShown scenario={harm} onBack={check.show} />
          </>
        )}
        <ScrollEdge edge="below" says={t.below} />
      </div>
      <footer className={css.foot}>
        <button type="button" className="button" onClick={back}>
          {t.back}
        </button>
        {how === undefined && (
          <>
            <button type="button" className="button" aria-expanded={hinted} onClick={toggleHint}>
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
          data-skips={how === undefined || undefined}
          onClick={() => (last ? moveTour({ part: 'results', at: 0 }) : toQuestion(tour.at + 1))}
        >
          {last ? t.toResults : how === undefined ? t.skip : t.next}
        </button>
      </footer>
    </>
  );
}
