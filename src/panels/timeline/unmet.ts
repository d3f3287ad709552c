/** Which breakpoints a run met while it played, and what there is to say of the others at its end. */
import { unmetWords as t } from '../../content/unmet.ts';
import { fill } from '../../content/words.ts';
import { stopId } from '../../store/breakpoints.ts';
import { appStore } from '../../store/store.ts';
import type { AppState, Breakpoint } from '../../store/store.ts';

/** What is said of those breakpoints at the end of a run that played from that step on; null of none. */
export function unmetText(unmet: readonly Breakpoint[], from: number): string | null {
  const [first, ...others] = unmet;
  if (first === undefined) return null;
  const { name } = first;
  if (others.length === 0) return fill(from === 0 ? t.one : t.oneFrom, { name, from });
  return fill(from === 0 ? t.several : t.severalFrom, { count: unmet.length, from });
}

/** Where it is looked for them from now on: here, or where the playing began that goes on; at the end that begins anew. */
function beginningOf({ playedFrom, position, goal, outline }: AppState, playing: boolean): number {
  const at = playing ? playedFrom : goal ?? position;
  return at === outline?.length ? 0 : at;
}

/** Has playing come to the end of the run, and not to a breakpoint there? */
function hasEnded(now: AppState, before: AppState): boolean {
  return before.playing && !now.playing && now.position === now.outline?.length && now.stoppedAt === null;
}

/** Tells what there is to say whenever a run has played to its end, and null once that is past. @returns how to stop */
export function watchUnmet(tell: (text: string | null) => void): () => void {
  const met = new Set<string>();
  const first = appStore.getState();
  let from = beginningOf(first, first.playing);
  let told: string | null = null;
  const say = (text: string | null): void => {
    if (text !== told) tell(text);
    told = text;
  };
  return appStore.subscribe((now, before) => {
    if (now.outline !== before.outline) met.clear();
    if (now.stoppedAt !== null) met.add(stopId(now.stoppedAt.stop));
    const changed = now.breakpoints !== before.breakpoints;
    // One that comes later has not been looked for before.
    if (changed || (now.playing && !before.playing)) from = beginningOf(now, !changed);
    if (hasEnded(now, before)) {
      say(unmetText(now.breakpoints.filter(({ on, stop }) => on && !met.has(stopId(stop))), from));
    } else if (changed || now.playing || now.position !== before.position || now.outline !== before.outline) say(null);
  });
}
