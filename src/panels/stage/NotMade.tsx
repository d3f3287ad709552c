import { queueWords as t } from '../../content/queues.ts';
import { stageWords as w } from '../../content/stage.ts';
import { fill } from '../../content/words.ts';
import type { RingsLayout } from '../../geometry/stage-rings.ts';
import { ScrollEdge } from '../../parts/ScrollEdge.tsx';
import { commands } from '../../store/commands.ts';
import { lastPositionOf } from '../../store/outline.ts';
import { needsOf, NO_REFERENCES } from '../../store/shortage.ts';
import { appStore, useApp } from '../../store/store.ts';
import css from './queues.module.css';
import { useStage } from './store.ts';

function goThere(): void {
  const { outline, position } = appStore.getState();
  const there = outline === null ? undefined : lastPositionOf(outline, NO_REFERENCES, position);
  if (there !== undefined) commands.seek(there);
}

interface NotMadeProps {
  queue: number;
  /** Where its pages would be. */
  layout: RingsLayout;
  stacked: boolean;
}

/** In place of the pages of a queue that was not made: why, and the way to the step that decided it. */
export default function NotMade({ queue, layout: { tx, bottom }, stacked }: NotMadeProps) {
  const config = useApp((state) => state.run.config);
  const maxFrames = useStage((state) => state.view.grants.maxFrames);
  const why = fill(t.why, needsOf(queue, config, maxFrames));
  const style = stacked ? undefined : { top: tx.top, height: bottom - tx.top };
  return (
    <div className={css.why} data-stacked={stacked || undefined} style={style}>
      <button type="button" className={css.decided} tabIndex={-1} onClick={goThere}>{t.decided}</button>
      <p>{why}</p>
      <ScrollEdge edge="below" says={w.more} />
    </div>
  );
}
