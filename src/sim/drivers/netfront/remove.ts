import { XenbusState } from '../../../abi/xenbus.ts';
import type { Context } from '../../machine/context.ts';
import { call, local, privately, ret, step, when } from '../../machine/dsl.ts';
import { fn } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { netdevSlot } from '../../kernel/kernel.ts';
import { lock, rtnl, unlock } from '../../kernel/lock.ts';
import { deviceOf, xenbus_switch_state, type OfDevice } from '../../kernel/xenbus-client.ts';
import { xsPeekUnsigned, xsReadUnsigned } from '../../kernel/xs.ts';
import { xennet_destroy_queues, xennet_disconnect_backend } from './release.ts';
import { NETDEV, NETFRONT, setLink } from './state.ts';

const { Unknown, Closing, Closed } = XenbusState;

type Close = OfDevice & { otherend?: string; state?: number };

/** Has the backend got that far? Absent counts as gone. */
function backendIs(c: Context, l: Readonly<Close>, states: readonly number[]): boolean {
  return states.includes(xsPeekUnsigned(c, `${l.otherend}/state`) ?? Unknown);
}

function readBackend(c: Context, l: Close): void {
  l.state = xsReadUnsigned(c, l.kernel, `${l.otherend}/state`, Unknown);
}

/** Says Closing, then Closed, and waits each time until the backend has followed: then it holds nothing of ours any more. */
const xennet_bus_close = fn<Close, void, OfDevice>('xennet_bus_close', linux('domU', NETFRONT, 'xennet_bus_close', { line: 2635 }), [
  privately((c, l) => {
    l.otherend = deviceOf(c, l.kernel, l.device).otherend;
  }),
  step('read_backend_state', readBackend),
  when((l) => l.state === Closed, [ret()]),
  call('switch_to_closing', () => xenbus_switch_state, (l) => ({ kernel: l.kernel, device: l.device, state: Closing })),
  step('wait_for_closing', readBackend, { ready: (c, l) => backendIs(c, l, [Closing, Closed, Unknown]) }),
  step('check_closed', readBackend),
  when((l) => l.state === Closed, [ret()]),
  call('switch_to_closed', () => xenbus_switch_state, (l) => ({ kernel: l.kernel, device: l.device, state: Closed })),
  step('wait_for_closed', readBackend, { ready: (c, l) => backendIs(c, l, [Closed, Unknown]) }),
  ret(),
]);

/** eth0 disappears; if it is up, it is taken down first. */
const unregister_netdev = fn<{ up?: boolean }, void, object>(
  'unregister_netdev',
  linux('domU', 'net/core/dev.c', 'unregister_netdev', { line: 11716 }),
  [
    lock('rtnl_lock', () => rtnl('domU')),
    step('check_up', (c, l) => {
      l.up = c.get(netdevSlot(NETDEV))!.up;
    }),
    when((l) => l.up === true, [
      local('napi_disable', () => {}),
      step('mark_down', (c) => setLink(c, { up: false })),
    ]),
    step('unlist', (c) => setLink(c, { registered: false })),
    unlock('rtnl_unlock', () => rtnl('domU')),
    ret(),
  ],
);

type Remove = OfDevice & { registered?: boolean };

/** netfront lets a device go: both ends are closed, then all is taken back, then eth0 goes. */
export const xennet_remove = fn<Remove, void, OfDevice>('xennet_remove', linux('domU', NETFRONT, 'xennet_remove', {
  line: 2667,
}), [
  call('bus_close', () => xennet_bus_close, (l) => ({ kernel: l.kernel, device: l.device })),
  call('disconnect_backend', () => xennet_disconnect_backend, () => ({})),
  step('check_registered', (c, l) => {
    l.registered = c.get(netdevSlot(NETDEV))?.registered ?? false;
  }),
  when((l) => l.registered === true, [call('unregister_netdev', () => unregister_netdev, () => ({}))]),
  lock('rtnl_lock', () => rtnl('domU')),
  call('destroy_queues', () => xennet_destroy_queues, () => ({})),
  unlock('rtnl_unlock', () => rtnl('domU')),
  step('free_netdev', (c) => c.set(netdevSlot(NETDEV), undefined)),
  ret(),
]);

/** After a resume: what the old backend had is forgotten; the new one is met as the first was. eth0 itself stays. */
export const netfront_resume = fn<OfDevice>('netfront_resume', linux('domU', NETFRONT, 'netfront_resume', {
  line: 1872,
}), [
  local('netif_device_detach', () => {}),
  call('disconnect_backend', () => xennet_disconnect_backend, () => ({})),
  lock('rtnl_lock', () => rtnl('domU')),
  call('destroy_queues', () => xennet_destroy_queues, () => ({})),
  unlock('rtnl_unlock', () => rtnl('domU')),
  ret(),
]);
