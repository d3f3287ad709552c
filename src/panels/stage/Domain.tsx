import { useMemo } from 'react';
import { ringsLayout } from '../../geometry/stage-rings.ts';
import type { RingsShape } from '../../geometry/stage-rings.ts';
import type { ThreadView } from '../../store/view.ts';
import { BackIndexes, FrontIndexes } from './Indexes.tsx';
import { useHotInView } from './keep-in-view.ts';
import { ringOf } from './model.ts';
import { QueueRows } from './QueueRows.tsx';
import { RingTiles } from './RingTiles.tsx';
import { Scroll } from './Scroll.tsx';
import { StateTrack } from './StateTrack.tsx';
import { useStage, useShape } from './store.ts';
import { Netdev, Threads } from './Threads.tsx';
import { GUEST_WORDS } from './words.ts';
import type { Side } from './words.ts';
import { Zone } from './Zone.tsx';
import css from './domain.module.css';
import zone from './zone.module.css';

/** Room for one page a ring while there is none, so that the first ring moves nothing. */
const NONE: RingsShape = { queues: 1, tx: 1, rx: 1 };

/** What stands where the pages would. */
const EMPTY: Readonly<Record<Side, { never: string; before: string }>> = {
  front: {
    never: 'No ring pages yet. netfront allocates them once it reads InitWait from the backend.',
    before: 'No ring pages any more: they went back to the guest’s allocator.',
  },
  back: {
    never: 'Nothing mapped yet. netback maps the rings once it reads Connected from the frontend.',
    before: 'Nothing mapped any more.',
  },
};
const DEAD = 'The guest is dead, and its memory is Xen’s again.';

function useEmpty(side: Side): string {
  const dead = useStage(({ view }) => view.guest === 'gone');
  const before = useStage(({ view }) => (side === 'front' ? view.past.rings : view.past.mapped));
  if (side === 'front' && dead) return DEAD;
  return before ? EMPTY[side].before : EMPTY[side].never;
}

function Rings({ side }: { side: Side }) {
  const empty = useEmpty(side);
  const shape = useShape();
  const stacked = useStage((state) => state.stacked);
  const queue = useStage((state) => state.queue);
  const tx = useStage((state) => ringOf(state.view.rings, queue, 'tx'));
  const rx = useStage((state) => ringOf(state.view.rings, queue, 'rx'));
  const end = side === 'front' ? 'frontend' : 'backend';
  const threads = useStage((state) => state.view[end].threads);
  const below = useHotInView<HTMLDivElement>(threads, true);
  const layout = useMemo(() => ringsLayout(shape ?? NONE, side), [shape, side]);
  const named = shape !== null && shape.queues > 1;
  const indexes = side === 'front' ? <FrontIndexes tx={tx} rx={rx} /> : <BackIndexes tx={tx} rx={rx} />;
  const doing = <Below side={side} threads={threads} />;
  return (
    <>
      {shape === null
        ? <p className={`${css.none} ${zone.empty}`} data-stacked={stacked || undefined}>{empty}</p>
        : <QueueRows rows={layout.queueRows} side={side} />}
      {tx !== null && <RingTiles ring={tx} block={layout.tx} side={side} named={named} stacked={stacked} />}
      {rx !== null && <RingTiles ring={rx} block={layout.rx} side={side} named={named} stacked={stacked} />}
      <Scroll
        ref={below}
        className={stacked ? css.flat : css.below}
        label={side === 'front' ? 'netfront in figures' : 'netback in figures'}
        scrolls={!stacked}
        style={stacked ? undefined : { top: layout.bottom + 4 }}
      >
        {/* The list of queues leaves room for one of them: who acts. */}
        {named ? <>{doing}<div className={css.apart}>{indexes}</div></> : <>{indexes}{doing}</>}
      </Scroll>
    </>
  );
}

function Below({ side, threads }: { side: Side; threads: readonly ThreadView[] }) {
  const end = side === 'front' ? 'frontend' : 'backend';
  const netdev = useStage((state) => state.view[end].netdev);
  const last = useStage((state) => state.view[end].log.at(-1));
  return (
    <>
      <Netdev netdev={netdev} />
      <Threads threads={threads} />
      {last !== undefined && (
        <>
          <h4 className={zone.caption}>last kernel message</h4>
          <p className={css.log} title={last}>{last}</p>
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
    <Zone party="domU" title="domU 5" aside={guest === null ? 'netfront · vif-0' : GUEST_WORDS[guest]}>
      <StateTrack side="front" track={track} />
      <Rings side="front" />
    </Zone>
  );
}

/** The backend's domain: netback's state, where it maps the same pages, its indexes, device and threads. */
export function Dom0() {
  const track = useStage((state) => state.view.backend.track);
  return (
    <Zone party="dom0" title="dom0" aside="netback · vif-5-0">
      <StateTrack side="back" track={track} />
      <Rings side="back" />
    </Zone>
  );
}
