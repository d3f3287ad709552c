import { Suspense, memo, useRef, useState } from 'react';
import { fill, words } from '../../content/words.ts';
import { lazy } from '../../parts/lazy.ts';
import { commands } from '../../store/commands.ts';
import { appStore } from '../../store/store.ts';
import type { PartyId } from '../../store/view.ts';
import css from './acts.module.css';
import { useStage } from './store.ts';

const t = words.acts;

/** It comes when somebody opens it. */
const ActsMenu = lazy(() => import('./ActsMenu.tsx'));

interface ActsProps {
  party: PartyId;
  /** The zone's name. */
  where: string;
}

/** A button that offers what a person can do in a party's zone; nothing where the scenario has no act for it. */
export const Acts = memo(function Acts({ party, where }: ActsProps) {
  const offers = useStage(({ view }) => view.acts.some((act) => act.party === party));
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (!offers) return null;
  const toggle = (): void => {
    // What can be done is said of one step: it must not run away meanwhile.
    if (!open && appStore.getState().playing) commands.pause();
    setOpen(!open);
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={css.button}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={fill(t.openName, { where })}
        title={t.openHow}
        onClick={toggle}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || open) return;
          event.preventDefault();
          toggle();
        }}
      >
        {t.open}
        <svg viewBox="0 0 8 8" aria-hidden="true"><path d="M1 2.5 4 5.5 7 2.5" /></svg>
      </button>
      {open && (
        <Suspense fallback={null}>
          <ActsMenu party={party} where={where} button={button} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
});
