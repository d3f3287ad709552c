import { useSyncExternalStore } from 'react';

interface Asked {
  subscribe: (changed: () => void) => () => void;
  matches: () => boolean;
}

/** By query: each is asked once, since to ask costs more than all else that a part of the page does when nothing has changed. */
const all = new Map<string, Asked>();

function ask(query: string): Asked {
  const list = matchMedia(query);
  const asked: Asked = {
    subscribe(changed) {
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    matches: () => list.matches,
  };
  all.set(query, asked);
  return asked;
}

/** Whether that media query is true of the page, now and whenever it changes. */
export function useMedia(query: string): boolean {
  const { subscribe, matches } = all.get(query) ?? ask(query);
  return useSyncExternalStore(subscribe, matches);
}
