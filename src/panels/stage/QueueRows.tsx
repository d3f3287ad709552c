import { memo } from 'react';
import type { Rect } from '../../geometry/stage-zones.ts';
import type { RingPageView } from '../../store/view.ts';
import { queueSummary, ringOf } from './model.ts';
import css from './queues.module.css';
import { useStage, useStageStore } from './store.ts';
import type { Side } from './words.ts';

/** One compact row a queue; the pressed one is drawn page by page below. */
export const QueueRows = memo(function QueueRows({ rows, side }: { rows: readonly Rect[]; side: Side }) {
  const stacked = useStage((state) => state.stacked);
  if (rows.length === 0) return null;
  return (
    <div
      className={css.rows}
      style={stacked ? undefined : { top: rows[0]?.y }}
      data-stacked={stacked || undefined}
      role="group"
      aria-label="Queues: choose the one to see page by page"
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
  const summary = queueSummary(rings, queue);
  const state = rings.length > 0 ? summary.text : failed ? 'not made, grant references ran out' : 'no pages yet';
  return (
    <button
      type="button"
      className={css.row}
      aria-pressed={chosen}
      aria-label={`Queue ${queue}: ${state}`}
      title={`queue ${queue}: ${state}`}
      data-hot={summary.hot || undefined}
      onClick={() => store.setState({ queue, scroll: 0 })}
    >
      <span className={css.name}>q{queue}</span>
      {rings.length === 0 ? <span className={css.none}>{state}</span> : rings.map((ring) => (
        <span key={ring.direction} className={css.cells}>
          {ring.pages.map((page) => <Cell key={page.index} page={page} side={side} />)}
        </span>
      ))}
    </button>
  );
});

const Cell = memo(function Cell({ page, side }: { page: RingPageView; side: Side }) {
  const life = side === 'front' || page.handle !== null ? page.life : 'absent';
  return <span className={css.cell} data-life={life} data-hot={page.hot || undefined} />;
});
