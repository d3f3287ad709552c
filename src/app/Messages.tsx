import { Suspense } from 'react';
import { fill, words } from '../content/words.ts';
import { lazy } from '../parts/lazy.ts';
import { commands } from '../store/commands.ts';
import { sameRun } from '../store/config.ts';
import { formatLink } from '../store/permalink.ts';
import { useSettled } from '../store/settled.ts';
import { currentFragment } from '../store/share.ts';
import { OPENING, appStore, useApp } from '../store/store.ts';
import type { Fatal } from '../store/store.ts';
import css from './messages.module.css';
import { reloadAt } from './reload.ts';

/** Comes with the words of the first step. */
const Said = lazy(() => import('./Said.tsx'));

/**
 * Why the last command could not be done: what concerns the run beside the sliders, the rest beside the
 * transport; a breakpoint that the run does not come to says so itself, for as long as its dialog is open.
 */
export function Refusal({ about }: { about: 'run' | 'moves' }) {
  const rejected = useApp((state) => state.rejected);
  const within = useApp(({ ranFrom }) => ranFrom !== null);
  if (rejected === null || OPENING.has(rejected.command) !== (about === 'run')) return null;
  if (rejected.command === 'run' && within) return null;
  return (
    <div className={css.refusal} data-about={about} role="alert">
      <span>{rejected.reason}</span>
      <button type="button" className="button" aria-label={words.app.dismiss} onClick={commands.dismiss}>
        ×
      </button>
    </div>
  );
}

/** A run that is being recorded and takes its time; it can be given up for the one before it. */
export function Opening() {
  const steps = useApp((state) => state.opening);
  const before = useApp(({ outline, run }) => outline !== null && !sameRun(outline.run, run));
  if (steps === null) return null;
  return (
    <div className={css.opening} role="status">
      <progress aria-hidden="true" />
      <span>{fill(words.app.opening, { steps })}</span>
      {before && (
        <button type="button" className="button" onClick={commands.cancelOpening}>
          {words.app.cancel}
        </button>
      )}
    </div>
  );
}

/** Part of the page did not come, most likely because the server has a newer one. The address leads back here. */
export function StaleMessage() {
  const stale = useApp((state) => state.stale);
  if (!stale) return null;
  return (
    <div className={css.fatal} role="alert">
      <p>{words.app.stale}</p>
      <button type="button" className="button" onClick={reloadHere}>
        {words.app.reload}
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

/** Everything anew, at the place where it stopped; where that is not known, at the one on screen. */
function restart({ run, position }: Fatal): void {
  if (run === null) return reloadHere();
  reloadAt(formatLink(run, { kind: 'position', position }));
}

function reloadHere(): void {
  reloadAt(currentFragment(appStore.getState()));
}

/** Says each step to screen readers; while playing nothing, and then where that stopped. */
export function Announcer() {
  const step = useSettled((state) => state.step);
  return (
    <p className="visually-hidden" role="status" data-says="step">
      <Suspense>{step !== null && <Said step={step} />}</Suspense>
    </p>
  );
}
