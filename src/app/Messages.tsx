import { Suspense, lazy } from 'react';
import { fill, words } from '../content/words.ts';
import { commands } from '../store/commands.ts';
import { formatLink } from '../store/permalink.ts';
import { useApp } from '../store/store.ts';
import type { Fatal, Rejection } from '../store/store.ts';
import css from './messages.module.css';

/** Comes with the words of the first step. */
const Said = lazy(() => import('./Said.tsx'));

const OPENING: ReadonlySet<Rejection['command']> = new Set(['open', 'link']);

/**
 * Why the last command could not be done: what concerns the run beside the sliders, the rest beside the
 * transport.
 */
export function Refusal({ about }: { about: 'run' | 'moves' }) {
  const rejected = useApp((state) => state.rejected);
  if (rejected === null || OPENING.has(rejected.command) !== (about === 'run')) return null;
  return (
    <div className={css.refusal} data-about={about} role="alert">
      <span>{rejected.reason}</span>
      <button type="button" className="button" aria-label={words.app.dismiss} onClick={commands.dismiss}>
        ×
      </button>
    </div>
  );
}

/** A defect of ours. What is on screen stays; the link leads back to it. */
export function FatalMessage() {
  const fatal = useApp((state) => state.fatal);
  if (fatal === null) return null;
  return (
    <div className={css.fatal} role="alert">
      <p>
        <strong>{words.app.fatal}</strong>
      </p>
      <p className={css.reason}>{fill(words.app.fatalHow, { reason: fatal.reason })}</p>
      <button type="button" className="button" onClick={() => restart(fatal)}>
        {words.app.restart}
      </button>
    </div>
  );
}

/** Everything anew, at the place where it stopped. */
function restart({ run, position }: Fatal): void {
  if (run !== null) history.replaceState(null, '', formatLink(run, { kind: 'position', position }));
  location.reload();
}

/** Says each step to screen readers; while playing nothing, and then where that stopped. */
export function Announcer() {
  const step = useApp((state) => state.step);
  return (
    <p className="visually-hidden" role="status" data-says="step">
      <Suspense>{step !== null && <Said step={step} />}</Suspense>
    </p>
  );
}
