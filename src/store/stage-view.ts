import { useApp } from './store.ts';
import type { StageView } from './view.ts';

/** What the stage draws at the current position. */
export function useStageView(): StageView {
  return useApp((state) => state.stage);
}
