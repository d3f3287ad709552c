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
};
export const backendInfoSlot = slot<BackendInfo>('netback:be', { shared: false });

/** struct xenvif, as far as threads besides xenwatch look at it. */
export type Vif = {
  /** VIF_STATUS_CONNECTED. */
  readonly connected: boolean;
  readonly num_queues: number;
  readonly stalled_queues: number;
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

export const NETDEV = 'vif5.0';
/** How netback's messages about the interface begin. */
export const LOG_PREFIX = 'vif vif-5-0 vif5.0:';
