import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { afterLayout } from '../../store/after-layout.ts';
import css from './tour.module.css';

/** Of the words of a card, the lowest pixels, where it may be said that there are more of them. */
const SIGN = 26;

/** How much of the words the heading covers, where it stays while they scroll. */
function covered(words: Element): number {
  const heading = words.querySelector<HTMLElement>(`.${css.title}`);
  return heading !== null && getComputedStyle(heading).position === 'sticky' ? heading.offsetHeight : 0;
}

/** Scrolls the words of the card, and nothing around it, until the notice is seen; from its beginning where it is higher than they. */
function intoSight(notice: HTMLElement): void {
  const words = notice.closest(`.${css.body}`);
  if (words === null) return;
  const { top, bottom } = notice.getBoundingClientRect();
  const around = words.getBoundingClientRect();
  const beneath = bottom - (around.bottom - SIGN);
  if (beneath > 0) words.scrollTop += Math.min(beneath, top - around.top - covered(words));
}

/**
 * Something to say among the words of a card. The card does not grow for it, so that its buttons stay where they are: the
 * words scroll. `answers`: it stands in a region that is read to people as it comes.
 */
export function Notice({ answers = false, children }: { answers?: boolean; children: ReactNode }) {
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => afterLayout(() => notice.current !== null && intoSight(notice.current)), []);
  return <div ref={notice} className={css.notice} data-answers={answers || undefined} role={answers ? undefined : 'status'}>{children}</div>;
}
