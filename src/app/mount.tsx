// First, so that the panels' own styles come after and win.
import './tokens.css';
import './global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { loadNotes } from '../content/words.ts';
import { connectEngine } from '../store/connection.ts';
import type { EngineClient } from '../store/connection.ts';
import { appStore } from '../store/store.ts';
import { followAddress, openFragment } from './address.ts';
import { App } from './App.tsx';
import { Embed } from './Embed.tsx';
import { applyTheme, keepPreferences, themeOf } from './preferences.ts';

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
  followAddress();
  connectEngine(engine, () => openFragment(location.hash));
  // Without them a step still has its name, its listing and its changes.
  void loadNotes().then(
    (notes) => appStore.setState({ notes }),
    () => appStore.setState({ notes: {} }),
  );
  createRoot(root).render(<StrictMode>{embedded ? <Embed /> : <App />}</StrictMode>);
}
