import { commands } from '../store/commands.ts';
import { appStore } from '../store/store.ts';

const plain: Readonly<Record<string, () => void>> = {
  ' ': commands.togglePlay,
  ArrowRight: () => commands.step('into'),
  ArrowLeft: () => commands.step('back'),
  ArrowUp: () => commands.step('out'),
  PageDown: () => commands.toChapter(1),
  PageUp: () => commands.toChapter(-1),
  Home: () => commands.step('start'),
  End: () => commands.step('end'),
};

const shifted: Readonly<Record<string, () => void>> = {
  ArrowRight: () => commands.step('over'),
  ArrowLeft: () => commands.step('back-over'),
};

/** What keeps which keys for itself while it has the focus. */
const keepers: readonly (readonly [selector: string, keys: RegExp])[] = [
  ['input, textarea, select, [contenteditable], [role=slider], [role=tab], [role=menu], dialog[open]', /./],
  ['button, summary, a[href], [role=button]', /^( |Enter)$/],
  // The group itself and its values; other buttons in it keep no more than buttons do.
  ['[data-roving]:focus, [data-roving] button[tabindex="-1"]', /^(Arrow(Left|Right|Up|Down)|Home|End|Enter|Escape)$/],
  ['[data-scrolls]', /^( |ArrowUp|ArrowDown|PageUp|PageDown|Home|End)$/],
];

/** True where the focused element has a use of its own for the key. */
export function keepsKey(target: EventTarget | null, key: string): boolean {
  return (
    target instanceof Element &&
    keepers.some(([selector, keys]) => keys.test(key) && target.closest(selector) !== null)
  );
}

/** Listens for shortcuts until the returned function is called. `help` opens the help. */
export function listenForShortcuts(help: () => void): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!appStore.getState().shortcuts || keepsKey(event.target, event.key)) return;
    // A question mark takes Shift on most keyboards.
    const act = event.key === '?' ? help : (event.shiftKey ? shifted : plain)[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}
