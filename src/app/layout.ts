import { useSyncExternalStore } from 'react';

/** Widths at which the page is arranged anew, in pixels; the style sheets name the same ones. */
const WIDE = '(min-width: 1200px)';
const MEDIUM = '(min-width: 768px)';

export type Layout = 'narrow' | 'medium' | 'wide';

function current(): Layout {
  if (matchMedia(WIDE).matches) return 'wide';
  return matchMedia(MEDIUM).matches ? 'medium' : 'narrow';
}

function subscribe(onChange: () => void): () => void {
  const queries = [matchMedia(WIDE), matchMedia(MEDIUM)];
  for (const query of queries) query.addEventListener('change', onChange);
  return () => {
    for (const query of queries) query.removeEventListener('change', onChange);
  };
}

/** How the page is arranged at its present width. */
export function useLayout(): Layout {
  return useSyncExternalStore(subscribe, current);
}
