import { appStore } from '../store/store.ts';

/** A page whose engine is slow to begin is there before it. */
const AT_MOST_MS = 100;

function hasBegun(): boolean {
  return appStore.getState().frame > 0;
}

/** Calls back once the engine has shown something, but soon in any case. */
export function whenBegun(callback: () => void): void {
  if (hasBegun()) return callback();
  const done = (): void => {
    stop();
    clearTimeout(timer);
    callback();
  };
  const stop = appStore.subscribe(() => hasBegun() && done());
  const timer = setTimeout(done, AT_MOST_MS);
}
