import type { Connection } from '../xenstore/types.ts';
import type { Context } from '../machine/context.ts';
import { slot } from '../machine/slot.ts';

/** The two kernels of the story. Some functions (xenbus) run in either; their data names which. */
export type KernelName = 'dom0' | 'domU';

/** Their domain ids in every example (reference conventions: guest 5, backend domain 0). */
export const DOMID: Readonly<Record<KernelName, number>> = { dom0: 0, domU: 5 };

/** Who talks to xenstored: each kernel over its ring page, the toolstack and the hotplug script over sockets of dom0's. */
export type ClientName = KernelName | 'libxl' | 'vif-bridge';

export const CONNECTION: Readonly<Record<ClientName, Connection>> = {
  dom0: { id: 'dom0', domid: DOMID.dom0 },
  domU: { id: 'domU', domid: DOMID.domU },
  libxl: { id: 'libxl', domid: DOMID.dom0 },
  'vif-bridge': { id: 'vif-bridge', domid: DOMID.dom0 },
};

/** The kernel's message buffer; no driver reads it back, so it is no part of the fingerprint. */
export function logSlot(kernel: KernelName) {
  return slot<readonly string[]>(`log:${kernel}`, { hashed: false });
}

/** Adds one line to a kernel's log, as dmesg would show it without its time stamp. */
export function printk(c: Context, kernel: KernelName, line: string): void {
  c.set(logSlot(kernel), [...(c.get(logSlot(kernel)) ?? []), line]);
  c.note({ kind: 'log', kernel, line });
}

export type Netdev = {
  readonly registered: boolean;
  /** Link state: what `ip link` calls LOWER_UP. */
  readonly carrier: boolean;
  /** Administratively up: somebody said `ip link set up`. */
  readonly up: boolean;
};

/** A network interface, `eth0` in domU and `vif5.0` in dom0. */
export function netdevSlot(name: string) {
  return slot<Netdev>(`netdev:${name}`);
}
