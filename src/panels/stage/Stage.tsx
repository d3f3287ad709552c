import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { StageView } from '../../store/view.ts';
import { Dom0, DomU } from './Domain.tsx';
import { Map } from './Map.tsx';
import css from './stage.module.css';
import { createStageStore, StageContext, useStage } from './store.ts';
import { Toolstack } from './Toolstack.tsx';
import { Xen } from './Xen.tsx';
import { Xenstore } from './Xenstore.tsx';

export interface StageProps {
  /** What to draw. Parts that did not change must keep their identity: only changed parts render again. */
  view: StageView;
  /** `embed` leaves out the zoom buttons. */
  variant?: 'page' | 'embed';
}

/** Below this width, in pixels, the zones stand one under another. */
const NARROW = 768;

function Zones({ controls }: { controls: boolean }) {
  const stacked = useStage((state) => state.stacked);
  if (!stacked) return <div className={css.map}><Map controls={controls} /></div>;
  return (
    <div className={css.stack}>
      <DomU />
      <Xenstore />
      <Xen />
      <Toolstack />
      <Dom0 />
    </div>
  );
}

/** The map of domains, pages, grants and channels: who holds what at one step. Fills the width and height it is given. */
export function Stage({ view, variant = 'page' }: StageProps) {
  const root = useRef<HTMLDivElement>(null);
  const [store] = useState(() => createStageStore(view));

  useLayoutEffect(() => {
    const queues = Math.max(view.queues.asked, view.rings.at(-1)?.queue ?? 0);
    store.setState((state) => ({ view, queue: state.queue < queues ? state.queue : 0 }));
  }, [store, view]);

  useEffect(() => {
    const box = root.current;
    if (box === null) return undefined;
    const measure = (): void => store.setState({ stacked: box.clientWidth > 0 && box.clientWidth < NARROW });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [store]);

  return (
    <StageContext value={store}>
      <div ref={root} className={css.stage}>
        <Zones controls={variant === 'page'} />
      </div>
    </StageContext>
  );
}
