import { memo, useRef, useState } from 'react';
import type { CSSProperties, KeyboardEvent, Ref } from 'react';
import { breakpointWords } from '../../content/breakpoints.ts';
import { storyWords } from '../../content/story.ts';
import { fill } from '../../content/words.ts';
import { Breakable } from '../../parts/Breakable.tsx';
import { rove } from '../../parts/rove.ts';
import { ScrollEdge } from '../../parts/ScrollEdge.tsx';
import { breakpointAt, toggled } from '../../store/breakpoints.ts';
import { commands } from '../../store/commands.ts';
import { appStore, useApp } from '../../store/store.ts';
import type { ListingLine, StepView, Stop } from '../../store/store.ts';
import { labelOf, lineStopName, nameOf } from './acts.ts';
import css from './step.module.css';
import { useScrolled } from './use-scrolled.ts';

const t = breakpointWords.listing;

/** What is said of a line of the function of that name. A part of it, modelled on its own, is not called by the kernel. */
function remarkOf({ kind, callee, atomic }: ListingLine, shown: string): string {
  if (callee !== undefined) return callee === shown ? '' : fill(storyWords.calls, { callee });
  if (atomic !== undefined) return fill(storyWords.atomic, { reason: atomic });
  return kind === 'local' ? storyWords.local : '';
}

function lineStop(key: string): Stop {
  return { kind: 'line', key };
}

function toggle(key: string): void {
  commands.setBreakpoints(toggled(appStore.getState().breakpoints, lineStop(key), lineStopName(key)));
}

/** On to the next time that the line runs; where it does not run again, back to the last. */
function runTo(key: string): void {
  const { outline, position } = appStore.getState();
  const index = outline?.keys.indexOf(key) ?? -1;
  const again = outline !== null && outline.key.indexOf(index, position) >= 0;
  commands.runTo(lineStop(key), again ? 1 : -1);
}

/** Letters that fit on a line of the narrowest list: only a longer name costs the places where it may be broken. */
const FITS = 17;

interface LineProps {
  line: ListingLine;
  /** As people read it. */
  label: string;
  remark: string;
  /** `function#label` of it. */
  lineKey: string;
  current: boolean;
  /** The Tab key comes here. */
  tab: boolean;
  breakpoint: 'on' | 'off' | undefined;
  ref: Ref<HTMLLIElement> | undefined;
}

/** Lines come anew with each frame, mostly with the same content. */
function isSameLine(a: LineProps, b: LineProps): boolean {
  return a.lineKey === b.lineKey && a.current === b.current && a.tab === b.tab && a.breakpoint === b.breakpoint &&
    a.line.indent === b.line.indent && a.remark === b.remark;
}

/** A line: its margin holds the breakpoint, pressing it runs to it. */
const Line = memo(function Line({ line, label, remark, lineKey, current, tab, breakpoint, ref }: LineProps) {
  return (
    <li
      ref={ref}
      className={css.line}
      aria-current={current ? 'step' : undefined}
      style={{ '--indent': line.indent } as CSSProperties}
    >
      <button
        type="button"
        className={css.dot}
        data-picks
        tabIndex={-1}
        aria-pressed={breakpoint === 'on'}
        data-breakpoint={breakpoint}
        aria-label={fill(t.dot, { label })}
        title={fill(t.dot, { label })}
        onClick={() => toggle(lineKey)}
      />
      <button
        type="button"
        className={css.run}
        data-rove={lineKey}
        tabIndex={tab ? 0 : -1}
        title={t.run}
        onClick={() => runTo(lineKey)}
      >
        <span className={css.label}>{label.length > FITS ? <Breakable text={label} /> : label}</span>
        {remark !== '' && <span className={css.remark}>{remark}</span>}
      </button>
    </li>
  );
}, isSameLine);

function onKeyDown(event: KeyboardEvent<HTMLOListElement>): void {
  const { target } = event;
  if (/^b$/i.test(event.key) && target instanceof HTMLElement && target.dataset['rove'] !== undefined) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    toggle(target.dataset['rove']);
  } else rove(event, 'vertical');
}

/** The place nearest above `wanted`, which is not below `line`, at which no line is cut by the upper edge of the list. */
function wholeFrom(box: HTMLElement, line: HTMLElement, wanted: number): number {
  const start = box.offsetTop + box.clientTop;
  let first = line;
  while (first.offsetTop - start > wanted && first.previousElementSibling instanceof HTMLElement) first = first.previousElementSibling;
  const top = first.offsetTop - start;
  return top > wanted ? 0 : top;
}

/**
 * The operations of the step's function, with the one that ran marked. One stop of the Tab key: arrow keys move, Enter
 * runs to a line, B sets or takes away its breakpoint.
 */
export function Listing({ step: { key, listing, stack } }: { step: StepView }) {
  const current = useRef<HTMLLIElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const breakpoints = useApp((state) => state.breakpoints);
  const [focused, setFocused] = useState('');
  const here = stack.at(-1);
  useScrolled(list, () => {
    const line = current.current;
    const box = list.current;
    // Whoever is choosing a line keeps it where it is.
    if (line === null || box === null || box.contains(document.activeElement)) return;
    // Only the list scrolls: the page must not jump. A line that is higher than it is read from its top.
    const wanted = line.offsetTop - box.offsetTop - Math.max(0, box.clientHeight - line.clientHeight) / 2;
    box.scrollTop = wholeFrom(box, line, wanted);
  });
  const fn = key.slice(0, key.lastIndexOf('#'));
  const lines = listing.map((line) => ({ line, key: `${fn}#${line.label}` }));
  const stop = lines.some((line) => line.key === focused) ? focused : key;
  return (
    <section>
      <h3 className={css.heading}>
        {storyWords.listing} <span className={css.thread}>· {nameOf(here?.shown ?? '')}</span>
      </h3>
      <div className={css.listing} ref={list} data-scrolls>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- its buttons share the keys */}
        <ol
          className={css.lines}
          data-party={here?.party}
          aria-label={storyWords.listing}
          onKeyDown={onKeyDown}
          onFocus={({ target }) => {
            if (target.dataset['rove'] !== undefined) setFocused(target.dataset['rove']);
          }}
          onBlur={() => setFocused('')}
        >
          {lines.map(({ line, key: lineKey }, index) => {
            const there = breakpointAt(breakpoints, lineStop(lineKey));
            return (
              <Line
                // Another function's lines take the places of these: that is cheaper than to make them anew.
                // oxlint-disable-next-line react/no-array-index-key
                key={index}
                ref={lineKey === key ? current : undefined}
                line={line}
                label={labelOf(lineKey, line.label)}
                remark={remarkOf(line, here?.shown ?? '')}
                lineKey={lineKey}
                current={lineKey === key}
                tab={lineKey === stop}
                breakpoint={there && (there.on ? 'on' : 'off')}
              />
            );
          })}
        </ol>
        <ScrollEdge edge="below" />
      </div>
    </section>
  );
}
