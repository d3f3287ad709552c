import type { Context } from '../machine/context.ts';
import { assign, call, enter, local, privately, ret, step, when } from '../machine/dsl.ts';
import { fn, functionNamed } from '../machine/program.ts';
import { slot } from '../machine/slot.ts';
import { linux } from './cite.ts';
import { printk, type KernelName } from './kernel.ts';
import { deviceOf, deviceSlot, xenbus_dev_fatal, type OfDevice, type XenbusDevice } from './xenbus-client.ts';
import { register_xenbus_watch, type WatchCall } from './xenwatch.ts';
import { parseUnsigned, xsExists, xsRead } from './xs.ts';

const PROBE = 'drivers/xen/xenbus/xenbus_probe.c';

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
export type XenbusDriver = { readonly name: XenbusDevice['driver']; readonly probe: string; readonly otherend_changed: string };

/** The driver that registered itself on a kernel's bus. */
export function driverSlot(kernel: KernelName) {
  return slot<XenbusDriver>(`xenbus_driver:${kernel}`, { shared: false });
}

type Details = OfDevice & { nodename?: string; id?: number; path?: string; exists?: boolean };

/** Reads who and where the other end is, from the device's own directory. */
const xenbus_read_otherend_details = fn<Details, boolean, OfDevice>(
  'xenbus_read_otherend_details',
  linux('either', PROBE, 'xenbus_read_otherend_details', { line: 150 }),
  [
    privately((c, l) => {
      l.nodename = deviceOf(c, l.kernel, l.device).nodename;
    }),
    step('read_otherend_id', (c, l) => {
      l.id = parseUnsigned(xsRead(c, l.kernel, `${l.nodename}/${BUS[l.kernel].idKey}`)) ?? -1;
    }),
    step('read_otherend_path', (c, l) => {
      l.path = xsRead(c, l.kernel, `${l.nodename}/${BUS[l.kernel].pathKey}`) ?? '';
    }),
    step('check_otherend_exists', (c, l) => {
      l.exists = l.path !== '' && l.id! >= 0 && xsExists(c, l.kernel, l.path!);
    }),
    when((l) => !l.exists, [
      call('report_missing_otherend', () => xenbus_dev_fatal, (l) => ({
        kernel: l.kernel,
        device: l.device,
        err: 2,
        message: `unable to read other end from ${l.nodename}.  missing or inaccessible.`,
      })),
      ret(() => false),
    ]),
    privately((c, l) => {
      const device = deviceOf(c, l.kernel, l.device);
      c.set(deviceSlot(l.kernel, l.device), { ...device, otherend: l.path!, otherend_id: l.id! });
    }),
    ret(() => true),
  ],
);

const talk_to_otherend = fn<OfDevice & { ok?: boolean }, boolean, OfDevice>(
  'talk_to_otherend',
  linux('either', PROBE, 'talk_to_otherend'),
  [
    call(
      'read_otherend_details',
      () => xenbus_read_otherend_details,
      (l) => ({ kernel: l.kernel, device: l.device }),
      (l, ok) => {
        l.ok = ok;
      },
    ),
    ret((l) => l.ok!),
  ],
);

/** Registers the watch on the other end's state. Its first event, sent at once, is what starts the conversation. */
const watch_otherend = fn<OfDevice & { path?: string }, void, OfDevice>(
  'watch_otherend',
  linux('either', PROBE, 'watch_otherend', { line: 138 }),
  [
    privately((c, l) => {
      l.path = `${deviceOf(c, l.kernel, l.device).otherend}/state`;
    }),
    call('register_watch', () => register_xenbus_watch, (l) => ({
      kernel: l.kernel,
      path: l.path!,
      callback: 'xenbus_otherend_changed',
      device: l.device,
      coalesce: l.kernel === 'dom0',
    })),
    ret(),
  ],
);

/** Binds a device to its driver: other end, driver's probe, and only then the watch on the other end. */
const xenbus_dev_probe = fn<OfDevice & { ok?: boolean; probe?: string }, void, OfDevice>(
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
    when((l) => !l.ok, [ret()]),
    privately((c, l) => {
      l.probe = c.get(driverSlot(l.kernel))!.probe;
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
      local('log_probe_failure', (c, l) => printk(c, l.kernel, `vif ${l.device}: xenbus_dev_probe on ${l.device}`)),
      ret(),
    ]),
    call('watch_otherend', () => watch_otherend, (l) => ({ kernel: l.kernel, device: l.device })),
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
      l.device = bus.deviceName(l.root.split('/'));
      const made: XenbusDevice = { name: l.device, driver: c.get(driverSlot(l.kernel))!.name, nodename: l.root, otherend: '', otherend_id: -1, state: 1 };
      c.set(deviceSlot(l.kernel, l.device), made);
    }),
    call('bind_driver', () => xenbus_dev_probe, (l) => ({ kernel: l.kernel, device: l.device! })),
    ret(),
  ],
);

/** Is the device that `path` lies in known to the bus already, or does the path name none? */
function isKnown(c: Context, kernel: KernelName, path: string): boolean {
  const parts = path.split('/').slice(0, BUS[kernel].levels);
  return parts.length < BUS[kernel].levels || c.get(deviceSlot(kernel, BUS[kernel].deviceName(parts))) !== undefined;
}

type DevChanged = { kernel: KernelName; path: string; exists?: boolean; root?: string; known?: boolean };

/** Something changed below the bus directory: a device that nobody knows yet is probed, everything else ignored. */
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
      // Of a known device that is there the event is ignored, and no scenario so far removes a directory.
      { commutes: (c, l) => isKnown(c, l.kernel, l.path) },
    ),
    when((l) => !l.exists, [ret()]),
    privately((c, l) => {
      l.root = l.path.split('/').slice(0, BUS[l.kernel].levels).join('/');
      l.known = isKnown(c, l.kernel, l.path);
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
  linux('domU', 'drivers/xen/xenbus/xenbus_probe_frontend.c', 'frontend_changed', { shown: 'frontend_changed' }),
  [enter(() => xenbus_dev_changed, (l) => ({ kernel: l.kernel, path: l.path })), ret()],
);

export type StateCall = OfDevice & { state: number };

/** The callback of every watch on an other end's state: reads the state as it is now, and tells the driver. */
fn<WatchCall & { otherend?: string; state?: number; hook?: string }, void, WatchCall>(
  'xenbus_otherend_changed',
  linux('either', PROBE, 'xenbus_otherend_changed', { line: 177 }),
  [
    privately((c, l) => {
      l.otherend = deviceOf(c, l.kernel, l.device).otherend;
      l.hook = c.get(driverSlot(l.kernel))!.otherend_changed;
    }),
    when((l) => !l.path.startsWith(l.otherend!), [ret()]),
    step('read_otherend_state', (c, l) => {
      l.state = parseUnsigned(xsRead(c, l.kernel, `${l.otherend}/state`)) ?? 0;
    }),
    call(
      'otherend_changed',
      (l) => functionNamed<StateCall>(l.hook!),
      (l) => ({ kernel: l.kernel, device: l.device, state: l.state! }),
    ),
    ret(),
  ],
);

/** Every device that a kernel knows, by its own name; for end-state reports. */
export function knownDevice(c: Context, kernel: KernelName): XenbusDevice | undefined {
  return c.get(deviceSlot(kernel, kernel === 'dom0' ? 'vif-5-0' : 'vif-0'));
}
