import { slot } from '../machine/slot.ts';
import type { KernelName } from './kernel.ts';
import type { XenbusDevice } from './xenbus-client.ts';

/** What differs between the bus of backends (in dom0) and the bus of frontends (in domU). */
interface Bus {
  /** The directory that the kernel watches for new devices, relative to its own. */
  readonly root: string;
  /** Components of a device's path: backend/vif/5/0, device/vif/0. */
  readonly levels: number;
  /** Keys of a device's directory that name the other end. */
  readonly idKey: string;
  readonly pathKey: string;
  readonly deviceName: (path: readonly string[]) => string;
}

export const BUS: Readonly<Record<KernelName, Bus>> = {
  dom0: {
    root: 'backend',
    levels: 4,
    idKey: 'frontend-id',
    pathKey: 'frontend',
    deviceName: (path) => `${path[1]}-${path[2]}-${path[3]}`,
  },
  domU: {
    root: 'device',
    levels: 3,
    idKey: 'backend-id',
    pathKey: 'backend',
    deviceName: (path) => `${path[1]}-${path[2]}`,
  },
};

/** struct xenbus_driver: the hooks of the one driver for vif that a kernel has, by unique name. The core knows no driver. */
export type XenbusDriver = {
  readonly name: XenbusDevice['driver'];
  readonly probe: string;
  readonly otherend_changed: string;
  readonly remove: string;
  /** Absent where nothing is done. */
  readonly resume?: string;
  /** How it hears of the other end's state, where that is not as usual. */
  readonly watch?: string;
  /** Ours: what the driver had in memory goes with the memory of its kernel. */
  readonly forget?: string;
  /** May it be bound again where it left off? Then its removal does not close the device. */
  readonly allow_rebind: boolean;
};

/** The driver that registered itself on a kernel's bus. Never changes. */
export function driverSlot(kernel: KernelName) {
  return slot<XenbusDriver>(`xenbus_driver:${kernel}`, { handedOn: true });
}

/** Set while that driver's module is not loaded: devices are found, and bound to nobody. */
export function unloadedSlot(kernel: KernelName) {
  return slot<true>(`xenbus_unloaded:${kernel}`, { guarded: true });
}
