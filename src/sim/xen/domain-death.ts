/**
 * The death of a domain [xen/common/domain.c:domain_kill, event_channel.c:evtchn_destroy, grant_table.c:gnttab_release_mappings],
 * and its coming back with fresh tables. Each function is one part of the work, and one shared access.
 */
import { GNTMAP, GRANTS_PER_FRAME } from '../../abi/grant-table.ts';
import { PAGE_SIZE } from '../../abi/ring.ts';
import type { Context } from '../machine/context.ts';
import { dyingSlot } from './domain.ts';
import { clearPending, close, setMask } from './event-channel.ts';
import { grantTableSlot, handleSlot } from './grant-state.ts';
import { isMapped, unmapGrantRef } from './grant-table.ts';
import { maptrackSlot } from './maptrack.ts';
import { grantFrameMfn } from './memory.ts';
import { portSlot, portsSlot } from './ports.ts';

/** Closes every port that the domain has made: the other ends are unbound. @returns how many */
export function closeAllPorts(c: Context, dom: number): number {
  let closed = 0;
  c.enter();
  for (let port = 1; port < c.get(portsSlot(dom))!.next; port++) {
    const state = c.get(portSlot(dom, port))?.state;
    if (state === undefined || state === 'reserved') continue;
    close(c, dom, port);
    closed++;
  }
  c.leave();
  return closed;
}

/** Gives back what the domain has mapped of others, from the highest handle down. @returns how many */
export function releaseMappings(c: Context, dom: number): number {
  let released = 0;
  c.enter();
  for (let handle = c.get(maptrackSlot(dom))!.limit - 1; handle >= 0; handle--) {
    const mapping = c.get(handleSlot(dom, handle));
    if (!mapping) continue;
    const dev_bus_addr = mapping.flags & GNTMAP.device_map ? PAGE_SIZE : 0;
    unmapGrantRef(c, dom, { handle, host_addr: mapping.host_addr, dev_bus_addr });
    released++;
  }
  c.leave();
  return released;
}

/**
 * Lets go of the domain's memory. Frames that somebody has mapped stay, with the grants of them and the domain's record: it
 * is a zombie until the last of them is unmapped. @returns whether it is
 */
export function relinquish(c: Context, dom: number): boolean {
  c.enter();
  const zombie = isMapped(c, dom);
  c.set(dyingSlot(dom), zombie ? 'zombie' : 'gone');
  c.leave();
  return zombie;
}

/** The domain is being destroyed: nothing new may be made of it. */
export function beginDying(c: Context, dom: number): void {
  c.set(dyingSlot(dom), 'dying');
}

/**
 * The same domain as a restore makes it: a grant table of one empty frame, and no event channel but the toolstack's. Ours: a
 * real restore makes a new domain, with a number of its own.
 */
export function renew(c: Context, dom: number): void {
  c.enter();
  const table = c.get(grantTableSlot(dom))!;
  for (let index = 0; index < table.frames; index++) {
    for (let entry = 0; entry < GRANTS_PER_FRAME.v1; entry++) {
      c.store32(grantFrameMfn(dom, index), entry * 8, 0);
      c.store32(grantFrameMfn(dom, index), entry * 8 + 4, 0);
    }
  }
  c.set(grantTableSlot(dom), { ...table, frames: 1 });
  for (let port = 1; port < c.get(portsSlot(dom))!.next; port++) {
    clearPending(c, dom, port);
    setMask(c, dom, port, true);
  }
  closeAllPorts(c, dom);
  c.leave();
}
