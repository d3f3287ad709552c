import { memo, useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { inquiryWords as t } from '../../content/inquiry.ts';
import { fill, titleOf, words } from '../../content/words.ts';
import { colourOf } from '../../geometry/timeline.ts';
import type { BytesPlace } from '../../parts/bytes-meaning.ts';
import { afterLayout } from '../../store/after-layout.ts';
import { commands } from '../../store/commands.ts';
import { isApart } from '../../store/step-title.ts';
import { useApp } from '../../store/store.ts';
import type { Cell, Origin, Write } from '../../store/store.ts';
import type { Subject } from '../../store/subjects.ts';
import { configValues } from '../../store/values.ts';
import css from './inquiry.module.css';
import { Origins } from './Origins.tsx';
import { isAtEdge, meaningText, standing, stopOf, writerText, writeTexts } from './model.ts';
import type { Standing } from './model.ts';

interface RowProps {
  write: Write;
  cell: Cell;
  title: string;
  /** Who wrote what was there before, as far as the list knows. */
  earlier: Write | undefined;
  place: BytesPlace | null;
  /** It made what is there now. */
  current: boolean;
  /** The list has one stop for Tab; arrows move in it. */
  reachable: boolean;
}

function Becomes({ before, after }: { before: string; after: string }) {
  return (
    <span className={css.change}>
      <span className={css.value}>{before}</span>{' '}
      <span aria-hidden="true">→</span><span className="visually-hidden">{t.becomes}</span>{' '}
      <span className={css.value}>{after}</span>
    </span>
  );
}

function insideText({ connection, begun, position }: NonNullable<Write['inside']>, step: number): string {
  return fill(t.inside, { who: connection, begun, at: position, step });
}

const Row = memo(function Row({ write, cell, title, earlier, place, current, reachable }: RowProps) {
  const { position, thread, party, key, shown, inside } = write;
  const [before, after] = writeTexts(write, cell);
  const was = meaningText(write.before, cell, place, earlier ?? write);
  const is = meaningText(write.after, cell, place, write);
  const apart = isApart(thread);
  const label = key.split('#')[1] ?? '';
  return (
    <li className={css.row} aria-current={current ? 'step' : undefined} data-party={colourOf(thread, party)}>
      <button
        type="button"
        className={css.jump}
        tabIndex={reachable ? 0 : -1}
        onClick={() => commands.seek(position)}
      >
        <span className="visually-hidden">{t.step}</span>{' '}
        <span className={css.step}>{position}</span>{' '}
        <span className={css.what}>
          {title}
          {current && <>{' '}<span className={css.this}>{t.this}</span></>}
        </span>{' '}
        <span className={css.who}>
          <span className={css.thread}>{apart ? words.acts[thread] : writerText(write)}</span>
          {!apart && ` · ${shown}: ${label}`}
        </span>
        {' '}
        <Becomes before={before} after={after} />
        {inside !== undefined && (
          <>{' '}<span className={`${css.who} ${css.inside}`}>{insideText(inside, position)}</span></>
        )}
        {was !== null && is !== null && <>{' '}<Becomes before={was} after={is} /></>}
      </button>
    </li>
  );
});

function moveInList(event: KeyboardEvent<HTMLOListElement>): void {
  const all = [...event.currentTarget.querySelectorAll('button')];
  const at = all.findIndex((one) => one === document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  all[to]?.focus();
}

interface ListProps {
  writes: readonly Write[];
  cell: Cell;
  place: BytesPlace | null;
  current: number;
}

function List({ writes, cell, place, current }: ListProps) {
  const notes = useApp((state) => state.notes);
  const config = useApp((state) => state.run.config);
  const list = useRef<HTMLOListElement>(null);
  useEffect(
    () =>
      afterLayout(() => {
        const box = list.current;
        const row = box?.children[Math.max(0, current)];
        if (box === null || !(row instanceof HTMLElement)) return;
        // Only the list scrolls: the page must not jump. The one before is shown too, where there is room for both.
        const before = box.children[current - 1];
        const both = before instanceof HTMLElement && row.offsetTop + row.offsetHeight - before.offsetTop <= box.clientHeight;
        box.scrollTop = (both ? before : row).offsetTop;
      }),
    [current],
  );
  const values = configValues(config);
  const stop = Math.max(0, current);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move among its buttons
    <ol ref={list} className={css.list} aria-label={t.list} data-scrolls onKeyDown={moveInList}>
      {writes.map((write, index) => (
        <Row
          key={write.position}
          write={write}
          cell={cell}
          earlier={writes[index - 1]}
          place={place}
          title={titleOf(notes, write.key, values, write.shown).replaceAll(/`|\*\*/g, '')}
          current={index === current}
          reachable={index === stop}
        />
      ))}
    </ol>
  );
}

/** Stops the run, from now on or no more, where the thing changes. */
function StopButton({ subject: { name, cell } }: { subject: Subject }) {
  const breakpoints = useApp((state) => state.breakpoints);
  const set = stopOf(breakpoints, cell);
  const toggle = (): void =>
    commands.setBreakpoints(
      set === undefined
        ? [...breakpoints, { stop: { kind: 'changes', cell }, name: fill(t.stopName, { name }), on: true }]
        : breakpoints.filter((one) => one !== set),
    );
  return (
    <button type="button" className={`button ${css.stop}`} aria-pressed={set !== undefined} onClick={toggle}>
      {t.stop}
    </button>
  );
}

interface Props {
  subject: Subject;
  place: BytesPlace | null;
  writes: readonly Write[];
  /** How many there are in the whole run. */
  total: number;
}

/** To the first write. Where the list begins later than the run's first one, the engine looks for it. */
function goToFirst({ subject: { cell }, writes, total }: Omit<Props, 'place'>): void {
  const [first] = writes;
  if (total === writes.length && first !== undefined) return commands.seek(first.position);
  commands.seek(0);
  commands.runTo({ kind: 'changes', cell });
}

function Buttons({ subject, writes, total, at: { current, here } }: Omit<Props, 'place'> & { at: Standing }) {
  const position = useApp((state) => state.position);
  const go = (index: number): (() => void) | undefined => {
    const write = writes[index];
    return write === undefined ? undefined : () => commands.seek(write.position);
  };
  const back = go(current - 1);
  const on = go(current + 1);
  const last = here ? undefined : go(current);
  // The last one so far is the first: there is another button that leads to it.
  const first = writes.length > 0 && (current !== 0 || total > writes.length);
  return (
    <div className={css.buttons}>
      <button
        type="button"
        className={`button ${css.main}`}
        title={fill(t.soFar, { step: position })}
        aria-disabled={last === undefined}
        onClick={last}
      >
        {here ? t.atLast : t.last}
      </button>
      <span className={css.moves}>
        <button
          type="button"
          className="button"
          aria-label={t.first}
          title={t.first}
          aria-disabled={!first}
          onClick={first ? () => goToFirst({ subject, writes, total }) : undefined}
        >
          ⇤
        </button>
        <button
          type="button"
          className="button"
          aria-label={t.previous}
          title={t.previous}
          aria-disabled={back === undefined}
          onClick={back}
        >
          ←
        </button>
        <button
          type="button"
          className="button"
          aria-label={t.next}
          title={t.next}
          aria-disabled={on === undefined}
          onClick={on}
        >
          →
        </button>
      </span>
    </div>
  );
}

/** Every write of a thing, the one that made what is there now marked; each leads to its step. */
export function Writes({ subject, place, writes, total, origins }: Props & { origins: readonly Origin[] }) {
  const position = useApp((state) => state.position);
  const at = standing(writes, position);
  const edge = isAtEdge(writes, total, at);
  // Of very many, the engine tells those around the position: near the edge of them it is asked for others.
  const asked = useRef(position);
  useEffect(() => {
    if (asked.current === position) return;
    asked.current = position;
    if (edge) commands.inquireAgain();
  }, [position, edge]);
  if (total === 0) {
    return (
      <>
        <Origins origins={origins} />
        <p className={css.quiet}>{origins.length === 0 ? t.never : t.neverSince}</p>
        <StopButton subject={subject} />
      </>
    );
  }
  const count = total === 1 ? t.one : total === writes.length ? t.count : t.some;
  return (
    <>
      <Buttons subject={subject} writes={writes} total={total} at={at} />
      <Origins origins={origins.filter(({ position: made }) => writes.every((write) => write.position !== made))} />
      <List writes={writes} cell={subject.cell} place={place} current={at.current} />
      <div className={css.told}>
        <p className={css.quiet}>
          {fill(count, { count: total.toLocaleString('en'), soFar: at.current + 1, shown: writes.length })}
          {at.current < 0 && total === writes.length && (
            <span className={css.notYet}>{origins.length === 0 ? t.notYet : t.notYetMade}</span>
          )}
        </p>
        <StopButton subject={subject} />
      </div>
    </>
  );
}
