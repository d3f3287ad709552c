/** Where the memory lens is. Pure. */
import type { MemoryPlace, StepView } from '../../../store/store.ts';
import { changedPlaces } from './pages.ts';
import type { MemoryPage } from './pages.ts';

/** The first byte that the step changed, on the page shown if it changed that one; null if it changed none. */
export function changedPlace(
  place: MemoryPlace, step: StepView | null, pages: readonly MemoryPage[],
): { frame: number; offset: number } | null {
  const places = changedPlaces(step, pages);
  return places.find(({ frame }) => frame === place.frame) ?? places[0] ?? null;
}

/** The place to show after a step: it moves only where it follows, and the step changed bytes. */
export function placeAfter(
  place: MemoryPlace, step: StepView | null, pages: readonly MemoryPage[],
): MemoryPlace {
  const to = place.follow ? changedPlace(place, step, pages) : null;
  if (to === null || (to.frame === place.frame && to.offset === place.offset)) return place;
  return { ...place, ...to };
}

/** After the change shown, the first one of the next page that the step changed, round and round. */
export function nextChange(
  place: MemoryPlace, step: StepView | null, pages: readonly MemoryPage[],
): { frame: number; offset: number } | null {
  const places = changedPlaces(step, pages);
  const at = places.findIndex(({ frame, offset }) => frame === place.frame && offset === place.offset);
  return places[(at + 1) % places.length] ?? null;
}
