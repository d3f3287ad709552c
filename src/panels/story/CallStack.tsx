import { useEffect, useRef, useState } from 'react';
import { breakpointWords, functionName } from '../../content/breakpoints.ts';
import { fill, words } from '../../content/words.ts';
import { rove } from '../../parts/rove.ts';
import { afterPaint } from '../../store/after-paint.ts';
import { breakpointAt, toggled } from '../../store/breakpoints.ts';
import { commands } from '../../store/commands.ts';
import { appStore, useApp } from '../../store/store.ts';
import type { StackEntry, StepView } from '../../store/store.ts';
import { isAct, nameOf } from './acts.ts';
import css from './story.module.css';

function toggle(fn: string): void {
  commands.setBreakpoints(toggled(appStore.getState().breakpoints, { kind: 'function', fn }, functionName(fn)));
}

interface ChipProps {
  entry: StackEntry;
  depth: number;
  /** It is the function that acts. */
  innermost: boolean;
  /** The Tab key comes here. */
  tab: boolean;
}

/** A function: pressing it sets or takes away the breakpoint where it is entered. */
function Chip({ entry: { shown, party, cite, label }, depth, innermost, tab }: ChipProps) {
  const there = useApp(({ breakpoints }) => breakpointAt(breakpoints, { kind: 'function', fn: shown })?.on);
  return (
    <li
      className={css.chip}
      data-party={isAct(shown) ? 'you' : party}
      aria-current={innermost ? 'true' : undefined}
    >
      <button
        type="button"
        className={css.fn}
        data-rove={depth}
        tabIndex={tab ? 0 : -1}
        aria-pressed={there === true}
        data-breakpoint={there === undefined ? undefined : there ? 'on' : 'off'}
        title={`${fill(breakpointWords.listing.entry, { fn: shown })} (${cite.symbol}, ${cite.path}: ${label})`}
        onClick={() => toggle(shown)}
      >
        {nameOf(shown)}
      </button>
    </li>
  );
}

/** The functions under way on the step's thread, outermost first, each in the colour of whose code it is. */
export function CallStack({ step: { stack, thread } }: { step: StepView }) {
  const list = useRef<HTMLOListElement>(null);
  const [focused, setFocused] = useState(-1);
  useEffect(() =>
    afterPaint(() => {
      // The innermost function is the one that acts.
      const box = list.current;
      if (box !== null && !box.contains(document.activeElement)) box.scrollTop = box.scrollHeight;
    }),
  );
  const last = stack.length - 1;
  const stop = focused >= 0 && focused <= last ? focused : last;
  return (
    <section>
      <h3 className={css.heading}>
        {words.story.stack} <span className={css.thread}>· {thread}</span>
      </h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- its buttons share the keys */}
      <ol
        className={css.stack}
        ref={list}
        aria-label={words.story.stack}
        onKeyDown={(event) => rove(event, 'horizontal')}
        onFocus={({ target }) => setFocused(Number(target.dataset['rove'] ?? -1))}
        onBlur={() => setFocused(-1)}
      >
        {stack
          .map((entry) => ({ entry, depth: stack.indexOf(entry) }))
          .map(({ entry, depth }) => (
            <Chip key={depth} entry={entry} depth={depth} innermost={depth === last} tab={depth === stop} />
          ))}
      </ol>
    </section>
  );
}
