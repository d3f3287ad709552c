import { useLayoutEffect } from 'react';
import type { RefObject } from 'react';
import { useStage } from './store.ts';

/** Marks what is of the line, and nothing else; while there is one, all else recedes. */
function light(stage: HTMLElement, line: string | null): void {
  for (const old of stage.querySelectorAll<HTMLElement>('[data-lit][data-line]')) {
    if (old.dataset['line'] !== line) delete old.dataset['lit'];
  }
  stage.toggleAttribute('data-receding', line !== null);
  if (line === null) return;
  for (const part of stage.querySelectorAll<HTMLElement>(`[data-line="${line}"]`)) part.dataset['lit'] = 'true';
}

/**
 * Lights the whole line of what is pointed at, in the document itself: hundreds of parts would otherwise ask at each step
 * whether it is theirs.
 */
export function Light({ stage }: { stage: RefObject<HTMLElement | null> }) {
  const lit = useStage((state) => state.lit);
  // A step may bring a part of the line that was not there before: so it renders with each, while there is one.
  useStage((state) => (state.lit === null ? null : state.view));
  useLayoutEffect(() => {
    if (stage.current !== null) light(stage.current, lit);
  });
  return null;
}
