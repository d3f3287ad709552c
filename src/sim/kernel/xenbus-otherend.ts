import { call, enter, privately, ret, step, when } from '../machine/dsl.ts';
import { fn, functionNamed } from '../machine/program.ts';
import { linux } from './cite.ts';
import { BUS, driverSlot } from './xenbus-bus.ts';
import { deviceOf, updateDevice, xenbus_dev_fatal, type OfDevice } from './xenbus-client.ts';
import { register_xenbus_watch, unregister_xenbus_watch, type WatchCall } from './xenwatch.ts';
import { parseUnsigned, xsExists, xsRead } from './xs.ts';

/** What a device knows of the other end, and how it hears of its state. */

const PROBE = 'drivers/xen/xenbus/xenbus_probe.c';

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
    privately((c, l) => updateDevice(c, l, { otherend: l.path!, otherend_id: l.id! })),
    ret(() => true),
  ],
);

/** Drops the watch on the other end's state, if there is one: no callback about this device runs after that. */
export const free_otherend_watch = fn<OfDevice & { path?: string }, void, OfDevice>(
  'free_otherend_watch',
  linux('either', PROBE, 'free_otherend_watch', { line: 116 }),
  [
    privately((c, l) => {
      l.path = deviceOf(c, l.kernel, l.device).watching;
    }),
    when((l) => l.path !== '', [
      call('unregister_watch', () => unregister_xenbus_watch, (l) => ({
        kernel: l.kernel,
        path: l.path!,
        callback: 'xenbus_otherend_changed',
      })),
      privately((c, l) => updateDevice(c, l, { watching: '' })),
    ]),
    ret(),
  ],
);

/** Reads anew who the other end is; what was known of it before is forgotten first. */
export const talk_to_otherend = fn<OfDevice & { ok?: boolean }, boolean, OfDevice>(
  'talk_to_otherend',
  linux('either', PROBE, 'talk_to_otherend', { line: 126 }),
  [
    enter(() => free_otherend_watch, (l) => ({ kernel: l.kernel, device: l.device })),
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
export const watch_otherend = fn<OfDevice & { path?: string }, void, OfDevice>(
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
    privately((c, l) => updateDevice(c, l, { watching: l.path! })),
    ret(),
  ],
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
