import { memo, useLayoutEffect, useRef } from 'react';
import { fitted, STAGE_SIZE, ZONES } from '../../geometry/stage-zones.ts';
import css from './map.module.css';
import { MapButton } from './MapButton.tsx';
import { Wires } from './Wires.tsx';
import { MAP_NAME, ZONE_NAMES, ZONE_PARTS } from './zones.tsx';
import type { Zoom } from './zones.tsx';

/** Made once: what changes in it reads the stage's store by itself. */
const Plane = memo(function Plane() {
  return (
    <>
      {ZONE_NAMES.map((name) => {
        const Part = ZONE_PARTS[name];
        const { x, y, width, height } = ZONES[name];
        return (
          <div key={name} className={css.place} style={{ left: x, top: y, width, height }}>
            <Part />
          </div>
        );
      })}
      <Wires />
    </>
  );
});

/** The whole map, as large as there is room for. `onZoom` hears how a person wants to see it closer. */
export function FittedMap({ controls, onZoom }: { controls: boolean; onZoom: (zoom: Zoom) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const plane = useRef<HTMLDivElement>(null);
  const zoom = useRef(onZoom);
  useLayoutEffect(() => {
    zoom.current = onZoom;
  }, [onZoom]);

  useLayoutEffect(() => {
    const around = box.current;
    if (around === null) return undefined;
    const fit = (): void => {
      const { x, y, zoom: scale } = fitted(around.clientWidth, around.clientHeight);
      if (plane.current !== null) plane.current.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    };
    fit();
    const observer = new ResizeObserver(fit);
    observer.observe(around);
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
      observer.disconnect();
      around.removeEventListener('wheel', onWheel);
      around.removeEventListener('touchstart', onTouch);
    };
  }, []);

  return (
    <div ref={box} className={css.fitted} role="group" aria-label={MAP_NAME}>
      <div ref={plane} className={css.plane} style={STAGE_SIZE}>
        <Plane />
      </div>
      {controls && (
        <div className={`${css.controls} ${css.corner}`}>
          <MapButton icon="in" onClick={() => onZoom('in')} />
          <MapButton icon="out" onClick={() => onZoom('out')} />
        </div>
      )}
    </div>
  );
}
