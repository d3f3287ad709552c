// The stage's own small store: the view it was given and what a person chose to look at. The map's nodes are
// made once and hold no data, so each part reads from here and renders only when its own part changed.
import { createContext, use, useMemo, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { scrollToTop } from '../../geometry/stage-list.ts';
import type { ringsLayout, RingsShape } from '../../geometry/stage-rings.ts';
import { stageLayout } from '../../geometry/stage-zones.ts';
import type { StageLayout, ZoneName } from '../../geometry/stage-zones.ts';
import { ringChoice } from '../../store/ring-choice.ts';
import type { StageView } from '../../store/view.ts';
import { grantItems, ringOf } from '../../store/stage/lists.ts';
import { shapeOf } from './model.ts';
import type { GrantItem } from '../../store/stage/lists.ts';

export interface StageState {
  readonly view: StageView;
  /** The queue whose pages and entries are shown one by one. */
  readonly queue: number;
  /** How far the grant list is scrolled, in pixels. */
  readonly scroll: number;
  /** Zones one under another, for narrow pages. */
  readonly stacked: boolean;
  /** Of those, both ends side by side, where there is room for two. */
  readonly paired: boolean;
  /** Where everything lies on the map. */
  readonly layout: StageLayout;
  /** The line that a person points at or has the focus on, by the name that `data-line` gives it. */
  readonly lit: string | null;
  /** The zone that a person zoomed to. */
  readonly near: ZoneName | null;
  /** Where it has another: how a zone arranges what it says of its rings. */
  readonly arrangement?: Arrangement;
}

/** How the queues, their pages and the figures below them lie in the zone of their end. */
export interface Arrangement {
  readonly layoutOf: typeof ringsLayout;
  readonly arrange: (queues: ReactNode, pages: ReactNode, figures: ReactNode, listed: boolean) => ReactNode;
}

export interface StageStore {
  readonly get: () => StageState;
  readonly set: (change: Partial<StageState>) => void;
  /** Calls back after each change; returns what ends that. */
  readonly subscribe: (listener: () => void) => () => void;
}

export function createStageStore(view: StageView, stacked: boolean): StageStore {
  // What it measures comes once it is on the page; until then it is of a usual size.
  const layout = stageLayout(1056, 452);
  let state: StageState = { view, queue: 0, scroll: 0, stacked, paired: false, layout, lit: null, near: null };
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(change) {
      state = { ...state, ...change };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * Shows another queue page by page, and the grant list from its first entry with a little of what comes
 * before.
 */
export function chooseQueue(store: StageStore, queue: number): void {
  const { view: { grants, rings }, layout } = store.get();
  const items = grantItems(grants, rings, queue);
  const first = items.findIndex((item) => item.kind === 'row');
  store.set({ queue, scroll: scrollToTop(layout.list, first - 2, items.length) });
}

/** The same as a person's choice, which holds for the rings lens too. */
export function pickQueue(store: StageStore, queue: number): void {
  chooseQueue(store, queue);
  ringChoice.setState(({ ring }) => ({ ring: { queue, direction: ring?.direction ?? 'tx' } }));
}

/** Follows a person's choice of a ring in the rings lens. @returns what ends that */
export function followRingChoice(store: StageStore): () => void {
  const follow = ({ ring }: ReturnType<typeof ringChoice.getState>): void => {
    const { view, queue } = store.get();
    if (ring === null || ring.queue === queue || ringOf(view.rings, ring.queue, ring.direction) === null) return;
    chooseQueue(store, ring.queue);
  };
  follow(ringChoice.getState());
  return ringChoice.subscribe(follow);
}

export const StageContext = createContext<StageStore | null>(null);

/** The store of the stage this component is in. Throws outside of one. */
export function useStageStore(): StageStore {
  const store = use(StageContext);
  if (store === null) throw new Error('a part of the stage was rendered outside <Stage>');
  return store;
}

/** One part of the stage's state; the component renders again when that part is another object. */
export function useStage<T>(select: (state: StageState) => T): T {
  const store = useStageStore();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}

/**
 * The queues and pages there is to draw; null before the frontend has a ring. The same object while they are.
 */
export function useShape(): RingsShape | null {
  const queues = useStage(({ view }) => shapeOf(view.rings, view.queues)?.queues ?? 0);
  const tx = useStage(({ view }) => shapeOf(view.rings, view.queues)?.tx ?? 0);
  const rx = useStage(({ view }) => shapeOf(view.rings, view.queues)?.rx ?? 0);
  return useMemo(() => queues === 0 ? null : { queues, tx, rx }, [queues, tx, rx]);
}

/** The grant list to draw, and its order: the table and the wires read the same one. */
export function useGrantItems(): readonly GrantItem[] {
  const grants = useStage((state) => state.view.grants);
  const rings = useStage((state) => state.view.rings);
  const queue = useStage((state) => state.queue);
  return useMemo(() => grantItems(grants, rings, queue), [grants, rings, queue]);
}
