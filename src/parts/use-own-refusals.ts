import { useLayoutEffect } from 'react';
import { commands } from '../store/commands.ts';
import { OPENING, appStore } from '../store/store.ts';

/** What was refused while the dialog that calls this was open goes with it: nobody could tell any more what it is about. */
export function useOwnRefusals(): void {
  useLayoutEffect(() => {
    const before = appStore.getState().rejected;
    return () => {
      const { rejected } = appStore.getState();
      if (rejected !== null && rejected !== before && !OPENING.has(rejected.command)) commands.dismiss();
    };
  }, []);
}
