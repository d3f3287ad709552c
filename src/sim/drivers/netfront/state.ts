import { invariant } from '../../../base/invariant.ts';
import type { Context } from '../../machine/context.ts';
import { slot } from '../../machine/slot.ts';
import type { RefList } from '../../kernel/grant-alloc.ts';
import type { FrontRing } from '../../kernel/ring-macros.ts';

export const NETFRONT = 'drivers/net/xen-netfront.c';
export const NETDEV = 'eth0';

/** Limits set when the module was loaded. */
export type NetfrontParams = { readonly max_queues: number };
export const netfrontParamsSlot = slot<NetfrontParams>('netfront:params', { shared: false });

/** struct netfront_info, as far as threads besides xenwatch look at it. */
export type NetfrontInfo = {
  readonly num_queues: number;
};
export const netfrontInfoSlot = slot<NetfrontInfo>('netfront:info');

/** One direction of a queue: pages the guest allocated, their references, and the private indexes. */
export type FrontSide = {
  /** First of its consecutive guest frames. */
  readonly gfn: number;
  readonly pages: number;
  /** Empty until granted. */
  readonly refs: readonly number[];
  /** Zero entries until the ring is initialised. */
  readonly indexes: FrontRing & { readonly [key: string]: number };
};

export type FrontQueue = {
  readonly tx: FrontSide | null;
  readonly rx: FrontSide | null;
  readonly tx_port: number | null;
  readonly rx_port: number | null;
  /** Private chains of references for the data of packets. */
  readonly gref_tx: RefList;
  readonly gref_rx: RefList;
};
const queueSlots = Array.from({ length: 8 }, (_, i) => slot<FrontQueue>(`netfront:queue:${i}`));

export function frontQueueSlot(queue: number) {
  const found = queueSlots[queue];
  invariant(found, `netfront has no queue ${queue}`);
  return found;
}

/** The queue's structure; it must exist. */
export function frontQueue(c: Context, queue: number): FrontQueue {
  return c.get(frontQueueSlot(queue))!;
}

/** Changes part of a queue: one access to its structure. */
export function updateQueue(c: Context, queue: number, change: Partial<FrontQueue>): void {
  c.enter();
  c.set(frontQueueSlot(queue), { ...frontQueue(c, queue), ...change });
  c.leave();
}

/** Frames of ring pages, in the order in which the guest's page allocator gives them: consecutive. */
const RING_GFN = 0x1a3c0;
/** Frames of data pages; a packet's bytes appear there only once traffic writes some. */
const DATA_GFN = 0x8000;

/** First guest frame of a ring: `ring` counts the rings made before it, each `pages` long at most. */
export function ringGfn(pagesBefore: number): number {
  return RING_GFN + pagesBefore;
}

/** Guest frame of RX buffer number `id` of a queue whose rings have `entries` slots. */
export function bufferGfn(queue: number, entries: number, id: number): number {
  return DATA_GFN + queue * entries + id;
}

