import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { EngineClient } from '../store/connection.ts';
import { followAddress, openAddress } from './address.ts';
import { App } from './App.tsx';
import { loadWhenUsable, noticeStaleParts } from './later.ts';
import { applyTheme, keepPreferences } from './preferences.ts';

/** Draws the page in `root` and plays what the engine sends. */
export function mount(root: HTMLElement, engine: EngineClient): void {
  keepPreferences();
  applyTheme();
  noticeStaleParts();
  loadWhenUsable();
  followAddress();
  openAddress(engine, () => location.hash);
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
