import { Suspense, lazy, startTransition, useState } from 'react';
import { FittedMap } from './FittedMap.tsx';
import type { Zoom } from './zones.tsx';

/** The library that zooms and pans is half as large as all the rest of the page: it comes when somebody zooms. */
const ZoomMap = lazy(() => import('./ZoomMap.tsx'));

/** The zones at their places and the lines between them, all in view; a map to move about in once somebody zooms. */
export function StageMap({ controls }: { controls: boolean }) {
  const [first, setFirst] = useState<Zoom | null>(null);
  if (first === null) {
    // What is there stays until the other map can take its place.
    return <FittedMap controls={controls} onZoom={(zoom) => startTransition(() => setFirst(zoom))} />;
  }
  return (
    <Suspense fallback={null}>
      <ZoomMap controls={controls} first={first} />
    </Suspense>
  );
}
