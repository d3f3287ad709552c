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
  ['input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]', /./],
  ['[role=slider], [role=separator], [role=menu], dialog[open]', /./],
  ['[role=tab]', /^( |Enter|Arrow(Left|Right|Up|Down)|Home|End)$/],
  ['input[type=radio], input[type=checkbox]', /^( |Arrow(Left|Right|Up|Down))$/],
  ['button, summary, a[href], [role=button]', /^( |Enter)$/],
  // The group itself and its values; other buttons in it keep no more than buttons do.
  ['[data-roving]:focus, [data-roving] button[tabindex="-1"]', /^(Arrow(Left|Right|Up|Down)|Home|End|Enter|Escape)$/],
  ['[data-scrolls]', /^( |ArrowUp|ArrowDown|PageUp|PageDown|Home|End)$/],
];

/** Shift and an arrow step over calls; to a row of exclusive choices they are the arrow. */
const CHOICE = 'input[type=radio]';

/** True where the focused element has a use of its own for the key. */
export function keepsKey(target: EventTarget | null, key: string, shift = false): boolean {
  return (
    target instanceof Element &&
    // Nothing has the focus, and that for most steps.
    target !== document.body &&
    !(shift && target.matches(CHOICE)) &&
    keepers.some(([selector, keys]) => keys.test(key) && target.closest(selector) !== null)
  );
}

/** Gives the keys back to the run, from wherever the focus is, once nothing lies over the page that Escape closes first. */
function leave(target: EventTarget | null): void {
  const { inquiry, comparison, dialog } = appStore.getState();
  if (inquiry !== null || comparison !== null || dialog !== null) return;
  if (target instanceof HTMLElement && target.closest('dialog[open], [role=menu], [popover]') === null) target.blur();
}

/** What was picked with a pointer keeps no keys: whoever works with the mouse goes on stepping with the arrows, and Space plays. */
function releasePicked({ detail, target }: MouseEvent): void {
  if (detail === 0 || !appStore.getState().shortcuts) return;
  const picked = target instanceof Element && target.closest(`[role=tab], [role=grid], [role=tabpanel] button, [data-picks], label:has(${CHOICE})`);
  const release = (): void => {
    const at = document.activeElement;
    // A press may send the focus to what was not pressed.
    if (picked && at instanceof HTMLElement && picked.contains(at)) at.blur();
  };
  // At once, or a key that comes right after it is still kept; where a label was pressed, the browser moves the focus only then.
  release();
  setTimeout(release);
}

/** What a key does that some keyboards have with Shift and others without it. */
export type Signs = (key: string) => (() => void) | undefined;

/** Listens for shortcuts until the returned function is called: those that move, and `signs`. */
export function listenForShortcuts(signs?: Signs): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    // Keyboards with AltGr report it as Ctrl and Alt together.
    const sign = event.getModifierState('AltGraph') ? signs?.(event.key) : undefined;
    const held = event.ctrlKey || event.metaKey || event.altKey;
    if (event.defaultPrevented || (held && sign === undefined)) return;
    if (event.key === 'Escape') return leave(event.target);
    if (!appStore.getState().shortcuts || keepsKey(event.target, event.key, event.shiftKey)) return;
    const act = signs?.(event.key) ?? (event.shiftKey ? shifted : plain)[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  document.addEventListener('keydown', onKeyDown);
  document.addEventListener('click', releasePicked);
  return () => {
    document.removeEventListener('keydown', onKeyDown);
    document.removeEventListener('click', releasePicked);
  };
}
