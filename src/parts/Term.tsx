import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import type { Term as Meaning } from '../content/schema.ts';
import css from './term.module.css';

/** Between the word and its box, and the box and the window's edge, in pixels. */
const GAP = 6;

/** Puts the box under the word, or above it where there is no room below. */
function place(box: HTMLElement, word: DOMRect): void {
  const { width, height } = box.getBoundingClientRect();
  const below = word.bottom + GAP;
  const top = below + height > window.innerHeight - GAP ? word.top - GAP - height : below;
  box.style.top = `${Math.max(GAP, top)}px`;
  box.style.left = `${Math.max(GAP, Math.min(word.left, window.innerWidth - width - GAP))}px`;
}

/** What opened it: a box that came by pointing goes when the pointer does. */
type Opener = 'pointer' | 'focus' | 'press';

interface TermProps {
  term: Meaning;
  children: ReactNode;
  /** -1 where the keyboard comes to it by the arrows of what it is part of. */
  tabIndex?: 0 | -1;
  /** The marks that close it in a text: they stand on its line. */
  closed?: string;
}

/** A word of the trade: pointed at, focused or pressed, it says what it means. Escape closes that. */
export function Term({ term: { term, means }, children, tabIndex = 0, closed }: TermProps) {
  const [open, setOpen] = useState<Opener | null>(null);
  const id = useId();
  const word = useRef<HTMLButtonElement>(null);
  const stood = useRef<DOMRect | null>(null);
  const show = (box: HTMLElement | null): void => {
    if (box === null || word.current === null) return;
    stood.current = word.current.getBoundingClientRect();
    if (typeof box.showPopover !== 'function') return;
    // On top of everything, and out of what it scrolls in.
    box.showPopover();
    place(box, stood.current);
  };
  useEffect(() => {
    if (open === null) return undefined;
    // Other parts scroll as well, and the focus scrolls the word into view before its box comes.
    const onScroll = (): void => {
      const at = word.current?.getBoundingClientRect();
      if (at?.top !== stood.current?.top || at?.left !== stood.current?.left) setOpen(null);
    };
    addEventListener('scroll', onScroll, { capture: true, passive: true });
    return () => removeEventListener('scroll', onScroll, { capture: true });
  }, [open]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || open === null) return;
    event.preventDefault();
    event.stopPropagation();
    setOpen(null);
  };
  const visited = useRef(false);
  // Where the page moves beneath a pointer that rests, browsers say that the pointer came; nobody pointed at anything.
  const onPointerMove = ({ pointerType, movementX, movementY }: PointerEvent): void => {
    if (pointerType === 'touch' || visited.current || (movementX === 0 && movementY === 0)) return;
    visited.current = true;
    setOpen((how) => how ?? 'pointer');
  };
  const onPointerLeave = (): void => {
    visited.current = false;
    setOpen((how) => (how === 'pointer' ? null : how));
  };
  return (
    <span
      className={closed === undefined ? undefined : css.kept}
      onPointerMove={onPointerMove}
      onPointerLeave={onPointerLeave}
    >
      <button
        ref={word}
        type="button"
        tabIndex={tabIndex}
        className={css.word}
        aria-describedby={open === null ? undefined : id}
        onFocus={() => setOpen((how) => how ?? 'focus')}
        onBlur={() => setOpen(null)}
        // A press focuses it first: only the second press closes.
        onClick={() => setOpen((how) => (how === 'press' ? null : 'press'))}
        onKeyDown={onKeyDown}
      >
        {children}
      </button>
      {closed}
      {open !== null && (
        <span ref={show} id={id} role="tooltip" popover="manual" className={css.box} data-by={open}>
          <strong>{term}</strong> {means}
        </span>
      )}
    </span>
  );
}
