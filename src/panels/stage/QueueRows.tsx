import { memo } from 'react';
import type { CSSProperties } from 'react';
import { stageWords as w } from '../../content/stage.ts';
import { fill } from '../../content/words.ts';
import type { Rect } from '../../geometry/stage-zones.ts';
import type { RingPageView } from '../../store/view.ts';
import { lineOf } from './model.ts';
import { queueSummary, ringOf } from '../../store/stage/lists.ts';
import css from './queues.module.css';
import { pickQueue, useStage, useStageStore } from './store.ts';
import { isPageHot } from '../../store/stage/words.ts';
import type { Side } from '../../store/stage/words.ts';

/** One compact row a queue; the pressed one is drawn page by page below. */
export const QueueRows = memo(function QueueRows({ rows, side }: { rows: readonly Rect[]; side: Side }) {
  const stacked = useStage((state) => state.stacked);
  // One under another, the guest's list serves both sides.
  if (rows.length === 0 || (stacked && side === 'back')) return null;
  return (
    <div
      className={css.rows}
      style={stacked ? undefined : { top: rows[0]?.y, '--row': `${rows[0]?.height}px` } as CSSProperties}
      data-stacked={stacked || undefined}
      role="group"
      aria-label={w.queues.name}
    >
      {rows.map((row, queue) => <QueueRow key={row.y} queue={queue} side={side} />)}
    </div>
  );
});

const QueueRow = memo(function QueueRow({ queue, side }: { queue: number; side: Side }) {
  const store = useStageStore();
  const chosen = useStage((state) => state.queue === queue);
  const tx = useStage((state) => ringOf(state.view.rings, queue, 'tx'));
  const rx = useStage((state) => ringOf(state.view.rings, queue, 'rx'));
  const failed = useStage(({ view }) => view.queues.made !== null && queue >= view.queues.made);
  const rings = [tx, rx].filter((ring) => ring !== null);
  const summary = queueSummary(rings, side);
  const state = rings.length > 0 ? summary.text : failed ? w.queues.failed : w.queues.none;
  const name = fill(w.queues.short, { queue });
  return (
    <button
      type="button"
      tabIndex={-1}
      className={css.row}
      aria-pressed={chosen}
      title={fill(w.queues.title, { queue, state })}
      aria-label={`${name} ${state}`}
      data-hot={summary.hot || undefined}
      data-line={chosen ? undefined : lineOf.queue(queue)}
      onClick={() => pickQueue(store, queue)}
    >
      <span className={css.name}>{name}</span>
      {rings.length === 0 && <span className={css.none}>{state}</span>}
      {rings.map((ring) => (
        <span key={ring.direction} className={css.cells}>
          {ring.pages.map((page) => <Cell key={page.index} page={page} side={side} />)}
        </span>
      ))}
    </button>
  );
});

const Cell = memo(function Cell({ page, side }: { page: RingPageView; side: Side }) {
  const life = side === 'front' || page.handle !== null ? page.life : 'absent';
  return <span className={css.cell} data-life={life} data-hot={isPageHot(page, side) || undefined} />;
});
