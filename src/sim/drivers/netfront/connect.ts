import { RING_HEADER } from '../../../abi/ring.ts';
import { XenbusState } from '../../../abi/xenbus.ts';
import { assign, call, local, privately, ret, step, when, whilst } from '../../machine/dsl.ts';
import { fn } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { notify_remote_via_irq } from '../../kernel/events.ts';
import { jobDone } from '../../kernel/jobs.ts';
import { netdevSlot, printk } from '../../kernel/kernel.ts';
import { lock, rtnl, unlock } from '../../kernel/lock.ts';
import { napi_schedule } from '../../kernel/napi.ts';
import { ownRing } from '../../kernel/own-memory.ts';
import { advance, responsesToConsume } from '../../kernel/ring-macros.ts';
import { deviceOf, xenbus_frontend_closed, xenbus_switch_state, type OfDevice } from '../../kernel/xenbus-client.ts';
import type { StateCall } from '../../kernel/xenbus-otherend.ts';
import { xsReadUnsigned } from '../../kernel/xs.ts';
import { xennet_alloc_rx_buffers } from './rx.ts';
import { frontQueue, NETDEV, NETFRONT, netfrontInfoSlot, rxLock, setLink } from './state.ts';
import { talk_to_netback } from './talk.ts';

/** Backend features that decide what eth0 may offer. */
const OFFLOADS = ['feature-sg', 'feature-ipv6-csum-offload', 'feature-gso-tcpv4', 'feature-gso-tcpv6'] as const;

type UpdateFeatures = OfDevice & { otherend?: string; i?: number };

const netdev_update_features = fn<UpdateFeatures, void, OfDevice>(
  'netdev_update_features',
  linux('domU', NETFRONT, 'xennet_fix_features', { line: 1487, shown: 'netdev_update_features' }),
  [
    privately((c, l) => {
      l.otherend = deviceOf(c, l.kernel, l.device).otherend;
      l.i = 0;
    }),
    whilst((l) => l.i! < OFFLOADS.length, [
      step('read_backend_feature', (c, l) => {
        xsReadUnsigned(c, l.kernel, `${l.otherend}/${OFFLOADS[l.i!]!}`, 0);
        l.i = l.i! + 1;
      }),
    ]),
    ret(),
  ],
);

type Connect = OfDevice & {
  otherend?: string;
  copy?: number;
  rc?: number;
  queues?: number;
  i?: number;
  tx_port?: number;
  rx_port?: number;
};

/** The whole frontend side: negotiate, register eth0, post the receive buffers. @returns 0 or -errno */
export const xennet_connect = fn<Connect, number, OfDevice>(
  'xennet_connect',
  linux('domU', NETFRONT, 'xennet_connect', { line: 2433 }),
  [
    privately((c, l) => {
      l.otherend = deviceOf(c, l.kernel, l.device).otherend;
    }),
    step('read_feature_rx_copy', (c, l) => {
      l.copy = xsReadUnsigned(c, l.kernel, `${l.otherend}/feature-rx-copy`, 0);
    }),
    when((l) => l.copy === 0, [
      local('refuse_backend', (c, l) => printk(c, 'domU', `vif ${l.device}: backend does not support copying receive path`)),
      ret(() => -19),
    ]),
    call(
      'talk_to_netback',
      () => talk_to_netback,
      (l) => ({ kernel: l.kernel, device: l.device }),
      (l, rc) => {
        l.rc = rc;
      },
    ),
    when((l) => l.rc !== 0, [ret((l) => l.rc!)]),
    // After a resume it is registered already, and stays up or down as it was.
    step('register_netdev', (c) => setLink(c, { registered: true })),
    lock('rtnl_lock', () => rtnl('domU')),
    call('netdev_update_features', () => netdev_update_features, (l) => ({ kernel: l.kernel, device: l.device })),
    unlock('rtnl_unlock', () => rtnl('domU')),
    step('netif_carrier_on', (c) => setLink(c, { carrier: true })),
    step('count_queues', (c, l) => {
      l.queues = c.get(netfrontInfoSlot)!.num_queues;
      l.i = 0;
    }),
    whilst((l) => l.i! < l.queues!, [
      step('find_ports', (c, l) => {
        const queue = frontQueue(c, l.i!);
        l.tx_port = queue.tx_port!;
        l.rx_port = queue.rx_port!;
      }),
      call('notify_tx', () => notify_remote_via_irq, (l) => ({ kernel: l.kernel, port: l.tx_port! })),
      when((l) => l.tx_port !== l.rx_port, [
        call('notify_rx', () => notify_remote_via_irq, (l) => ({ kernel: l.kernel, port: l.rx_port! })),
      ]),
      lock('rx_lock', (l) => rxLock(l.i!)),
      call('alloc_rx_buffers', () => xennet_alloc_rx_buffers, (l) => ({ queue: l.i! })),
      unlock('rx_unlock', (l) => rxLock(l.i!)),
      assign((l) => {
        l.i = l.i! + 1;
      }),
    ]),
    ret(() => 0),
  ],
);

type Changed = StateCall & { own?: number; rc?: number };

/** netfront's hook for its backend's state. */
export const netback_changed = fn<Changed, void, StateCall>(
  'netback_changed',
  linux('domU', NETFRONT, 'netback_changed', { line: 2501 }),
  [
    local('wake_module_wq', (c, l) => {
      l.own = deviceOf(c, l.kernel, l.device).state;
    }),
    when((l) => l.state === XenbusState.InitWait && l.own === XenbusState.Initialising, [
      call(
        'xennet_connect',
        () => xennet_connect,
        (l) => ({ kernel: l.kernel, device: l.device }),
        (l, rc) => {
          l.rc = rc;
        },
      ),
      when((l) => l.rc === 0, [
        call('switch_to_connected', () => xenbus_switch_state, (l) => ({
          kernel: l.kernel,
          device: l.device,
          state: XenbusState.Connected,
        })),
      ]),
    ]),
    when((l) => l.state === XenbusState.Connected, [
      local('netdev_notify_peers', (c) => c.note({ kind: 'gratuitous-arp', netdev: NETDEV })),
    ]),
    when(
      (l) => l.state === XenbusState.Closing || (l.state === XenbusState.Closed && l.own !== XenbusState.Closed),
      [
        call('xenbus_frontend_closed', () => xenbus_frontend_closed, (l) => ({ kernel: l.kernel, device: l.device })),
      ],
    ),
    ret(),
  ],
);

/** What is published too early in the seeded bug: the state goes out before the keys that it stands for. */
export const netback_changed_too_early = fn<Changed, void, StateCall>(
  'netback_changed (state before refs)',
  {
    party: 'domU',
    cite: { project: 'RingScope', version: '', path: 'src/sim/drivers/netfront/connect.ts', symbol: 'netback_changed_too_early' },
    shown: 'netback_changed',
    departs: 'a seeded bug of ours: Connected is published before the grant references',
  },
  [
    privately((c, l) => {
      l.own = deviceOf(c, l.kernel, l.device).state;
    }),
    when((l) => l.state === XenbusState.InitWait && l.own === XenbusState.Initialising, [
      call('switch_too_early', () => xenbus_switch_state, (l) => ({
        kernel: l.kernel,
        device: l.device,
        state: XenbusState.Connected,
      })),
      call('connect_too_late', () => xennet_connect, (l) => ({ kernel: l.kernel, device: l.device })),
    ]),
    ret(),
  ],
);

type Open = { queues?: number; i?: number; carrier?: boolean; work?: number };

/** `ip link set eth0 up`, from domU's userspace: tops up the RX rings and asks to be told of responses. */
export const xennet_open = fn<Open, void, object>(
  'xennet_open',
  linux('domU', NETFRONT, 'xennet_open', { line: 360 }),
  [
    step('wait_for_eth0', () => {}, { ready: (c) => c.get(netdevSlot(NETDEV))?.registered === true, idle: true }),
    lock('rtnl_lock', () => rtnl('domU')),
    step('count_queues', (c, l) => {
      l.queues = c.get(netfrontInfoSlot)?.num_queues ?? 0;
      l.i = 0;
    }),
    whilst((l) => l.i! < l.queues!, [
      local('napi_enable', () => {}),
      lock('rx_lock', (l) => rxLock(l.i!)),
      step('check_carrier', (c, l) => {
        l.carrier = c.get(netdevSlot(NETDEV))?.carrier ?? false;
      }),
      when((l) => l.carrier === true, [
        call('alloc_rx_buffers', () => xennet_alloc_rx_buffers, (l) => ({ queue: l.i! })),
        step('store_rsp_event', (c, l) => {
          c.enter();
          const { rx } = frontQueue(c, l.i!);
          ownRing(c, rx!.gfn).store32(RING_HEADER.rsp_event, advance(rx!.indexes.rsp_cons, 1));
          c.leave();
        }),
        step('count_responses', (c, l) => {
          c.enter();
          const { rx } = frontQueue(c, l.i!);
          l.work = responsesToConsume(rx!.indexes, ownRing(c, rx!.gfn).load32(RING_HEADER.rsp_prod));
          c.leave();
        }),
        when((l) => l.work! > 0, [
          call('schedule_napi', () => napi_schedule, (l) => ({ kernel: 'domU' as const, poll: 'xennet_poll', queue: l.i! })),
        ]),
      ]),
      unlock('rx_unlock', (l) => rxLock(l.i!)),
      assign((l) => {
        delete l.carrier;
        delete l.work;
        l.i = l.i! + 1;
      }),
    ]),
    step('mark_up', (c) => setLink(c, { up: true })),
    unlock('rtnl_unlock', () => rtnl('domU')),
    jobDone('domU userspace'),
    ret(),
  ],
);
