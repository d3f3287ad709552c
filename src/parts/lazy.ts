import { lazy as lazyOf } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';
import { appStore } from '../store/store.ts';

function Nothing() {
  return null;
}

/**
 * A part of the page that is loaded when it is first drawn. One that does not come draws nothing, and the page says that it
 * lacks a part: as an error of React's, it would take all that is on screen with it.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- as React has it: a component, whatever it takes
export function lazy<T extends ComponentType<any>>(load: () => Promise<{ default: T }>): LazyExoticComponent<T> {
  return lazyOf(() =>
    load().catch((error: unknown) => {
      reportError(error);
      appStore.setState({ stale: true });
      return { default: Nothing as unknown as T };
    }),
  );
}
