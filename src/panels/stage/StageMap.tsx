import { Suspense, lazy, startTransition, useEffect, useState } from 'react';
import { FittedMap } from './FittedMap.tsx';
import { useStage } from './store.ts';
import type { Zoom } from './zones.tsx';

/** The library that zooms and pans is half as large as all the rest of the page: it comes when somebody zooms. */
const ZoomMap = lazy(() => import('./ZoomMap.tsx'));

/** The zones at their places and the lines between them, all in view; a map to move about in once somebody zooms. */
export function StageMap({ controls }: { controls: boolean }) {
  const [first, setFirst] = useState<Zoom | null>(null);
  const near = useStage((state) => state.near);
  // What is there stays until the other map can take its place.
  const begin = (zoom: Zoom): void => startTransition(() => setFirst(zoom));
  useEffect(() => {
    if (near !== null) startTransition(() => setFirst((zoom) => zoom ?? 'zone'));
  }, [near]);
  if (first === null) return <FittedMap controls={controls} onZoom={begin} />;
  return (
    <Suspense fallback={null}>
      <ZoomMap controls={controls} first={first} />
    </Suspense>
  );
}
