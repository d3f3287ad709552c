// What Xen keeps about grants, apart from the shared entries themselves: those are bytes in the grant frames.
import { perDomain, perItem } from './slots.ts';

/** Only version 1 yet: 8-byte entries, 512 to a frame. Version 2, swap and transfer are absent. */
export type GrantTable = {
  readonly version: 1;
  /** Grant frames in existence: grows, never shrinks. */
  readonly frames: number;
  readonly maxFrames: number;
  /** Limit of the same domain's maptrack array, in frames of 256 handles. */
  readonly maxMaptrackFrames: number;
};

/** `xen:gt:<dom>` */
export const grantTableSlot = perDomain<GrantTable>('xen:gt');

/** An entry in use [xen/common/grant_table.c:active_grant_entry]. */
export type Active = {
  /** Four 8-bit counters, low to high: host writable, host read-only, device writable, device read-only. */
  readonly pin: number;
  readonly mapper: number;
  readonly mfn: number;
};

/** `xen:active:<granter>:<ref>`; holds a value only while the entry is pinned. */
export const activeSlot = perItem<Active>('xen:active');

/** A maptrack entry in use [xen/common/grant_table.c:grant_mapping]. */
export type Mapping = {
  readonly ref: number;
  /** The granter. */
  readonly dom: number;
  /** GNTMAP flags that still hold. */
  readonly flags: number;
  /** Where it was mapped; not in Xen's own entry, kept to be shown. */
  readonly host_addr: number;
  /** The mapper's vCPU to whose free list the handle goes back. */
  readonly vcpu: number;
};

/** `xen:handle:<mapper>:<handle>`; holds a value only while the handle is in use. */
export const handleSlot = perItem<Mapping>('xen:handle');

/**
 * `xen:pte:<mapper>:<hex address>`: the machine frame that a map put there for a PV domain. The address is
 * the machine address of the pte (contains_pte), else the linear address whose pte was replaced.
 */
export const pteSlot = perItem<number>('xen:pte', 16);

export type GrantedPage = { readonly mfn: number; readonly type: 'grant_rw' | 'grant_ro' };

/** `xen:p2m:<mapper>:<hex gfn>`: the foreign frame that a map put at that gfn of a PVH domain. */
export const p2mSlot = perItem<GrantedPage>('xen:p2m', 16);
