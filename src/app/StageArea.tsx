import { words } from '../content/words.ts';
import { Stage } from '../panels/stage/Stage.tsx';
import { followStageView } from '../store/stage-view.ts';
import { appStore } from '../store/store.ts';

/** The stage at the current position. */
export function StageArea({ variant }: { variant: 'page' | 'embed' }) {
  return (
    <>
      <h2 className="visually-hidden">{words.app.stage}</h2>
      <Stage view={appStore.getState().stage} follow={followStageView} variant={variant} />
    </>
  );
}
