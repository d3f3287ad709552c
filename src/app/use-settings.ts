import { useEffect, useRef } from 'react';
import { appStore, useApp } from '../store/store.ts';

/** What has the key to itself while the focus is in it. */
const OWNERS = 'dialog[open], [role=menu], [popover]';

function setOpen(settings: boolean): void {
  appStore.setState({ settings });
}

/** Whether the settings are open, where they are behind a button; Escape closes them and leads back to that. */
export function useSettings() {
  const open = useApp((state) => state.settings);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest(OWNERS) !== null) return;
      event.preventDefault();
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [open]);
  return { open, setOpen, button };
}
