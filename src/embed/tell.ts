/** Who may steer the frame, and what it tells. */
import type { AppState } from '../store/store.ts';
import type { FrameMessage } from './told.ts';

let allowed: string | undefined;

/** Names the one origin whose page may steer; none for whichever page is around. */
export function letSteer(host: string | undefined): void {
  allowed = host;
}

/**
 * The one rule of who may steer the frame: the page it is in, and nobody else; of those only `host`, where the frame's
 * address names one. Steering does no harm: it moves through a simulation.
 */
export function maySteer({ source, origin }: MessageEvent): boolean {
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

/** That the frame can be used, and what it has. */
export function ready({ scenarios }: AppState): FrameMessage {
  return { type: 'ready', scenarios: scenarios.map(({ id }) => id) };
}
