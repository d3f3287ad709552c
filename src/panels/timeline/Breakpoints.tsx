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

/** The breakpoint that the run stands at because it was hit. */
export function Stopped() {
  const name = useApp(({ stoppedAt, breakpoints, position }) =>
    stoppedAt?.position === position ? breakpointAt(breakpoints, stoppedAt.stop)?.name : undefined);
  return (
    <div role="status">
      {name !== undefined && <p className={css.stopped} title={name}>{fill(t.stopped, { name })}</p>}
    </div>
  );
}
