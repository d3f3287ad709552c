import { memo, useCallback, useEffect, useRef, useState } from 'react';
import type { FocusEvent, ReactNode, SyntheticEvent } from 'react';
import { tableWords } from '../../../content/tables.ts';
import { words } from '../../../content/words.ts';
import { Breakable } from '../../../parts/Breakable.tsx';
import { ScrollEdge } from '../../../parts/ScrollEdge.tsx';
import { afterLayout } from '../../../store/after-layout.ts';
import css from './table.module.css';

interface Props {
  /** What chooses what is shown. */
  tools: ReactNode;
  /** Numbers that say how things are; with `about` they make room for what somebody points at. */
  facts?: ReactNode;
  /** Told while nobody points at anything that has something to tell. */
  about: string;
  children: ReactNode;
  /** More about what was chosen, beside or below; null while nothing is. */
  aside?: ReactNode | null;
}

/** What something tells of itself, when it is pointed at or has the focus. */
function hintOf(target: EventTarget): string | null {
  const element = target instanceof Element ? target : null;
  const active = element?.getAttribute('aria-activedescendant') ?? '';
  const within = active === '' ? element : document.getElementById(active);
  return within?.closest<HTMLElement>('[data-hint]')?.dataset['hint'] ?? null;
}

/** Is it what tells the text, whose button must not be what is told of? */
function tells(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(`.${css.told}`) !== null;
}

/** The text; where it has but two lines and is longer, a button gives it more. */
const Told = memo(function Told({ text }: { text: string }) {
  const box = useRef<HTMLParagraphElement>(null);
  const [open, setOpen] = useState(false);
  const [cut, setCut] = useState(false);
  const look = useCallback((): void => {
    const line = box.current;
    if (line !== null) setCut(line.scrollHeight > line.clientHeight + 1);
  }, []);
  useEffect(() => (open ? undefined : afterLayout(look)));
  useEffect(() => {
    if (open || box.current === null) return undefined;
    const observer = new ResizeObserver(look);
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [open, look]);
  return (
    <div className={css.told} data-open={open || undefined}>
      <p className={css.hint} ref={box}><Breakable text={text} /></p>
      {(cut || open) && (
        <button type="button" className={css.more} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? tableWords.less : tableWords.more}
        </button>
      )}
    </div>
  );
});

/** A lens: tools at the side or above, what they show, and a line that explains what somebody points at. */
export function LensFrame({ tools, facts, about, children, aside = null }: Props) {
  const [hint, setHint] = useState<string | null>(null);
  const point = (event: SyntheticEvent): void => {
    if (!tells(event.target)) setHint(hintOf(event.target));
  };
  const leave = (event: FocusEvent): void => {
    if (!tells(event.relatedTarget)) setHint(null);
  };
  return (
    <div className={css.frame}>
      <div role="presentation" className={css.lens} data-aside={aside !== null || undefined} onPointerOver={point}
        onPointerLeave={() => setHint(null)} onFocus={point} onKeyUp={point} onBlur={leave}>
        {/* On a low page it scrolls, and then it must be reachable by keyboard. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <div className={css.side} role="group" aria-label={tableWords.tools} data-scrolls tabIndex={0}>
          <div className={css.tools}>{tools}</div>
          {hint === null && facts}
          <Told text={hint ?? about} />
          <ScrollEdge edge="below" says={words.lenses.below} />
        </div>
        <div className={css.main}>{children}</div>
        {aside}
      </div>
    </div>
  );
}
