import type { StageView } from './view.ts';

/** How a run ended, as the state at its end says. */
export type Ending =
  /** Both at 4, all rings mapped, the link up. */
  | { kind: 'connected' }
  /** Both say 4, and yet no packet could pass: nothing mapped, or no carrier. */
  | { kind: 'unmapped' | 'noCarrier'; error: string | null }
  /** Both at 6. */
  | { kind: 'closed' }
  /** The guest is dead and cannot go. */
  | { kind: 'zombie' }
  /** Neither has a directory in the store any more. */
  | { kind: 'gone' }
  /** Something else, with the first error that a kernel reported. */
  | { kind: 'failed'; error: string; frontend: number | null; backend: number | null }
  | { kind: 'other'; frontend: number | null; backend: number | null };

const CONNECTED = 4;
const CLOSED = 6;
/** Kernels have no mark for it: how lines that report a failure speak. */
const ERROR_LINE = /\b(error|fail\w*|BUG|WARNING|can't|cannot|unable|bad|invalid|stuck|leak\w*)\b/i;

/** How the run ended whose last state `view` is. */
export function endingOf(view: StageView): Ending {
  const [frontend, backend] = [view.frontend.track.published, view.backend.track.published];
  const error = firstError(view);
  if (view.guest === 'zombie') return { kind: 'zombie' };
  if (frontend === CONNECTED && backend === CONNECTED) {
    const pages = view.rings.flatMap((ring) => ring.pages);
    if (pages.length === 0 || pages.some(({ life }) => life !== 'mapped')) return { kind: 'unmapped', error };
    const up = [view.frontend.netdev, view.backend.netdev].every((netdev) => netdev?.carrier === true);
    return up ? { kind: 'connected' } : { kind: 'noCarrier', error };
  }
  if (frontend === null && backend === null) return { kind: 'gone' };
  if (frontend === CLOSED && backend === CLOSED) return { kind: 'closed' };
  return error === null ? { kind: 'other', frontend, backend } : { kind: 'failed', error, frontend, backend };
}

/** What an error node holds, else the first line of a log that speaks of a failure; dom0's first, which sees more. */
function firstError({ backend, frontend }: StageView): string | null {
  const lines = [...backend.log, ...frontend.log];
  return backend.error ?? frontend.error ?? lines.find((line) => ERROR_LINE.test(line)) ?? null;
}
