/**
 * The grant table calls that sharing rings takes: map, unmap, growing the table, asking its size
 * [xen/common/grant_table.c, Xen 4.23-dev c447b7308b]. Version 1 only; version 2, swap and transfer are absent,
 * copy is in grant-copy.ts. The security hooks of the default policy refuse none of these, so permission_denied
 * does not occur.
 */
import { GNTMAP, GNTST, GRANTS_PER_FRAME } from '../../abi/grant-table.ts';
import { PAGE_SIZE } from '../../abi/ring.ts';
import type { Context } from '../machine/context.ts';
import { domainSlot, dyingSlot, type DomainSpec } from './domain.ts';
import { activeSlot, grantTableSlot, handleSlot, type Mapping } from './grant-state.ts';
import { installHostMapping, removeHostMapping } from './host-mapping.ts';
import { clearMarks, grantedFrame, markEntry } from './grant-entry.ts';
import { maptrackSlot, putHandle, takeHandle } from './maptrack.ts';
import { hasWriter, overflows, pinIncrement } from './pin.ts';

export * from './grant-state.ts';
export { entryAddress } from './grant-entry.ts';
export { maptrackSlot } from './maptrack.ts';
export { grantFrameMfn } from './memory.ts';

/** What a guest presets before a map, and what a failed map leaves: no handle. */
export const INVALID_HANDLE = 0xffffffff;

export type MapOp = {
  readonly host_addr: number;
  /** GNTMAP bits. */
  readonly flags: number;
  readonly ref: number;
  /** The granter, by its plain id: DOMID_SELF is no domain here. */
  readonly dom: number;
};

export type MapResult = {
  /** GNTST code. */
  readonly status: number;
  readonly handle: number;
  /** Machine address of the page. */
  readonly dev_bus_addr: number;
};

/** A status other than okay, and the check that gave it. */
type Refusal = { readonly status: number; readonly why: string };

function refuse(status: number, why: string): Refusal {
  return { status, why };
}

/**
 * One element of GNTTABOP_map_grant_ref. `vcpu` is the mapper's vCPU, whose free handles are used first.
 * @returns status okay, or the first check that failed; then handle is {@link INVALID_HANDLE} and
 * dev_bus_addr 0
 */
export function mapGrantRef(c: Context, caller: number, op: MapOp, vcpu = 0): MapResult {
  c.enter();
  const done = map(c, c.get(domainSlot(caller))!, op, vcpu);
  c.leave();
  const result: MapResult =
    'why' in done ? { status: done.status, handle: INVALID_HANDLE, dev_bus_addr: 0 } : done;
  if (c.listening) {
    const why = 'why' in done ? done.why : undefined;
    c.note({ kind: 'xen', op: 'map_grant_ref', caller, args: { ...op }, result, why });
  }
  return result;
}

function map(c: Context, mapper: DomainSpec, op: MapOp, vcpu: number): MapResult | Refusal {
  const { flags, dom } = op;
  if (!(flags & (GNTMAP.host_map | GNTMAP.device_map))) {
    return refuse(GNTST.bad_gntref, 'neither a host nor a device mapping is asked for');
  }
  const pvOnly = GNTMAP.device_map | GNTMAP.application_map | GNTMAP.contains_pte;
  if (mapper.kind === 'pvh' && flags & pvOnly) {
    return refuse(GNTST.general_error, 'device_map, application_map and contains_pte are for PV domains');
  }
  const dying = c.get(dyingSlot(dom));
  if (!c.get(domainSlot(dom)) || dying === 'gone') return refuse(GNTST.bad_domain, `there is no domain ${dom}`);
  const maptrack = c.get(maptrackSlot(mapper.id))!;
  const { handle, track } = takeHandle(maptrack, vcpu, mapper.vcpus, mapper.maxMaptrackFrames);
  if (handle === undefined) {
    c.set(maptrackSlot(mapper.id), track);
    return refuse(GNTST.no_space, 'no maptrack handle is left');
  }
  const mfn = dying ? refuse(GNTST.general_error, `domain ${dom} is dying: no more references to its pages`) : pin(c, mapper, op);
  if (typeof mfn !== 'number') {
    // The handle was taken before these checks and goes back at the tail: a failed map still moves the
    // numbers on.
    c.set(maptrackSlot(mapper.id), putHandle(track, vcpu, handle));
    return mfn;
  }
  c.set(maptrackSlot(mapper.id), track);
  c.set(handleSlot(mapper.id, handle), { ref: op.ref, dom, flags, host_addr: op.host_addr, vcpu });
  return { status: GNTST.okay, handle, dev_bus_addr: mfn * PAGE_SIZE };
}

/**
 * Pins the entry and makes the host mapping. @returns the machine frame, or the check that failed, everything
 * undone
 */
function pin(c: Context, mapper: DomainSpec, op: MapOp): number | Refusal {
  const { flags, ref, dom } = op;
  if (ref >= c.get(grantTableSlot(dom))!.frames * GRANTS_PER_FRAME.v1) {
    return refuse(GNTST.bad_gntref, `ref ${ref} is beyond the table of domain ${dom}`);
  }
  const readonly = (flags & GNTMAP.readonly) !== 0;
  const active = c.get(activeSlot(dom, ref));
  const pinned = active?.pin ?? 0;
  const added = pinIncrement(flags);
  if (active && active.mapper !== mapper.id) {
    return refuse(GNTST.general_error, `domain ${active.mapper} has ref ${ref} mapped`);
  }
  if (overflows(pinned, added)) {
    return refuse(GNTST.general_error, `ref ${ref} is pinned 128 times in this way`);
  }
  // Once pinned, the shared entry is not looked at again, but for the first writer.
  if (!active || (!readonly && !hasWriter(pinned))) {
    const why = markEntry(c, mapper.id, dom, ref, pinned, readonly);
    if (why !== undefined) return refuse(GNTST.general_error, why);
  }
  const mfn = active ? active.mfn : grantedFrame(c, dom, ref);
  if (mfn === undefined) {
    clearMarks(c, dom, ref, pinned, readonly);
    return refuse(GNTST.bad_page, `the frame in ref ${ref} is not RAM of domain ${dom}`);
  }
  if (flags & GNTMAP.host_map && !installHostMapping(c, mapper, op.host_addr, mfn, flags)) {
    clearMarks(c, dom, ref, pinned, readonly);
    return refuse(GNTST.general_error, 'a PVH domain may map with host_map and readonly only');
  }
  c.set(activeSlot(dom, ref), { pin: pinned + added, mapper: mapper.id, mfn });
  return mfn;
}

export type UnmapOp = { readonly host_addr: number; readonly dev_bus_addr: number; readonly handle: number };

/**
 * One element of GNTTABOP_unmap_grant_ref: removes the host mapping, the device mapping, or both, as the
 * non-zero addresses say; both zero is okay and does nothing. Xen drops the pins of up to 32 elements
 * together after flushing the TLB; here each element does so at once, which a guest could not tell.
 */
export function unmapGrantRef(c: Context, caller: number, op: UnmapOp): { status: number } {
  c.enter();
  const refusal = unmap(c, c.get(domainSlot(caller))!, op);
  c.leave();
  const result = { status: refusal?.status ?? GNTST.okay };
  if (c.listening) {
    c.note({ kind: 'xen', op: 'unmap_grant_ref', caller, args: { ...op }, result, why: refusal?.why });
  }
  return result;
}

function unmap(c: Context, mapper: DomainSpec, op: UnmapOp): Refusal | undefined {
  const { limit } = c.get(maptrackSlot(mapper.id))!;
  // No slot is looked up for a handle beyond the limit.
  const mapping = op.handle >= 0 && op.handle < limit ? c.get(handleSlot(mapper.id, op.handle)) : undefined;
  if (!mapping) return refuse(GNTST.bad_handle, `handle ${op.handle} is not in use`);
  // The granter and the entry exist still: a domain that dies stays as long as it is mapped, and tables do not shrink.
  const { mfn } = c.get(activeSlot(mapping.dom, mapping.ref))!;
  const device = op.dev_bus_addr !== 0 && (mapping.flags & GNTMAP.device_map) !== 0;
  const host = op.host_addr !== 0 && (mapping.flags & GNTMAP.host_map) !== 0;
  if (device && op.dev_bus_addr !== mfn * PAGE_SIZE) {
    return refuse(GNTST.bad_dev_addr, 'the bus address is not the one that the map returned');
  }
  if (host && !removeHostMapping(c, mapper, op.host_addr, mfn)) {
    return refuse(GNTST.general_error, 'that page is not mapped at this host address');
  }
  const removed = (host ? GNTMAP.host_map : 0) | (device ? GNTMAP.device_map : 0);
  if (removed === 0) return undefined;
  dropFlags(c, mapper.id, op.handle, mapping, removed);
  unpin(c, mapping, removed | (mapping.flags & GNTMAP.readonly));
  if (c.get(dyingSlot(mapping.dom)) === 'zombie' && !isMapped(c, mapping.dom)) {
    c.set(dyingSlot(mapping.dom), 'gone');
    c.note({ kind: 'zombie-gone', domid: mapping.dom });
  }
  return undefined;
}

/** Has anybody a frame of that domain mapped? Only dom0 maps anything here. */
export function isMapped(c: Context, dom: number): boolean {
  const { limit } = c.get(maptrackSlot(0))!;
  for (let handle = 0; handle < limit; handle++) if (c.get(handleSlot(0, handle))?.dom === dom) return true;
  return false;
}

/** The handle is free once neither kind of mapping is left. */
function dropFlags(c: Context, caller: number, handle: number, mapping: Mapping, removed: number): void {
  const flags = mapping.flags & ~removed;
  if (flags & (GNTMAP.host_map | GNTMAP.device_map)) {
    c.set(handleSlot(caller, handle), { ...mapping, flags });
    return;
  }
  c.set(handleSlot(caller, handle), undefined);
  c.set(maptrackSlot(caller), putHandle(c.get(maptrackSlot(caller))!, mapping.vcpu, handle));
}

function unpin(c: Context, mapping: Mapping, removed: number): void {
  const { dom, ref } = mapping;
  const active = c.get(activeSlot(dom, ref))!;
  const left = active.pin - pinIncrement(removed);
  c.set(activeSlot(dom, ref), left === 0 ? undefined : { ...active, pin: left });
  clearMarks(c, dom, ref, left, (removed & GNTMAP.readonly) !== 0);
}

/**
 * Makes the table of `domid` at least `frames` frames long, each with 512 free entries: what setup_table does
 * for PV guests, and placing the frame of index `frames - 1` with add_to_physmap for the others. Never
 * shrinks it.
 * @returns false, and nothing done, beyond the domain's limit
 */
export function growGrantTable(c: Context, domid: number, frames: number): boolean {
  c.enter();
  const table = c.get(grantTableSlot(domid))!;
  const ok = frames <= table.maxFrames;
  if (ok && frames > table.frames) c.set(grantTableSlot(domid), { ...table, frames });
  c.leave();
  if (c.listening) {
    const result = { ok, frames: ok ? Math.max(frames, table.frames) : table.frames };
    c.note({ kind: 'xen', op: 'grow_grant_table', caller: domid, args: { dom: domid, frames }, result });
  }
  return ok;
}

/**
 * GNTTABOP_query_size of a domain about itself. @returns status okay or bad_domain; then both counts are 0
 */
export function querySize(
  c: Context,
  domid: number,
): { nr_frames: number; max_nr_frames: number; status: number } {
  c.enter();
  const table = c.get(grantTableSlot(domid));
  c.leave();
  const result = {
    nr_frames: table?.frames ?? 0,
    max_nr_frames: table?.maxFrames ?? 0,
    status: table ? GNTST.okay : GNTST.bad_domain,
  };
  if (c.listening) c.note({ kind: 'xen', op: 'query_size', caller: domid, args: { dom: domid }, result });
  return result;
}
