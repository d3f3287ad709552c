import { XenbusState } from '../../../abi/xenbus.ts';
import { call, privately, ret, step } from '../../machine/dsl.ts';
import { fn } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { netdevSlot } from '../../kernel/kernel.ts';
import { deviceOf, xenbus_switch_state, type OfDevice } from '../../kernel/xenbus-client.ts';
import { xsPeekUnsigned, xsReadUnsigned } from '../../kernel/xs.ts';
import { NETDEV, NETFRONT } from './state.ts';

type CreateDev = OfDevice & { otherend?: string };

/** Makes eth0, not registered yet, and waits until the backend is there: neither Closed nor gone. */
const xennet_create_dev = fn<CreateDev, void, OfDevice>(
  'xennet_create_dev',
  linux('domU', NETFRONT, 'xennet_create_dev', { line: 1722 }),
  [
    privately((c, l) => {
      l.otherend = deviceOf(c, l.kernel, l.device).otherend;
    }),
    step('alloc_netdev', (c) => c.set(netdevSlot(NETDEV), { registered: false, carrier: false, up: false })),
    call('switch_to_initialising', () => xenbus_switch_state, (l) => ({
      kernel: l.kernel,
      device: l.device,
      state: XenbusState.Initialising,
    })),
    step(
      'wait_for_backend',
      (c, l) => {
        xsReadUnsigned(c, l.kernel, `${l.otherend}/state`, XenbusState.Unknown);
      },
      { ready: (c, l) => backendIsThere(xsPeekUnsigned(c, `${l.otherend}/state`)) },
    ),
    ret(),
  ],
);

function backendIsThere(state: number | null): boolean {
  return state !== null && state !== XenbusState.Unknown && state !== XenbusState.Closed;
}

export const netfront_probe = fn<OfDevice, boolean>(
  'netfront_probe',
  linux('domU', NETFRONT, 'netfront_probe', { line: 1794 }),
  [call('create_dev', () => xennet_create_dev, (l) => ({ kernel: l.kernel, device: l.device })), ret(() => true)],
);
