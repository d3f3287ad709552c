import { useId, useLayoutEffect, useMemo, useRef } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import { inquiryWords as t } from '../../content/inquiry.ts';
import { cellValue } from '../../store/cell-value.ts';
import { commands } from '../../store/commands.ts';
import { mirror } from '../../store/connection.ts';
import { bytesPlace } from '../../parts/bytes-meaning.ts';
import type { BytesPlace } from '../../parts/bytes-meaning.ts';
import { layoutWith } from '../../parts/layout.ts';
import { useEscape } from '../../parts/use-escape.ts';
import { useOwnRefusals } from '../../parts/use-own-refusals.ts';
import { appStore, useApp } from '../../store/store.ts';
import type { Inquiry } from '../../store/store.ts';
import { Acts } from './Acts.tsx';
import { focusTrail, reachable, trailOf } from './focus.ts';
import css from './inquiry.module.css';
import { meaningText, nowText, standing } from './model.ts';
import { placeBeside } from './place.ts';
import { Writes } from './Writes.tsx';

interface AboutProps {
  inquiry: Inquiry;
  /** Where bytes lie, as it was when they were asked about; null of what are none. */
  place: BytesPlace | null;
}

/** What the thing holds at the position shown, and what that stands for. */
function Now({ inquiry: { subject: { cell }, answer }, place }: AboutProps) {
  useApp((state) => state.frame);
  const position = useApp((state) => state.position);
  const value = cellValue(mirror, cell);
  const writes = answer?.kind === 'writers' ? answer.writes : [];
  const meaning = meaningText(value, cell, place, writes[standing(writes, position).current]);
  return (
    <p className={css.now}>
      {t.now}{' '}
      <span className={css.value}>
        {nowText(value, cell)}
        {meaning !== null && <span className={css.meaning}>{meaning}</span>}
      </span>
    </p>
  );
}

function Answer({ inquiry: { subject, answer }, place }: AboutProps) {
  if (answer === null) return <p className={css.quiet} role="status">{t.looking}</p>;
  if (answer.kind === 'moved') return <p className={css.quiet} role="status">{t.moved}</p>;
  if (answer.kind === 'none') return <p className={css.quiet} role="status">{answer.reason}</p>;
  return <Writes subject={subject} place={place} writes={answer.writes} total={answer.total} origins={answer.origins ?? []} />;
}

/**
 * Places the popover beside what was pressed, or else what the stage shows of it, gives it the focus, and gives that back in the
 * end; to a pointer only as the place that Tab goes on from: whoever works with the mouse goes on stepping with the keys.
 */
function useStand(inquiry: Inquiry): { box: RefObject<HTMLDivElement | null>; trail: RefObject<readonly Element[]> } {
  const box = useRef<HTMLDivElement>(null);
  const trail = useRef<readonly Element[]>([]);
  const { subject, from, answer } = inquiry;
  useLayoutEffect(() => {
    const popover = box.current;
    if (popover === null) return undefined;
    const pressed = from ?? document.activeElement;
    const byKeyboard = document.activeElement?.matches(':focus-visible') === true;
    trail.current = trailOf(pressed);
    const place = (): void => stand(popover, pressed);
    place();
    if (typeof popover.showPopover === 'function' && !popover.matches(':popover-open')) popover.showPopover();
    popover.focus({ preventScroll: true });
    addEventListener('resize', place);
    // The card of the tour may become higher by what it says of the answer.
    const card = document.querySelector('[data-tour]');
    const sizes = new ResizeObserver(place);
    if (card !== null) sizes.observe(card);
    return () => {
      removeEventListener('resize', place);
      sizes.disconnect();
      if (!popover.contains(document.activeElement)) return;
      focusTrail(trail.current);
      if (!byKeyboard && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- each question has a subject of its own, even from one place
  }, [subject, from]);
  // Where it was asked on the way to another step, that is on the stage by now.
  const known = answer !== null;
  useLayoutEffect(() => {
    if (known && box.current !== null) stand(box.current, trail.current[0] ?? null);
  }, [known]);
  return { box, trail };
}

function stand(popover: HTMLElement, pressed: Element | null): void {
  const rects = [pressed === document.body ? null : pressed, document.querySelector('section[data-party]:has([data-asked])')]
    .map((one) => one?.getBoundingClientRect());
  const known = rects.find((rect) => rect !== undefined && rect.width > 0 && rect.top < window.innerHeight) ?? null;
  const tour = document.querySelector('[data-tour]')?.getBoundingClientRect();
  const kept = tour !== undefined && tour.width > 0 ? tour : null;
  const place = placeBeside(kept, known, { width: window.innerWidth, height: window.innerHeight });
  // On a narrow page it is a sheet, and the tour one beneath it, whose answer has to be seen.
  popover.style.setProperty('--foot', kept === null ? null : `${window.innerHeight - kept.top}px`);
  for (const [name, value] of Object.entries(place)) popover.style.setProperty(`--${name}`, value === null ? 'auto' : `${value}px`);
}

function Popover({ inquiry }: { inquiry: Inquiry }) {
  const title = useId();
  const { box, trail } = useStand(inquiry);
  useEscape();
  useOwnRefusals();
  const { cell } = inquiry.subject;
  // Pages of a ring are nobody's once it is gone: what they were when somebody asked counts.
  const place = useMemo(
    () => (cell.cell === 'bytes' ? bytesPlace(cell, layoutWith(appStore.getState().stage.rings)) : null),
    [cell],
  );
  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.key !== 'Tab') return;
    const all = reachable(event.currentTarget);
    const at = document.activeElement;
    const out = event.shiftKey ? at === all[0] || at === event.currentTarget : at === all.at(-1);
    if (!out) return;
    // It stands at the end of the page but belongs to what was pressed: Tab goes on from there, and Shift+Tab back to it.
    focusTrail(trail.current);
    if (event.shiftKey) event.preventDefault();
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a dialog has keys of its own
    <div
      ref={box}
      popover="manual"
      role="dialog"
      aria-labelledby={title}
      tabIndex={-1}
      className={css.popover}
      onKeyDown={onKeyDown}
    >
      <div className={css.head}>
        <h2 id={title} className={css.title}>
          <span className={css.ask}>{t.title}</span> {inquiry.subject.name}
        </h2>
        <button type="button" className={`button ${css.close}`} aria-label={t.close} onClick={commands.closeInquiry}>
          ×
        </button>
      </div>
      <Now inquiry={inquiry} place={place} />
      <Answer inquiry={inquiry} place={place} />
      <Acts subject={inquiry.subject} />
    </div>
  );
}

/** The answer to "Who wrote this?", beside what was pressed, for as long as the inquiry is open. */
export default function InquiryPanel() {
  const inquiry = useApp((state) => state.inquiry);
  return inquiry === null ? null : <Popover inquiry={inquiry} />;
}
