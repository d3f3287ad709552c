import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import { stageWords as w } from '../../content/stage.ts';
import { nearColumns, nearLayout, nearRings } from '../../geometry/stage-near.ts';
import type { StageLayout, ZoneName } from '../../geometry/stage-zones.ts';
import { appStore } from '../../store/store.ts';
import map from './map.module.css';
import css from './near.module.css';
import { StageContext, useShape, useStage, useStageStore } from './store.ts';
import type { Arrangement, StageStore } from './store.ts';
import { ZONE_PARTS } from './zones.tsx';
import type { Zoom } from './zones.tsx';

/** A domain's queues, rings and figures side by side. */
function sideBySide({ width }: StageLayout): Arrangement {
  return {
    layoutOf: nearRings,
    arrange: (queues, pages, figures, listed) => {
      const parts: readonly (readonly [string, ReactNode])[] = [
        ...(listed ? [['queues', queues] as const] : []), ['pages', pages], ['figures', figures],
      ];
      const columns = nearColumns(width, listed);
      return parts.map(([name, part], place) => {
        const { x, width: wide } = columns[place]!;
        // Of a zone, each part leaves a margin at both sides.
        return <div key={name} className={css.column} style={{ left: x - 12, width: wide + 24 }}>{part}</div>;
      });
    },
  };
}

/** The same store to the parts of the zone, but that the zone has the stage to itself. */
function alone(store: StageStore, layout: StageLayout): StageStore {
  const arrangement = sideBySide(layout);
  return { ...store, get: () => ({ ...store.get(), layout, arrangement }) };
}

/** True unless something lies over the page that the key closes first, or somebody is elsewhere. */
function isForMap({ target }: KeyboardEvent, box: HTMLElement): boolean {
  const { inquiry, comparison, dialog } = appStore.getState();
  if (inquiry !== null || comparison !== null || dialog !== null || document.querySelector('dialog[open]') !== null) return false;
  return target === document.body || (target instanceof Node && box.contains(target));
}

interface Props {
  zone: ZoneName;
  /** Another map takes over, for it is there again from its beginning. */
  begin: (zoom: Zoom | null) => void;
}

/** One zone, larger, and with all of the stage to itself. Escape and the button in its head lead back to all of them. */
export default function NearMap({ zone, begin }: Props) {
  const Zone = ZONE_PARTS[zone];
  const store = useStageStore();
  const usual = useStage((state) => state.layout);
  const listed = (useShape()?.queues ?? 1) > 1;
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const layout = useMemo(() => size && nearLayout(size.width, size.height, usual), [size, usual]);
  const own = useMemo(() => layout && alone(store, layout), [store, layout]);

  useLayoutEffect(() => {
    const around = box.current;
    if (around === null) return undefined;
    const measure = (): void => setSize({ width: around.clientWidth, height: around.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(around);
    return () => observer.disconnect();
  }, []);

  const ready = own !== null;
  useEffect(() => {
    if (!ready) return undefined;
    // The button that had the focus goes with its map, and the other one has the same.
    const stage = box.current?.parentElement;
    const toButton = (): void => stage?.querySelector<HTMLElement>(`[data-icon=${zone}]`)?.focus({ preventScroll: true });
    toButton();
    return toButton;
  }, [zone, ready]);

  useEffect(() => begin(null), [begin]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || box.current === null || !isForMap(event, box.current)) return;
      event.preventDefault();
      store.set({ near: null });
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [store]);

  return (
    <div ref={box} className={`${map.fitted} ${css.near}`} data-zone={zone} role="group" aria-label={w.map}>
      {layout !== null && own !== null && (
        <StageContext value={own}>
          <div
            className={map.plane}
            style={{
              width: layout.width, height: layout.height, '--width': layout.width, '--list': `${layout.list.height}px`,
              '--column': `${nearColumns(layout.width, listed)[0]!.width}px`,
              transform: `translate(${layout.x}px, ${layout.y}px) scale(${layout.zoom})`,
            } as CSSProperties}
          >
            <Zone />
          </div>
        </StageContext>
      )}
    </div>
  );
}
