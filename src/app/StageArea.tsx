import { Stage } from '../panels/stage/Stage.tsx';
import { useStageView } from '../store/stage-view.ts';

/** The stage at the current position. */
export function StageArea({ variant }: { variant: 'page' | 'embed' }) {
  return <Stage view={useStageView()} variant={variant} />;
}
