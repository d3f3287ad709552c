import { Suspense } from 'react';
import { lazy } from '../parts/lazy.ts';
import { useApp } from '../store/store.ts';
import { Boundary } from './Boundary.tsx';

/** They come when somebody asks. */
const Breakpoints = lazy(() => import('../panels/breakpoints/Panel.tsx'));
const Inquiry = lazy(() => import('../panels/inquiry/Panel.tsx'));
const Comparison = lazy(() => import('../panels/compare/Panel.tsx'));

/** What is about the whole run, over the page while it is open: its breakpoints, and what the engine answered to questions. */
export function Answers() {
  const inquiry = useApp((state) => state.inquiry !== null);
  const comparison = useApp((state) => state.comparison !== null);
  const breakpoints = useApp((state) => state.dialog === 'breakpoints');
  return (
    <Boundary>
      <Suspense>
        {breakpoints && <Breakpoints />}
        {comparison && <Comparison />}
        {inquiry && <Inquiry />}
      </Suspense>
    </Boundary>
  );
}
