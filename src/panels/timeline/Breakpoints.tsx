import { useCallback, useEffect, useRef, useState } from 'react';
import { fill, words } from '../../content/words.ts';
import { breakpointAt } from '../../store/breakpoints.ts';
import { commands } from '../../store/commands.ts';
import { useApp } from '../../store/store.ts';
import { Icon } from './Icon.tsx';
import css from './transport.module.css';

const t = words.transport;

/** Opens the breakpoints, and says how many are on. */
export function BreakpointsButton() {
  const count = useApp(({ breakpoints }) => breakpoints.filter(({ on }) => on).length);
  const open = useApp(({ dialog }) => dialog === 'breakpoints');
  return (
    <button
      type="button"
      className={`button ${css.breakpoints}`}
      data-some={count > 0}
      aria-label={fill(t.breakpointsOn, { count })}
      aria-keyshortcuts="B"
      aria-haspopup="dialog"
      aria-expanded={open}
      title={t.breakpoints}
      onClick={() => commands.show(open ? null : 'breakpoints')}
    >
      <Icon name="breakpoints" />
      <span className={css.text}>{t.breakpoints}</span>{' '}
      <span className={css.on}>{count}</span>
    </button>
  );
}

/** Keys that only lead to others. */
const LEADING: ReadonlySet<string> = new Set(['Tab', 'Shift', 'Control', 'Alt', 'Meta']);

/** What stopped the run. It lies over the page, so it goes with whatever a person does next. */
function Notice({ name, onGone }: { name: string; onGone: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const act = (event: Event): void => {
      if (event instanceof KeyboardEvent && LEADING.has(event.key)) return;
      if (!(event.target instanceof Node && box.current?.contains(event.target) === true)) onGone();
    };
    document.addEventListener('pointerdown', act, true);
    document.addEventListener('keydown', act, true);
    return () => {
      document.removeEventListener('pointerdown', act, true);
      document.removeEventListener('keydown', act, true);
    };
  }, [onGone]);
  return (
    <div ref={box} className={css.stopped}>
      <p title={name}>{fill(t.stopped, { name })}</p>
      <button type="button" className="button" aria-label={words.app.dismiss} onClick={onGone}>×</button>
    </div>
  );
}

/** The breakpoint that the run stands at because it was hit. */
export function Stopped() {
  const stop = useApp(({ stoppedAt, position }) => (stoppedAt?.position === position ? stoppedAt : null));
  const name = useApp(({ breakpoints }) => (stop === null ? undefined : breakpointAt(breakpoints, stop.stop)?.name));
  const [gone, setGone] = useState<typeof stop>(null);
  const onGone = useCallback(() => setGone(stop), [stop]);
  return (
    <div role="status">
      {name !== undefined && gone !== stop && <Notice name={name} onGone={onGone} />}
    </div>
  );
}
