import { call, enter, privately, ret, when } from '../machine/dsl.ts';
import { fn, functionNamed } from '../machine/program.ts';
import { linux } from './cite.ts';
import { jobDone } from './jobs.ts';
import { lock, unlock } from './lock.ts';
import { deviceSlot, updateDevice, type OfDevice } from './xenbus-client.ts';
import { xenbus_dev_probe } from './xenbus-probe.ts';
import { deviceLock, xenbus_dev_remove } from './xenbus-remove.ts';

/** What writing a device's name to a driver's files in sysfs does, in the process of whoever writes. */

const BUS_CODE = 'drivers/base/bus.c';

/** `echo vif-0 > /sys/bus/xen/drivers/vif/unbind`: the device stays, without a driver. */
export const unbind_store = fn<OfDevice & { bound?: boolean }, void, OfDevice>(
  'unbind_store',
  linux('domU', BUS_CODE, 'unbind_store', { line: 235 }),
  [
    lock('device_lock', deviceLock),
    privately((c, l) => {
      l.bound = c.get(deviceSlot(l.kernel, l.device))?.bound ?? false;
    }),
    when((l) => l.bound === true, [
      call('remove_driver', () => xenbus_dev_remove, (l) => ({ kernel: l.kernel, device: l.device })),
    ]),
    unlock('device_unlock', deviceLock),
    jobDone('domU userspace'),
    ret(),
  ],
);

/** `echo vif-0 > /sys/bus/xen/drivers/vif/bind`; then the interface that comes of it is set up. */
export const bind_store = fn<OfDevice & { bound?: boolean | null }, void, OfDevice>(
  'bind_store',
  linux('domU', BUS_CODE, 'bind_store', {
    line: 258, departs: 'ours: the same process then waits for eth0 and sets it up',
  }),
  [
    lock('device_lock', deviceLock),
    privately((c, l) => {
      l.bound = c.get(deviceSlot(l.kernel, l.device))?.bound ?? null;
    }),
    // The device went while its lock was waited for.
    when((l) => l.bound === null, [unlock('no_such_device', deviceLock), jobDone('domU userspace'), ret()]),
    when((l) => !l.bound, [
      privately((c, l) => updateDevice(c, l, { bound: true })),
      call('probe_device', () => xenbus_dev_probe, (l) => ({ kernel: l.kernel, device: l.device })),
    ]),
    unlock('device_unlock', deviceLock),
    enter(() => functionNamed<object>('xennet_open'), () => ({})),
    ret(),
  ],
);
