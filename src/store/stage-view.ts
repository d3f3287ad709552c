import { useApp } from './store.ts';
import type { StageView, StateTrackView } from './view.ts';

const blankTrack: StateTrackView = { published: null, cached: null, driver: null, hot: false };
const blank: StageView = {
  frontend: { track: blankTrack, netdev: null, threads: [], log: [] },
  backend: { track: blankTrack, netdev: null, threads: [], log: [] },
  toolstack: null,
  rings: [],
  grants: { frames: 0, maxFrames: 0, rows: [], folds: [] },
  xenstore: { frontend: [], backend: [] },
  ports: [],
  queues: { asked: 1, made: null },
};

/** What the stage draws at the current position. */
export function useStageView(): StageView {
  useApp((state) => state.frame);
  return blank;
}
