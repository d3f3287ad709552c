import { Suspense, useCallback, useState } from 'react';
import { fill, words } from '../../content/words.ts';
import { lazy } from '../../parts/lazy.ts';
import { breakpointAt } from '../../store/breakpoints.ts';
import { commands } from '../../store/commands.ts';
import { useApp } from '../../store/store.ts';
import { Icon } from './Icon.tsx';
import css from './transport.module.css';

/** Only a run that stopped needs it. */
const StopNotice = lazy(() => import('./StopNotice.tsx'));

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
      onClick={({ detail, currentTarget }) => {
        // Closed with a pointer, it keeps no keys from the run.
        if (open && detail > 0) currentTarget.blur();
        commands.show(open ? null : 'breakpoints');
      }}
    >
      <Icon name="breakpoints" />
      <span className={css.text}>{t.breakpoints}</span>{' '}
      <span className={css.on}>{count}</span>
    </button>
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
      <Suspense>{name !== undefined && gone !== stop && <StopNotice text={fill(t.stopped, { name })} onGone={onGone} />}</Suspense>
    </div>
  );
}
