import { memo } from 'react';
import { fill, words } from '../../content/words.ts';
import { countOf } from '../../store/step-title.ts';
import { chapterIndex } from '../../store/outline.ts';
import { useSettled } from '../../store/settled.ts';
import { useApp } from '../../store/store.ts';
import css from './story.module.css';

/** Where we are: chapter and step. */
export const Whereabouts = memo(function Whereabouts() {
  const outline = useApp((state) => state.outline);
  const position = useSettled((state) => state.position);
  // As high as the line that comes.
  if (outline === null) return <p className={css.whereabouts}>&nbsp;</p>;
  const index = chapterIndex(outline, position);
  const title = outline.chapters[index]?.title ?? '';
  return (
    <p className={css.whereabouts}>
      <span className={css.chapter} title={title}>
        {index >= 0 && fill(words.story.chapter, { n: index + 1, count: outline.chapters.length, title })}
      </span>
      <span className={css.count}>{countOf(outline, position)}</span>
    </p>
  );
});
