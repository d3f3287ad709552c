import { netifRxRing, netifTxRing } from '../abi/netif.ts';
import { PAGE_SIZE, ringSize } from '../abi/ring.ts';
import type { RunSpec } from '../engine/protocol.ts';

/** Ring pages a person may choose; only powers of two are ever negotiated. */
export const PAGES = [1, 2, 4, 8, 16] as const;
export const QUEUES = { min: 1, max: 8 } as const;
/** Frames of the guest's grant table. */
export const FRAMES = { min: 4, max: 256 } as const;
export const BACKENDS = ['pv', 'pvh'] as const;

export { DEFAULT_RUN } from '../engine/protocol.ts';

/** Entries of a TX or RX ring of that many pages. */
export function ringEntries(direction: 'tx' | 'rx', pages: number): number {
  const ring = direction === 'tx' ? netifTxRing : netifRxRing;
  return ringSize(pages * PAGE_SIZE, ring.entry.size);
}

/** The number of grant frames that a person typed, or what is wrong with it. */
export function readFrames(text: string): { frames: number } | { problem: string } {
  const typed = text.trim();
  if (typed === '')
    return { problem: `Enter a number of grant frames, from ${FRAMES.min} to ${FRAMES.max}.` };
  if (!/^\d+$/.test(typed)) return { problem: `“${typed}” is not a whole number of grant frames.` };
  const frames = Number(typed);
  if (frames < FRAMES.min) {
    return { problem: `${frames} grant frames are too few: the smallest number offered is ${FRAMES.min}.` };
  }
  if (frames > FRAMES.max) {
    return { problem: `${frames} grant frames are too many: the largest number offered is ${FRAMES.max}.` };
  }
  return { frames };
}

/** True where both are the same scenario with the same sliders, whatever the choices. */
export function sameRun(a: RunSpec, b: RunSpec): boolean {
  const [x, y] = [a.config, b.config];
  return (
    a.scenario === b.scenario &&
    x.txPages === y.txPages &&
    x.rxPages === y.rxPages &&
    x.queues === y.queues &&
    x.maxGrantFrames === y.maxGrantFrames &&
    x.backend === y.backend
  );
}
