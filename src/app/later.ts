import { loadNotes, loadTerms } from '../content/words.ts';
import { appStore } from '../store/store.ts';

function onMissing(): void {
  appStore.setState({ stale: true });
}

/** Vite's word for a part of the page that did not come. Says so until the returned function is called. */
export function noticeStaleParts(): () => void {
  addEventListener('vite:preloadError', onMissing);
  return () => removeEventListener('vite:preloadError', onMissing);
}

/** For browsers that do not say when they are idle, and for those that never are. */
const AT_LATEST_MS = 500;

function load(): void {
  void import('../panels/story/StepStory.tsx');
  // Without them a step still has its name, its listing and its changes.
  void loadNotes().then(
    (notes) => appStore.setState({ notes }),
    () => appStore.setState({ notes: {}, stale: true }),
  );
  // Nor is a text worse than it was before for a word that nothing explains.
  void loadTerms().then(
    (terms) => appStore.setState({ terms }),
    () => {},
  );
}

/**
 * Loads what the words of a step need: at once where the first picture is one of a step, otherwise when that
 * picture is drawn and the browser has nothing else to do.
 */
export function loadAfterFirstPicture(): void {
  const stop = appStore.subscribe(({ frame, step }) => {
    if (frame === 0) return;
    stop();
    if (step !== null) load();
    else if (typeof requestIdleCallback === 'function') requestIdleCallback(load, { timeout: AT_LATEST_MS });
    else setTimeout(load, AT_LATEST_MS);
  });
}
