import { ERRNO } from '../../abi/errno.ts';
import type { Context } from '../machine/context.ts';
import { assign, call, enter, local, privately, ret, step, when } from '../machine/dsl.ts';
import { fn, functionNamed } from '../machine/program.ts';
import { linux } from './cite.ts';
import type { KernelName } from './kernel.ts';
import { BUS, driverSlot, unloadedSlot } from './xenbus-bus.ts';
import { deviceSlot, onlyDevice, updateDevice, xenbus_dev_error, type OfDevice, type XenbusDevice } from './xenbus-client.ts';
import { talk_to_otherend, watch_otherend } from './xenbus-otherend.ts';
import { xenbus_cleanup_devices } from './xenbus-remove.ts';
import type { WatchCall } from './xenwatch.ts';
import { parseUnsigned, xsExists, xsRead } from './xs.ts';

const PROBE = 'drivers/xen/xenbus/xenbus_probe.c';

/** Binds a device to its driver: other end, driver's probe, and only then the watch on the other end. */
export const xenbus_dev_probe = fn<OfDevice & { ok?: boolean; probe?: string; watch?: string | undefined }, void, OfDevice>(
  'xenbus_dev_probe',
  linux('either', PROBE, 'xenbus_dev_probe', { line: 272 }),
  [
    call(
      'talk_to_otherend',
      () => talk_to_otherend,
      (l) => ({ kernel: l.kernel, device: l.device }),
      (l, ok) => {
        l.ok = ok;
      },
    ),
    when((l) => !l.ok, [
      privately((c, l) => updateDevice(c, l, { bound: false })),
      ret(),
    ]),
    privately((c, l) => {
      const { probe, watch } = c.get(driverSlot(l.kernel))!;
      l.probe = probe;
      l.watch = watch;
    }),
    call(
      'driver_probe',
      (l) => functionNamed<OfDevice, boolean>(l.probe!),
      (l) => ({ kernel: l.kernel, device: l.device }),
      (l, ok) => {
        l.ok = ok;
      },
    ),
    when((l) => !l.ok, [
      privately((c, l) => updateDevice(c, l, { bound: false })),
      call('report_probe_failure', () => xenbus_dev_error, (l) => ({
        kernel: l.kernel,
        device: l.device,
        err: ERRNO.ENOENT,
        message: `xenbus_dev_probe on ${l.device}`,
      })),
      ret(),
    ]),
    call('watch_otherend', (l) => (l.watch === undefined ? watch_otherend : functionNamed<OfDevice>(l.watch)), (l) => ({ kernel: l.kernel, device: l.device })),
    ret(),
  ],
);

type BusId = { root: string; id?: number; frontend?: string; exists?: boolean };

/** The backend bus names a device after its frontend, and wants the frontend's directory to be there. */
const backend_bus_id = fn<BusId, boolean, { root: string }>(
  'backend_bus_id',
  linux('dom0', 'drivers/xen/xenbus/xenbus_probe_backend.c', 'backend_bus_id', { line: 59 }),
  [
    step('read_frontend_id', (c, l) => {
      l.id = parseUnsigned(xsRead(c, 'dom0', `${l.root}/frontend-id`)) ?? -1;
    }),
    step('read_frontend_path', (c, l) => {
      l.frontend = xsRead(c, 'dom0', `${l.root}/frontend`) ?? '';
    }),
    step('check_frontend_exists', (c, l) => {
      l.exists = l.id! >= 0 && l.frontend !== '' && xsExists(c, 'dom0', l.frontend!);
    }),
    ret((l) => l.exists!),
  ],
);

type Probe = { kernel: KernelName; root: string; state?: number; device?: string; ok?: boolean };

const xenbus_probe_node = fn<Probe, void, { kernel: KernelName; root: string }>(
  'xenbus_probe_node',
  linux('either', PROBE, 'xenbus_probe_node', { line: 507 }),
  [
    step('read_state', (c, l) => {
      l.state = parseUnsigned(xsRead(c, l.kernel, `${l.root}/state`)) ?? 0;
    }),
    when((l) => l.state !== 1, [ret()]),
    assign((l) => {
      l.ok = true;
    }),
    when((l) => l.kernel === 'dom0', [
      call(
        'name_device',
        () => backend_bus_id,
        (l) => ({ root: l.root }),
        (l, ok) => {
          l.ok = ok;
        },
      ),
    ]),
    when((l) => !l.ok, [ret()]),
    local('register_device', (c, l) => {
      const bus = BUS[l.kernel];
      l.ok = c.get(unloadedSlot(l.kernel)) === undefined;
      l.device = bus.deviceName(l.root.split('/'));
      const made: XenbusDevice = { name: l.device, driver: c.get(driverSlot(l.kernel))!.name, bound: l.ok, nodename: l.root, otherend: '', otherend_id: -1, watching: '', state: 1 };
      c.set(deviceSlot(l.kernel, l.device), made);
    }),
    when((l) => l.ok === true, [
      call('bind_driver', () => xenbus_dev_probe, (l) => ({ kernel: l.kernel, device: l.device! })),
    ]),
    ret(),
  ],
);

/** The directory of the device that `path` lies in; null if the path does not reach down to one. */
function deviceRoot(kernel: KernelName, path: string): string | null {
  const parts = path.split('/');
  return parts.length < BUS[kernel].levels ? null : parts.slice(0, BUS[kernel].levels).join('/');
}

function isKnown(c: Context, kernel: KernelName, root: string): boolean {
  return c.get(deviceSlot(kernel, BUS[kernel].deviceName(root.split('/')))) !== undefined;
}

/** Does the path lie below the directory of a device that the bus knows? Then its fate concerns no device. */
function isBelowKnown(c: Context, kernel: KernelName, path: string): boolean {
  const root = deviceRoot(kernel, path);
  return root !== null && path !== root && isKnown(c, kernel, root);
}

type DevChanged = { kernel: KernelName; path: string; exists?: boolean; root?: string | null; known?: boolean };

/**
 * Something changed below the bus directory. If it is gone, so is every device at or below it. If it is there, a device
 * that nobody knows yet is probed, and everything else ignored.
 */
const xenbus_dev_changed = fn<DevChanged, void, { kernel: KernelName; path: string }>(
  'xenbus_dev_changed',
  linux('either', PROBE, 'xenbus_dev_changed', { line: 633 }),
  [
    when((l) => l.path.split('/').length < 3, [ret()]),
    step(
      'check_path_exists',
      (c, l) => {
        l.exists = xsExists(c, l.kernel, l.path);
      },
      // A key below the directory of a known device may come and go: nothing follows from it. Only this thread makes
      // devices known or unknown.
      { commutes: (c, l) => isBelowKnown(c, l.kernel, l.path) },
    ),
    when((l) => !l.exists, [
      enter(() => xenbus_cleanup_devices, (l) => ({ kernel: l.kernel, path: l.path })),
      ret(),
    ]),
    privately((c, l) => {
      l.root = deviceRoot(l.kernel, l.path);
      l.known = l.root === null || isKnown(c, l.kernel, l.root);
    }),
    when((l) => l.known === true, [ret()]),
    call('probe_node', () => xenbus_probe_node, (l) => ({ kernel: l.kernel, root: l.root! })),
    ret(),
  ],
);

/** The callback of dom0's watch on `backend`. */
export const backend_changed = fn<WatchCall>(
  'backend_changed',
  linux('dom0', 'drivers/xen/xenbus/xenbus_probe_backend.c', 'backend_changed', { line: 212 }),
  [enter(() => xenbus_dev_changed, (l) => ({ kernel: l.kernel, path: l.path })), ret()],
);

/** The callback of domU's watch on `device`; its real name is the same as that of netback's hook. */
export const frontend_bus_changed = fn<WatchCall>(
  'frontend_changed (frontend bus)',
  linux('domU', 'drivers/xen/xenbus/xenbus_probe_frontend.c', 'frontend_changed', {
    line: 175, shown: 'frontend_changed',
  }),
  [enter(() => xenbus_dev_changed, (l) => ({ kernel: l.kernel, path: l.path })), ret()],
);

/** Every device that a kernel knows, by its own name; for end-state reports. */
export function knownDevice(c: Context, kernel: KernelName): XenbusDevice | undefined {
  return c.get(deviceSlot(kernel, onlyDevice(kernel)));
}
