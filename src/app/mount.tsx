import './tokens.css';
import './global.css';
import { StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { drawAtOnceBy } from '../store/after-layout.ts';
import type { EngineClient } from '../store/connection.ts';
import { followAddress, openAddress } from './address.ts';
import { App } from './App.tsx';
import { whenBegun } from './begin.ts';
import { loadWhenUsable, noticeStaleParts } from './later.ts';
import { applyTheme, keepPreferences } from './preferences.ts';

/** Draws the page in `root` and plays what the engine sends, which may be opening the usual run already. */
export function mount(root: HTMLElement, engine: EngineClient, opening = false): void {
  keepPreferences();
  applyTheme();
  noticeStaleParts();
  // Not before, and so after the engine, without which there is no first step.
  void import('./rest.ts');
  loadWhenUsable();
  followAddress();
  openAddress(engine, () => location.hash, opening);
  drawAtOnceBy(flushSync);
  // With the first picture in it: drawn without one before, the page would be laid out twice until a step can be made.
  whenBegun(() =>
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    ),
  );
}
