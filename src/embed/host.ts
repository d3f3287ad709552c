/** The frame's end of its conversation with the page around it (messages.ts). */
import { chapterAt } from '../store/outline.ts';
import { currentFragment } from '../store/share.ts';
import { appStore } from '../store/store.ts';
import type { AppState } from '../store/store.ts';
import { letSteer, maySteer, ready, tell } from './tell.ts';

function onMessage(event: MessageEvent): void {
  // What reads messages comes with the first one.
  if (maySteer(event)) void import('./obey.ts').then(({ obey }) => obey(event.data));
}

/** Listens to the page around, and tells it of steps, chapters, playing and errors. Returns how to stop. */
export function speakWithHost(host: string | undefined): () => void {
  letSteer(host);
  if (window.parent === window) return () => {};
  addEventListener('message', onMessage);
  const stop = appStore.subscribe(report);
  return () => {
    removeEventListener('message', onMessage);
    stop();
  };
}

/** What of a change concerns the page around. */
function report(now: AppState, before: AppState): void {
  // The first link may be refused before there is anything else to tell.
  if (now.rejected !== null && now.rejected !== before.rejected) tell({ type: 'error', reason: now.rejected.reason });
  if (now.fatal !== null && before.fatal === null) tell({ type: 'error', reason: now.fatal.reason });
  const { outline, position, run, step } = now;
  // While another run is being opened, its first picture may come before what is known of it.
  if (outline === null || outline.run !== run) return;
  if (before.outline === null) tell(ready(now));
  if (position !== before.position || outline !== before.outline) {
    tell({ type: 'step', position, length: outline.length, key: step?.key ?? null, link: currentFragment(now) });
    const chapter = position === 0 ? undefined : chapterAt(outline, position);
    const last = before.outline === null || before.position === 0 ? undefined : chapterAt(before.outline, before.position);
    if (chapter !== undefined && chapter.id !== last?.id) tell({ type: 'chapter', id: chapter.id, title: chapter.title });
  }
  if (now.playing !== before.playing) tell({ type: 'playing', playing: now.playing });
}
