/** Between the popover and the page's edge, and between it and what it belongs to, in pixels. */
const EDGE = 8;
const NEAR = 6;
const WIDTH = 456;
/** Below what was pressed where there is room for this much, or more than above. */
const ROOM = 360;
const TALLEST = 520;

type Box = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>;

interface Place { left: number; width: number; top: number | null; bottom: number | null; maxHeight: number }

/** The part of a page that the popover may have so that it does not lie over `kept`; null where that leaves too little. */
function besideOf(kept: Box, page: { readonly width: number; readonly height: number }): typeof page | null {
  if (kept.left >= WIDTH + 2 * EDGE) return { ...page, width: kept.left };
  return kept.top >= ROOM ? { ...page, height: kept.top } : null;
}

/**
 * Where the popover stands on a page of that size, without lying over `kept` where there is room elsewhere: then also beside
 * what was pressed.
 */
export function placeBeside(
  kept: Box | null, pressed: Box | null, page: { readonly width: number; readonly height: number },
): Place {
  const rest = kept === null ? null : besideOf(kept, page);
  // What was pressed in the part that is kept leaves no place beside it.
  if (rest === null || (pressed !== null && (pressed.left >= rest.width || pressed.top >= rest.height))) {
    return popoverPlace(pressed, page);
  }
  const place = popoverPlace(pressed, rest);
  const { width } = place;
  if (pressed === null || place.maxHeight >= ROOM) return fromTop(place, rest, page);
  const right = pressed.right + NEAR;
  const left = pressed.left - NEAR - width;
  const beside = right + width <= rest.width - EDGE ? right : left >= EDGE ? left : place.left;
  return { left: beside, width, top: EDGE, bottom: null, maxHeight: Math.min(TALLEST, rest.height - 2 * EDGE) };
}

/** A distance from the lower edge of a part of the page, as one from that of the page. */
function fromTop(place: Place, part: { readonly height: number }, page: { readonly height: number }): Place {
  return place.bottom === null ? place : { ...place, bottom: place.bottom + page.height - part.height };
}

/**
 * Where the popover stands on a page of that size: below or above what was pressed, never beyond the page; where what was
 * pressed leaves room for neither, or is not known, beside the page's upper edge. In pixels; one of `top` and `bottom` is null.
 */
export function popoverPlace(
  pressed: Box | null, page: { readonly width: number; readonly height: number },
): Place {
  const width = Math.min(WIDTH, page.width - 2 * EDGE);
  const most = Math.min(TALLEST, page.height - 2 * EDGE);
  const box = pressed ?? { left: (page.width - width) / 2, right: page.width / 2, top: 0, bottom: page.height / 6 };
  const left = Math.max(EDGE, Math.min(box.left, page.width - EDGE - width));
  const below = page.height - EDGE - box.bottom - NEAR;
  const above = box.top - NEAR - EDGE;
  if (Math.max(below, above) < Math.min(ROOM, most) / 2) {
    return { left, width, top: EDGE, bottom: null, maxHeight: most };
  }
  return below >= ROOM || below >= above
    ? { left, width, top: box.bottom + NEAR, bottom: null, maxHeight: Math.min(most, below) }
    : { left, width, top: null, bottom: page.height - box.top + NEAR, maxHeight: Math.min(most, above) };
}
