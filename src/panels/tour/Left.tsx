import { useEffect, useRef } from 'react';
import { tourQuestions, tourStops, tourWords as t } from '../../content/tour.ts';
import { fill } from '../../content/words.ts';
import { useApp } from '../../store/store.ts';
import type { TourState } from '../../store/store.ts';
import { forgetTourLeft } from '../../store/tour.ts';
import { goOn } from './model.ts';
import css from './left.module.css';

function textOf({ part, at }: TourState): string {
  return part === 'stops'
    ? fill(t.leftStop, { n: at + 1, count: tourStops.length })
    : fill(t.leftQuestion, { n: at + 1, count: tourQuestions.length });
}

/** Where the tour was left, and how to go on with it: there until somebody does, or closes it. */
function Notice({ left }: { left: TourState }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What had the focus has gone: so Tab comes to the button, and the page keeps its keys.
    if (document.activeElement === document.body) box.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div ref={box} className={css.left} role="group" aria-label={t.name} tabIndex={-1}>
      <p>{textOf(left)}</p>
      <button type="button" className="button" aria-label={t.goOnWith} onClick={goOn}>{t.goOnShort}</button>
      <button type="button" className="button" aria-label={t.closeLeft} onClick={forgetTourLeft}>×</button>
    </div>
  );
}

/** The notice, and the region that says it: there before it has anything to say, as screen readers want it. */
export default function Left() {
  const left = useApp((state) => state.tourLeft);
  return (
    <>
      <p className="visually-hidden" role="status" data-says="tour">{left === null ? '' : `${textOf(left)} ${t.leftHow}`}</p>
      {left !== null && <Notice left={left} />}
    </>
  );
}
