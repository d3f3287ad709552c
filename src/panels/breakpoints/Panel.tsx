import { useId, useLayoutEffect, useRef } from 'react';
import { breakpointWords } from '../../content/breakpoints.ts';
import { fill } from '../../content/words.ts';
import beside from '../../parts/beside.module.css';
import { useEscape } from '../../parts/use-escape.ts';
import { useOwnRefusals } from '../../parts/use-own-refusals.ts';
import { stopId } from '../../store/breakpoints.ts';
import { commands } from '../../store/commands.ts';
import { useApp } from '../../store/store.ts';
import type { Breakpoint } from '../../store/store.ts';
import css from './breakpoints.module.css';
import { Form } from './Form.tsx';

const t = breakpointWords;

/** What `all` stands for among the breakpoints that a run was asked for. */
const ALL = 'all';

/** Why the run did not come to a stop, where it was sent on from here. */
function Refused({ id }: { id: string }) {
  const reason = useApp(({ rejected, ranFrom }) => (rejected?.command === 'run' && ranFrom === id ? rejected.reason : undefined));
  return <p className={css.refused} role="alert">{reason}</p>;
}

interface ArrowsProps {
  /** Names of the buttons. */
  previous: string;
  next: string;
  off: boolean;
  /** Do they say their names? */
  named?: boolean;
  onRun: (direction: 1 | -1) => void;
}

function Arrows({ previous, next, off, named = false, onRun }: ArrowsProps) {
  return (
    <>
      {([[-1, previous, 'M11 3v10L4 8z'], [1, next, 'M5 3v10l7-5z']] as const).map(([direction, name, shape]) => (
        <button
          key={direction}
          type="button"
          className={`button ${named ? css.named : css.icon}`}
          aria-label={name}
          title={name}
          aria-disabled={off}
          onClick={off ? undefined : () => onRun(direction)}
        >
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d={shape} fill="currentColor" /></svg>
          {named && name}
        </button>
      ))}
    </>
  );
}

interface RowProps {
  breakpoint: Breakpoint;
  onChange: (to: Breakpoint | null) => void;
}

function Row({ breakpoint, onChange }: RowProps) {
  const { name, on, stop } = breakpoint;
  const id = stopId(stop);
  const hit = useApp(({ stoppedAt, position }) =>
    stoppedAt?.position === position && stopId(stoppedAt.stop) === id);
  return (
    <li className={css.row} aria-current={hit ? 'true' : undefined}>
      <label className={css.name}>
        <input type="checkbox" checked={on} onChange={() => onChange({ ...breakpoint, on: !on })} />
        <span>{name}</span>
      </label>
      <Arrows
        previous={fill(t.previousOf, { name })}
        next={fill(t.nextOf, { name })}
        off={false}
        onRun={(direction) => commands.runTo(stop, direction, id)}
      />
      <button
        type="button"
        className={`button ${css.icon}`}
        aria-label={fill(t.remove, { name })}
        title={fill(t.remove, { name })}
        onClick={() => onChange(null)}
      >
        ×
      </button>
      <Refused id={id} />
    </li>
  );
}

function List() {
  const breakpoints = useApp((state) => state.breakpoints);
  const none = breakpoints.every(({ on }) => !on);
  if (breakpoints.length === 0) return <p className={css.hint}>{t.empty}</p>;
  const change = (old: Breakpoint, to: Breakpoint | null): void =>
    commands.setBreakpoints(breakpoints.flatMap((one) => (one !== old ? [one] : to === null ? [] : [to])));
  return (
    <>
      <ul className={css.list}>
        {breakpoints.map((breakpoint) => (
          <Row key={stopId(breakpoint.stop)} breakpoint={breakpoint} onChange={(to) => change(breakpoint, to)} />
        ))}
      </ul>
      <div className={css.all}>
        <Arrows previous={t.previous} next={t.next} off={none} named onRun={(direction) => commands.runOn(direction, ALL)} />
        {none && <span>{t.noneOn}</span>}
        <Refused id={ALL} />
      </div>
    </>
  );
}

function close(): void {
  commands.show(null);
}

/** The places where the run stops: to switch, to remove, to run to, to add. The page goes on behind it. */
export default function BreakpointsPanel() {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useLayoutEffect(() => {
    const box = dialog.current;
    if (box === null) return undefined;
    const from = document.activeElement;
    if (!box.open) box.show();
    box.querySelector<HTMLElement>('input, select')?.focus();
    return () => {
      if (from instanceof HTMLElement && box.contains(document.activeElement)) from.focus();
    };
  }, []);
  useEscape();
  useOwnRefusals();
  return (
    <dialog ref={dialog} className={`${beside.panel} ${css.panel}`} data-beside aria-labelledby={title} onClose={close}>
      <div className={css.head}>
        <h2 id={title}>{t.title}</h2>
        <button
          type="button"
          className="button"
          onClick={({ detail, currentTarget }) => {
            // Closed with a pointer, it gives the keys to the run, and not to what opened it.
            if (detail > 0) currentTarget.blur();
            close();
          }}
        >
          {t.close}
        </button>
      </div>
      <p className={css.hint}>{t.intro}</p>
      <List />
      <Form />
    </dialog>
  );
}
