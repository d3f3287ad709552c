import { StrictMode, Suspense, lazy } from 'react';
import { createRoot } from 'react-dom/client';
import { connectEngine } from '../store/connection.ts';
import type { EngineClient } from '../store/connection.ts';
import { appStore } from '../store/store.ts';
import { followAddress, loadReader, openFragment } from './address.ts';
import { App } from './App.tsx';
import { loadWhenUsable, noticeStaleParts } from './later.ts';
import { applyTheme, keepPreferences, themeOf } from './preferences.ts';

const Embed = lazy(async () => ({ default: (await import('./Embed.tsx')).Embed }));

/**
 * Draws the page in `root` and plays what the engine sends. With `?embed` in the address it is the small
 * page.
 */
export function mount(root: HTMLElement, engine: EngineClient): void {
  const query = new URLSearchParams(location.search);
  const embedded = query.has('embed');
  // A frame shows what its host asks for and keeps nothing.
  if (embedded) appStore.setState({ theme: themeOf(query.get('theme')) ?? 'auto' });
  else keepPreferences();
  applyTheme();
  noticeStaleParts();
  loadWhenUsable();
  followAddress();
  open(engine);
  createRoot(root).render(
    <StrictMode>
      <Suspense>{embedded ? <Embed /> : <App />}</Suspense>
    </StrictMode>,
  );
}

/** Opens what the address asks for. */
function open(engine: EngineClient): void {
  const { hash } = location;
  // A link may name a scenario that is not there, which is known when the engine has said which ones are.
  connectEngine(engine, () => {
    if (hash !== '') void openFragment(location.hash);
  });
  void (hash === '' ? openFragment(hash) : loadReader());
}
