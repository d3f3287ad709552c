import { Suspense, useMemo } from 'react';
import { stageWords as w } from '../../content/stage.ts';
import { fill } from '../../content/words.ts';
import { ringsLayout } from '../../geometry/stage-rings.ts';
import type { RingsShape } from '../../geometry/stage-rings.ts';
import { ROOMY } from '../../geometry/stage-zones.ts';
import { lazy } from '../../parts/lazy.ts';
import { ScrollEdge } from '../../parts/ScrollEdge.tsx';
import { WhoWrote } from '../../parts/WhoWrote.tsx';
import { slotSubject } from '../../store/subjects.ts';
import type { NetdevView, ThreadView } from '../../store/view.ts';
import { useBegun } from './begun.ts';
import { Ghosts } from './Ghosts.tsx';
import { BackIndexes, FrontIndexes } from './Indexes.tsx';
import { useHotInView } from './keep-in-view.ts';
import { ringOf } from '../../store/stage/lists.ts';
import { QueueRows } from './QueueRows.tsx';
import { RingTiles } from './RingTiles.tsx';
import { Scroll } from './Scroll.tsx';
import { StateTrack } from './StateTrack.tsx';
import { useStage, useShape } from './store.ts';
import { Netdev, Threads } from './Threads.tsx';
import { whyNone } from '../../store/stage/words.ts';
import type { Side } from '../../store/stage/words.ts';
import { Zone } from './Zone.tsx';
import css from './domain.module.css';
import zone from './zone.module.css';

/** Few runs have a queue that is not made. */
const NotMade = lazy(() => import('./NotMade.tsx'));
/** Nothing is mapped before the first step. */
const Frames = lazy(() => import('./Frames.tsx'));

/** Room for four pages a ring while there is none, so that the usual ring moves nothing. */
const NONE: RingsShape = { queues: 1, tx: 4, rx: 4 };

/** Kernel messages that show where there is room. */
const LINES = 4;

/** What says that there is more covers so much, in pixels, as the style sheet has it. */
const SIGNS = { above: 16, below: 16 };

const ENDS = { front: 'frontend', back: 'backend' } as const;
const ZONE_OF = { front: 'domU', back: 'dom0' } as const;

function Rings({ side }: { side: Side }) {
  const empty = useStage(({ view }) => whyNone(side, view));
  const begun = useBegun();
  const shape = useShape();
  const stacked = useStage((state) => state.stacked);
  const queue = useStage((state) => state.queue);
  const place = useStage((state) => state.layout.zones[ZONE_OF[side]]);
  const tx = useStage((state) => ringOf(state.view.rings, queue, 'tx'));
  const rx = useStage((state) => ringOf(state.view.rings, queue, 'rx'));
  const threads = useStage((state) => state.view[ENDS[side]].threads);
  const netdev = useStage((state) => state.view[ENDS[side]].netdev);
  const below = useHotInView<HTMLDivElement>(
    useMemo(() => [tx, rx, threads, netdev], [tx, rx, threads, netdev]), { returns: true, signs: SIGNS },
  );
  const notMade = useStage(({ view: { queues } }) => queues.made !== null && queue >= queues.made && queue < queues.asked);
  const own = useStage((state) => state.arrangement);
  const layout = useMemo(() => (own?.layoutOf ?? ringsLayout)(shape ?? NONE, side, place), [own, shape, side, place]);
  const named = shape !== null && shape.queues > 1;
  const indexes = side === 'front' ? <FrontIndexes tx={tx} rx={rx} /> : <BackIndexes tx={tx} rx={rx} />;
  const room = <figure className={css.frames} data-block />;
  const frames = side === 'back' && <Suspense fallback={room}>{begun ? <Frames tx={tx} rx={rx} /> : room}</Suspense>;
  const doing = <Below side={side} threads={threads} netdev={netdev} />;
  const queues = shape !== null && <QueueRows rows={layout.queueRows} side={side} />;
  const pages = (
    <>
      {shape === null && <Ghosts layout={layout} side={side} stacked={stacked} says={empty} />}
      {notMade && tx === null && side === 'front' && (
        <Suspense>
          <NotMade queue={queue} layout={layout} stacked={stacked} />
        </Suspense>
      )}
      {tx !== null && <RingTiles ring={tx} block={layout.tx} side={side} named={named} stacked={stacked} />}
      {rx !== null && <RingTiles ring={rx} block={layout.rx} side={side} named={named} stacked={stacked} />}
    </>
  );
  const figures = (
    <div className={stacked ? css.flat : css.below} style={stacked ? undefined : { top: layout.figures }}>
      <Scroll ref={below} className={css.figures} label={w.indexes[side]} bare={tx === null}>
        {!stacked && <ScrollEdge edge="above" says={w.moreAbove} />}
        {/* The list of queues leaves room for one of them: who acts. */}
        {named
          ? <>{doing}<div className={css.apart}>{indexes}{frames}</div></>
          : <>{indexes}{frames}{doing}</>}
        {!stacked && <ScrollEdge edge="below" says={w.more} />}
      </Scroll>
    </div>
  );
  return own?.arrange(queues, pages, figures, named) ?? <>{queues}{pages}{figures}</>;
}

interface BelowProps {
  side: Side;
  threads: readonly ThreadView[];
  netdev: NetdevView | null;
}

function Below({ side, threads, netdev }: BelowProps) {
  const log = useStage((state) => state.view[ENDS[side]].log);
  const roomy = useStage((state) => state.stacked || state.layout.zones.domU.height >= ROOMY);
  const last = roomy ? log.slice(-LINES) : log.slice(-1);
  const kernel = ZONE_OF[side];
  const logOf = fill(w.threads.logOf, { where: w.zones[kernel] });
  return (
    <>
      <Netdev netdev={netdev} />
      <Threads threads={threads} />
      {last.length > 0 && (
        <>
          <h4 className={zone.caption}>{w.threads.log}</h4>
          {last.map((line, place) => (
            // Lines can repeat, and each belongs to its place in the log.
            // oxlint-disable-next-line react/no-array-index-key
            <p key={log.length - last.length + place} className={css.log}>
              <WhoWrote of={() => slotSubject(logOf, `log:${kernel}`)} tabIndex={-1}>{line}</WhoWrote>
            </p>
          ))}
        </>
      )}
    </>
  );
}

/** The guest: netfront's state, the pages it allocated, its indexes, device and threads. */
export function DomU() {
  const track = useStage((state) => state.view.frontend.track);
  const guest = useStage((state) => state.view.guest);
  return (
    <Zone zone="domU" party="domU" title={w.zones.domU} aside={guest === null ? w.zones.front : w.guest[guest]}>
      <StateTrack side="front" track={track} />
      <Rings side="front" />
    </Zone>
  );
}

/** The backend's domain: netback's state, where it maps the same pages, its indexes, device and threads. */
export function Dom0() {
  const track = useStage((state) => state.view.backend.track);
  return (
    <Zone zone="dom0" party="dom0" title={w.zones.dom0} aside={w.zones.back}>
      <StateTrack side="back" track={track} />
      <Rings side="back" />
    </Zone>
  );
}
