import { ERRNO } from '../abi/errno.ts';
import type { RingView, StageView } from './view.ts';

/** How a run ended, as the state at its end says. */
export type Ending =
  /** Both at 4, all rings mapped, the link up. */
  | { kind: 'connected' }
  /** Both say 4, and yet no packet could pass: nothing mapped, or no carrier. */
  | { kind: 'unmapped' | 'noCarrier'; error: string | null }
  /** Connected, and yet something lies in a ring that nobody takes: they wait for each other. */
  | { kind: 'stuck'; ring: string; queue: number; count: number; error: string | null }
  /** Both at 6, without an error or after one. */
  | { kind: 'closed'; error: string | null }
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
const ERROR_LINE = /\b(error|fail\w*|BUG|WARNING|can't|cannot|unable|bad|invalid|incorrect|stuck|leak\w*)\b/i;

/** How the run ended whose last state `view` is. */
export function endingOf(view: StageView): Ending {
  const [frontend, backend] = [view.frontend.track.published, view.backend.track.published];
  const error = firstError(view);
  if (view.guest === 'zombie') return { kind: 'zombie' };
  if (frontend === CONNECTED && backend === CONNECTED) {
    const pages = view.rings.flatMap((ring) => ring.pages);
    if (pages.length === 0 || pages.some(({ life }) => life !== 'mapped')) return { kind: 'unmapped', error };
    const up = [view.frontend.netdev, view.backend.netdev].every((netdev) => netdev?.carrier === true);
    if (!up) return { kind: 'noCarrier', error };
    for (const ring of view.rings) {
      const count = leftIn(ring);
      if (count > 0) return { kind: 'stuck', ring: ring.direction.toUpperCase(), queue: ring.queue, count, error };
    }
    return { kind: 'connected' };
  }
  if (frontend === null && backend === null) return { kind: 'gone' };
  if (frontend === CLOSED && backend === CLOSED) return { kind: 'closed', error };
  return error === null ? { kind: 'other', frontend, backend } : { kind: 'failed', error, frontend, backend };
}

/**
 * Published and not taken: requests of the guest's packets, and responses. Requests in an RX ring are empty buffers, which
 * wait for packets.
 */
function leftIn({ direction, header, front, back }: RingView): number {
  if (header === null || front === null || back === null) return 0;
  const requests = direction === 'tx' ? (header.req_prod - back.req_cons) >>> 0 : 0;
  return requests + ((header.rsp_prod - front.rsp_cons) >>> 0);
}

const PAGE_FAILED = 'mapping in shared page';
const QUEUE_FAILED = 'mapping shared-frames';

/**
 * Which half of connecting a queue failed last, where `error` is netback's line on it; null of any other. The line is the
 * same for both, but a failed mapping has one of its own before it.
 */
export function failedHalf({ backend: { log } }: StageView, error: string): 'map' | 'bind' | null {
  // EIO is neither: the indexes in a ring that was mapped made no sense.
  if (!error.includes(QUEUE_FAILED) || error.startsWith(`${ERRNO.EIO} `)) return null;
  const told = log.filter((line) => line.includes(PAGE_FAILED) || line.includes(QUEUE_FAILED));
  return told.at(-2)?.includes(PAGE_FAILED) === true ? 'map' : 'bind';
}

/** What an error node holds, else the first line of a log that speaks of a failure; dom0's first, which sees more. */
function firstError({ backend, frontend }: StageView): string | null {
  const lines = [...backend.log, ...frontend.log];
  return backend.error ?? frontend.error ?? lines.find((line) => ERROR_LINE.test(line)) ?? null;
}
