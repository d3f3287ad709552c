import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { RingView } from './view.ts';

/** What a person chose to see of the rings, in the lens or on the stage. Kept while other lenses are open. */
interface RingChoice {
  /** Null to follow the step. */
  ring: Pick<RingView, 'queue' | 'direction'> | null;
  /** The slot as it was typed, which may be nonsense; empty for none. */
  slot: string;
}

export const ringChoice = createStore<RingChoice>(() => ({ ring: null, slot: '' }));

export function useRingChoice<T>(select: (choice: RingChoice) => T): T {
  return useStore(ringChoice, select);
}
