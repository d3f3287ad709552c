import { EVTCHN_2L_NR_CHANNELS } from '../../abi/event-channel.ts';
import { invariant } from '../../base/invariant.ts';
import type { Context } from '../machine/context.ts';
import { grantTableSlot } from './grant-state.ts';
import { emptyMaptrack, maptrackSlot } from './maptrack.ts';
import { GRANT_FRAMES_LIMIT, LAST_DOMID, ramFrame } from './memory.ts';
import { newPorts, portsSlot } from './ports.ts';
import { perDomain } from './slots.ts';

export { sharedInfoMfn } from './memory.ts';

/**
 * A domain as it was created. Never changes: growing and dying are not settings. (A `type`, as slots hold
 * plain data.)
 */
export type DomainSpec = {
  readonly id: number;
  /** pv: the guest handles machine frames itself. pvh: Xen translates its frames. */
  readonly kind: 'pv' | 'pvh';
  readonly vcpus: number;
  readonly maxGrantFrames: number;
  readonly maxMaptrackFrames: number;
  /** Highest event channel port it may use. */
  readonly maxPort: number;
};

/** `xen:domain:<id>`; undefined: no such domain. */
export const domainSlot = perDomain<DomainSpec>('xen:domain');

/**
 * `xen:dying:<id>`; undefined while it lives. dying: being destroyed. zombie: only frames that others have mapped are left
 * of it. gone: nothing is.
 */
export const dyingSlot = perDomain<'dying' | 'zombie' | 'gone'>('xen:dying');

/** Domain 0 alone may act on others: the default security policy. */
export function isPrivileged(domid: number): boolean {
  return domid === 0;
}

/**
 * Set-up: makes a domain with one grant frame (version 1), no maptrack frame, port 0 taken and a shared info
 * page of zeros (nothing pending, nothing masked: masking every port at boot is the guest's work).
 * @throws Defect when the memory map has no room for it, or it exists
 */
export function createDomain(c: Context, spec: DomainSpec): void {
  invariant(spec.id >= 0 && spec.id <= LAST_DOMID, `domain id ${spec.id} is not in 0..${LAST_DOMID}`);
  invariant(c.get(domainSlot(spec.id)) === undefined, `domain ${spec.id} exists already`);
  invariant(
    spec.maxGrantFrames >= 1 && spec.maxGrantFrames <= GRANT_FRAMES_LIMIT,
    `maxGrantFrames ${spec.maxGrantFrames} is not in 1..${GRANT_FRAMES_LIMIT}`,
  );
  c.set(domainSlot(spec.id), { ...spec, maxPort: Math.min(spec.maxPort, EVTCHN_2L_NR_CHANNELS - 1) });
  c.set(grantTableSlot(spec.id), {
    version: 1,
    frames: 1,
    maxFrames: spec.maxGrantFrames,
    maxMaptrackFrames: spec.maxMaptrackFrames,
  });
  c.set(maptrackSlot(spec.id), emptyMaptrack);
  c.set(portsSlot(spec.id), newPorts);
}

/**
 * The machine frame behind frame `gfn` of a domain's RAM; undefined outside RAM. Fixed for the whole run,
 * hence no shared access. For a PV domain `gfn` is its pseudo-physical number (such a guest looks the machine
 * frame up by itself, and writes that one into its grant entries).
 */
export function gfnToMfn(_c: Context, domid: number, gfn: number): number | undefined {
  return ramFrame(domid, gfn);
}
