import { useEffect, useRef } from 'react';
import { words } from '../../content/words.ts';
import { afterPaint } from '../../store/after-paint.ts';
import type { StepView } from '../../store/store.ts';
import { isAct, nameOf } from './acts.ts';
import { citationText, sourceLink } from './source.ts';
import css from './story.module.css';

type Entry = StepView['stack'][number];

/** A function's name, which opens its source where that is public. */
function Chip({ entry: { shown, cite, label } }: { entry: Entry }) {
  const link = sourceLink(cite);
  const title = `${citationText(cite)}: ${label}`;
  if (link === undefined) return <span title={title}>{nameOf(shown)}</span>;
  return (
    <a href={link} target="_blank" rel="noreferrer" title={title}>
      {nameOf(shown)}
    </a>
  );
}

/** The functions under way on the step's thread, outermost first, each in the colour of whose code it is. */
export function CallStack({ step: { stack, thread } }: { step: StepView }) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() =>
    afterPaint(() => {
      // The innermost function is the one that acts.
      if (list.current !== null) list.current.scrollTop = list.current.scrollHeight;
    }),
  );
  return (
    <section>
      <h3 className={css.heading}>
        {words.story.stack} <span className={css.thread}>· {thread}</span>
      </h3>
      <ol
        className={css.stack}
        ref={list}
        aria-label={words.story.stack}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: a keyboard must reach it
        tabIndex={0}
      >
        {stack
          .map((entry) => ({ ...entry, depth: stack.indexOf(entry) }))
          .map(({ depth, ...entry }) => (
            <li
              key={depth}
              className={css.chip}
              data-party={isAct(entry.shown) ? 'you' : entry.party}
              aria-current={depth === stack.length - 1 ? 'true' : undefined}
            >
              <Chip entry={entry} />
            </li>
          ))}
      </ol>
    </section>
  );
}
