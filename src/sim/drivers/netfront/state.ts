import { invariant } from '../../../base/invariant.ts';
import type { Context } from '../../machine/context.ts';
import { slot } from '../../machine/slot.ts';
import type { RefList } from '../../kernel/grant-alloc.ts';
import { freeRequests, type FrontRing } from '../../kernel/ring-macros.ts';
import { netdevSlot, type Netdev } from '../../kernel/kernel.ts';

export const NETFRONT = 'drivers/net/xen-netfront.c';
export const NETDEV = 'eth0';
/** How netfront's messages about its device begin. */
export const ALERT = 'vif vif-0: ';

/** Limits set when the module was loaded. */
export type NetfrontParams = {
  readonly max_queues: number;
  /** A seeded bug of ours: a transaction that has to be made again counts as done. */
  readonly forgets_eagain?: true | undefined;
};
export const netfrontParamsSlot = slot<NetfrontParams>('netfront:params', { shared: false });

/** struct netfront_info, as far as threads besides xenwatch look at it. */
export type NetfrontInfo = {
  readonly num_queues: number;
  /** The backend was caught breaking the rules: nothing more is done with its rings. Absent while all is well. */
  readonly broken?: true;
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
  /** TX requests without a response, in ascending order of their ids. Absent when there are none. */
  readonly tx_inflight?: readonly TxSlot[] | undefined;
  /** The network stack may hand no more packets to this queue: the ring is nearly full. */
  readonly tx_stopped?: true | undefined;
  /** References of the RX buffers that are out, in the order of their slots from rsp_cons on. Absent when none are. */
  readonly rx_posted?: RefList | undefined;
  /** Unconsumed RX responses that an interrupt has seen already: rx_rsp_unconsumed. Absent while 0. */
  readonly rx_unconsumed?: number | undefined;
};

/** What netfront knows of a TX request: tx_skbs, grant_tx_ref and tx_link at its id. */
export type TxSlot = {
  readonly id: number;
  readonly ref: number;
  /** The number of the packet: its skb. */
  readonly packet: number;
  /** TX_PENDING: published, so that a response is due. */
  readonly pending?: true;
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
export function updateQueue(
  c: Context,
  queue: number,
  change: { readonly [K in keyof FrontQueue]?: FrontQueue[K] | undefined },
): void {
  c.enter();
  c.set(frontQueueSlot(queue), { ...frontQueue(c, queue), ...change } as FrontQueue);
  c.leave();
}

/** Frames of data pages; a packet's bytes appear there only once traffic writes some. */
const DATA_GFN = 0x8000;

/** Guest frame of the RX buffer that is granted by reference `ref`: a page of the pool stays with its reference. */
export function bufferGfn(ref: number): number {
  return DATA_GFN + ref;
}

/** Guest frames of the pages that hold packets on their way out. */
const PACKET_GFN = 0x1b000;

/** Guest frame of the page in which packet `number` leaves. */
export function packetGfn(number: number): number {
  return PACKET_GFN + (number & 0xfff);
}

/** The lock around the TX side of a queue. */
export function txLock(queue: number): string {
  return `tx_lock:${queue}`;
}

/** The lock around the RX side of a queue. */
export function rxLock(queue: number): string {
  return `rx_lock:${queue}`;
}

/** The device is not to be used any more, and says so. One access. */
export function markBroken(c: Context): void {
  c.enter();
  c.set(netfrontInfoSlot, { ...c.get(netfrontInfoSlot)!, broken: true });
  c.leave();
}

/** Slots that must stay free so that the largest packet fits: XEN_NETIF_NR_SLOTS_MIN and one more. */
const SLOTS_IN_RESERVE = 19;

/** Is there room in the TX ring for a packet of any size? */
export function slotsAvailable({ indexes }: FrontSide): boolean {
  return freeRequests(indexes) > SLOTS_IN_RESERVE;
}

/** Changes flags of eth0, if it is there: one access. */
export function setLink(c: Context, change: Partial<Netdev>): void {
  c.enter();
  const netdev = c.get(netdevSlot(NETDEV));
  if (netdev) c.set(netdevSlot(NETDEV), { ...netdev, ...change });
  c.leave();
}
