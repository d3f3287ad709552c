import { ERRNO } from '../../abi/errno.ts';
import type { Context } from '../machine/context.ts';
import { assign, call, goto, local, mark, privately, ret, step, when } from '../machine/dsl.ts';
import { fn } from '../machine/program.ts';
import { slot } from '../machine/slot.ts';
import { linux } from './cite.ts';
import { printk, type KernelName } from './kernel.ts';
import { parseUnsigned, xsAbort, xsBegin, xsCommit, xsRead, xsWrite } from './xs.ts';

const CLIENT = 'drivers/xen/xenbus/xenbus_client.c';

/** struct xenbus_device, as far as the handshake looks at it. Only its kernel's xenwatch thread touches it. */
export type XenbusDevice = {
  readonly name: string;
  readonly driver: 'netback' | 'netfront';
  /** Its own directory, relative to its kernel's. */
  readonly nodename: string;
  /** The other end's directory, absolute; empty until read. */
  readonly otherend: string;
  readonly otherend_id: number;
  /** The cache of what this kernel last wrote to `state`. */
  readonly state: number;
};

export function deviceSlot(kernel: KernelName, name: string) {
  return slot<XenbusDevice>(`xenbus:${kernel}:${name}`, { shared: false });
}

/** The device called `name`; it must exist. */
export function deviceOf(c: Context, kernel: KernelName, name: string): XenbusDevice {
  return c.get(deviceSlot(kernel, name))!;
}

export type OfDevice = { kernel: KernelName; device: string };

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

/** Logs, writes the error node, and publishes Closing. */
export const xenbus_dev_fatal = fn<DevFatal, void, OfDevice & { err: number; message: string }>(
  'xenbus_dev_fatal',
  linux('either', CLIENT, 'xenbus_dev_fatal'),
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
