import { assign, call, enter, local, privately, ret, step, when, whilst } from '../machine/dsl.ts';
import { fn, functionNamed } from '../machine/program.ts';
import { xenstored } from '../xenstore/server.ts';
import { linux } from './cite.ts';
import { shutdownSlot } from './domctl.ts';
import { irqsSlot } from './events.ts';
import { gnttabSlot } from './grant-alloc.ts';
import { HYPERVISOR_memory_op } from './hypercall.ts';
import { CONNECTION } from './kernel.ts';
import { driverSlot } from './xenbus-bus.ts';
import { deviceSlot, onlyDevice, updateDevice, type OfDevice } from './xenbus-client.ts';
import { talk_to_otherend, watch_otherend } from './xenbus-otherend.ts';
import type { WatchCall } from './xenwatch.ts';
import { kernelWatchesSlot, xsRead, xsWrite, type Watch } from './xs.ts';

/** How domU goes to sleep and wakes up elsewhere: all of it on its xenwatch thread. */

const MANAGE = 'drivers/xen/manage.c';
const PROBE = 'drivers/xen/xenbus/xenbus_probe.c';
const SHUTDOWN = 'control/shutdown';

/** The grant table is a new one: its frames are placed again. What the kernel thinks is granted is not. */
const gnttab_resume = fn<{ index?: number }, void, object>(
  'gnttab_resume',
  linux('domU', 'drivers/xen/grant-table.c', 'gnttab_resume', { line: 1583 }),
  [
    step('count_frames', (c, l) => {
      l.index = c.get(gnttabSlot)!.nr_grant_frames - 1;
    }),
    whilst((l) => l.index! >= 0, [
      call('place_frame', () => HYPERVISOR_memory_op, (l) => ({ kernel: 'domU' as const, index: l.index! })),
      assign((l) => {
        l.index = l.index! - 1;
      }),
    ]),
    ret(),
  ],
);

type Again = { watches?: readonly Watch[] };

/** Every watch is set again on the new connection; each fires once, as if it were new. */
const xs_resume = fn<Again, void, object>('xs_resume', linux('domU', 'drivers/xen/xenbus/xenbus_xs.c', 'xs_resume', {
  line: 861,
}), [
  step('list_watches', (c, l) => {
    l.watches = c.get(kernelWatchesSlot('domU')) ?? [];
  }),
  whilst((l) => l.watches!.length > 0, [
    step('watch_again', (c, l) => {
      const [{ path, token }] = l.watches as readonly [Watch];
      xenstored.watch(c, CONNECTION.domU, path, token);
      l.watches = l.watches!.slice(1);
    }),
  ]),
  ret(),
]);

type Resume = OfDevice & { ok?: boolean; resume?: string };

/** A device after a resume: the other end may be another, the state is Initialising, the driver starts over. */
const xenbus_dev_resume = fn<Resume, void, OfDevice>(
  'xenbus_dev_resume',
  linux('domU', PROBE, 'xenbus_dev_resume', { line: 691 }),
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
    local('set_initialising', (c, l) => {
      updateDevice(c, l, { state: 1 });
      l.resume = c.get(driverSlot(l.kernel))!.resume!;
    }),
    call(
      'driver_resume',
      (l) => functionNamed<OfDevice>(l.resume!),
      (l) => ({ kernel: l.kernel, device: l.device }),
    ),
    call('watch_otherend', () => watch_otherend, (l) => ({ kernel: l.kernel, device: l.device })),
    ret(),
  ],
);

/** Stops everything, gives the processor to Xen, and puts the pieces together when it comes back. */
const do_suspend = fn<{ known?: boolean }, void, object>('do_suspend', linux('domU', MANAGE, 'do_suspend', {
  line: 97,
}), [
  local('freeze_processes', () => {}),
  local('xs_suspend', () => {}),
  step('HYPERVISOR_suspend', (c) => c.set(shutdownSlot, 'suspend')),
  step('come_back', () => {}, { ready: (c) => c.get(shutdownSlot) === undefined }),
  call('gnttab_resume', () => gnttab_resume, () => ({})),
  step('xen_irq_resume', (c) => c.set(irqsSlot('domU'), undefined)),
  call('xs_resume', () => xs_resume, () => ({})),
  privately((c, l) => {
    l.known = c.get(deviceSlot('domU', onlyDevice('domU')))?.bound === true;
  }),
  when((l) => l.known === true, [
    call('resume_device', () => xenbus_dev_resume, () => ({ kernel: 'domU' as const, device: onlyDevice('domU') })),
  ]),
  local('thaw_processes', () => {}),
  ret(),
]);

/** The callback of domU's watch on control/shutdown: the toolstack asks for something, and is told that it was heard. */
export const shutdown_handler = fn<WatchCall & { what?: string | null }, void, WatchCall>(
  'shutdown_handler',
  linux('domU', MANAGE, 'shutdown_handler', { line: 221 }),
  [
    step('read_shutdown', (c, l) => {
      l.what = xsRead(c, 'domU', SHUTDOWN);
    }),
    when((l) => l.what !== 'suspend', [ret()]),
    step('acknowledge', (c) => {
      xsWrite(c, 'domU', SHUTDOWN, '');
    }),
    enter(() => do_suspend, () => ({})),
    ret(),
  ],
);
