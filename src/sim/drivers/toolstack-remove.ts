import { ERRNO } from '../../abi/errno.ts';
import type { Context } from '../machine/context.ts';
import { assign, call, enter, goto, local, mark, ret, step, when, whilst } from '../machine/dsl.ts';
import { fn } from '../machine/program.ts';
import { xen } from '../kernel/cite.ts';
import { jobDone } from '../kernel/jobs.ts';
import { parseUnsigned, xsBegin, xsChildren, xsCommit, xsRead, xsRemove, xsWrite } from '../kernel/xs.ts';
import { device_hotplug } from './toolstack-hotplug.ts';
import { BE, FE, LX } from './toolstack-paths.ts';
import { xlSays } from './toolstack-says.ts';
import { libxl__wait_for_backend_closed } from './toolstack-wait.ts';

const DEVICE = 'tools/libs/light/libxl_device.c';

type CleanPath = { path: string; tx: number; up?: string; empty?: boolean };

/** Removes a directory, and then each directory above it that has become empty. */
const libxl__xs_path_cleanup = fn<CleanPath, void, { path: string; tx: number }>(
  'libxl__xs_path_cleanup',
  xen('toolstack', 'tools/libs/light/libxl_xshelp.c', 'libxl__xs_path_cleanup', { line: 287 }),
  [
    step('remove_path', (c, l) => {
      xsRemove(c, 'libxl', l.path, l.tx);
      l.up = parentOf(l.path);
      l.empty = true;
    }),
    whilst((l) => l.empty === true && l.up !== '', [
      step('list_parent', (c, l) => {
        l.empty = xsChildren(c, 'libxl', l.up!, l.tx)?.length === 0;
      }),
      when((l) => l.empty === true, [
        step('remove_empty_parent', (c, l) => {
          xsRemove(c, 'libxl', l.up!, l.tx);
          l.up = parentOf(l.up!);
        }),
      ]),
    ]),
    ret(),
  ],
);

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

const GONE = [FE, LX, BE] as const;

type Destroy = { tx?: number; i?: number; rc?: number };

/** What is left of the device in xenstore goes, all three directories at once. */
const libxl__device_destroy = fn<Destroy, void, object>(
  'libxl__device_destroy',
  xen('toolstack', DEVICE, 'libxl__device_destroy', { line: 814 }),
  [
    mark('again'),
    step('begin_transaction', (c, l) => {
      l.tx = xsBegin(c, 'libxl');
      l.i = 0;
    }),
    whilst((l) => l.i! < GONE.length, [
      call('remove_directory', () => libxl__xs_path_cleanup, (l) => ({ path: GONE[l.i!]!, tx: l.tx! })),
      assign((l) => {
        l.i = l.i! + 1;
      }),
    ]),
    step('commit_transaction', (c, l) => {
      l.rc = xsCommit(c, 'libxl', l.tx!);
      delete l.tx;
      delete l.i;
    }),
    when((l) => l.rc === -ERRNO.EAGAIN, [goto('again')]),
    ret(),
  ],
);

type Remove = { force: boolean; state?: number | null; tx?: number; rc?: number; inTime?: boolean };

/**
 * Asks the backend to close and waits until it has; then removes what is left. Forced, it takes the frontend's directory
 * away along with asking, and goes on whatever comes of it.
 */
export const libxl__initiate_device_generic_remove = fn<Remove, void, { force: boolean }>(
  'libxl__initiate_device_generic_remove',
  xen('toolstack', DEVICE, 'libxl__initiate_device_generic_remove', { line: 1015 }),
  [
    mark('again'),
    step('transaction_start', (c, l) => {
      l.tx = xsBegin(c, 'libxl');
    }),
    when((l) => l.force, [enter(() => libxl__xs_path_cleanup, (l) => ({ path: FE, tx: l.tx! }))]),
    step('read_backend_state', (c: Context, l) => {
      l.state = parseUnsigned(xsRead(c, 'libxl', `${BE}/state`, l.tx));
    }),
    when((l) => l.state !== null, [
      step('write_online', (c, l) => {
        xsWrite(c, 'libxl', `${BE}/online`, '0', l.tx);
      }),
      when((l) => l.state !== 6, [
        step('write_closing', (c, l) => {
          xsWrite(c, 'libxl', `${BE}/state`, '5', l.tx);
        }),
      ]),
    ]),
    step('transaction_end', (c, l) => {
      l.rc = xsCommit(c, 'libxl', l.tx!);
      delete l.tx;
    }),
    when((l) => l.rc === -ERRNO.EAGAIN, [goto('again')]),
    when((l) => l.state !== null, [
      call(
        'wait_for_backend',
        () => libxl__wait_for_backend_closed,
        () => ({}),
        (l, inTime) => {
          l.inTime = inTime;
        },
      ),
      when((l) => !l.inTime && !l.force, [
        local('become_forced', (c, l) => {
          l.force = true;
          xlSays(c, 'timed out waiting for the backend; removing the device by force');
        }),
        goto('again'),
      ]),
    ]),
    assign((l) => {
      delete l.rc;
      delete l.state;
      delete l.inTime;
    }),
    call('run_hotplug', () => device_hotplug, () => ({ action: 'offline' as const })),
    call('destroy_device', () => libxl__device_destroy, () => ({})),
    ret(),
  ],
);

/** `xl network-detach`; with --force, the frontend is not asked. */
export const libxl_device_nic_remove = fn<{ force: boolean }>(
  'libxl_device_nic_remove',
  xen('toolstack', 'tools/libs/light/libxl_nic.c', 'libxl_device_nic_remove', {
    line: 551, departs: 'Xen makes this function from a macro',
  }),
  [
    call('initiate_remove', () => libxl__initiate_device_generic_remove, (l) => ({ force: l.force })),
    local('detach_done', () => {}),
    jobDone('toolstack'),
    ret(),
  ],
);
