import { useSyncExternalStore } from 'react';

/** Widths at which the page is arranged anew, in pixels; the style sheets name the same ones. */
const WIDE = '(min-width: 1200px)';
const MEDIUM = '(min-width: 768px)';

const TALL = '(min-height: 800px)';

export type Layout = 'narrow' | 'medium' | 'wide';

function current(): Layout {
  if (matchMedia(WIDE).matches) return 'wide';
  return matchMedia(MEDIUM).matches ? 'medium' : 'narrow';
}

function isTall(): boolean {
  return matchMedia(TALL).matches;
}

function subscribe(onChange: () => void): () => void {
  const queries = [matchMedia(WIDE), matchMedia(MEDIUM), matchMedia(TALL)];
  for (const query of queries) query.addEventListener('change', onChange);
  return () => {
    for (const query of queries) query.removeEventListener('change', onChange);
  };
}

/** How the page is arranged at its present width. */
export function useLayout(): Layout {
  return useSyncExternalStore(subscribe, current);
}

/** True where a wide page is high enough for the lenses and a lane a thread beneath the stage. */
export function useTall(): boolean {
  return useSyncExternalStore(subscribe, isTall);
}
