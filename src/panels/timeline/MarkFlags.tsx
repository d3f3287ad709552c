import { marksWords } from '../../content/marks.ts';
import { fill } from '../../content/words.ts';
import { positionScale } from '../../geometry/timeline.ts';
import { isPositionOf, MARKS } from '../../store/marks.ts';
import { useApp } from '../../store/store.ts';
import type { Outline } from '../../store/store.ts';
import css from './timeline.module.css';

/** A flag's width in pixels, as the style sheet has it. */
const FLAG = 14;

/** Marks of the open run, where they lie in it. */
export function MarkFlags({ outline, width }: { outline: Outline; width: number }) {
  const x = positionScale(outline.length, width);
  const marks = useApp((state) => state.marks);
  return MARKS.map((name) => {
    const mark = marks[name];
    if (mark === null || !isPositionOf(outline, mark)) return null;
    const at = x(mark.position);
    // A stretch between two marks reads from flag to flag, but none leans out of the lanes.
    const back = name === 'a' ? at >= FLAG : at > width - FLAG;
    return (
      <span
        key={name}
        className={css.mark}
        data-leans={back ? 'back' : 'on'}
        aria-hidden="true"
        style={{ transform: `translateX(${at}px)` }}
      >
        <span className={css.markFlag} title={fill(marksWords.flag, { name: name.toUpperCase(), step: mark.position })}>{name.toUpperCase()}</span>
      </span>
    );
  });
}
