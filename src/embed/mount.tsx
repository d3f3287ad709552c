import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { followAddress, openAddress } from '../app/address.ts';
import { loadWhenUsable, noticeStaleParts } from '../app/later.ts';
import { applyTheme } from '../app/preferences.ts';
import type { EngineClient } from '../store/connection.ts';
import { appStore } from '../store/store.ts';
import { Frame } from './Frame.tsx';
import { speakWithHost } from './host.ts';
import { readOptions } from './options.ts';
import { keepRange } from './playing.ts';

/** Draws the frame in `root` as its address says, and plays what the engine sends. It keeps nothing for another visit. */
export function mountFrame(root: HTMLElement, engine: EngineClient): void {
  const { options, problems } = readOptions(location.search);
  appStore.setState({ theme: options.theme, ...(options.lens !== undefined && { lens: options.lens }) });
  document.documentElement.dataset['height'] = options.height;
  applyTheme();
  noticeStaleParts();
  loadWhenUsable();
  followAddress();
  keepRange(options);
  speakWithHost(options.host);
  openAddress(engine);
  createRoot(root).render(
    <StrictMode>
      <Frame options={options} problems={problems} />
    </StrictMode>,
  );
}
