import { breakpointWords, functionName, lineName } from '../../content/breakpoints.ts';
import { words } from '../../content/words.ts';
import { actTitle } from '../../store/acts.ts';
import { appStore } from '../../store/store.ts';

/** Is it the program of an act? They all share the name by which their notes are kept. */
export function isAct(shown: string): boolean {
  return shown === 'you';
}

/** A function's name as people read it; an act is nobody's function. */
export function nameOf(shown: string): string {
  return isAct(shown) ? words.acts.act : shown;
}

/** A line as people read it: of an act, what is done. */
export function labelOf(key: string, label: string): string {
  return actTitle(appStore.getState().scenarios, key) ?? label;
}

/** What people call a stop at that line. */
export function lineStopName(key: string): string {
  return actTitle(appStore.getState().scenarios, key) ?? lineName(key);
}

/** What people call a stop where that function is entered. */
export function entryName(shown: string): string {
  return isAct(shown) ? breakpointWords.names.act : functionName(shown);
}
