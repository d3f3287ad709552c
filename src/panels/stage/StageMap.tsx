import { Suspense, startTransition, useDeferredValue, useState } from 'react';
import { lazy } from '../../parts/lazy.ts';
import { FittedMap } from './FittedMap.tsx';
import { useStage } from './store.ts';
import type { Zoom } from './zones.tsx';

/** The library that zooms and pans is half as large as all the rest of the page: it comes when somebody zooms. */
const ZoomMap = lazy(() => import('./ZoomMap.tsx'));
const NearMap = lazy(() => import('./NearMap.tsx'));

/**
 * The zones at their places and the lines between them, all in view; a map to move about in once somebody zooms; one
 * zone alone while somebody looks at that.
 */
export function StageMap({ controls }: { controls: boolean }) {
  const [first, setFirst] = useState<Zoom | null>(null);
  // What is there stays until the other map can take its place.
  const near = useDeferredValue(useStage((state) => state.near));
  const begin = (zoom: Zoom): void => startTransition(() => setFirst(zoom));
  return (
    <Suspense>
      {near !== null ? <NearMap zone={near} begin={setFirst} />
        : first === null ? <FittedMap controls={controls} onZoom={begin} />
          : <ZoomMap controls={controls} first={first} />}
    </Suspense>
  );
}
