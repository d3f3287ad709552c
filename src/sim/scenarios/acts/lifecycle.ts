import { xennet_open } from '../../drivers/netfront/connect.ts';
import { libxl_domain_destroy, save_restore } from '../../drivers/toolstack-destroy.ts';
import { libxl_device_nic_remove } from '../../drivers/toolstack-remove.ts';
import { BE, FE, libxl__device_add_async } from '../../drivers/toolstack.ts';
import { shutdownSlot, stopGuest } from '../../kernel/domctl.ts';
import { jobOf, startJob, type Worker } from '../../kernel/jobs.ts';
import { bind_store, unbind_store } from '../../kernel/xenbus-bind.ts';
import { onlyDevice } from '../../kernel/xenbus-client.ts';
import { isBound } from '../../kernel/xenbus-remove.ts';
import { parseUnsigned } from '../../kernel/xs.ts';
import type { Context } from '../../machine/context.ts';
import { nodeSlot } from '../../xenstore/server.ts';
import { act } from '../act.ts';

/** A published xenbus state; null where there is none. */
function published(c: Context, directory: string): number | null {
  return parseUnsigned(c.get(nodeSlot(`${directory}/state`))?.value ?? null);
}

/** Why a worker cannot be given something to do. Asked last: somebody waits for eth0 as long as there is none. */
function busy(c: Context, worker: Worker): string | null {
  const job = jobOf(c, worker);
  return job === undefined ? null : `${worker} is still busy: ${job}`;
}

function guestIsDown(c: Context): string | null {
  return c.get(shutdownSlot) === undefined ? null : 'the guest does not run';
}

function noVif(c: Context): string | null {
  return published(c, BE) === null ? 'there is no vif' : null;
}

/** Xenstore has no frontend to talk of as connected: what follows would not show what it is for. */
function notConnected(c: Context): string | null {
  return published(c, FE) === 4 && published(c, BE) === 4 ? null : 'the two ends are not connected';
}

const DEVICE = { kernel: 'domU' as const, device: onlyDevice('domU') };

export const networkDetach = act({
  id: 'network-detach',
  kind: 'toolstack',
  party: 'toolstack',
  title: 'xl network-detach',
  refusal: (c) => busy(c, 'toolstack') ?? noVif(c),
  run: (c) => startJob(c, 'toolstack', 'xl network-detach', libxl_device_nic_remove, { force: false }),
});

export const networkDetachForced = act({
  id: 'network-detach-force',
  kind: 'toolstack',
  party: 'toolstack',
  title: 'xl network-detach --force',
  refusal: (c) => busy(c, 'toolstack') ?? noVif(c),
  run: (c) => startJob(c, 'toolstack', 'xl network-detach --force', libxl_device_nic_remove, { force: true }),
});

export const networkAttach = act({
  id: 'network-attach',
  kind: 'toolstack',
  party: 'toolstack',
  title: 'xl network-attach',
  refusal: (c) => busy(c, 'toolstack') ?? guestIsDown(c) ?? (noVif(c) === null ? 'there is a vif already' : null),
  run: (c) => {
    startJob(c, 'toolstack', 'xl network-attach', libxl__device_add_async, {});
    // Somebody in the guest sets the link up, as at the beginning.
    if (busy(c, 'domU userspace') === null) startJob(c, 'domU userspace', 'ip link set eth0 up', xennet_open, {});
  },
});

export const unbindFrontend = act({
  id: 'unbind-frontend',
  kind: 'guest',
  party: 'domU',
  title: 'echo vif-0 > unbind',
  refusal: (c) =>
    guestIsDown(c) ?? notConnected(c) ?? (isBound(c, 'domU') ? null : 'no driver is bound') ?? busy(c, 'domU userspace'),
  run: (c) => startJob(c, 'domU userspace', 'echo vif-0 > unbind', unbind_store, DEVICE),
});

export const bindFrontend = act({
  id: 'bind-frontend',
  kind: 'guest',
  party: 'domU',
  title: 'echo vif-0 > bind',
  refusal: (c) =>
    guestIsDown(c) ?? (isBound(c, 'domU') === false ? null : 'there is no device without a driver') ?? busy(c, 'domU userspace'),
  run: (c) => startJob(c, 'domU userspace', 'echo vif-0 > bind', bind_store, DEVICE),
});

export const destroyGuest = act({
  id: 'destroy-guest',
  kind: 'toolstack',
  party: 'toolstack',
  title: 'xl destroy',
  refusal: (c) => guestIsDown(c) ?? busy(c, 'toolstack'),
  run: (c) => startJob(c, 'toolstack', 'xl destroy', libxl_domain_destroy, { xenFirst: false }),
});

export const crashGuest = act({
  id: 'crash-guest',
  kind: 'fault',
  party: 'domU',
  title: 'The guest crashes, and Xen destroys it',
  refusal: (c) => guestIsDown(c) ?? busy(c, 'toolstack'),
  run: (c) => {
    stopGuest(c, 'crash');
    startJob(c, 'toolstack', 'cleaning up after a crash', libxl_domain_destroy, { xenFirst: true });
  },
});

export const saveRestore = act({
  id: 'save-restore',
  kind: 'toolstack',
  party: 'toolstack',
  title: 'xl save, xl restore',
  refusal: (c) => guestIsDown(c) ?? busy(c, 'toolstack') ?? notConnected(c) ?? busy(c, 'domU userspace'),
  run: (c) => startJob(c, 'toolstack', 'xl save, xl restore', save_restore, {}),
});

/** What can be done to a vif and its guest as a whole. */
export const LIFECYCLE_ACTS: readonly string[] = [
  networkDetach,
  networkDetachForced,
  networkAttach,
  unbindFrontend,
  bindFrontend,
  destroyGuest,
  crashGuest,
  saveRestore,
].map(({ id }) => id);
