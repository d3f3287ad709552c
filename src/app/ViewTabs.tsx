import { controlsWords } from '../content/controls.ts';
import { words } from '../content/words.ts';
import type { View } from '../store/store.ts';
import css from './app.module.css';

/** The views that a page shows one at a time. */
export function ViewTabs({
  views,
  shown,
  onPick,
  drawer,
}: {
  views: readonly View[];
  /** Undefined while none is. */
  shown: View | undefined;
  onPick: (view: View) => void;
  /** How to open and close what they show; absent where that is always open. */
  drawer?: { open: boolean; toggle: () => void };
}) {
  return (
    <nav className={css.views} aria-label={controlsWords.views}>
      {views.map((view) => (
        <button key={view} type="button" aria-current={view === shown} onClick={() => onPick(view)}>
          {words.app[view]}
        </button>
      ))}
      {drawer !== undefined && (
        <button
          type="button"
          className={css.drawer}
          aria-label={drawer.open ? controlsWords.closeDrawer : controlsWords.openDrawer}
          title={drawer.open ? controlsWords.closeDrawer : controlsWords.openDrawer}
          aria-expanded={drawer.open}
          onClick={drawer.toggle}
        >
          <svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
            <path d={drawer.open ? 'M3 5l4 4 4-4' : 'M3 9l4-4 4 4'} />
          </svg>
        </button>
      )}
    </nav>
  );
}
