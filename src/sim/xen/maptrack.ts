import { perDomain } from './slots.ts';

/** Handles on one maptrack frame: 16 bytes each. */
const HANDLES_PER_FRAME = 256;

/**
 * A queue of handles, head first, as runs [first, count, first, count, ...] of ascending handles, each as
 * long as possible.
 */
type Runs = readonly number[];

/**
 * The free handles of a mapping domain: one queue a vCPU [xen/common/grant_table.c:get_maptrack_handle]. In
 * use is what lies below `limit` and in no queue. The last handle of a queue is its sentinel and is never
 * handed out.
 */
export type Maptrack = {
  /** Handles in existence; whole frames. */
  readonly limit: number;
  /** By vCPU; shorter than the number of vCPUs while the later ones never mapped anything. */
  readonly free: readonly Runs[];
};

/** `xen:maptrack:<dom>` */
export const maptrackSlot = perDomain<Maptrack>('xen:maptrack');

export const emptyMaptrack: Maptrack = { limit: 0, free: [] };

/** Every handle of so many frames in use: the next map finds none. */
export function fullMaptrack(frames: number): Maptrack {
  return { limit: frames * HANDLES_PER_FRAME, free: [] };
}

function withQueue(track: Maptrack, vcpu: number, runs: Runs): Maptrack {
  const free = [...track.free];
  while (free.length < vcpu) free.push([]);
  free[vcpu] = runs;
  return { limit: track.limit, free };
}

function withoutHead(runs: Runs): Runs {
  const [first, count, ...rest] = runs as readonly [number, number, ...number[]];
  return count > 1 ? [first + 1, count - 1, ...rest] : rest;
}

/** Has this queue a handle besides its sentinel? */
function hasSpare(runs: Runs): boolean {
  return runs.length > 2 || (runs[1] ?? 0) > 1;
}

/**
 * Takes the head of the first queue with one to spare, looking at `vcpu` first and then at the others in
 * turn.
 */
function takeFrom(
  track: Maptrack,
  vcpu: number,
  queues: number,
): { handle: number; track: Maptrack } | undefined {
  for (let i = 0; i < queues; i++) {
    const at = (vcpu + i) % queues;
    const runs = track.free[at] ?? [];
    if (hasSpare(runs)) return { handle: runs[0]!, track: withQueue(track, at, withoutHead(runs)) };
  }
  return undefined;
}

/**
 * A handle for a map on `vcpu`: from the vCPU's own queue; else the first one of a new frame, whose other
 * handles go to the head of that queue; else stolen. A vCPU that has to steal without a sentinel of its own
 * steals one for that first.
 * @returns the handle, undefined when there is none, and the maptrack as it is then
 */
export function takeHandle(
  track: Maptrack,
  vcpu: number,
  vcpus: number,
  maxFrames: number,
): { handle: number | undefined; track: Maptrack } {
  const own = track.free[vcpu] ?? [];
  if (hasSpare(own)) return { handle: own[0]!, track: withQueue(track, vcpu, withoutHead(own)) };
  const { limit } = track;
  if (limit / HANDLES_PER_FRAME < maxFrames) {
    const runs = [limit + 1, HANDLES_PER_FRAME - 1, ...own];
    const grown = { limit: limit + HANDLES_PER_FRAME, free: track.free };
    return { handle: limit, track: withQueue(grown, vcpu, runs) };
  }
  let from = track;
  if (own.length === 0) {
    const sentinel = takeFrom(track, vcpu, vcpus);
    if (!sentinel) return { handle: undefined, track };
    from = withQueue(sentinel.track, vcpu, [sentinel.handle, 1]);
  }
  return takeFrom(from, vcpu, vcpus) ?? { handle: undefined, track: from };
}

/** Puts a handle at the tail of that vCPU's queue: handles are used again first in, first out. */
export function putHandle(track: Maptrack, vcpu: number, handle: number): Maptrack {
  const runs = [...(track.free[vcpu] ?? [])];
  const [first, count] = runs.slice(-2) as [number?, number?];
  const follows = first !== undefined && count !== undefined && first + count === handle;
  if (follows) runs[runs.length - 1] = count + 1;
  else runs.push(handle, 1);
  return withQueue(track, vcpu, runs);
}
