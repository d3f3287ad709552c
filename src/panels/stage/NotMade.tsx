import { GRANTS_PER_FRAME } from '../../abi/grant-table.ts';
import { stageWords as w } from '../../content/stage.ts';
import { fill } from '../../content/words.ts';
import type { RingsLayout } from '../../geometry/stage-rings.ts';
import { ScrollEdge } from '../../parts/ScrollEdge.tsx';
import { commands } from '../../store/commands.ts';
import { ringEntries } from '../../store/config.ts';
import { lastPositionOf } from '../../store/outline.ts';
import { appStore, useApp } from '../../store/store.ts';
import css from './queues.module.css';
import { useStage } from './store.ts';

/** Where netfront finds that one of the two pools of references does not fit. */
const DECIDED = ['xennet_init_queue#no_tx_references', 'xennet_init_queue#no_rx_references'];

function goThere(): void {
  const { outline, position } = appStore.getState();
  const there = outline === null ? undefined : lastPositionOf(outline, DECIDED, position);
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
  const why = fill(w.queues.why, {
    queue,
    maxFrames,
    tx: ringEntries('tx', config.txPages),
    rx: ringEntries('rx', config.rxPages),
    each: GRANTS_PER_FRAME.v1,
  });
  const style = stacked ? undefined : { top: tx.top, height: bottom - tx.top };
  return (
    <div className={css.why} data-stacked={stacked || undefined} style={style}>
      <button type="button" className={css.decided} tabIndex={-1} onClick={goThere}>{w.queues.decided}</button>
      <p>{why}</p>
      <ScrollEdge edge="below" says={w.more} />
    </div>
  );
}
