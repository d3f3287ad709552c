import { stageWords as w } from '../../content/stage.ts';
import { words } from '../../content/words.ts';
import { Acts } from './Acts.tsx';
import { Running } from './Running.tsx';
import { useStage } from './store.ts';
import css from './strip.module.css';

/** The toolstack, in dom0's userspace: seen while it acts, and where a person can have it act. */
export function Toolstack() {
  const toolstack = useStage((state) => state.view.toolstack);
  const offers = useStage(({ view }) => view.acts.some(({ party }) => party === 'toolstack'));
  if (toolstack === null && !offers) return null;
  const running = toolstack?.running === true;
  const doing = toolstack?.doing ?? words.acts.idle;
  return (
    <section className={css.toolstack} aria-label={w.zones.toolstack} data-hot={running || undefined}>
      <h3 className={css.name}>{w.zones.toolstack}</h3>
      {running
        ? <Running party="toolstack" className={css.doing} />
        : <span className={css.doing} title={doing}>{doing}</span>}
      <Acts party="toolstack" where={w.zones.theToolstack} />
    </section>
  );
}
