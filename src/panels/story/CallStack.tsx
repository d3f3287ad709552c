import { memo, useRef, useState } from 'react';
import { namedStack } from '../../base/stack.ts';
import { breakpointWords } from '../../content/breakpoints.ts';
import { storyWords } from '../../content/story.ts';
import { fill } from '../../content/words.ts';
import { rove } from '../../parts/rove.ts';
import { ScrollEdge } from '../../parts/ScrollEdge.tsx';
import { setSize } from '../../parts/sign-size.ts';
import { breakpointAt, toggled } from '../../store/breakpoints.ts';
import { commands } from '../../store/commands.ts';
import { appStore, useApp } from '../../store/store.ts';
import type { StackEntry, StepView } from '../../store/store.ts';
import { turnOfStep } from '../../store/turn.ts';
import { entryName, isAct, nameOf } from './acts.ts';
import { citationText, sourceLink } from './source.ts';
import css from './step.module.css';
import { useScrolled } from './use-scrolled.ts';

function toggle(fn: string): void {
  commands.setBreakpoints(toggled(appStore.getState().breakpoints, { kind: 'function', fn }, entryName(fn)));
}

/** A function's name, which opens its source where that is public. */
function Name({ entry: { shown, cite, label }, id, tab }: { entry: StackEntry; id: string; tab: boolean }) {
  const link = sourceLink(cite);
  if (isAct(shown)) return <span className={css.fn}>{nameOf(shown)}</span>;
  const title = `${citationText(cite)}: ${label}`;
  if (link === undefined) return <span className={css.fn} title={title}>{nameOf(shown)}</span>;
  return (
    <a
      className={css.fn}
      data-rove={id}
      tabIndex={tab ? 0 : -1}
      href={link}
      target="_blank"
      rel="noreferrer"
      title={title}
    >
      {nameOf(shown)}
    </a>
  );
}

interface ChipProps {
  entry: StackEntry;
  depth: number;
  /** Which of several calls one after the other it is, in words; empty where it is the only one. */
  turn: string;
  /** It is the function that acts. */
  innermost: boolean;
  /** Which control the Tab key comes to. */
  stop: string;
}

/** Entries come anew with each frame, mostly with the same content. A function has one citation. */
function isSameChip(a: ChipProps, b: ChipProps): boolean {
  return a.entry.shown === b.entry.shown && a.entry.label === b.entry.label && a.entry.party === b.entry.party &&
    a.entry.fn === b.entry.fn && a.depth === b.depth && a.innermost === b.innermost && a.stop === b.stop &&
    a.turn === b.turn;
}

/** A function, and the breakpoint where it is entered. */
const Chip = memo(function Chip({ entry, depth, turn, innermost, stop }: ChipProps) {
  const { shown, party } = entry;
  const there = useApp(({ breakpoints }) => breakpointAt(breakpoints, { kind: 'function', fn: shown })?.on);
  const { entry: entered, entryAct } = breakpointWords.listing;
  const name = isAct(shown) ? entryAct : fill(entered, { fn: shown });
  return (
    <li
      className={css.chip}
      data-party={isAct(shown) ? 'you' : party}
      aria-current={innermost ? 'true' : undefined}
    >
      <button
        type="button"
        className={css.dot}
        data-rove={`${depth} dot`}
        tabIndex={stop === `${depth} dot` ? 0 : -1}
        aria-pressed={there === true}
        data-breakpoint={there === undefined ? undefined : there ? 'on' : 'off'}
        aria-label={name}
        title={name}
        onClick={() => toggle(shown)}
      />
      <span>
        <Name entry={entry} id={`${depth} name`} tab={stop === `${depth} name`} />
        {turn !== '' && ` · ${turn.replaceAll(' ', '\u{a0}')}`}
      </span>
    </li>
  );
}, isSameChip);

/** What says that there are callers above covers the line that the box's upper edge cuts. */
const SIGN_HEIGHT = 18;

/** Shows the end of the stack, where the function is that acts, and its other lines whole or not at all. */
function showEnd(box: HTMLElement): void {
  const list = box.querySelector('ol');
  if (list === null) return;
  // Not the height of all that is in the box: the sign itself may be higher than a short stack, and would hold it there.
  box.scrollTop = list.offsetTop + list.offsetHeight - box.offsetTop - box.clientHeight;
  const from = box.offsetTop + box.scrollTop;
  const first = [...list.querySelectorAll('li')].find(({ offsetTop }) => offsetTop - from >= SIGN_HEIGHT);
  setSize(box, 'above', '--sign', first && first.offsetTop - from);
}

/**
 * The functions under way on the step's thread, outermost first, each in the colour of whose code it is. One stop of the
 * Tab key; arrow keys move.
 */
export function CallStack({ step }: { step: StepView }) {
  const { stack, thread } = step;
  const outline = useApp((state) => state.outline);
  const turn = turnOfStep(outline, step);
  const scroll = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState('');
  useScrolled(scroll, () => {
    const box = scroll.current;
    if (box !== null && !box.contains(document.activeElement)) showEnd(box);
  });
  const named = namedStack(stack);
  const last = stack.length - 1;
  const at = Number.parseInt(focused, 10);
  const stop = named.some(({ depth }) => depth === at) ? focused : `${last} dot`;
  return (
    <section>
      <h3 className={css.heading}>
        {storyWords.stack} <span className={css.thread}>· {thread}</span>
      </h3>
      <div className={css.stack} ref={scroll}>
        <ScrollEdge edge="above" says={storyWords.callers} />
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- its controls share the keys */}
        <ol
          className={css.chips}
          aria-label={storyWords.stack}
          onKeyDown={(event) => rove(event, 'horizontal')}
          onFocus={({ target }) => setFocused(target.dataset['rove'] ?? '')}
          onBlur={() => setFocused('')}
        >
          {named.map(({ entry, depth }) => (
            <Chip
              key={depth}
              entry={entry}
              depth={depth}
              turn={turn === null || depth !== last ? '' : fill(storyWords.turn, turn)}
              innermost={depth === last}
              stop={stop}
            />
          ))}
        </ol>
        <ScrollEdge edge="below" says={storyWords.called} />
      </div>
    </section>
  );
}
