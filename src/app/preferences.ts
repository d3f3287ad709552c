import { THEMES, appStore } from '../store/store.ts';
import type { Theme } from '../store/store.ts';

const KEY = 'ringscope';

/** The theme with that name, or undefined. */
export function themeOf(name: unknown): Theme | undefined {
  return THEMES.find((theme) => theme === name);
}

/** What was kept from an earlier visit; nothing where the browser keeps nothing or keeps something else. */
function read(): { theme?: Theme; shortcuts?: boolean } {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    const theme = 'theme' in kept ? themeOf(kept.theme) : undefined;
    const shortcuts = 'shortcuts' in kept && typeof kept.shortcuts === 'boolean' ? kept.shortcuts : undefined;
    return { ...(theme === undefined ? {} : { theme }), ...(shortcuts === undefined ? {} : { shortcuts }) };
  } catch {
    // Storage may be forbidden, as in many frames; then every visit begins with the defaults.
    return {};
  }
}

function write(): void {
  const { theme, shortcuts } = appStore.getState();
  try {
    localStorage.setItem(KEY, JSON.stringify({ theme, shortcuts }));
  } catch {
    // The settings hold for this visit.
  }
}

/** Takes up the settings of the last visit and keeps them from now on. Returns how to stop. */
export function keepPreferences(): () => void {
  appStore.setState(read());
  return appStore.subscribe((now, before) => {
    if (now.theme !== before.theme || now.shortcuts !== before.shortcuts) write();
  });
}

function show(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/** Shows the chosen theme on the root of the document, now and whenever it changes. Returns how to stop. */
export function applyTheme(): () => void {
  show(appStore.getState().theme);
  return appStore.subscribe((now, before) => {
    if (now.theme !== before.theme) show(now.theme);
  });
}
