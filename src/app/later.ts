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

/** What the words of a step need. */
function loadStory(): void {
  void import('../panels/story/StepStory.tsx');
  // Without them a step still has its name, its listing and its changes.
  void loadNotes().then(
    (notes) => appStore.setState({ notes }),
    () => appStore.setState({ notes: {}, stale: true }),
  );
  // Nor is a text worse than it was before for a word that nothing explains.
  void loadTerms().then(
    (terms) => appStore.setState({ terms }),
    () => appStore.setState({ terms: [] }),
  );
}

/**
 * Has all that can wait do so until the first step can be made and the browser has nothing else to do. Only where the
 * first picture is one of a step its words come at once.
 */
export function loadWhenUsable(): void {
  appStore.setState({ starting: true });
  let story = false;
  const begun = (): void => {
    appStore.setState({ starting: false });
    if (!story) loadStory();
  };
  const stop = appStore.subscribe(({ outline, step }) => {
    if (step !== null && !story) {
      story = true;
      loadStory();
    }
    if (outline === null) return;
    stop();
    if (typeof requestIdleCallback === 'function') requestIdleCallback(begun, { timeout: AT_LATEST_MS });
    else setTimeout(begun, AT_LATEST_MS);
  });
}
