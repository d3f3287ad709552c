/** Where on the page the parts are that a stop or a question is about. */
import { useEffect } from 'react';
import type { Spot } from '../../content/tour.ts';
import { afterLayout } from '../../store/after-layout.ts';

/** On a page that is narrower, the zones stand one under another. */
const STACKED = '(max-width: 767px)';

/** The outlined part of the page, as the style sheet finds it too; of the stage, the zone that comes first. */
function elementOf(spot: Spot): Element | null {
  const party = spot === 'stage' ? '' : `='${spot}'`;
  return document.querySelector(spot === 'settings' ? '#settings' : `section[data-party${party}][aria-labelledby]`);
}

/** Brings that part into view. Where it may be higher than the page: its beginning, or of a `step` what that changed in it. */
export function bringIntoView(spot: Spot, step: boolean): void {
  const part = elementOf(spot);
  if (!matchMedia(STACKED).matches) return part?.scrollIntoView({ block: 'nearest' });
  const hot = step && spot !== 'stage' ? part?.querySelector('[data-hot]') : null;
  if (hot) hot.scrollIntoView({ block: 'center' });
  else part?.scrollIntoView({ block: 'start' });
}

/** Brings it into view as soon as `there` is true, and whenever it becomes true again. */
export function useInView(spot: Spot, there: boolean, step: boolean): void {
  // What is shown then comes with the same picture.
  useEffect(() => (there ? afterLayout(() => bringIntoView(spot, step)) : undefined), [spot, there, step]);
}
