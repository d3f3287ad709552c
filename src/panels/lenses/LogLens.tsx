import { useLayoutEffect, useRef } from 'react';
import { words } from '../../content/words.ts';
import { useStageView } from '../../store/stage-view.ts';
import css from './lenses.module.css';

function Log({ party, lines }: { party: 'domU' | 'dom0'; lines: readonly string[] }) {
  const end = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    const box = end.current?.parentElement;
    if (box !== null && box !== undefined) box.scrollTop = box.scrollHeight;
  }, [lines.length]);
  return (
    <section className={css.log} data-party={party}>
      <h3 className={css.heading}>{words.party[party]}</h3>
      <ol ref={end}>
        {lines.map((line, index) => (
          // A log only grows at its end.
          <li key={`${index} ${line}`}>{line}</li>
        ))}
      </ol>
    </section>
  );
}

/** What both kernels have printed. */
export function LogLens() {
  const { frontend, backend } = useStageView();
  if (frontend.log.length + backend.log.length === 0) return <p className={css.empty}>{words.lenses.logEmpty}</p>;
  return (
    <div className={css.pair}>
      <Log party="domU" lines={frontend.log} />
      <Log party="dom0" lines={backend.log} />
    </div>
  );
}
