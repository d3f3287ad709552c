import { ERRNO } from '../../../abi/errno.ts';
import { XenbusState } from '../../../abi/xenbus.ts';
import { invariant } from '../../../base/invariant.ts';
import { call, privately, ret, step, when, whilst } from '../../machine/dsl.ts';
import { fn } from '../../machine/program.ts';
import { linux } from '../../kernel/cite.ts';
import { deviceOf, xenbus_dev_fatal, type OfDevice } from '../../kernel/xenbus-client.ts';
import type { StateCall } from '../../kernel/xenbus-otherend.ts';
import { device_unregister } from '../../kernel/xenbus-remove.ts';
import { xsReadUnsigned } from '../../kernel/xs.ts';
import { backend_connect } from './connect.ts';
import { backend_disconnect } from './disconnect.ts';
import { backend_switch_state } from './probe.ts';
import { backendInfoSlot, NETBACK_XENBUS } from './state.ts';

const { InitWait, Connected, Closing, Closed, Initialising, Initialised, Reconfiguring, Unknown } = XenbusState;

/** What one step towards a target does: perhaps connect or disconnect, then write this state. */
interface Move {
  readonly connect?: true;
  readonly disconnect?: true;
  readonly write: number;
}

const LEAVE_CONNECTED: Move = { disconnect: true, write: Closing };

/** One step at a time from be->state (row) towards the target (column); states missing from a row are reached. */
const MOVES: Readonly<Record<number, Readonly<Record<number, Move>>>> = {
  [Initialising]: { [InitWait]: { write: InitWait }, [Connected]: { write: InitWait }, [Closing]: { write: InitWait }, [Closed]: { write: Closed } },
  [Closed]: { [InitWait]: { write: InitWait }, [Connected]: { write: InitWait }, [Closing]: { write: Closing } },
  [InitWait]: { [Connected]: { connect: true, write: Connected }, [Closing]: { write: Closing }, [Closed]: { write: Closing } },
  [Connected]: { [InitWait]: LEAVE_CONNECTED, [Closing]: LEAVE_CONNECTED, [Closed]: LEAVE_CONNECTED },
  [Closing]: { [InitWait]: { write: Closed }, [Connected]: { write: Closed }, [Closed]: { write: Closed } },
};

type SetState = OfDevice & { target: number; state?: number };

function moveOf(l: Readonly<SetState>): Move {
  const move = MOVES[l.state!]?.[l.target];
  invariant(move, `netback cannot go from state ${l.state} to ${l.target}`);
  return move;
}

/** Walks the backend to a state, one legal step after another. */
export const set_backend_state = fn<SetState, void, OfDevice & { target: number }>(
  'set_backend_state',
  linux('dom0', NETBACK_XENBUS, 'set_backend_state', { line: 323 }),
  [
    privately((c, l) => {
      l.state = c.get(backendInfoSlot)!.state;
    }),
    whilst((l) => l.state !== l.target, [
      when((l) => moveOf(l).connect === true, [
        call('backend_connect', () => backend_connect, (l) => ({ kernel: l.kernel, device: l.device })),
      ]),
      when((l) => moveOf(l).disconnect === true, [
        call('backend_disconnect', () => backend_disconnect, (l) => ({ kernel: l.kernel, device: l.device })),
      ]),
      call('switch_state', () => backend_switch_state, (l) => ({
        kernel: l.kernel,
        device: l.device,
        state: moveOf(l).write,
      })),
      privately((c, l) => {
        l.state = c.get(backendInfoSlot)!.state;
      }),
    ]),
    ret(),
  ],
);

/** What netback does for each frontend state; absent: nothing. */
const TARGET: Readonly<Record<number, number>> = {
  [Initialising]: InitWait,
  [Connected]: Connected,
  [Closing]: Closing,
  [Closed]: Closed,
  [Unknown]: Closed,
};
const IGNORED: ReadonlySet<number> = new Set([Initialised, Reconfiguring]);

/** netback's hook for its frontend's state. A frontend that is closed for good, or gone, takes its backend with it. */
export const frontend_changed = fn<StateCall & { online?: boolean }, void, StateCall>(
  'frontend_changed',
  linux('dom0', NETBACK_XENBUS, 'frontend_changed', { line: 419 }),
  [
    when((l) => IGNORED.has(l.state), [ret()]),
    when(
      (l) => TARGET[l.state] !== undefined,
      [
        call('set_backend_state', () => set_backend_state, (l) => ({
          kernel: l.kernel,
          device: l.device,
          target: TARGET[l.state]!,
        })),
      ],
      [
        call('report_state', () => xenbus_dev_fatal, (l) => ({
          kernel: l.kernel,
          device: l.device,
          err: ERRNO.EINVAL,
          message: `saw state ${l.state} at frontend`,
        })),
      ],
    ),
    when((l) => l.state === Closed, [
      step('read_online', (c, l) => {
        l.online = xsReadUnsigned(c, l.kernel, `${deviceOf(c, l.kernel, l.device).nodename}/online`, 0) !== 0;
      }),
    ]),
    when((l) => l.state === Unknown || (l.state === Closed && !l.online), [
      call('device_unregister', () => device_unregister, (l) => ({ kernel: l.kernel, device: l.device })),
    ]),
    ret(),
  ],
);
