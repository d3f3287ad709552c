import { useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { tourQuestions, tourStops, tourWords as t } from '../../content/tour.ts';
import { fill } from '../../content/words.ts';
import { Prose } from '../../parts/Prose.tsx';
import { commands } from '../../store/commands.ts';
import { useSettled } from '../../store/settled.ts';
import { countOf, titleOfStep } from '../../store/step-title.ts';
import { useApp } from '../../store/store.ts';
import type { TourState } from '../../store/store.ts';
import { endTour } from '../../store/tour.ts';
import { QuestionCard } from './QuestionCard.tsx';
import { Results } from './Results.tsx';
import { StopCard } from './StopCard.tsx';
import css from './tour.module.css';

function placeOf({ part, at }: TourState): string {
  switch (part) {
    case 'stops':
      return fill(t.stop, { n: at + 1, count: tourStops.length });
    case 'questions':
      return fill(t.question, { n: at + 1, count: tourQuestions.length });
    case 'results':
      return '';
  }
}

/** Which step is shown and what it did, where the card lies over the story, which says it otherwise. */
function Step() {
  const position = useSettled((state) => state.position);
  const outline = useApp((state) => state.outline);
  const title = useSettled((state) => state.step && titleOfStep(state, state.step));
  return (
    <p className={css.step}>
      <span>{outline && countOf(outline, position)}</span> {title !== null && <b><Prose text={title} plain /></b>}
    </p>
  );
}

function cardOf(tour: TourState): ReactNode {
  switch (tour.part) {
    case 'stops': {
      const stop = tourStops[tour.at];
      return stop && <StopCard key={stop.id} stop={stop} at={tour.at} />;
    }
    case 'questions': {
      const question = tourQuestions[tour.at];
      return question && <QuestionCard key={question.id} question={question} tour={tour} />;
    }
    case 'results':
      return <Results tour={tour} />;
  }
}

function endOnEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  event.preventDefault();
  // What lies on top goes first.
  if (!commands.closeTopmost()) endTour();
}

/** One stop, one question, or the results, and what is above each. */
function Card({ tour }: { tour: TourState }) {
  // What needs more room beside it than the stage, where the page has not room for both.
  const beside = useApp(({ view, settings, inquiry }) =>
    settings ? 'settings' : view === 'lens' ? 'lens' : inquiry === null ? 'stage' : 'inquiry');
  const [folds, setFolds] = useState<Partial<Record<typeof beside, boolean>>>({});
  const folded = folds[beside] ?? beside !== 'stage';
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape, wherever in it the focus is
    <section
      className={css.tour}
      aria-label={t.name}
      data-tour
      data-part={tour.part}
      data-beside={beside}
      data-low={folded ? beside : undefined}
      onKeyDown={endOnEscape}
    >
      <header className={css.head}>
        <span className={css.name}>{t.name}</span>
        <span className={css.count}>{placeOf(tour)}</span>
        <button type="button" className={css.fold} onClick={() => setFolds({ ...folds, [beside]: !folded })}>
          {folded ? t.unfold : t.fold}
        </button>
        <button type="button" className={css.end} onClick={endTour}>
          {t.end}
        </button>
      </header>
      <Step />
      {cardOf(tour)}
    </section>
  );
}

/** The guided tour as a card: its stops, then its questions, then what came of them. Escape ends it. */
export default function TourPanel() {
  const tour = useApp((state) => state.tour);
  // Each comes as high as what is beside it lets it be.
  return tour && <Card key={`${tour.part} ${tour.at}`} tour={tour} />;
}
