import { ERRNO } from '../../../abi/errno.ts';
import { assign, atomic, call, enter, goto, local, mark, privately, ret, step, when, whilst } from '../../machine/dsl.ts';
import { fn } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { deviceOf, xenbus_dev_fatal, xenbus_switch_state, type OfDevice } from '../../kernel/xenbus-client.ts';
import { register_xenbus_watch, unregister_xenbus_watch, type WatchCall } from '../../kernel/xenwatch.ts';
import { xsRead, xsReadUnsigned } from '../../kernel/xs.ts';
import { xenvif_carrier_on } from './carrier.ts';
import { xenvif_deinit_queue, xenvif_disconnect_data } from './disconnect.ts';
import { unregister_hotplug_status_watch } from './remove.ts';
import { connect_rings } from './rings.ts';
import { backendInfoSlot, backQueueSlot, NETBACK_XENBUS, netbackParamsSlot, updateVif } from './state.ts';

type ReadMac = OfDevice & { ok?: boolean };

const xen_net_read_mac = fn<ReadMac, boolean, OfDevice>(
  'xen_net_read_mac',
  linux('dom0', NETBACK_XENBUS, 'xen_net_read_mac', { line: 503 }),
  [
    step('read_mac', (c, l) => {
      const mac = xsRead(c, 'dom0', `${deviceOf(c, l.kernel, l.device).nodename}/mac`);
      l.ok = /^[0-9a-f]+(:[0-9a-f]+){5}$/i.test(mac ?? '');
    }),
    ret((l) => l.ok!),
  ],
);

const xen_net_read_rate = fn<OfDevice>('xen_net_read_rate', linux('dom0', NETBACK_XENBUS, 'xen_net_read_rate', {
  line: 467,
}), [
  step('read_rate', (c, l) => {
    xsRead(c, 'dom0', `${deviceOf(c, l.kernel, l.device).nodename}/rate`);
  }),
  ret(),
]);

/** Watches for two things that may change later: the rate limit, and the guest's wish for multicast filtering. */
const xen_register_watchers = fn<OfDevice & { rate?: string; multicast?: string }, void, OfDevice>(
  'xen_register_watchers',
  linux('dom0', NETBACK_XENBUS, 'xen_register_watchers', { line: 639 }),
  [
    privately((c, l) => {
      const device = deviceOf(c, l.kernel, l.device);
      l.rate = `${device.nodename}/rate`;
      l.multicast = `${device.otherend}/request-multicast-control`;
    }),
    call('watch_rate', () => register_xenbus_watch, (l) => ({
      kernel: l.kernel,
      path: l.rate!,
      callback: 'xen_net_rate_changed',
      device: l.device,
      coalesce: false,
    })),
    call('watch_multicast_control', () => register_xenbus_watch, (l) => ({
      kernel: l.kernel,
      path: l.multicast!,
      callback: 'xen_mcast_ctrl_changed',
      device: l.device,
      coalesce: false,
    })),
    privately((c, l) => {
      const watched_frontend = deviceOf(c, l.kernel, l.device).otherend;
      c.set(backendInfoSlot, { ...c.get(backendInfoSlot)!, watched_frontend });
    }),
    ret(),
  ],
);

fn<WatchCall>(
  'xen_net_rate_changed',
  linux('dom0', NETBACK_XENBUS, 'xen_net_rate_changed', { line: 525 }),
  [
    call('read_rate', () => xen_net_read_rate, (l) => ({ kernel: l.kernel, device: l.device })),
    ret(),
  ],
);

fn<WatchCall>(
  'xen_mcast_ctrl_changed',
  linux('dom0', NETBACK_XENBUS, 'xen_mcast_ctrl_changed', { line: 584 }),
  [
    step('read_request_multicast_control', (c, l) => {
      xsReadUnsigned(c, 'dom0', `${deviceOf(c, l.kernel, l.device).otherend}/request-multicast-control`, 0);
    }),
    ret(),
  ],
);

/** Keys that say what the frontend can take, with the value that counts when the key is missing. */
const FLAGS: readonly (readonly [string, number])[] = [
  ['feature-rx-notify', 0],
  ['feature-sg', 0],
  ['feature-gso-tcpv4', 0],
  ['feature-gso-tcpv6', 0],
  ['feature-no-csum-offload', 0],
  ['feature-ipv6-csum-offload', 0],
  ['xdp-headroom', 0],
];

type Flags = OfDevice & { otherend?: string; copy?: number; i?: number };

/** Reads the frontend's feature keys. Its caller ignores what it returns: without request-rx-copy it just stops. */
const read_xenbus_vif_flags = fn<Flags, void, OfDevice>(
  'read_xenbus_vif_flags',
  linux('dom0', NETBACK_XENBUS, 'read_xenbus_vif_flags', { line: 935 }),
  [
    privately((c, l) => {
      l.otherend = deviceOf(c, l.kernel, l.device).otherend;
      l.i = 0;
    }),
    step('read_request_rx_copy', (c, l) => {
      l.copy = xsReadUnsigned(c, 'dom0', `${l.otherend}/request-rx-copy`, 0);
    }),
    when((l) => l.copy === 0, [ret()]),
    whilst((l) => l.i! < FLAGS.length, [
      step('read_flag', (c, l) => {
        const [key, missing] = FLAGS[l.i!]!;
        xsReadUnsigned(c, 'dom0', `${l.otherend}/${key}`, missing);
        l.i = l.i! + 1;
      }),
    ]),
    ret(),
  ],
);

/** A control ring is optional, and Linux guests have none. */
const connect_ctrl_ring = fn<OfDevice>(
  'connect_ctrl_ring',
  linux('dom0', NETBACK_XENBUS, 'connect_ctrl_ring', { line: 684 }),
  [
    step('read_ctrl_ring_ref', (c, l) => {
      xsRead(c, 'dom0', `${deviceOf(c, l.kernel, l.device).otherend}/ctrl-ring-ref`);
    }),
    ret(),
  ],
);

/** 256 slots in the pending ring, all free, and as many unpopulated pages for the guest's TX data. */
const xenvif_init_queue = fn<{ queue: number }>(
  'xenvif_init_queue',
  linux('dom0', 'drivers/net/xen-netback/interface.c', 'xenvif_init_queue', { line: 561 }),
  [
    step('init_queue', (c, l) => {
      c.set(backQueueSlot(l.queue), { tx: null, rx: null, tx_port: null, rx_port: null, stalled: true });
    }),
    ret(),
  ],
);

type Connect = OfDevice & { nodename?: string; otherend?: string; queues?: number; max?: number; ok?: boolean; i?: number; err?: number };

/** Reads what the frontend published, maps and binds everything. Reports failure, but returns nothing to its caller. */
const connect = fn<Connect, void, OfDevice>('connect', linux('dom0', NETBACK_XENBUS, 'connect', { line: 726 }), [
  privately((c, l) => {
    const device = deviceOf(c, l.kernel, l.device);
    l.nodename = device.nodename;
    l.otherend = device.otherend;
    l.max = c.get(netbackParamsSlot)!.max_queues;
  }),
  step('read_num_queues', (c, l) => {
    l.queues = xsReadUnsigned(c, 'dom0', `${l.otherend}/multi-queue-num-queues`, 1);
  }),
  when((l) => l.queues! < 1 || l.queues! > l.max!, [
    call('report_queues', () => xenbus_dev_fatal, (l) => ({
      kernel: l.kernel,
      device: l.device,
      err: ERRNO.EINVAL,
      message: `guest requested ${l.queues} queues, but valid range is 1 - ${l.max}.`,
    })),
    ret(),
  ]),
  call(
    'read_mac',
    () => xen_net_read_mac,
    (l) => ({ kernel: l.kernel, device: l.device }),
    (l, ok) => {
      l.ok = ok;
    },
  ),
  when((l) => !l.ok, [
    call('report_mac', () => xenbus_dev_fatal, (l) => ({
      kernel: l.kernel,
      device: l.device,
      err: ERRNO.ENOENT,
      message: `parsing ${l.nodename}/mac`,
    })),
    ret(),
  ]),
  call('read_rate', () => xen_net_read_rate, (l) => ({ kernel: l.kernel, device: l.device })),
  call('register_watchers', () => xen_register_watchers, (l) => ({ kernel: l.kernel, device: l.device })),
  call('read_flags', () => read_xenbus_vif_flags, (l) => ({ kernel: l.kernel, device: l.device })),
  call('connect_ctrl_ring', () => connect_ctrl_ring, (l) => ({ kernel: l.kernel, device: l.device })),
  atomic('alloc_queues', 'no other thread knows the queues yet', (c, l) => {
    delete l.ok;
    delete l.max;
    updateVif(c, { num_queues: l.queues!, stalled_queues: l.queues! });
    l.i = 0;
  }),
  whilst((l) => l.i! < l.queues!, [
    call('init_queue', () => xenvif_init_queue, (l) => ({ queue: l.i! })),
    call(
      'connect_rings',
      () => connect_rings,
      (l) => ({ kernel: l.kernel, device: l.device, queue: l.i!, queues: l.queues! }),
      (l, err) => {
        l.err = err;
      },
    ),
    when((l) => l.err !== 0, [goto('err')]),
    assign((l) => {
      delete l.err;
      l.i = l.i! + 1;
    }),
  ]),
  local('set_real_num_queues', () => {}),
  call('carrier_on', () => xenvif_carrier_on, (l) => ({ queues: l.queues! })),
  enter(() => unregister_hotplug_status_watch, (l) => ({ kernel: l.kernel, device: l.device })),
  call('watch_hotplug_status', () => register_xenbus_watch, (l) => ({
    kernel: l.kernel,
    path: `${l.nodename}/hotplug-status`,
    callback: 'hotplug_status_changed',
    device: l.device,
    coalesce: false,
  })),
  local('wake_tx_queues', (c) => c.set(backendInfoSlot, { ...c.get(backendInfoSlot)!, have_hotplug_status_watch: true })),
  ret(),
  mark('err'),
  // What failed has undone itself; the queue it was for is no more, and those before it are taken apart.
  call('deinit_failed_queue', () => xenvif_deinit_queue, (l) => ({ queue: l.i! })),
  atomic('count_connected', 'the vif is not connected, so nobody else looks at it', (c, l) => {
    updateVif(c, { num_queues: l.i! });
    l.queues = l.i!;
    l.i = 0;
  }),
  when((l) => l.queues! > 0, [
    call('disconnect_connected', () => xenvif_disconnect_data, (l) => ({ queues: l.queues! })),
    whilst((l) => l.i! < l.queues!, [
      call('deinit_queue', () => xenvif_deinit_queue, (l) => ({ queue: l.i! })),
      assign((l) => {
        l.i = l.i! + 1;
      }),
    ]),
  ]),
  atomic('give_up_queues', 'the vif is not connected, so nobody else looks at it', (c) => updateVif(c, { num_queues: 0 })),
  ret(),
]);

export const backend_connect = fn<OfDevice>(
  'backend_connect',
  linux('dom0', NETBACK_XENBUS, 'backend_connect', { line: 282 }),
  [call('connect', () => connect, (l) => ({ kernel: l.kernel, device: l.device })), ret()],
);

type Deferred = WatchCall & { nodename?: string; state?: number; status?: string | null };

/** The script has spoken: now the state that was held back may be published, and the watch has done its work. */
fn<Deferred, void, WatchCall>(
  'hotplug_status_changed',
  linux('dom0', NETBACK_XENBUS, 'hotplug_status_changed', { line: 661 }),
  [
    privately((c, l) => {
      l.nodename = deviceOf(c, l.kernel, l.device).nodename;
      l.state = c.get(backendInfoSlot)!.state;
    }),
    step('read_hotplug_status', (c, l) => {
      l.status = xsRead(c, 'dom0', `${l.nodename}/hotplug-status`);
    }),
    when((l) => l.status !== 'connected', [ret()]),
    call('publish_state', () => xenbus_switch_state, (l) => ({ kernel: l.kernel, device: l.device, state: l.state! })),
    call('unregister_hotplug_status_watch', () => unregister_xenbus_watch, (l) => ({
      kernel: l.kernel,
      path: `${l.nodename}/hotplug-status`,
      callback: 'hotplug_status_changed',
    })),
    privately((c) => {
      c.set(backendInfoSlot, { ...c.get(backendInfoSlot)!, have_hotplug_status_watch: false });
    }),
    ret(),
  ],
);

