import { useEffect, useRef } from 'react';
import { tourQuestions, tourStops, tourWords as t } from '../../content/tour.ts';
import { fill } from '../../content/words.ts';
import { appStore, useApp } from '../../store/store.ts';
import type { AppState, TourState } from '../../store/store.ts';
import { forgetTourLeft } from '../../store/tour.ts';
import { goOn } from './model.ts';
import css from './tour.module.css';

function textOf({ part, at }: TourState): string {
  const where =
    part === 'stops'
      ? fill(t.leftStop, { n: at + 1, count: tourStops.length })
      : fill(t.leftQuestion, { n: at + 1, count: tourQuestions.length });
  return `${where} ${t.leftLater}`;
}

/** Whoever has gone on with something else needs no telling any more. */
function hasGoneOn(now: AppState, before: AppState): boolean {
  return (['run', 'position', 'inquiry', 'dialog', 'comparison', 'lens', 'lensAsked', 'view'] as const).some(
    (part) => now[part] !== before[part],
  );
}

/** How to go on with the tour that was ended just now, where its card was. */
function Notice() {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What had the focus has gone: so Tab comes to the button, and the page keeps its keys.
    if (document.activeElement === document.body) box.current?.focus({ preventScroll: true });
    return appStore.subscribe((now, before) => {
      if (hasGoneOn(now, before)) forgetTourLeft();
    });
  }, []);
  const text = useApp(({ tourLeft }) => (tourLeft === null ? '' : textOf(tourLeft)));
  return (
    <div ref={box} className={css.left} role="group" aria-label={t.name} tabIndex={-1}>
      <p>{text}</p>
      <button type="button" className={`button ${css.go}`} onClick={goOn}>{t.goOnWith}</button>
      <button type="button" className={`button ${css.close}`} aria-label={t.closeLeft} onClick={forgetTourLeft}>×</button>
    </div>
  );
}

/** The notice, and the region that says it: there before it has anything to say, as screen readers want it. */
export function Left() {
  const left = useApp((state) => state.tourLeft);
  return (
    <>
      <p className="visually-hidden" role="status" data-says="tour">{left === null ? '' : textOf(left)}</p>
      {left !== null && <Notice />}
    </>
  );
}
