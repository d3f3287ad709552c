/** Between a menu and the page's edge, and between it and what it belongs to, in pixels. */
const EDGE = 8;
const NEAR = 4;
const WIDTH = 320;
/** Below its button where there is room for this much, or more than above. */
const ROOM = 280;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Where a menu stands on the page, as styles: beside its button, never beyond the page. `within`: between which heights
 * of the page it stays, that it lies over nothing that a person needs meanwhile.
 */
export function menuPlace(
  button: Box, page: { readonly width: number; readonly height: number },
  within: { readonly top: number; readonly bottom: number } = { top: 0, bottom: page.height },
): { left: string; width: string; top: string; bottom: string; maxHeight: string } {
  const width = Math.min(WIDTH, page.width - 2 * EDGE);
  const left = Math.max(EDGE, Math.min(button.right - width, page.width - EDGE - width));
  const below = within.bottom - EDGE - button.bottom - NEAR;
  const above = button.top - NEAR - within.top - EDGE;
  const down = below >= ROOM || below >= above;
  return {
    left: `${left}px`,
    width: `${width}px`,
    top: down ? `${button.bottom + NEAR}px` : 'auto',
    bottom: down ? 'auto' : `${page.height - button.top + NEAR}px`,
    maxHeight: `${Math.max(0, down ? below : above)}px`,
  };
}
