import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { commands } from './commands.ts';

/** The two directories of the device, as the page names them. */
export type DirectoryTitle = 'device/vif/0' | 'backend/vif/5/0';

/** What a person chose to see of xenstore. Kept while other lenses are open. */
interface XenstoreChoice {
  view: 'directories' | 'tree';
  /** What the keys shown have in them; empty for all. */
  text: string;
  /** The directory that somebody has just asked for; null once the lens has come to it. */
  asked: DirectoryTitle | null;
}

export const xenstoreChoice = createStore<XenstoreChoice>(() => ({ view: 'directories', text: '', asked: null }));

export function useXenstoreChoice<T>(select: (choice: XenstoreChoice) => T): T {
  return useStore(xenstoreChoice, select);
}

/** Opens the xenstore lens with all keys of that directory. */
export function openDirectory(asked: DirectoryTitle): void {
  xenstoreChoice.setState({ view: 'directories', text: '', asked });
  commands.openLens('xenstore');
}
