import '../app/tokens.css';
import '../app/global.css';
import { StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { openAddress } from '../app/address.ts';
import { loadWhenUsable, noticeStaleParts } from '../app/later.ts';
import { applyTheme } from '../app/preferences.ts';
import { reloadBy } from '../app/reload.ts';
import { drawAtOnceBy } from '../store/after-layout.ts';
import { connectEngine } from '../store/connection.ts';
import type { EngineClient } from '../store/connection.ts';
import { appStore } from '../store/store.ts';
import { Frame } from './Frame.tsx';
import { speakWithHost } from './host.ts';
import { readOptions } from './options.ts';
import { keepRange } from './playing.ts';
import { show } from './show.ts';
import { tell } from './tell.ts';

/** What the frame is told from outside of its document. */
interface Told {
  /** The options, as an address has them. */
  search: string;
  /** The permalink's fragment; empty where the options say what to open. */
  fragment: string;
  /** The address of a whole page of RingScope, for those who want more; undefined where there is none. */
  home: string | undefined;
  /** Begins the frame anew at that fragment, where it has no address that could be loaded again. */
  reload?: (fragment: string) => void;
}

/** Draws the frame in `root`, and plays what the engine sends. It keeps nothing for another visit. */
export function mountFrame(root: HTMLElement, engine: EngineClient, { search, fragment, home, reload }: Told): void {
  const { options, problems } = readOptions(search);
  appStore.setState({ theme: options.theme, ...(options.lens !== undefined && { lens: options.lens }) });
  document.documentElement.dataset['height'] = options.height;
  applyTheme();
  noticeStaleParts();
  loadWhenUsable();
  if (reload !== undefined) reloadBy(reload);
  keepRange(options);
  speakWithHost(options.host);
  for (const reason of problems) tell({ type: 'error', reason });
  const { shown } = options;
  if (fragment !== '' || shown === null) openAddress(engine, () => fragment);
  else connectEngine(engine, () => show(shown));
  drawAtOnceBy(flushSync);
  createRoot(root).render(
    <StrictMode>
      <Frame options={options} problems={problems} home={home} />
    </StrictMode>,
  );
}
