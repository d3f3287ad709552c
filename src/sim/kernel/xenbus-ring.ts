import { GNTMAP } from '../../abi/grant-table.ts';
import { ERRNO } from '../../abi/errno.ts';
import { PAGE_SIZE } from '../../abi/ring.ts';
import type { Context } from '../machine/context.ts';
import { assign, call, local, privately, ret, when, whilst } from '../machine/dsl.ts';
import { fn } from '../machine/program.ts';
import { slot } from '../machine/slot.ts';
import { linux } from './cite.ts';
import { gnttab_alloc_grant_references, gnttab_grant_foreign_access, type RefList } from './grant-alloc.ts';
import {
  HYPERVISOR_map_grant_ref,
  HYPERVISOR_unmap_grant_ref,
  type MapAnswer,
  type MapRequest,
  type UnmapRequest,
} from './hypercall.ts';
import type { KernelName } from './kernel.ts';
import { deviceOf, xenbus_dev_fatal, type OfDevice } from './xenbus-client.ts';

const CLIENT = 'drivers/xen/xenbus/xenbus_client.c';

type GrantRing = OfDevice & {
  gfn: number;
  pages: number;
  chain?: RefList | null;
  otherend_id?: number;
  i?: number;
  refs?: readonly number[];
};

/** Grants `pages` consecutive pages to the other end. @returns their references in page order, or null (reported) */
export const xenbus_grant_ring = fn<GrantRing, readonly number[] | null, OfDevice & { gfn: number; pages: number }>(
  'xenbus_grant_ring',
  linux('either', CLIENT, 'xenbus_setup_ring', { line: 388, shown: 'xenbus_grant_ring' }),
  [
    call(
      'alloc_references',
      () => gnttab_alloc_grant_references,
      (l) => ({ count: l.pages }),
      (l, chain) => {
        l.chain = chain;
      },
    ),
    when((l) => l.chain === null, [
      call('report_no_references', () => xenbus_dev_fatal, (l) => ({
        kernel: l.kernel,
        device: l.device,
        err: ERRNO.ENOSPC,
        message: `granting access to ${l.pages} ring pages`,
      })),
      ret(() => null),
    ]),
    privately((c, l) => {
      l.otherend_id = deviceOf(c, l.kernel, l.device).otherend_id;
      l.refs = l.chain!.flatMap(([first, count]) => Array.from({ length: count }, (_, i) => first + i));
      l.i = 0;
      delete l.chain;
    }),
    whilst((l) => l.i! < l.pages, [
      call('grant_page', () => gnttab_grant_foreign_access, (l) => ({
        ref: l.refs![l.i!]!,
        domid: l.otherend_id!,
        frame: l.gfn + l.i!,
        readonly: false,
      })),
      assign((l) => {
        l.i = l.i! + 1;
      }),
    ]),
    ret((l) => l.refs!),
  ],
);

/** A ring as mapped in dom0: one contiguous range of virtual addresses over the frontend's frames. */
export type MappedRing = {
  /** First virtual address, hexadecimal (beyond what a number holds exactly). */
  readonly vaddr: string;
  /** Per page, what was given to Xen as host address: that of the PTE (PV) or of the guest frame (PVH). */
  readonly host_addr: readonly number[];
  readonly handles: readonly number[];
};

/** Areas of dom0's kernel addresses in use for mapped rings, and the pages in them; `next`: where the next area begins. */
type Areas = { readonly areas: number; readonly pages: number; readonly next_vaddr: string };
const vmallocSlot = slot<Areas>('vmalloc:dom0', { shared: false });

/** Unpopulated guest frames that a translated dom0 has in use for mapped rings. */
type Unpopulated = { readonly frames: number; readonly next_gfn: number };
const unpopulatedSlot = slot<Unpopulated>('unpopulated:dom0', { shared: false });

/** Where dom0's vmalloc area begins for these mappings, as the low 32 bits below ffffc900. */
const VMALLOC_LOW = 0x4000_0000;
/** Machine address of the page-table page that holds the PTEs of that area: a fixed frame of dom0's. */
const PTE_TABLE = 0x21c000;
/** Unpopulated guest frames of a translated dom0, above its RAM. */
const UNPOPULATED_GFN = 0x40000;

function addressOfPage(page: number): string {
  return `ffffc900${(VMALLOC_LOW + page * PAGE_SIZE).toString(16).padStart(8, '0')}`;
}

function pageOfAddress(vaddr: string): number {
  return (Number.parseInt(vaddr.slice(-8), 16) - VMALLOC_LOW) / PAGE_SIZE;
}

/** Sets `count` consecutive pages of kernel addresses aside. @returns the address of the first */
function reserveArea(c: Context, count: number): string {
  const { areas, pages, next_vaddr } = c.get(vmallocSlot) ?? { areas: 0, pages: 0, next_vaddr: addressOfPage(0) };
  // One page is left free after each area: vmalloc's guard page.
  const next = addressOfPage(pageOfAddress(next_vaddr) + count + 1);
  c.set(vmallocSlot, { areas: areas + 1, pages: pages + count, next_vaddr: next });
  return next_vaddr;
}

/** An area goes back; its addresses are not used a second time here. */
function freeArea(c: Context, count: number): void {
  const used = c.get(vmallocSlot)!;
  c.set(vmallocSlot, { ...used, areas: used.areas - 1, pages: used.pages - count });
}

/** @returns the first of `count` frames */
function takeFrames(c: Context, count: number): number {
  const { frames, next_gfn } = c.get(unpopulatedSlot) ?? { frames: 0, next_gfn: UNPOPULATED_GFN };
  c.set(unpopulatedSlot, { frames: frames + count, next_gfn: next_gfn + count });
  return next_gfn;
}

function giveFramesBack(c: Context, count: number): void {
  const used = c.get(unpopulatedSlot)!;
  c.set(unpopulatedSlot, { ...used, frames: used.frames - count });
}

type MapArgs = OfDevice & { refs: readonly number[] };
type MapRing = MapArgs & {
  host_addr: readonly number[];
  flags: number;
  otherend_id?: number;
  answers?: readonly MapAnswer[];
  bad?: number;
  statuses?: readonly number[];
};

/** The number that Xen's status prints as: positive, as the message formats any error. */
function firstBad(answers: readonly MapAnswer[]): number {
  return answers.findIndex((answer) => answer.status !== 0);
}

/**
 * Maps every page in one hypercall. The first bad status ends the scan: pages before it are unmapped, pages after it
 * that did succeed are forgotten, with their handles. @returns the handles, or null (reported, GNTST code lost)
 */
const __xenbus_map_ring = fn<MapRing, readonly number[] | null, MapArgs & { host_addr: readonly number[]; flags: number }>(
  '__xenbus_map_ring',
  linux('either', CLIENT, '__xenbus_map_ring', { line: 555 }),
  [
    local('fill_ops', (c, l) => {
      l.otherend_id = deviceOf(c, l.kernel, l.device).otherend_id;
    }),
    call(
      'map_batch',
      () => HYPERVISOR_map_grant_ref,
      (l) => ({
        kernel: l.kernel,
        ops: l.refs.map<MapRequest>((ref, i) => ({ host_addr: l.host_addr[i]!, flags: l.flags, ref, dom: l.otherend_id! })),
      }),
      (l, answers) => {
        l.answers = answers;
      },
    ),
    local('scan_status', (_, l) => {
      l.bad = firstBad(l.answers!);
    }),
    when((l) => l.bad === -1, [ret((l) => l.answers!.map((answer) => answer.handle))]),
    call('report_bad_page', () => xenbus_dev_fatal, (l) => ({
      kernel: l.kernel,
      device: l.device,
      err: l.answers![l.bad!]!.status,
      message: `mapping in shared page ${l.refs[l.bad!]} from domain ${l.otherend_id}`,
    })),
    when((l) => l.bad! > 0, [
      call('unwind', () => HYPERVISOR_unmap_grant_ref, (l) => ({
        kernel: l.kernel,
        ops: l.answers!.slice(0, l.bad).map<UnmapRequest>(({ handle }, i) => ({
          host_addr: l.host_addr[i]!,
          dev_bus_addr: 0,
          handle,
        })),
      })),
    ]),
    ret(() => null),
  ],
);

type MapVia = MapArgs & { vaddr?: string; host_addr?: readonly number[]; handles?: readonly number[] | null };

function ringOf({ vaddr, host_addr, handles }: Readonly<MapVia>): MappedRing | null {
  return handles ? { vaddr: vaddr!, host_addr: host_addr!, handles } : null;
}

/** PV: the page-table entries of a fresh kernel area are handed to Xen, which writes them. */
const xenbus_map_ring_valloc_pv = fn<MapVia, MappedRing | null, MapArgs>(
  'xenbus_map_ring_valloc_pv',
  linux('dom0', CLIENT, 'xenbus_map_ring_pv', { line: 753, shown: 'xenbus_map_ring_valloc_pv' }),
  [
    local('reserve_area', (c, l) => {
      const vaddr = reserveArea(c, l.refs.length);
      l.vaddr = vaddr;
      l.host_addr = l.refs.map((_, i) => PTE_TABLE * PAGE_SIZE + (pageOfAddress(vaddr) + i) * 8);
    }),
    call(
      'map_pages',
      () => __xenbus_map_ring,
      (l) => ({ kernel: l.kernel, device: l.device, refs: l.refs, host_addr: l.host_addr!, flags: GNTMAP.host_map | GNTMAP.contains_pte }),
      (l, handles) => {
        l.handles = handles;
      },
    ),
    // Kept only if an unmap failed, which none does here.
    when((l) => l.handles === null, [local('free_area', (c, l) => freeArea(c, l.refs.length))]),
    ret(ringOf),
  ],
);

/** HVM and PVH: unpopulated guest frames are handed to Xen, which fills the p2m; vmap then makes them contiguous. */
const xenbus_map_ring_valloc_hvm = fn<MapVia, MappedRing | null, MapArgs>(
  'xenbus_map_ring_valloc_hvm',
  linux('dom0', CLIENT, 'xenbus_map_ring_hvm', { line: 667, shown: 'xenbus_map_ring_valloc_hvm' }),
  [
    local('alloc_unpopulated_pages', (c, l) => {
      const gfn = takeFrames(c, l.refs.length);
      l.host_addr = l.refs.map((_, i) => (gfn + i) * PAGE_SIZE);
    }),
    call(
      'map_frames',
      () => __xenbus_map_ring,
      (l) => ({ kernel: l.kernel, device: l.device, refs: l.refs, host_addr: l.host_addr!, flags: GNTMAP.host_map }),
      (l, handles) => {
        l.handles = handles;
      },
    ),
    when((l) => l.handles === null, [local('free_pages', (c, l) => giveFramesBack(c, l.refs.length))], [
      local('vmap_pages', (c, l) => {
        l.vaddr = reserveArea(c, l.refs.length);
      }),
    ]),
    ret(ringOf),
  ],
);

/** How the mapping kernel runs; decides ring_ops once, at boot. */
export const ringOpsSlot = slot<'pv' | 'hvm'>('ring_ops:dom0', { shared: false });

/** Maps pages of the other end at consecutive virtual addresses. @returns null on failure, which is -ENOENT to the caller */
export const xenbus_map_ring_valloc = fn<MapArgs & { ops?: 'pv' | 'hvm'; ring?: MappedRing | null }, MappedRing | null, MapArgs>(
  'xenbus_map_ring_valloc',
  linux('either', CLIENT, 'xenbus_map_ring_valloc', { line: 525 }),
  [
    privately((c, l) => {
      l.ops = c.get(ringOpsSlot)!;
    }),
    call(
      'ring_ops_map',
      (l) => (l.ops === 'pv' ? xenbus_map_ring_valloc_pv : xenbus_map_ring_valloc_hvm),
      (l) => ({ kernel: l.kernel, device: l.device, refs: l.refs }),
      (l, ring) => {
        l.ring = ring;
      },
    ),
    ret((l) => l.ring!),
  ],
);

/** Pages of a mapped ring cannot be freed by forgetting them: unmaps them all in one hypercall, then frees their addresses. */
export const xenbus_unmap_ring_vfree = fn<{ kernel: KernelName; ring: MappedRing }>(
  'xenbus_unmap_ring_vfree',
  linux('either', CLIENT, 'xenbus_unmap_ring_vfree', { line: 738 }),
  [
    call('unmap_batch', () => HYPERVISOR_unmap_grant_ref, (l) => ({
      kernel: l.kernel,
      ops: l.ring.handles.map<UnmapRequest>((handle, i) => ({ host_addr: l.ring.host_addr[i]!, dev_bus_addr: 0, handle })),
    })),
    local('free_area', (c, l) => {
      const count = l.ring.handles.length;
      freeArea(c, count);
      if (c.get(ringOpsSlot) === 'hvm') giveFramesBack(c, count);
    }),
    ret(),
  ],
);
