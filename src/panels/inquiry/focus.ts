const FOCUSABLE = 'button:not([tabindex="-1"]), a[href], input, select, textarea, [tabindex="0"]';

/** What can be reached with Tab in `box`, in order. */
export function reachable(box: Element): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((one) => !one.matches(':disabled'));
}

/** An element and what it stands in, innermost first: where to go when it has gone meanwhile. */
export function trailOf(element: Element | null): Element[] {
  const trail: Element[] = [];
  for (let one = element; one !== null && one !== document.body; one = one.parentElement) trail.push(one);
  return trail;
}

/** Gives the focus to the first of the trail that is still on the page, or to the first thing in it that takes it. */
export function focusTrail(trail: readonly Element[]): void {
  const [pressed] = trail;
  if (pressed?.isConnected === true) return focus(pressed);
  const around = trail.find(({ isConnected }) => isConnected);
  const first = around === undefined ? undefined : reachable(around)[0];
  if (first !== undefined) focus(first);
}

function focus(element: Element): void {
  if (element instanceof HTMLElement || element instanceof SVGElement) element.focus();
}
