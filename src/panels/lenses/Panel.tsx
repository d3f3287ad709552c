import { useId, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { words } from '../../content/words.ts';
import { LENSES, appStore, useApp } from '../../store/store.ts';
import type { Lens } from '../../store/store.ts';
import { ChoicesLens } from './ChoicesLens.tsx';
import css from './lenses.module.css';
import { LogLens } from './LogLens.tsx';
import { XenstoreLens } from './XenstoreLens.tsx';

const lenses: Readonly<Record<Lens, () => React.ReactNode>> = {
  log: LogLens,
  choices: ChoicesLens,
  xenstore: XenstoreLens,
};

function pick(lens: Lens): void {
  appStore.setState({ lens });
}

/** Closer looks at one thing each, as tabs. */
export function LensesPanel() {
  const lens = useApp((state) => state.lens);
  const choices = useApp((state) => state.choices.length);
  const id = useId();
  const tabs = useRef<HTMLDivElement>(null);
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
    pick(next);
    tabs.current?.querySelector<HTMLElement>(`[data-lens='${next}']`)?.focus();
  };
  const Shown = lenses[lens];
  return (
    <div className={css.lenses}>
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
            onClick={() => pick(one)}
            onKeyDown={onKeyDown}
          >
            {words.lenses[one]}
            {one === 'choices' && (
              <>
                {' '}
                <span className={css.count}>{choices}</span>
              </>
            )}
          </button>
        ))}
      </div>
      <div
        className={css.body}
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${lens}`}
        data-scrolls
        tabIndex={0}
      >
        <Shown />
      </div>
    </div>
  );
}
