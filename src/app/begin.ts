import { appStore } from '../store/store.ts';

/** A page whose engine is slow to begin is there before it. */
const AT_MOST_MS = 100;

function hasBegun(): boolean {
  return appStore.getState().frame > 0;
}

/** Calls back once the engine has shown something, but soon in any case. @returns what calls it off */
export function whenBegun(callback: () => void): () => void {
  const stop = appStore.subscribe(() => hasBegun() && done());
  const timer = setTimeout(done, AT_MOST_MS);
  if (hasBegun()) done();
  return end;

  function end(): void {
    stop();
    clearTimeout(timer);
  }

  function done(): void {
    end();
    callback();
  }
}
