/** The frame's end of its conversation with the page around it (messages.ts). */
import { chapterAt } from '../store/outline.ts';
import { currentFragment } from '../store/share.ts';
import { appStore } from '../store/store.ts';
import type { AppState } from '../store/store.ts';
import type { FrameMessage } from './messages.ts';

let allowed: string | undefined;

/**
 * The one rule of who may steer the frame: the page it is in, and nobody else; of those only `host`, where the frame's
 * address names one. Steering does no harm: it moves through a simulation.
 */
function maySteer({ source, origin }: MessageEvent): boolean {
  return source === window.parent && (allowed === undefined || origin === allowed);
}

/** Tells the page around. It holds no secret: whoever embeds the frame could read as much on it. */
export function tell(message: FrameMessage): void {
  if (window.parent === window) return;
  // An origin that is none can be no target, and of one that is not around us the browser would complain each time.
  const [around = allowed] = location.ancestorOrigins ?? [];
  if (allowed === 'null' || (allowed !== undefined && around !== allowed)) return;
  window.parent.postMessage({ ringscope: 1, ...message }, allowed ?? '*');
}

function onMessage(event: MessageEvent): void {
  // What reads messages comes with the first one.
  if (maySteer(event)) void import('./obey.ts').then(({ obey }) => obey(event.data));
}

/** Listens to the page around, and tells it of steps, chapters, playing and errors. Returns how to stop. */
export function speakWithHost(host: string | undefined): () => void {
  allowed = host;
  if (window.parent === window) return () => {};
  addEventListener('message', onMessage);
  const stop = appStore.subscribe(report);
  return () => {
    removeEventListener('message', onMessage);
    stop();
  };
}

/** That the frame can be used, and what it has. */
export function ready({ scenarios }: AppState): FrameMessage {
  return { type: 'ready', scenarios: scenarios.map(({ id }) => id) };
}

/** What of a change concerns the page around. */
function report(now: AppState, before: AppState): void {
  const { outline, position, step } = now;
  if (outline === null) return;
  if (before.outline === null) tell(ready(now));
  if (position !== before.position || outline !== before.outline) {
    tell({ type: 'step', position, length: outline.length, key: step?.key ?? null, link: currentFragment(now) });
    const chapter = position === 0 ? undefined : chapterAt(outline, position);
    const last = before.outline === null || before.position === 0 ? undefined : chapterAt(before.outline, before.position);
    if (chapter !== undefined && chapter.id !== last?.id) tell({ type: 'chapter', id: chapter.id, title: chapter.title });
  }
  if (now.playing !== before.playing) tell({ type: 'playing', playing: now.playing });
  if (now.rejected !== null && now.rejected !== before.rejected) tell({ type: 'error', reason: now.rejected.reason });
  if (now.fatal !== null && before.fatal === null) tell({ type: 'error', reason: now.fatal.reason });
}
