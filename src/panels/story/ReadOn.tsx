import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { storyWords } from '../../content/story.ts';
import { afterLayout } from '../../store/after-layout.ts';
import css from './step.module.css';
import story from './story.module.css';

/** Of a page that is turned, how much stays in sight, in pixels. */
const KEPT = 24;

/**
 * A box for a text that may be longer than the room for it: it scrolls by itself, and while there is more
 * below, says so and leads there. `of` is what it shows: another one begins at its top.
 */
export function ReadOn({ of, label, children }: { of: unknown; label: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  const [more, setMore] = useState(false);
  const shown = useRef<unknown>(null);
  const seen = useRef({ scrolls, more });
  const look = useCallback((): void => {
    const around = box.current;
    if (around === null) return;
    const now = {
      scrolls: around.scrollHeight > around.clientHeight + 1,
      more: around.scrollHeight - around.scrollTop > around.clientHeight + 1,
    };
    // After a render, setting what is there already has React render once more, for every step.
    if (now.scrolls !== seen.current.scrolls) setScrolls(now.scrolls);
    if (now.more !== seen.current.more) setMore(now.more);
    seen.current = now;
  }, []);
  useEffect(() =>
    afterLayout(() => {
      if (shown.current !== of && box.current !== null) box.current.scrollTop = 0;
      shown.current = of;
      look();
    }),
  );
  useEffect(() => {
    if (box.current === null) return undefined;
    const observer = new ResizeObserver(look);
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [look]);
  return (
    <div className={css.readOn} data-more={more}>
      <div
        ref={box}
        className={story.note}
        role="group"
        aria-label={label}
        data-scrolls={scrolls || undefined}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: a keyboard must reach it
        tabIndex={scrolls ? 0 : undefined}
        onScroll={look}
      >
        {children}
      </div>
      {more && (
        <button
          type="button"
          className={css.more}
          // Whoever has the keyboard scrolls the box itself.
          tabIndex={-1}
          onClick={() => box.current?.scrollBy({ top: box.current.clientHeight - KEPT })}
        >
          {storyWords.readOn}
        </button>
      )}
    </div>
  );
}
