/** Between the popover and the page's edge, and between it and what it belongs to, in pixels. */
const EDGE = 8;
const NEAR = 6;
const WIDTH = 456;
/** Below what was pressed where there is room for this much, or more than above. */
const ROOM = 360;
const TALLEST = 520;

type Box = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>;

/**
 * Where the popover stands on a page of that size: below or above what was pressed, never beyond the page; where what was
 * pressed leaves room for neither, or is not known, beside the page's upper edge. In pixels; one of `top` and `bottom` is null.
 */
export function popoverPlace(
  pressed: Box | null, page: { readonly width: number; readonly height: number },
): { left: number; width: number; top: number | null; bottom: number | null; maxHeight: number } {
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
