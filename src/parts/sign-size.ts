/**
 * Tells the sign that there is more at an edge of the box how high it is, in pixels; undefined as high as by itself. Told to
 * the box, all lines in it would be styled anew.
 */
export function setSize(box: HTMLElement, edge: 'above' | 'below', name: '--cover' | '--sign', size: number | undefined): void {
  const sign = box.querySelector<HTMLElement>(`:scope > [data-edge=${edge}][aria-hidden]`);
  const value = size === undefined ? '' : `${size}px`;
  // Also what is no change has the browser look whether it is one.
  if (sign !== null && sign.style.getPropertyValue(name) !== value) sign.style.setProperty(name, value);
}
