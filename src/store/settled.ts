import { useStore } from 'zustand';
import { appStore } from './store.ts';
import type { AppState } from './store.ts';

/** While a run plays, words change no more often than that: what is gone sooner nobody can read. */
const READABLE_MS = 250;

const listeners = new Set<Parameters<typeof appStore.subscribe>[0]>();
let told = -Infinity;
let waiting = false;

function tell(): void {
  told = performance.now();
  const state = appStore.getState();
  for (const listener of listeners) listener(state, state);
}

/** Tells once the next picture is on the screen, so that it need not wait for words as well; and not too soon after the last time. */
function tellLater(): void {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    setTimeout(() => {
      waiting = false;
      tell();
    }, told + READABLE_MS - performance.now());
  });
}

appStore.subscribe((now, before) => {
  if (now.playing && now.frame !== before.frame) tellLater();
  else tell();
});

/** The page's store, which tells later what comes while a run plays. */
export const settledStore: Pick<typeof appStore, 'getState' | 'getInitialState' | 'subscribe'> = {
  getState: appStore.getState,
  getInitialState: appStore.getInitialState,
  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/**
 * As `useApp`, for what is read rather than watched: of a run that plays faster than anyone reads, only some steps have
 * their words, and the picture has the time of the others. Whoever renders for another reason sees the state as it is.
 */
export function useSettled<T>(select: (state: AppState) => T): T {
  return useStore(settledStore, select);
}
