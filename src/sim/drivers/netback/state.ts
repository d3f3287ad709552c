import { invariant } from '../../../base/invariant.ts';
import type { Context } from '../../machine/context.ts';
import { slot } from '../../machine/slot.ts';
import type { BackRing } from '../../kernel/ring-macros.ts';
import type { MappedRing } from '../../kernel/xenbus-ring.ts';

export const NETBACK_XENBUS = 'drivers/net/xen-netback/xenbus.c';
export const NETBACK_INTERFACE = 'drivers/net/xen-netback/interface.c';
export const NETBACK = 'drivers/net/xen-netback/netback.c';
export const NETBACK_RX = 'drivers/net/xen-netback/rx.c';

/** Limits set when the module was loaded. */
export type NetbackParams = {
  readonly max_queues: number;
  readonly max_tx_order: number;
  readonly max_rx_order: number;
};
export const netbackParamsSlot = slot<NetbackParams>('netback:params', { shared: false });

/** struct backend_info: only xenwatch touches it. */
export type BackendInfo = {
  /** The state that netback means to be in; what it has published may lag behind. */
  readonly state: number;
  readonly have_hotplug_status_watch: boolean;
  /** Has it an interface? */
  readonly vif: boolean;
  /** The frontend's directory, while two watches of a connected vif stand; else empty. */
  readonly watched_frontend: string;
};
export const backendInfoSlot = slot<BackendInfo>('netback:be', { shared: false });

/** struct xenvif, as far as threads besides xenwatch look at it. */
export type Vif = {
  /** VIF_STATUS_CONNECTED. */
  readonly connected: boolean;
  readonly num_queues: number;
  readonly stalled_queues: number;
  /** The frontend was caught breaking the rules: nothing more is done with its rings. Absent while all is well. */
  readonly disabled?: true;
};
export const vifSlot = slot<Vif>('netback:vif');

/** One direction of a queue: its mapping, and the private indexes. */
export type BackSide = { readonly ring: MappedRing; readonly refs: readonly number[]; readonly indexes: BackRing & { readonly [key: string]: number } };

export type BackQueue = {
  readonly tx: BackSide | null;
  readonly rx: BackSide | null;
  readonly tx_port: number | null;
  readonly rx_port: number | null;
  /** No room was found for a packet to the guest, or none was looked for yet. */
  readonly stalled: boolean;
};
const queueSlots = Array.from({ length: 8 }, (_, i) => slot<BackQueue>(`netback:queue:${i}`));

export function backQueueSlot(queue: number) {
  const found = queueSlots[queue];
  invariant(found, `netback has no queue ${queue}`);
  return found;
}

/** Changes part of a queue. */
export function updateQueue(c: Context, queue: number, change: Partial<BackQueue>): void {
  c.set(backQueueSlot(queue), { ...c.get(backQueueSlot(queue))!, ...change });
}

/** Changes part of struct xenvif while no other thread can look at it, or under its lock. */
export function updateVif(c: Context, change: Partial<Vif>): void {
  c.set(vifSlot, { ...c.get(vifSlot)!, ...change });
}

export const NETDEV = 'vif5.0';

export function guestRxThread(queue: number): string {
  return `${NETDEV}-q${queue}-guest-rx`;
}

/** How netback's messages about the interface begin. */
export const LOG_PREFIX = 'vif vif-5-0 vif5.0:';

/** An interrupt of that direction owes its EOI to the thread that does its work: bits of eoi_pending. */
export function eoiSlot(direction: 'tx' | 'rx', queue: number) {
  return slot<true>(`netback:eoi-${direction}:${queue}`);
}

/** Packets for the guest that wait for slots, by number; absent when none do. Each needs one slot. */
export function rxQueueSlot(queue: number) {
  return slot<readonly number[]>(`netback:rx-queue:${queue}`);
}

/** The wait queue of a guest-rx thread: somebody has woken it since it last looked. */
export function wakeSlot(queue: number) {
  return slot<true>(`netback:wake:${queue}`);
}

/** Frames of dom0 into which what the guest sends is copied, one for each slot of a TX ring, and those of packets for it. */
const COPIED_GFN = 0x4000;
const PACKET_GFN = 0x10000;

export function copiedGfn(queue: number, slotIndex: number): number {
  return COPIED_GFN + queue * 4096 + slotIndex;
}

export function packetGfn(number: number): number {
  return PACKET_GFN + (number & 0xfff);
}

/** dom0's network stack is in netback's transmit function: an RCU reader, which synchronize_net waits for. */
export const readerSlot = slot<true>('netback:reader', { guarded: true });
