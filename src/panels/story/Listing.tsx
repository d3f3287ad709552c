import { useEffect, useRef } from 'react';
import type { CSSProperties } from 'react';
import { fill, words } from '../../content/words.ts';
import { afterPaint } from '../../store/after-paint.ts';
import type { ListingLine, StepView } from '../../store/store.ts';
import { nameOf } from './acts.ts';
import css from './story.module.css';

function remark({ kind, callee, atomic }: ListingLine): string {
  if (callee !== undefined) return fill(words.story.calls, { callee });
  if (atomic !== undefined) return fill(words.story.atomic, { reason: atomic });
  return kind === 'local' ? words.story.local : '';
}

/** The operations of the step's function, with the one that ran marked. */
export function Listing({ step: { listing, stack } }: { step: StepView }) {
  const current = useRef<HTMLLIElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const here = stack.at(-1);
  useEffect(() =>
    afterPaint(() => {
      const line = current.current;
      const box = list.current;
      if (line === null || box === null) return;
      // Only the list scrolls: the page must not jump.
      box.scrollTop = line.offsetTop - box.offsetTop - (box.clientHeight - line.clientHeight) / 2;
    }),
  );
  return (
    <section>
      <h3 className={css.heading}>
        {words.story.listing} <span className={css.thread}>· {nameOf(here?.shown ?? '')}</span>
      </h3>
      <ol
        className={css.listing}
        ref={list}
        data-party={here?.party}
        data-scrolls
        aria-label={words.story.listing}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: a keyboard must reach it
        tabIndex={0}
      >
        {listing.map((line) => {
          const isCurrent = line.label === here?.label;
          return (
            <li
              key={line.label}
              ref={isCurrent ? current : undefined}
              className={css.line}
              aria-current={isCurrent ? 'step' : undefined}
              style={{ '--indent': line.indent } as CSSProperties}
            >
              <span className={css.label}>{line.label}</span>
              <span className={css.remark}>{remark(line)}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
