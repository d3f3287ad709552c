import { Fragment, useLayoutEffect, useRef, useState } from 'react';
import type { FocusEvent, PointerEvent } from 'react';
import { stageLayout } from '../../geometry/stage-zones.ts';
import { useApp } from '../../store/store.ts';
import type { StageView } from '../../store/view.ts';
import { Dom0, DomU } from './Domain.tsx';
import { Key } from './Key.tsx';
import { useStillLeaps } from './leaps.ts';
import { Light } from './Light.tsx';
import { shapeOf } from './model.ts';
import css from './stage.module.css';
import { StageMap } from './StageMap.tsx';
import { createStageStore, followRingChoice, StageContext, useStage } from './store.ts';
import type { StageStore } from './store.ts';
import { Toolstack } from './Toolstack.tsx';
import { Xen } from './Xen.tsx';
import { Xenstore } from './Xenstore.tsx';

export interface StageProps {
  /** What to draw. Parts that did not change must keep their identity: only changed parts render again. */
  view: StageView;
  /**
   * Calls back with the present view, and with each one after it; returns what ends that. So a new view reaches the
   * parts without the stage itself being rendered, in the same commit as the rest of the page.
   */
  follow?: (listener: (view: StageView) => void) => () => void;
  /** `embed` leaves out the zoom buttons. */
  variant?: 'page' | 'embed';
}

/** Below this width, in pixels, the zones stand one under another. */
const NARROW = 768;

/** From this width on two domains fit side by side. */
const PAIRED = 660;

function Zones({ controls }: { controls: boolean }) {
  const stacked = useStage((state) => state.stacked);
  const paired = useStage((state) => state.paired);
  if (!stacked) return <div className={css.map}><StageMap controls={controls} /></div>;
  const [backend, between] = [<Dom0 key="dom0" />, <Fragment key="between"><Xenstore /><Xen /></Fragment>];
  const toolstack = <Toolstack key="toolstack" />;
  return (
    <div className={css.stack} data-paired={paired || undefined}>
      <Key />
      <DomU />
      {paired ? [backend, between, toolstack] : [between, toolstack, backend]}
    </div>
  );
}

/** Another view; the queue that a person looks at stays, if it is still there. */
function show(store: StageStore, view: StageView): void {
  const queues = shapeOf(view.rings, view.queues)?.queues ?? view.queues.asked;
  const { queue } = store.get();
  store.set({ view, queue: queue < queues ? queue : 0 });
}

/** The map of domains, pages, grants and channels: who holds what at one step. Fills the room it is given. */
export function Stage({ view, follow, variant = 'page' }: StageProps) {
  const root = useRef<HTMLDivElement>(null);
  const [store] = useState(() => createStageStore(view, window.innerWidth < NARROW));
  const [measured, setMeasured] = useState(false);
  const still = useApp(({ playing, speed }) => playing && speed > 1);

  useLayoutEffect(() => show(store, view), [store, view]);
  useLayoutEffect(() => follow?.((next) => show(store, next)), [store, follow]);
  useLayoutEffect(() => followRingChoice(store), [store]);

  useLayoutEffect(() => {
    const box = root.current;
    if (box === null) return undefined;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = box;
      // Where it is to be as high as its zones, it has no height before they stand one under another.
      if (width > 0 && (height > 0 || width < NARROW)) store.set({ stacked: width < NARROW, paired: width >= PAIRED, layout: stageLayout(width, height) });
    };
    measure();
    setMeasured(true);
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [store]);

  useStillLeaps(root);

  function setLit(lit: string | null): void {
    if (lit !== store.get().lit) store.set({ lit });
  }

  /** The line of what is pointed at, or has the focus. */
  function light({ target }: PointerEvent | FocusEvent): void {
    const on = target instanceof Element ? target.closest<HTMLElement>('[data-line]') : null;
    setLit(on?.dataset['line'] ?? null);
  }

  const dim = (): void => setLit(null);

  return (
    <StageContext value={store}>
      <div
        ref={root} className={css.stage} data-still={still || undefined} onPointerOver={light} onPointerLeave={dim} onFocus={light} onBlur={dim}
      >
        <Light stage={root} />
        {/* What fills the room is made for it once, not for a guess and then again. */}
        {measured && <Zones controls={variant === 'page'} />}
      </div>
    </StageContext>
  );
}
