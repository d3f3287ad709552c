import { Suspense, useId, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { lensWords } from '../../content/lenses.ts';
import { words } from '../../content/words.ts';
import { lazy } from '../../parts/lazy.ts';
import { ScrollEdge } from '../../parts/ScrollEdge.tsx';
import { useSettled } from '../../store/settled.ts';
import { LENSES, appStore, useApp } from '../../store/store.ts';
import type { Lens } from '../../store/store.ts';
import css from './lenses.module.css';

/** Each comes when it is opened. */
const lenses: Readonly<Record<Lens, React.ComponentType>> = {
  rings: lazy(async () => ({ default: (await import('./RingsLens.tsx')).RingsLens })),
  memory: lazy(async () => ({ default: (await import('./MemoryLens.tsx')).MemoryLens })),
  xenstore: lazy(async () => ({ default: (await import('./XenstoreLens.tsx')).XenstoreLens })),
  grants: lazy(async () => ({ default: (await import('./GrantsLens.tsx')).GrantsLens })),
  events: lazy(async () => ({ default: (await import('./EventsLens.tsx')).EventsLens })),
  log: lazy(async () => ({ default: (await import('./LogLens.tsx')).LogLens })),
  choices: lazy(async () => ({ default: (await import('./ChoicesLens.tsx')).ChoicesLens })),
};

function pick(lens: Lens): void {
  appStore.setState({ lens });
}

/** What they take of the page's height when they are asked to be large. */
const LARGE = 0.46;

/** Gives the lenses room of the stage, or gives it back. */
function Enlarge() {
  const large = useApp((state) => state.lensHeight !== null);
  const name = large ? lensWords.smaller : lensWords.larger;
  return (
    <button
      type="button"
      className={css.toggle}
      aria-label={name}
      title={name}
      onClick={() => appStore.setState({ lensHeight: large ? null : Math.round(innerHeight * LARGE) })}
    >
      <svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
        <path d={large ? 'M2 5h3V2M12 9H9v3' : 'M9 2h3v3M5 12H2V9'} />
      </svg>
    </button>
  );
}

/** How many threads could run next. No 0 where none could: a person may still do something. */
function ChoiceCount() {
  const count = useSettled((state) => state.choices.length);
  return count > 0 && <>{' '}<span className={css.count}>{count}</span></>;
}

/**
 * Closer looks at one thing each, as tabs. With `onToggle` a button opens and closes what is under the tabs;
 * a tab that is chosen opens it.
 */
export function LensesPanel({
  open = true,
  onToggle,
  canEnlarge = onToggle !== undefined,
}: {
  open?: boolean;
  onToggle?: ((open: boolean) => void) | undefined;
  /** Whether there is other room that they could take. */
  canEnlarge?: boolean;
}) {
  const lens = useApp((state) => state.lens);
  const starting = useApp((state) => state.starting);
  const id = useId();
  const tabs = useRef<HTMLDivElement>(null);
  const choose = (one: Lens): void => {
    pick(one);
    if (!open) onToggle?.(true);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = LENSES.indexOf(lens);
    const last = LENSES.length - 1;
    const to = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[event.key];
    const next = to === undefined ? undefined : LENSES[to];
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
    tabs.current?.querySelector<HTMLElement>(`[data-lens='${next}']`)?.focus();
  };
  const Shown = lenses[lens];
  return (
    <div className={css.lenses}>
      <h2 className="visually-hidden">{words.lenses.name}</h2>
      <div className={css.bar}>
        <div className={css.tabs} role="tablist" aria-label={words.lenses.name} ref={tabs}>
          {LENSES.map((one) => (
            <button
              key={one}
              type="button"
              role="tab"
              id={`${id}-${one}`}
              data-lens={one}
              className={css.tab}
              aria-selected={one === lens}
              aria-controls={`${id}-panel`}
              tabIndex={one === lens ? 0 : -1}
              onClick={() => choose(one)}
              onKeyDown={onKeyDown}
            >
              {words.lenses[one]}
              {one === 'choices' && <ChoiceCount />}
            </button>
          ))}
        </div>
        {canEnlarge && open && <Enlarge />}
        {onToggle !== undefined && (
          <button
            type="button"
            className={css.toggle}
            aria-expanded={open}
            aria-controls={`${id}-panel`}
            aria-label={open ? lensWords.close : lensWords.open}
            title={open ? lensWords.close : lensWords.open}
            onClick={() => onToggle(!open)}
          >
            <svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
              <path d={open ? 'M3 5l4 4 4-4' : 'M3 9l4-4 4 4'} />
            </svg>
          </button>
        )}
      </div>
      <div
        key={lens}
        hidden={!open}
        className={css.body}
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${lens}`}
        data-scrolls
        tabIndex={0}
      >
        {open && !starting && (
          <Suspense fallback={null}>
            <Shown />
            <ScrollEdge edge="below" says={words.lenses.below} />
          </Suspense>
        )}
      </div>
    </div>
  );
}
