import { ERRNO } from '../../../abi/errno.ts';
import { XenbusState } from '../../../abi/xenbus.ts';
import { call, goto, local, mark, ret, step, when, whilst } from '../../machine/dsl.ts';
import { fn } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { netdevSlot } from '../../kernel/kernel.ts';
import { lock, rtnl, unlock } from '../../kernel/lock.ts';
import { deviceOf, xenbus_dev_fatal, xenbus_switch_state, type OfDevice } from '../../kernel/xenbus-client.ts';
import { parseUnsigned, xsBegin, xsCommit, xsRead, xsWrite } from '../../kernel/xs.ts';
import { xenvif_up } from './carrier.ts';
import { setLink } from './link.ts';
import { netback_remove } from './remove.ts';
import { backendInfoSlot, NETBACK_INTERFACE, NETBACK_XENBUS, NETDEV, netbackParamsSlot, vifSlot } from './state.ts';

const DEPARTS_2012 = 'the two max-…-ring-page-order keys are those of the 2012 multi-page tree, never merged';

/** What netback says it can do; the order is that of its transaction. The page orders are the composite's. */
const FEATURES: readonly (readonly [string, string])[] = [
  ['feature-sg', '1'],
  ['feature-gso-tcpv4', '1'],
  ['feature-gso-tcpv6', '1'],
  ['feature-ipv6-csum-offload', '1'],
  ['feature-rx-copy', '1'],
  ['feature-xdp-headroom', '1'],
  ['feature-rx-flip', '0'],
  ['feature-multicast-control', '1'],
  ['feature-dynamic-multicast-control', '1'],
];

type SwitchTo = OfDevice & { state: number; deferred?: boolean };

/** Sets the state that netback means to be in, and publishes it, unless it still waits for the hotplug script. */
export const backend_switch_state = fn<SwitchTo, void, OfDevice & { state: number }>(
  'backend_switch_state',
  linux('dom0', NETBACK_XENBUS, 'backend_switch_state', { line: 288 }),
  [
    local('set_intended_state', (c, l) => {
      const be = c.get(backendInfoSlot)!;
      c.set(backendInfoSlot, { ...be, state: l.state });
      l.deferred = be.have_hotplug_status_watch;
    }),
    when((l) => !l.deferred, [
      call('publish_state', () => xenbus_switch_state, (l) => ({ kernel: l.kernel, device: l.device, state: l.state })),
    ]),
    ret(),
  ],
);

/** Makes the interface: registered, its carrier off, nothing connected. */
const xenvif_alloc = fn<OfDevice>('xenvif_alloc', linux('dom0', NETBACK_INTERFACE, 'xenvif_alloc', { line: 482 }), [
  step('alloc_vif', (c) => c.set(vifSlot, { connected: false, num_queues: 0, stalled_queues: 0 })),
  lock('rtnl_lock', () => rtnl('dom0')),
  step('register_netdev', (c) => c.set(netdevSlot(NETDEV), { registered: true, carrier: false, up: false })),
  unlock('rtnl_unlock', () => rtnl('dom0')),
  ret(),
]);

type CreateVif = OfDevice & { handle?: number | null };

const backend_create_xenvif = fn<CreateVif, boolean, OfDevice>(
  'backend_create_xenvif',
  linux('dom0', NETBACK_XENBUS, 'backend_create_xenvif', { line: 221 }),
  [
    step('read_handle', (c, l) => {
      l.handle = parseUnsigned(xsRead(c, 'dom0', `${deviceOf(c, l.kernel, l.device).nodename}/handle`));
    }),
    when((l) => l.handle === null, [
      call('report_no_handle', () => xenbus_dev_fatal, (l) => ({
        kernel: l.kernel,
        device: l.device,
        err: ERRNO.ENOENT,
        message: 'reading handle',
      })),
      ret(() => false),
    ]),
    call('alloc_interface', () => xenvif_alloc, (l) => ({ kernel: l.kernel, device: l.device })),
    // The uevent carries the script and the interface name; with libxl in charge nobody acts on it.
    local('uevent_online', (c, l) => {
      c.set(backendInfoSlot, { ...c.get(backendInfoSlot)!, vif: true });
      c.note({ kind: 'uevent', action: 'online', device: l.device });
    }),
    ret(() => true),
  ],
);

type Probe = OfDevice & { nodename?: string; tx?: number; i?: number; features?: readonly (readonly [string, string])[]; rc?: number; script?: string | null; ok?: boolean };

export const netback_probe = fn<Probe, boolean, OfDevice>(
  'netback_probe',
  linux('dom0', NETBACK_XENBUS, 'netback_probe', { line: 1007, departs: DEPARTS_2012 }),
  [
    local('alloc_backend_info', (c, l) => {
      c.set(backendInfoSlot, { state: XenbusState.Unknown, have_hotplug_status_watch: false, vif: false, watched_frontend: '' });
      l.nodename = deviceOf(c, l.kernel, l.device).nodename;
      const { max_tx_order, max_rx_order } = c.get(netbackParamsSlot)!;
      l.features = [
        ...FEATURES,
        ['max-tx-ring-page-order', String(max_tx_order)],
        ['max-rx-ring-page-order', String(max_rx_order)],
      ];
    }),
    mark('again'),
    step('transaction_start', (c, l) => {
      l.tx = xsBegin(c, l.kernel);
      l.i = 0;
    }),
    whilst((l) => l.i! < l.features!.length, [
      step('write_feature', (c, l) => {
        const [key, value] = l.features![l.i!]!;
        xsWrite(c, l.kernel, `${l.nodename}/${key}`, value, l.tx);
        l.i = l.i! + 1;
      }),
    ]),
    step('transaction_end', (c, l) => {
      l.rc = xsCommit(c, l.kernel, l.tx!);
      delete l.tx;
      delete l.i;
    }),
    when((l) => l.rc === -ERRNO.EAGAIN, [goto('again')]),
    step('write_split_event_channels', (c, l) => {
      delete l.features;
      delete l.rc;
      xsWrite(c, l.kernel, `${l.nodename}/feature-split-event-channels`, '1');
    }),
    step('write_max_queues', (c, l) => {
      xsWrite(c, l.kernel, `${l.nodename}/multi-queue-max-queues`, String(c.get(netbackParamsSlot)!.max_queues));
    }),
    step('write_ctrl_ring', (c, l) => {
      xsWrite(c, l.kernel, `${l.nodename}/feature-ctrl-ring`, '1');
    }),
    call('switch_to_initwait', () => backend_switch_state, (l) => ({
      kernel: l.kernel,
      device: l.device,
      state: XenbusState.InitWait,
    })),
    step('read_script', (c, l) => {
      l.script = xsRead(c, l.kernel, `${l.nodename}/script`);
    }),
    when((l) => l.script === null, [
      call('report_no_script', () => xenbus_dev_fatal, (l) => ({
        kernel: l.kernel,
        device: l.device,
        err: ERRNO.ENOENT,
        message: 'reading script',
      })),
      goto('fail'),
    ]),
    call(
      'create_interface',
      () => backend_create_xenvif,
      (l) => ({ kernel: l.kernel, device: l.device }),
      (l, ok) => {
        l.ok = ok;
      },
    ),
    when((l) => l.ok === true, [ret(() => true)]),
    mark('fail'),
    call('undo_probe', () => netback_remove, (l) => ({ kernel: l.kernel, device: l.device })),
    ret(() => false),
  ],
);

/**
 * What `ip link set vif5.0 up` ends in, in the caller's process. Rings that are connected already are started. @returns false
 * if there is no such interface any more
 */
fn<{ missing?: boolean; connected?: boolean; queues?: number }, boolean, object>(
  'xenvif_open',
  linux('dom0', NETBACK_INTERFACE, 'xenvif_open', { line: 336 }),
  [
    lock('rtnl_lock', () => rtnl('dom0')),
    step('check_connected', (c, l) => {
      const vif = c.get(vifSlot);
      l.missing = vif === undefined;
      l.connected = vif?.connected ?? false;
      l.queues = vif?.num_queues ?? 0;
    }),
    when((l) => l.connected === true, [call('start_queues', () => xenvif_up, (l) => ({ queues: l.queues! }))]),
    when((l) => !l.missing, [step('mark_up', (c) => setLink(c, { up: true }))]),
    unlock('rtnl_unlock', () => rtnl('dom0')),
    ret((l) => !l.missing),
  ],
);
