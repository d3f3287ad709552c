import { useId, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import { marksWords as t } from '../../content/marks.ts';
import { controlsWords } from '../../content/controls.ts';
import { fill } from '../../content/words.ts';
import { commands } from '../../store/commands.ts';
import { isPositionOf, MARKS } from '../../store/marks.ts';
import type { MarkName } from '../../store/marks.ts';
import { useApp } from '../../store/store.ts';
import type { Mark, ScenarioInfo } from '../../store/store.ts';
import css from './marks.module.css';

const KEYS = { a: '[', b: ']' } as const;

/** A run in words, for a mark that lies in another one. */
function runText({ scenario, config, choices }: Mark['run'], scenarios: readonly ScenarioInfo[]): string {
  return fill(t.run, {
    scenario: scenarios.find(({ id }) => id === scenario)?.title ?? scenario,
    tx: config.txPages,
    rx: config.rxPages,
    queues: config.queues,
    frames: config.maxGrantFrames,
    backend: controlsWords[config.backend],
    choices: choices.length === 0 ? '' : fill(t.choices, { count: choices.length }),
  });
}

interface AwayProps {
  name: MarkName;
  mark: Mark;
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** Says of a mark that the open run does not have where it lies, and what can be done. */
function Away({ name, mark, button, onClose }: AwayProps) {
  const scenarios = useApp((state) => state.scenarios);
  const box = useRef<HTMLDivElement>(null);
  const text = useId();
  useLayoutEffect(() => {
    const note = box.current;
    const from = button.current;
    if (note === null || from === null) return undefined;
    const { left, top } = from.getBoundingClientRect();
    note.style.setProperty('--left', `${left}px`);
    note.style.setProperty('--bottom', `${window.innerHeight - top + 6}px`);
    if (typeof note.showPopover === 'function') note.showPopover();
    note.querySelector('button')?.focus();
    return () => {
      if (note.contains(document.activeElement)) from.focus();
    };
  }, [button]);
  const act = (doing: () => void): void => {
    onClose();
    doing();
  };
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onClose();
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a dialog has keys of its own
    <div
      ref={box}
      popover="manual"
      role="dialog"
      tabIndex={-1}
      className={css.away}
      aria-label={fill(t.away, { name: name.toUpperCase(), step: mark.position })}
      aria-describedby={text}
      onKeyDown={onKeyDown}
    >
      <p id={text}>
        {fill(t.awayText, { name: name.toUpperCase(), step: mark.position, run: runText(mark.run, scenarios) })}
      </p>
      <div className={css.buttons}>
        <button type="button" className="button" onClick={() => act(() => commands.goToMark(name))}>
          {t.openRun}
        </button>
        <button type="button" className="button" onClick={() => act(() => commands.clearMark(name))}>
          {fill(t.clear, { name: name.toUpperCase() })}
        </button>
        <button type="button" className="button" onClick={onClose}>{t.close}</button>
      </div>
    </div>
  );
}

/** One mark: sets it, and once it is set leads to it. */
function MarkButton({ name }: { name: MarkName }) {
  const mark = useApp((state) => state.marks[name]);
  const outline = useApp((state) => state.outline);
  const [asked, setAsked] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const letter = name.toUpperCase();
  if (mark === null) {
    const how = fill(t.unsetHow, { name: letter, key: KEYS[name] });
    return (
      <span className={css.mark}>
        <button
          type="button"
          className={`button ${css.main}`}
          aria-label={how}
          title={how}
          onClick={() => commands.mark(name)}
        >
          {fill(t.unset, { name: letter })}
        </button>
      </span>
    );
  }
  const away = outline === null || !isPositionOf(outline, mark);
  const label = fill(away ? t.away : t.go, { name: letter, step: mark.position });
  return (
    <span className={css.mark} data-set data-away={away || undefined}>
      <button
        ref={button}
        type="button"
        className={`button ${css.main}`}
        aria-label={label}
        title={label}
        aria-haspopup={away ? 'dialog' : undefined}
        aria-expanded={away ? asked : undefined}
        onClick={() => (away ? setAsked(!asked) : commands.goToMark(name))}
      >
        <span className={css.letter}>{letter}</span>{' '}
        {away
          ? <span className={css.elsewhere}>{t.elsewhere}</span>
          : <span className={css.step}>{mark.position}</span>}
      </button>
      <button
        type="button"
        className={`button ${css.clear}`}
        aria-label={fill(t.clear, { name: letter })}
        title={fill(t.clear, { name: letter })}
        onClick={() => commands.clearMark(name)}
      >
        ×
      </button>
      {away && asked && <Away name={name} mark={mark} button={button} onClose={() => setAsked(false)} />}
    </span>
  );
}

/** Two marked steps and the comparison of them. */
export default function Marks() {
  const outline = useApp((state) => state.outline);
  const { a, b } = useApp((state) => state.marks);
  const both = a !== null && b !== null;
  const ready = both && outline !== null && [a, b].every((mark) => isPositionOf(outline, mark));
  const why = ready ? t.compareHow : both ? t.needRun : t.need;
  return (
    <span role="group" aria-label={t.group} className={css.marks}>
      {MARKS.map((name) => <MarkButton key={name} name={name} />)}
      <button
        type="button"
        className="button"
        aria-disabled={!ready}
        title={why}
        onClick={ready ? commands.compareMarks : () => commands.complain({ command: 'ask', reason: why })}
      >
        {t.compare}
      </button>
    </span>
  );
}
