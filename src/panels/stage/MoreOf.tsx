import { Suspense } from 'react';
import { lazy } from '../../parts/lazy.ts';
import { useBegun } from './begun.ts';
import { useStage } from './store.ts';

/** Only a run that is larger than usual, or a small page, needs it. */
const Further = lazy(() => import('./Further.tsx'));

/** How many entries, or pairs of ports, do not show; nothing where the page scrolls, which then shows more of them. */
export function MoreOf({ list }: { list: 'entries' | 'ports' }) {
  const stacked = useStage((state) => state.stacked);
  const begun = useBegun();
  return begun && !stacked && <Suspense><Further list={list} /></Suspense>;
}
