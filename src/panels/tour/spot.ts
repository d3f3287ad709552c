/** Where on the page the parts are that a stop or a question is about. */
import { useEffect } from 'react';
import type { Setting, Spot } from '../../content/tour.ts';
import { CHANGED } from '../../parts/changed.ts';
import { afterLayout } from '../../store/after-layout.ts';
import { appStore } from '../../store/store.ts';

/** On a page that is no wider, the zones stand one under another, and lenses are another view. */
const STACKED = '(max-width: 767px)';

export function isStacked(): boolean {
  return matchMedia(STACKED).matches;
}

/** Beside the card, a lens has no room for what is asked about: the stage has. */
const LOW = `${STACKED}, (max-width: 1199px) and (max-height: 899px)`;

export function isLow(): boolean {
  return matchMedia(LOW).matches;
}

/** The outlined part of the page, as the style sheet finds it too; of the stage, the zone that comes first. */
function elementOf(spot: Spot): Element | null {
  const party = spot === 'stage' ? '' : `='${spot}'`;
  return document.querySelector(spot === 'settings' ? '#settings' : `section[data-party${party}][aria-labelledby]`);
}

/** Does the part end above the card, once the page stands at its top? */
function isSeenFromTop(part: Element): boolean {
  const card = document.querySelector('[data-tour]');
  return card !== null && part.getBoundingClientRect().bottom + scrollY <= card.getBoundingClientRect().top;
}

/**
 * Brings that part into view; a page that was scrolled for something else stands at its top again, if that will do. Where
 * the part may be higher than the page: its beginning, or of a `step` what that changed in it.
 */
export function bringIntoView(spot: Spot, step: boolean): void {
  const part = elementOf(spot);
  if (part === null) return;
  if (!isStacked()) {
    if (isSeenFromTop(part)) scrollTo(0, 0);
    return part.scrollIntoView({ block: 'nearest' });
  }
  const hot = step && spot !== 'stage' ? part.querySelector(CHANGED) : null;
  if (hot) hot.scrollIntoView({ block: 'center' });
  else part.scrollIntoView({ block: 'start' });
}

/** Leads to where a person would set it: opens the settings where they are behind a button, and has the keyboard there. */
export function toSetting(setting: Setting): void {
  if (isStacked()) appStore.setState({ settings: true });
  afterLayout(() => document.querySelector<HTMLElement>(`[data-setting='${setting}'] :checked`)?.focus());
}

/** Outlines that part of the page, or that setting, as the style sheet has it. */
export function useOutline(look: Spot | Setting | undefined): void {
  useEffect(() => {
    if (look === undefined) return undefined;
    const root = document.documentElement;
    root.dataset['look'] = look;
    return () => {
      delete root.dataset['look'];
    };
  }, [look]);
}

/** Brings it into view as soon as `there` is true, and whenever it becomes true again. */
export function useInView(spot: Spot, there: boolean, step: boolean): void {
  // What is shown then comes with the same picture.
  useEffect(() => (there ? afterLayout(() => bringIntoView(spot, step)) : undefined), [spot, there, step]);
}

/** While the stage shows it: scrolls its list so that this key, and those right above it, can be seen. */
export function useKeyInView(key: string | undefined, there: boolean): void {
  useEffect(() => {
    if (key === undefined || !there) return undefined;
    let goBack = (): void => {};
    // The list itself scrolls to the first key that the step wrote.
    const callOff = afterLayout(() => {
      const row = document.querySelector(`[data-path$='/${key}']`);
      const list = row?.closest('ul')?.parentElement;
      if (row === null || !list) return;
      const { scrollTop } = list;
      row.scrollIntoView({ block: 'nearest' });
      // Left where nobody scrolled it, it goes on as by itself.
      goBack = () => list.scrollTo(0, scrollTop);
    }, true);
    return () => {
      callOff();
      goBack();
    };
  }, [key, there]);
}
