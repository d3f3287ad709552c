import { ERRNO } from '../../abi/errno.ts';
import { assign, call, enter, goto, local, mark, ret, step, when, whilst } from '../machine/dsl.ts';
import type { Context } from '../machine/context.ts';
import { fn, type Node } from '../machine/program.ts';
import { xen } from '../kernel/cite.ts';
import { jobDone } from '../kernel/jobs.ts';
import { xsBegin, xsCommit, xsRemove, xsToolstack, xsWrite } from '../kernel/xs.ts';
import { device_hotplug } from './toolstack-hotplug.ts';
import { libxl__wait_device_connection } from './toolstack-wait.ts';
import { BE, FE, LX } from './toolstack-paths.ts';
import { xlSays } from './toolstack-says.ts';

export { BE, FE } from './toolstack-paths.ts';

const DEVICE = 'tools/libs/light/libxl_device.c';

const MAC = '00:16:3e:5e:6c:00';

/** Owner the guest, readable by the backend's domain; and the other way round. */
const GUEST_OWNS = ['n5', 'r0'];
const BACKEND_OWNS = ['n0', 'r5'];

type Pair = readonly [string, string];

const FRONTEND_KEYS: readonly Pair[] = [
  ['backend-id', '0'],
  ['state', '1'],
  ['handle', '0'],
  ['mac', MAC],
  ['trusted', '1'],
];

const BACKEND_KEYS: readonly Pair[] = [
  ['frontend', FE],
  ['frontend-id', '5'],
  ['online', '1'],
  ['state', '1'],
  ['script', '/etc/xen/scripts/vif-bridge'],
  ['mac', MAC],
  ['bridge', 'xenbr0'],
  ['handle', '0'],
  ['type', 'vif'],
  // Empty on purpose: a backend that finds the key waits until the script has filled it.
  ['hotplug-status', ''],
];

const LIBXL_LINKS: readonly Pair[] = [
  ['frontend', FE],
  ['backend', BE],
];

type Add = { tx?: number; i?: number };

/** Writes every pair under `dir`, a step each. */
function writeAll(label: string, dir: string, pairs: readonly Pair[]): Node<Add>[] {
  return [
    assign((l) => {
      l.i = 0;
    }),
    whilst((l) => l.i! < pairs.length, [
      step(label, (c, l) => {
        const [key, value] = pairs[l.i!]!;
        xsWrite(c, 'libxl', `${dir}/${key}`, value, l.tx);
        l.i = l.i! + 1;
      }),
    ]),
  ];
}

/** Makes an empty directory with these permissions, whatever was there before. */
function freshDirectory(name: string, path: string, perms: readonly string[]): Node<Add>[] {
  return [
    step(`clear_${name}_dir`, (c, l) => xsRemove(c, 'libxl', path, l.tx)),
    step(`make_${name}_dir`, (c, l) => xsToolstack.mkdir(c, 'libxl', path, l.tx!)),
    step(`set_${name}_perms`, (c, l) => xsToolstack.setPerms(c, 'libxl', path, perms, l.tx!)),
  ];
}

const libxl__device_generic_add = fn<Add & { tx: number }, void, { tx: number }>(
  'libxl__device_generic_add',
  xen('toolstack', DEVICE, 'libxl__device_generic_add', { line: 148 }),
  [
    step('clear_libxl_dir', (c, l) => xsRemove(c, 'libxl', LX, l.tx)),
    ...(writeAll('write_libxl_link', LX, LIBXL_LINKS) as Node<Add & { tx: number }>[]),
    ...(freshDirectory('frontend', FE, GUEST_OWNS) as Node<Add & { tx: number }>[]),
    step('write_frontend_backend', (c, l) => {
      xsWrite(c, 'libxl', `${FE}/backend`, BE, l.tx);
      l.i = 0;
    }),
    whilst((l) => l.i! < FRONTEND_KEYS.length, [
      step('write_frontend_key', (c, l) => {
        const [key, value] = FRONTEND_KEYS[l.i!]!;
        xsWrite(c, 'libxl', `${FE}/${key}`, value, l.tx);
      }),
      step('set_frontend_key_perms', (c, l) => {
        xsToolstack.setPerms(c, 'libxl', `${FE}/${FRONTEND_KEYS[l.i!]![0]}`, GUEST_OWNS, l.tx);
        l.i = l.i! + 1;
      }),
    ]),
    step('write_frontend_mtu', (c, l) => {
      xsWrite(c, 'libxl', `${FE}/mtu`, '1500', l.tx);
    }),
    // The one key of the guest's directory that the guest may not change.
    step('set_frontend_mtu_perms', (c, l) => xsToolstack.setPerms(c, 'libxl', `${FE}/mtu`, BACKEND_OWNS, l.tx)),
    ...(freshDirectory('backend', BE, BACKEND_OWNS) as Node<Add & { tx: number }>[]),
    ...(writeAll('write_backend_key', BE, BACKEND_KEYS) as Node<Add & { tx: number }>[]),
    ...(writeAll('write_libxl_copy', LX, BACKEND_KEYS.slice(1)) as Node<Add & { tx: number }>[]),
    ret(),
  ],
);


/** `within`: it is part of something larger that the toolstack does. */
type Attach = Add & { within?: true; rc?: number; ok?: boolean };

/** `xl network-attach`: writes both directories at once, waits for the backend, runs the hotplug script. */
export const libxl__device_add_async = fn<Attach, void, { within?: true }>(
  'libxl__device_add_async',
  xen('toolstack', DEVICE, 'libxl__device_add_async', { line: 1917 }),
  [
    mark('again'),
    step('transaction_start', (c: Context, l) => {
      l.tx = xsBegin(c, 'libxl');
    }),
    call('generic_add', () => libxl__device_generic_add, (l) => ({ tx: l.tx! })),
    step('transaction_end', (c, l) => {
      l.rc = xsCommit(c, 'libxl', l.tx!);
      delete l.tx;
    }),
    when((l) => l.rc === -ERRNO.EAGAIN, [goto('again')]),
    assign((l) => {
      delete l.rc;
    }),
    enter(
      () => libxl__wait_device_connection,
      () => ({}),
      (l, ok) => {
        l.ok = ok;
      },
    ),
    when((l) => !l.ok, [goto('failed')]),
    call(
      'run_hotplug',
      () => device_hotplug,
      () => ({ action: 'online' as const }),
      (l, ok) => {
        l.ok = ok;
      },
    ),
    when((l) => !l.ok, [goto('failed')]),
    local('attach_done', () => {}),
    when((l) => !l.within, [jobDone('toolstack')]),
    ret(),
    mark('failed'),
    // What was written stays: taking it away is for `xl network-detach`.
    local('attach_failed', (c) => xlSays(c, `unable to add device with path ${BE}`)),
    when((l) => !l.within, [jobDone('toolstack')]),
    ret(),
  ],
);
