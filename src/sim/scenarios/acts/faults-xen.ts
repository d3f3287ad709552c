import { frontQueueSlot, netfrontInfoSlot } from '../../drivers/netfront/state.ts';
import { DOMID } from '../../kernel/kernel.ts';
import type { Context } from '../../machine/context.ts';
import { domainSlot } from '../../xen/domain.ts';
import { bindInterdomain, evtchnRefusedSlot, portSlot } from '../../xen/event-channel.ts';
import { maptrackSlot } from '../../xen/grant-table.ts';
import { fullMaptrack } from '../../xen/maptrack.ts';
import { act } from '../act.ts';
import { backendRefusal } from './sight.ts';

/** Has every queue its ports? The last one gets them last. */
function allPortsMade(c: Context): boolean {
  const made = c.get(netfrontInfoSlot)?.num_queues ?? 0;
  return made > 0 && (c.get(frontQueueSlot(made - 1))?.rx_port ?? null) !== null;
}

/** F6: Xen's policy does not let the guest make event channels. */
export const evtchnRefused = act({
  id: 'evtchn-refused',
  kind: 'fault',
  party: 'xen',
  title: 'Forbid the guest event channels',
  refusal: (c) => {
    if (c.get(evtchnRefusedSlot(DOMID.domU))) return 'that is forbidden already';
    return allPortsMade(c) ? 'too late: netfront has its event channels' : null;
  },
  run: (c) => c.set(evtchnRefusedSlot(DOMID.domU), true),
});

/** B14: the port that netback will want to bind is bound already. */
export const portTaken = act({
  id: 'port-taken',
  kind: 'fault',
  party: 'dom0',
  title: 'Bind netfront’s TX port first',
  refusal: (c) => {
    const port = c.get(frontQueueSlot(0))?.tx_port ?? null;
    if (port === null) return 'too early: netfront has no event channel yet';
    const state = c.get(portSlot(DOMID.domU, port))?.state;
    return state === 'unbound' ? null : 'too late: the event channel is bound, or closed';
  },
  run: (c) => {
    bindInterdomain(c, DOMID.dom0, { remote_dom: DOMID.domU, remote_port: c.get(frontQueueSlot(0))!.tx_port! });
  },
});

/** B12: dom0 has no handle left to map anything with. */
export const maptrackFull = act({
  id: 'maptrack-full',
  kind: 'fault',
  party: 'dom0',
  title: 'Use up dom0’s mapping handles',
  refusal: (c) => (c.get(maptrackSlot(DOMID.dom0))!.limit === full(c).limit ? 'they are used up already' : backendRefusal(c)),
  run: (c) => c.set(maptrackSlot(DOMID.dom0), full(c)),
});

/** All the handles that dom0 may have, each in use by somebody outside the scenario. */
function full(c: Context) {
  return fullMaptrack(c.get(domainSlot(DOMID.dom0))!.maxMaptrackFrames);
}
