import { words } from '../content/words.ts';
import { Stage } from '../panels/stage/Stage.tsx';
import { useStageView } from '../store/stage-view.ts';

/** The stage at the current position. */
export function StageArea({ variant }: { variant: 'page' | 'embed' }) {
  const view = useStageView();
  return (
    <>
      <h2 className="visually-hidden">{words.app.stage}</h2>
      <Stage view={view} variant={variant} />
    </>
  );
}
