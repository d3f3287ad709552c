import { useApp } from '../../store/store.ts';

/** Can a step be made, or is one shown? What nobody needs before that is loaded then. */
export function useBegun(): boolean {
  return useApp(({ starting, step }) => !starting || step !== null);
}
