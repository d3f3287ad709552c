import { useMedia } from '../parts/use-media.ts';

/** Widths at which the page is arranged anew, in pixels; the style sheets name the same ones. */
const WIDE = '(min-width: 1200px)';
const MEDIUM = '(min-width: 768px)';

const TALL = '(min-height: 800px)';

export type Layout = 'narrow' | 'medium' | 'wide';

/** How the page is arranged at its present width. */
export function useLayout(): Layout {
  const wide = useMedia(WIDE);
  const medium = useMedia(MEDIUM);
  if (wide) return 'wide';
  return medium ? 'medium' : 'narrow';
}

/** True where a wide page is high enough for the lenses and a lane a thread beneath the stage. */
export function useTall(): boolean {
  return useMedia(TALL);
}
