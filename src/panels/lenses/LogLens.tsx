import { useLayoutEffect, useRef } from 'react';
import { words } from '../../content/words.ts';
import { useStageView } from '../../store/stage-view.ts';
import css from './lenses.module.css';

function Log({ party, lines }: { party: 'domU' | 'dom0'; lines: readonly string[] }) {
  // A log only grows at its end, and may say the same thing twice.
  const numbered = lines.map((line, number) => ({ number, line }));
  const end = useRef<HTMLOListElement>(null);
  const count = lines.length;
  useLayoutEffect(() => {
    // The newest message is the one to see; while nobody prints, a person may scroll.
    if (count > 0) end.current?.lastElementChild?.scrollIntoView({ block: 'nearest' });
  }, [count]);
  return (
    <section className={css.log} data-party={party}>
      <h3 className={css.heading}>{words.party[party]}</h3>
      {count === 0 ? (
        <p className={css.silent}>{words.lenses.silent}</p>
      ) : (
        <ol ref={end}>
          {numbered.map(({ number, line }) => (
            <li key={number}>{line}</li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** What both kernels have printed. */
export function LogLens() {
  const { frontend, backend } = useStageView();
  if (frontend.log.length + backend.log.length === 0)
    return <p className={css.empty}>{words.lenses.logEmpty}</p>;
  return (
    <div className={css.pair}>
      <Log party="domU" lines={frontend.log} />
      <Log party="dom0" lines={backend.log} />
    </div>
  );
}
