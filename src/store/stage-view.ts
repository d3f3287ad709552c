import { appStore, useApp } from './store.ts';
import type { StageView } from './view.ts';

/** What the stage draws at the current position. */
export function useStageView(): StageView {
  return useApp((state) => state.stage);
}

/** Calls back with the present view, and with each one after it; returns what ends that. */
export function followStageView(listener: (view: StageView) => void): () => void {
  listener(appStore.getState().stage);
  return appStore.subscribe(({ stage }, before) => {
    if (stage !== before.stage) listener(stage);
  });
}
