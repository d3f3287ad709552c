import { ERRNO } from '../../../abi/errno.ts';
import { assign, call, goto, local, mark, privately, ret, step, when, whilst } from '../../machine/dsl.ts';
import { fn } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { lock, rtnl, unlock } from '../../kernel/lock.ts';
import { deviceOf, xenbus_dev_fatal, type OfDevice } from '../../kernel/xenbus-client.ts';
import { device_unregister } from '../../kernel/xenbus-remove.ts';
import { xsAbort, xsBegin, xsCommit, xsExists, xsRead, xsReadUnsigned, xsWrite } from '../../kernel/xs.ts';
import { xennet_create_queues } from './queues.ts';
import { xennet_destroy_queues, xennet_disconnect_backend } from './release.ts';
import { setup_netfront, write_queue_xenstore_keys } from './setup.ts';
import { NETFRONT, netfrontParamsSlot } from './state.ts';

const DEPARTS =
  'the ring page orders are read and written as in the 2012 multi-page tree; queues and locking are those of 6.12';

/** Features that netfront writes after the queues' keys, in this order. */
const FEATURES: readonly (readonly [string, string])[] = [
  ['request-rx-copy', '1'],
  ['feature-rx-notify', '1'],
  ['feature-sg', '1'],
  ['feature-gso-tcpv4', '1'],
  ['feature-gso-tcpv6', '1'],
  ['feature-ipv6-csum-offload', '1'],
];

type Talk = OfDevice & {
  nodename?: string;
  otherend?: string;
  max_queues?: number;
  queues?: number;
  split?: boolean;
  mac?: string | null;
  tx_order?: number;
  rx_order?: number;
  headroom?: number;
  i?: number;
  rc?: number;
  tx?: number;
  forgets?: boolean | undefined;
  keys?: readonly (readonly [string, string])[];
};

/** Negotiates with the backend: reads what it offers, makes rings and ports, publishes all keys in one transaction. */
export const talk_to_netback = fn<Talk, number, OfDevice>(
  'talk_to_netback',
  linux('domU', NETFRONT, 'talk_to_netback', { line: 2266, departs: DEPARTS }),
  [
    privately((c, l) => {
      const device = deviceOf(c, l.kernel, l.device);
      l.nodename = device.nodename;
      l.otherend = device.otherend;
    }),
    step('read_trusted', (c, l) => {
      xsReadUnsigned(c, l.kernel, `${l.nodename}/trusted`, 1);
    }),
    step('read_max_queues', (c, l) => {
      l.max_queues = xsReadUnsigned(c, l.kernel, `${l.otherend}/multi-queue-max-queues`, 1);
    }),
    step('read_split_event_channels', (c, l) => {
      l.split = xsReadUnsigned(c, l.kernel, `${l.otherend}/feature-split-event-channels`, 0) !== 0;
      l.queues = Math.min(l.max_queues!, c.get(netfrontParamsSlot)!.max_queues);
    }),
    step('read_mac', (c, l) => {
      l.mac = xsRead(c, l.kernel, `${l.nodename}/mac`);
    }),
    when((l) => l.mac === null, [
      call('report_mac', () => xenbus_dev_fatal, (l) => ({
        kernel: l.kernel,
        device: l.device,
        err: ERRNO.ENOENT,
        message: `parsing ${l.nodename}/mac`,
      })),
      assign((l) => {
        l.rc = -ERRNO.ENOENT;
      }),
      goto('out'),
    ]),
    step('read_max_tx_order', (c, l) => {
      delete l.mac;
      l.tx_order = xsReadUnsigned(c, l.kernel, `${l.otherend}/max-tx-ring-page-order`, 0);
    }),
    step('read_max_rx_order', (c, l) => {
      l.rx_order = xsReadUnsigned(c, l.kernel, `${l.otherend}/max-rx-ring-page-order`, 0);
    }),
    step('read_xdp_headroom_feature', (c, l) => {
      l.headroom = xsReadUnsigned(c, l.kernel, `${l.otherend}/feature-xdp-headroom`, 0);
    }),
    when((l) => l.headroom !== 0, [
      step('write_xdp_headroom', (c, l) => {
        xsWrite(c, l.kernel, `${l.nodename}/xdp-headroom`, '0');
      }),
    ]),
    assign((l) => {
      delete l.headroom;
    }),
    lock('rtnl_lock', () => rtnl('domU')),
    call(
      'create_queues',
      () => xennet_create_queues,
      (l) => ({ device: l.device, asked: l.queues!, tx_pages: 2 ** l.tx_order!, rx_pages: 2 ** l.rx_order! }),
      (l, made) => {
        l.queues = made;
      },
    ),
    unlock('rtnl_unlock', () => rtnl('domU')),
    when((l) => l.queues === 0, [
      call('report_no_queues', () => xenbus_dev_fatal, (l) => ({
        kernel: l.kernel,
        device: l.device,
        err: ERRNO.EINVAL,
        message: 'creating queues',
      })),
      assign((l) => {
        l.rc = -ERRNO.EINVAL;
      }),
      goto('out'),
    ]),
    assign((l) => {
      l.i = 0;
      l.rc = 0;
    }),
    whilst((l) => l.i! < l.queues!, [
      call(
        'setup_netfront',
        () => setup_netfront,
        (l) => ({
          kernel: l.kernel,
          device: l.device,
          queue: l.i!,
          tx_pages: 2 ** l.tx_order!,
          rx_pages: 2 ** l.rx_order!,
          split: l.split!,
        }),
        (l, rc) => {
          l.rc = rc;
          l.i = l.i! + 1;
        },
      ),
      when((l) => l.rc !== 0, [goto('destroy_ring')]),
    ]),
    mark('again'),
    step('transaction_start', (c, l) => {
      l.tx = xsBegin(c, l.kernel);
    }),
    step('check_multi_queue', (c, l) => {
      const known = xsExists(c, l.kernel, `${l.otherend}/multi-queue-max-queues`);
      l.keys = [
        ...(!known ? [] : [['multi-queue-num-queues', String(l.queues)] as const]),
        ...(l.tx_order! > 0 ? [['tx-ring-order', String(l.tx_order)] as const] : []),
        ...(l.rx_order! > 0 ? [['rx-ring-order', String(l.rx_order)] as const] : []),
      ];
      l.i = 0;
    }),
    whilst((l) => l.i! < l.keys!.length, [
      step('write_queue_count_or_order', (c, l) => {
        writeNext(c, l);
      }),
      when((l) => l.rc !== 0, [goto('abort_transaction')]),
    ]),
    assign((l) => {
      l.i = 0;
    }),
    whilst((l) => l.i! < l.queues!, [
      call(
        'write_queue_keys',
        () => write_queue_xenstore_keys,
        (l) => ({ kernel: l.kernel, device: l.device, queue: l.i!, queues: l.queues!, tx: l.tx! }),
        (l, rc) => {
          l.rc = rc;
          l.i = l.i! + 1;
        },
      ),
      when((l) => l.rc !== 0, [goto('abort_transaction_no_dev_fatal')]),
    ]),
    local('list_features', (_, l) => {
      l.keys = FEATURES;
      l.i = 0;
    }),
    whilst((l) => l.i! < l.keys!.length, [
      step('write_feature', (c, l) => {
        writeNext(c, l);
      }),
      when((l) => l.rc !== 0, [goto('abort_transaction')]),
    ]),
    step('transaction_end', (c, l) => {
      l.rc = xsCommit(c, l.kernel, l.tx!);
      delete l.tx;
      delete l.keys;
      delete l.i;
    }),
    privately((c, l) => {
      l.forgets = c.get(netfrontParamsSlot)!.forgets_eagain;
    }),
    // The seeded bug: that nothing was published is not noticed.
    when((l) => l.rc === -ERRNO.EAGAIN && l.forgets === true, [ret(() => 0)]),
    when((l) => l.rc === -ERRNO.EAGAIN, [goto('again')]),
    when((l) => l.rc === 0, [ret(() => 0)]),
    call('report_transaction', () => xenbus_dev_fatal, (l) => ({
      kernel: l.kernel,
      device: l.device,
      err: l.rc!,
      message: 'completing transaction',
    })),
    goto('destroy_ring'),
    mark('abort_transaction'),
    call('report_key', () => xenbus_dev_fatal, (l) => ({
      kernel: l.kernel,
      device: l.device,
      err: l.rc!,
      message: `writing ${l.keys![l.i! - 1]![0]}`,
    })),
    mark('abort_transaction_no_dev_fatal'),
    step('transaction_abort', (c, l) => {
      xsAbort(c, l.kernel, l.tx!);
      delete l.tx;
      delete l.keys;
      delete l.i;
    }),
    mark('destroy_ring'),
    call('disconnect_backend', () => xennet_disconnect_backend, () => ({})),
    lock('rtnl_lock_to_destroy', () => rtnl('domU')),
    call('destroy_queues', () => xennet_destroy_queues, () => ({})),
    unlock('rtnl_unlock_destroyed', () => rtnl('domU')),
    mark('out'),
    call('device_unregister', () => device_unregister, (l) => ({ kernel: l.kernel, device: l.device })),
    ret((l) => l.rc!),
  ],
);

/** Writes the next key of the list, in the open transaction; `rc` says whether that went well. */
function writeNext(c: Parameters<typeof xsWrite>[0], l: Talk): void {
  const [key, value] = l.keys![l.i!]!;
  l.rc = xsWrite(c, l.kernel, `${l.nodename}/${key}`, value, l.tx);
  l.i = l.i! + 1;
}
