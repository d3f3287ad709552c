import { ERRNO } from '../../abi/errno.ts';
import type { Context } from '../machine/context.ts';
import { assign, call, goto, local, mark, privately, ret, step, when } from '../machine/dsl.ts';
import { fn } from '../machine/program.ts';
import { slot } from '../machine/slot.ts';
import { linux } from './cite.ts';
import { printk, type KernelName } from './kernel.ts';
import { parseUnsigned, xsAbort, xsBegin, xsCommit, xsRead, xsWrite } from './xs.ts';

const CLIENT = 'drivers/xen/xenbus/xenbus_client.c';

/**
 * struct xenbus_device, as far as a vif's life looks at it. xenwatch touches it, and whoever binds or unbinds its driver
 * by hand: that happens under the device's lock, with no watch callback about it.
 */
export type XenbusDevice = {
  readonly name: string;
  readonly driver: 'netback' | 'netfront';
  /** Is it bound to that driver? */
  readonly bound: boolean;
  /** Its own directory, relative to its kernel's. */
  readonly nodename: string;
  /** The other end's directory, absolute; empty until read. */
  readonly otherend: string;
  readonly otherend_id: number;
  /** The path that the watch on the other end's state is on; empty without one. */
  readonly watching: string;
  /** The cache of what this kernel last wrote to `state`. */
  readonly state: number;
};

export function deviceSlot(kernel: KernelName, name: string) {
  return slot<XenbusDevice>(`xenbus:${kernel}:${name}`, { handedOn: true });
}

/** The device called `name`; it must exist. */
export function deviceOf(c: Context, kernel: KernelName, name: string): XenbusDevice {
  return c.get(deviceSlot(kernel, name))!;
}

/** The name under which a kernel knows the only vif there is. */
export function onlyDevice(kernel: KernelName): string {
  return kernel === 'dom0' ? 'vif-5-0' : 'vif-0';
}

export type OfDevice = { kernel: KernelName; device: string };

/** Changes part of a device, under its lock. */
export function updateDevice(c: Context, of: OfDevice, change: Partial<XenbusDevice>): void {
  c.set(deviceSlot(of.kernel, of.device), { ...deviceOf(c, of.kernel, of.device), ...change });
}

type SwitchState = OfDevice & { state: number; nodename?: string; cached?: number; tx?: number; present?: boolean; rc?: number };

/** Publishes a xenbus state: nothing if it is what the cache says; never brings a deleted directory back to life. */
export const xenbus_switch_state = fn<SwitchState, void, OfDevice & { state: number }>(
  'xenbus_switch_state',
  linux('either', CLIENT, '__xenbus_switch_state', { line: 209, shown: 'xenbus_switch_state' }),
  [
    privately((c, l) => {
      const device = deviceOf(c, l.kernel, l.device);
      l.nodename = device.nodename;
      l.cached = device.state;
    }),
    when((l) => l.cached === l.state, [ret()]),
    assign((l) => {
      delete l.cached;
    }),
    mark('again'),
    step('transaction_start', (c, l) => {
      l.tx = xsBegin(c, l.kernel);
    }),
    step('read_state', (c, l) => {
      l.present = parseUnsigned(xsRead(c, l.kernel, `${l.nodename}/state`, l.tx)) !== null;
    }),
    when(
      (l) => l.present === true,
      [
        step('write_state', (c, l) => {
          xsWrite(c, l.kernel, `${l.nodename}/state`, String(l.state), l.tx);
        }),
        step('transaction_end', (c, l) => {
          l.rc = xsCommit(c, l.kernel, l.tx!);
          delete l.tx;
          delete l.present;
        }),
        when((l) => l.rc === -ERRNO.EAGAIN, [goto('again')]),
      ],
      [step('transaction_abort', (c, l) => xsAbort(c, l.kernel, l.tx!))],
    ),
    privately((c, l) => {
      c.set(deviceSlot(l.kernel, l.device), { ...deviceOf(c, l.kernel, l.device), state: l.state });
    }),
    ret(),
  ],
);

/** The line that the kernel logs for an error of a device, and the text of its error node. */
function errorText(err: number, message: string): string {
  return `${Math.abs(err)} ${message}`;
}

type DevFatal = OfDevice & { err: number; message: string; nodename?: string };

/** Logs and writes the error node; the state stays what it is. */
export const xenbus_dev_error = fn<DevFatal, void, OfDevice & { err: number; message: string }>(
  'xenbus_dev_error',
  linux('either', CLIENT, 'xenbus_dev_error', { line: 325 }),
  [
    local('log_error', (c, l) => {
      l.nodename = deviceOf(c, l.kernel, l.device).nodename;
      printk(c, l.kernel, `vif ${l.device}: ${errorText(l.err, l.message)}`);
    }),
    step('write_error', (c, l) => {
      xsWrite(c, l.kernel, `error/${l.nodename}/error`, errorText(l.err, l.message));
    }),
    ret(),
  ],
);

/** The frontend is closed, as far as xenbus goes: Closed is published, and a shutdown that waits for it may go on. */
export const xenbus_frontend_closed = fn<OfDevice>(
  'xenbus_frontend_closed',
  linux('domU', CLIENT, 'xenbus_frontend_closed', { line: 282 }),
  [
    call('switch_to_closed', () => xenbus_switch_state, (l) => ({ kernel: l.kernel, device: l.device, state: 6 })),
    local('complete_down', () => {}),
    ret(),
  ],
);

/** Logs, writes the error node, and publishes Closing. */
export const xenbus_dev_fatal = fn<DevFatal, void, OfDevice & { err: number; message: string }>(
  'xenbus_dev_fatal',
  linux('either', CLIENT, 'xenbus_dev_fatal', { line: 346 }),
  [
    local('log_error', (c, l) => {
      l.nodename = deviceOf(c, l.kernel, l.device).nodename;
      printk(c, l.kernel, `vif ${l.device}: ${errorText(l.err, l.message)}`);
    }),
    step('write_error', (c, l) => {
      xsWrite(c, l.kernel, `error/${l.nodename}/error`, errorText(l.err, l.message));
    }),
    call('switch_to_closing', () => xenbus_switch_state, (l) => ({ kernel: l.kernel, device: l.device, state: 5 })),
    ret(),
  ],
);
