import { Suspense, memo, useLayoutEffect, useRef } from 'react';
import type { CSSProperties } from 'react';
import { stageWords as w } from '../../content/stage.ts';
import { lazy } from '../../parts/lazy.ts';
import { useBegun } from './begun.ts';
import css from './map.module.css';
import { MapButton } from './MapButton.tsx';
import { useStage } from './store.ts';
import { ZONE_NAMES, ZONE_PARTS } from './zones.tsx';
import type { Zoom } from './zones.tsx';

/** They wait until the page has begun: before the first step there is nothing to draw between the zones. */
const Lines = lazy(() => import('./Lines.tsx'));

/** Made once a layout: what changes in it reads the stage's store by itself. */
const Plane = memo(function Plane() {
  const begun = useBegun();
  const { zones, width, height, x, y, zoom } = useStage((state) => state.layout);
  return (
    <div
      className={css.plane}
      style={{ width, height, transform: `translate(${x}px, ${y}px) scale(${zoom})`, '--width': width } as CSSProperties}
    >
      {ZONE_NAMES.map((name) => {
        const Part = ZONE_PARTS[name];
        const place = zones[name];
        return (
          <div
            key={name}
            className={css.place}
            data-place={name}
            style={{ left: place.x, top: place.y, width: place.width, height: place.height }}
          >
            <Part />
          </div>
        );
      })}
      <Suspense>{begun && <Lines />}</Suspense>
    </div>
  );
});

/** The whole map, made for the room there is. `onZoom` hears how a person wants to see it closer. */
export function FittedMap({ controls, onZoom }: { controls: boolean; onZoom: (zoom: Zoom) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const fits = useStage((state) => state.layout.fits);
  const zoom = useRef(onZoom);
  useLayoutEffect(() => {
    zoom.current = onZoom;
  }, [onZoom]);

  useLayoutEffect(() => {
    const around = box.current;
    if (around === null) return undefined;
    // Only a listener that is not passive can keep the browser from zooming the whole page.
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom.current('gesture');
    };
    const onTouch = ({ touches }: TouchEvent): void => {
      if (touches.length > 1) zoom.current('gesture');
    };
    around.addEventListener('wheel', onWheel, { passive: false });
    around.addEventListener('touchstart', onTouch, { passive: true });
    return () => {
      around.removeEventListener('wheel', onWheel);
      around.removeEventListener('touchstart', onTouch);
    };
  }, []);

  return (
    <>
      <div ref={box} className={css.fitted} data-fits={fits} role="group" aria-label={w.map}><Plane /></div>
      {controls && (
        <div className={css.controls}>
          <MapButton icon="in" onClick={() => onZoom('in')} />
          <MapButton icon="out" onClick={() => onZoom('out')} />
        </div>
      )}
    </>
  );
}
