import { useStage } from './store.ts';
import css from './strip.module.css';
import zone from './zone.module.css';

/** The toolstack, in dom0's userspace: seen only while it acts. */
export function Toolstack() {
  const toolstack = useStage((state) => state.view.toolstack);
  if (toolstack === null) return null;
  return (
    <section className={css.toolstack} aria-label="toolstack" data-hot={toolstack.running || undefined}>
      <h3 className={css.name}>toolstack</h3>
      <span className={css.doing} title={toolstack.doing}>
        {toolstack.running && <span className={zone.hidden}>running: </span>}{toolstack.doing}
      </span>
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
