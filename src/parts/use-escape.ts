import { useEffect } from 'react';
import { commands } from '../store/commands.ts';

/** What has the keys to itself while the focus is in it. */
const OWNERS = 'dialog[open]:not([data-beside]), [role=menu]';

function onKeyDown(event: KeyboardEvent): void {
  // A field or a list that has a use of its own for the key has said so.
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  if (event.target instanceof Element && event.target.closest(OWNERS) !== null) return;
  if (commands.closeTopmost()) event.preventDefault();
}

/** While whoever calls this is there, Escape closes what lies over the page, wherever the focus is: what lies on top first. */
export function useEscape(): void {
  useEffect(() => {
    // Each its own: the same function would be there only once, and go with the first that goes.
    const listener = (event: KeyboardEvent): void => onKeyDown(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}
