import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { afterLayout } from '../../store/after-layout.ts';
import css from './tour.module.css';

/**
 * The heading of a card: the keyboard is at it as soon as the card is there, and a screen reader reads on from it. What is
 * said beneath it from the start scrolls it out of sight for nobody.
 */
export function Heading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    return afterLayout(() => {
      heading.current?.closest(`.${css.body}`)?.scrollTo(0, 0);
      // The story beneath the card is about another step.
      heading.current?.closest('[data-tour]')?.parentElement?.scrollTo(0, 0);
    }, true);
  }, []);
  return (
    <h2 ref={heading} className={css.title} tabIndex={-1}>
      {children}
    </h2>
  );
}
