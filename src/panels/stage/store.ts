// The stage's own small store: the view it was given and what a person chose to look at. The map's nodes are made once
// and hold no data, so each part reads from here and renders only when its own part changed.
import { createContext, use, useMemo } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { createStore } from 'zustand/vanilla';
import type { RingsShape } from '../../geometry/stage-rings.ts';
import type { StageView } from '../../store/view.ts';
import { grantItems, shapeOf } from './model.ts';
import type { GrantItem } from './model.ts';

export interface StageState {
  view: StageView;
  /** The queue whose pages and entries are shown one by one. */
  queue: number;
  /** How far the grant list is scrolled, in pixels. */
  scroll: number;
  /** Zones one under another, for narrow pages. */
  stacked: boolean;
}

export function createStageStore(view: StageView) {
  return createStore<StageState>()(() => ({ view, queue: 0, scroll: 0, stacked: false }));
}

export type StageStore = ReturnType<typeof createStageStore>;

export const StageContext = createContext<StageStore | null>(null);

/** The store of the stage this component is in. Throws outside of one. */
export function useStageStore(): StageStore {
  const store = use(StageContext);
  if (store === null) throw new Error('a part of the stage was rendered outside <Stage>');
  return store;
}

/** One part of the stage's state; the component renders again when that part is another object. */
export function useStage<T>(select: (state: StageState) => T): T {
  return useStore(useStageStore(), select);
}

/** The queues and pages there is to draw; null before the frontend has a ring. */
export function useShape(): RingsShape | null {
  return useStage(useShallow((state) => shapeOf(state.view.rings, state.view.queues)));
}

/** The grant list to draw, and its order: the table and the wires read the same one. */
export function useGrantItems(): readonly GrantItem[] {
  const grants = useStage((state) => state.view.grants);
  const rings = useStage((state) => state.view.rings);
  const queue = useStage((state) => state.queue);
  return useMemo(() => grantItems(grants, rings, queue), [grants, rings, queue]);
}
