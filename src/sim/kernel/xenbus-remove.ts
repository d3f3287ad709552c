import type { Context } from '../machine/context.ts';
import { call, privately, ret, step, when, whilst } from '../machine/dsl.ts';
import { fn, functionNamed } from '../machine/program.ts';
import { linux } from './cite.ts';
import type { KernelName } from './kernel.ts';
import { lock, unlock } from './lock.ts';
import { deviceOf, deviceSlot, onlyDevice, updateDevice, xenbus_switch_state, type OfDevice } from './xenbus-client.ts';
import { driverSlot, type XenbusDriver } from './xenbus-bus.ts';
import { free_otherend_watch } from './xenbus-otherend.ts';
import { parseUnsigned, xsRead } from './xs.ts';

/** How a device loses its driver, and the bus a device. */

const PROBE = 'drivers/xen/xenbus/xenbus_probe.c';

/** The lock of a device: held while its driver is bound, unbound, or it is unregistered. */
export function deviceLock(l: Readonly<OfDevice>): string {
  return `device:${l.kernel}:${l.device}`;
}

type Remove = OfDevice & { driver?: XenbusDriver; state?: number };

/** Takes the driver off a device: no more watch, the driver's own removal, and perhaps Closed. */
export const xenbus_dev_remove = fn<Remove, void, OfDevice>(
  'xenbus_dev_remove',
  linux('either', PROBE, 'xenbus_dev_remove', { line: 339 }),
  [
    call('free_otherend_watch', () => free_otherend_watch, (l) => ({ kernel: l.kernel, device: l.device })),
    privately((c, l) => {
      l.driver = c.get(driverSlot(l.kernel))!;
    }),
    call(
      'driver_remove',
      (l) => functionNamed<OfDevice>(l.driver!.remove),
      (l) => ({ kernel: l.kernel, device: l.device }),
    ),
    privately((c, l) => updateDevice(c, l, { otherend: '', otherend_id: -1, bound: false })),
    when((l) => l.driver!.allow_rebind, [
      step('read_own_state', (c, l) => {
        l.state = parseUnsigned(xsRead(c, l.kernel, `${deviceOf(c, l.kernel, l.device).nodename}/state`)) ?? 0;
      }),
    ]),
    when((l) => !l.driver!.allow_rebind || l.state === 5, [
      call('switch_to_closed', () => xenbus_switch_state, (l) => ({ kernel: l.kernel, device: l.device, state: 6 })),
    ]),
    ret(),
  ],
);

/** Takes a device off its bus, and its driver off it first. */
export const device_unregister = fn<OfDevice & { bound?: boolean }, void, OfDevice>(
  'device_unregister',
  linux('either', 'drivers/base/core.c', 'device_unregister', { line: 4001 }),
  [
    lock('device_lock', deviceLock),
    privately((c, l) => {
      l.bound = deviceOf(c, l.kernel, l.device).bound;
    }),
    when((l) => l.bound === true, [
      call('remove_driver', () => xenbus_dev_remove, (l) => ({ kernel: l.kernel, device: l.device })),
    ]),
    privately((c, l) => c.set(deviceSlot(l.kernel, l.device), undefined)),
    unlock('device_unlock', deviceLock),
    ret(),
  ],
);

/** The device at or below `path`; empty if there is none. */
function deviceBelow(c: Context, kernel: KernelName, path: string): string {
  const nodename = c.get(deviceSlot(kernel, onlyDevice(kernel)))?.nodename;
  return nodename === path || nodename?.startsWith(`${path}/`) ? onlyDevice(kernel) : '';
}

type Cleanup = { kernel: KernelName; path: string; device?: string };

/** A directory is gone: so are the devices in it. */
export const xenbus_cleanup_devices = fn<Cleanup, void, { kernel: KernelName; path: string }>(
  'xenbus_cleanup_devices',
  linux('either', PROBE, 'xenbus_cleanup_devices', { line: 439 }),
  [
    privately((c, l) => {
      l.device = deviceBelow(c, l.kernel, l.path);
    }),
    whilst((l) => l.device !== '', [
      call('device_unregister', () => device_unregister, (l) => ({ kernel: l.kernel, device: l.device! })),
      privately((c, l) => {
        l.device = deviceBelow(c, l.kernel, l.path);
      }),
    ]),
    ret(),
  ],
);

/** Is a driver bound to the vif? What a person sees in sysfs. */
export function isBound(c: Context, kernel: KernelName): boolean | undefined {
  return c.get(deviceSlot(kernel, onlyDevice(kernel)))?.bound;
}
