import { words } from '../../content/words.ts';
import { Acts } from './Acts.tsx';
import { useStage } from './store.ts';
import css from './strip.module.css';
import zone from './zone.module.css';

/** The toolstack, in dom0's userspace: seen while it acts, and where a person can have it act. */
export function Toolstack() {
  const toolstack = useStage((state) => state.view.toolstack);
  const offers = useStage(({ view }) => view.acts.some(({ party }) => party === 'toolstack'));
  if (toolstack === null && !offers) return null;
  const running = toolstack?.running === true;
  const doing = toolstack?.doing ?? words.acts.idle;
  return (
    <section className={css.toolstack} aria-label="toolstack" data-hot={running || undefined}>
      <h3 className={css.name}>toolstack</h3>
      <span className={css.doing} title={doing}>
        {running && <span className={zone.hidden}>running: </span>}{doing}
      </span>
      <Acts party="toolstack" where="the toolstack" />
    </section>
  );
}

function Sample({ line }: { line: string | undefined }) {
  return (
    <svg className={css.sample} viewBox="0 0 34 10" aria-hidden="true">
      <path className={line} d="M1 5H33" />
    </svg>
  );
}

/** What the lines of the map mean. */
export function Key() {
  return (
    <p className={css.key}>
      <Sample line={css.granted} />
      <span>granted: the entry names the page</span>
      <Sample line={css.mapped} />
      <span>mapped: the same frame on both sides</span>
      <span className={css.step} aria-hidden="true" />
      <span>this step</span>
    </p>
  );
}
