import { useLayoutEffect } from 'react';
import { commands } from '../store/commands.ts';
import { appStore } from '../store/store.ts';
import type { Rejection } from '../store/store.ts';

/** What concerns the run is said beside its settings, and is nothing of a dialog. */
const OF_THE_RUN: ReadonlySet<Rejection['command']> = new Set(['open', 'link']);

/** What was refused while the dialog that calls this was open goes with it: nobody could tell any more what it is about. */
export function useOwnRefusals(): void {
  useLayoutEffect(() => {
    const before = appStore.getState().rejected;
    return () => {
      const { rejected } = appStore.getState();
      if (rejected !== null && rejected !== before && !OF_THE_RUN.has(rejected.command)) commands.dismiss();
    };
  }, []);
}
