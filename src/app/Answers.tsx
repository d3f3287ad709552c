import { Suspense, lazy } from 'react';
import { useApp } from '../store/store.ts';
import { Boundary } from './Boundary.tsx';

/** They come when somebody asks. */
const Inquiry = lazy(() => import('../panels/inquiry/Panel.tsx'));
const Comparison = lazy(() => import('../panels/compare/Panel.tsx'));

/** What the engine answered to questions about the whole run, over the page, while they are open. */
export function Answers() {
  const inquiry = useApp((state) => state.inquiry !== null);
  const comparison = useApp((state) => state.comparison !== null);
  return (
    <Boundary>
      <Suspense>
        {comparison && <Comparison />}
        {inquiry && <Inquiry />}
      </Suspense>
    </Boundary>
  );
}
