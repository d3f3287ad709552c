import { Suspense, lazy } from 'react';
import { useApp } from '../../store/store.ts';
import css from './timeline.module.css';

/** Only a run that has branches needs them. */
const Branches = lazy(() => import('./Branches.tsx'));

/** The row of branches, once there is one; `room` keeps it while there is none. */
export function BranchRow({ room = false }: { room?: boolean }) {
  const outline = useApp((state) => state.outline);
  const branched = useApp((state) => state.branches.length > 1);
  return (branched || room) && (
    <div className={css.branches}>
      <Suspense>{outline !== null && <Branches outline={outline} />}</Suspense>
    </div>
  );
}
