import { xenPublic } from './cite.ts';
import type { ConstantTable } from './cite.ts';
import { struct, union } from './layout.ts';
import { PAGE_SIZE } from './ring.ts';

const cite = xenPublic('grant_table.h');
const xenHeader = xenPublic('xen.h');

/** `frame` is the guest frame number; for an accepted transfer, the frame received. */
export const grantEntryV1 = struct('struct grant_entry_v1', cite, {
  flags: 'u16', domid: 'u16', frame: 'u32',
});

const header = struct('grant_entry_header_t', cite, { flags: 'u16', domid: 'u16' });

/**
 * The type transitive selects that form; permit_access the sub-page or full-page one, by the flag sub_page.
 */
export const grantEntryV2 = union('union grant_entry_v2', cite, {
  hdr: header,
  full_page: struct('union grant_entry_v2.full_page', cite, { hdr: header, pad0: 'u32', frame: 'u64' }),
  sub_page: struct('union grant_entry_v2.sub_page', cite, {
    hdr: header, page_off: 'u16', length: 'u16', frame: 'u64',
  }),
  transitive: struct('union grant_entry_v2.transitive', cite, {
    hdr: header, trans_domid: 'u16', pad0: 'u16', gref: 'u32',
  }),
});

/** In-use bits (GTF reading, writing) of a v2 entry; a bare u16 in C. */
export const grantStatus = struct('grant_status_t', cite, { _: 'u16' });

/** Type in the two low bits, then flags. transfer_committed and _completed apply to accept_transfer only. */
export const GTF = {
  invalid: 0, permit_access: 1, accept_transfer: 2, transitive: 3, type_mask: 3,
  readonly: 4, reading: 8, writing: 16, PWT: 32, PCD: 64, PAT: 128, sub_page: 256,
  transfer_committed: 4, transfer_completed: 8,
} as const;

/** Refs 0..7 belong to the toolstack. */
export const GNTTAB_NR_RESERVED_ENTRIES = 8;
export const GNTTAB_RESERVED_CONSOLE = 0;
export const GNTTAB_RESERVED_XENSTORE = 1;

/** Entries, or status words, on one page. */
export const GRANTS_PER_FRAME = {
  v1: PAGE_SIZE / grantEntryV1.size,
  v2: PAGE_SIZE / grantEntryV2.size,
  status: PAGE_SIZE / grantStatus.size,
} as const;

/** Which shared frame holds entry `ref`, and the byte offset within that frame. */
export function grantEntryAt(version: 1 | 2, ref: number): { frame: number; offset: number } {
  const perFrame = version === 1 ? GRANTS_PER_FRAME.v1 : GRANTS_PER_FRAME.v2;
  return { frame: Math.floor(ref / perFrame), offset: (ref % perFrame) * (PAGE_SIZE / perFrame) };
}

/** Which status frame holds the status word of v2 entry `ref`, and the byte offset within that frame. */
export function grantStatusAt(ref: number): { frame: number; offset: number } {
  return {
    frame: Math.floor(ref / GRANTS_PER_FRAME.status),
    offset: (ref % GRANTS_PER_FRAME.status) * grantStatus.size,
  };
}

/** Flags of a map operation. guest_avail: bits that Xen leaves to the guest. */
export const GNTMAP = {
  device_map: 1, host_map: 2, readonly: 4, application_map: 8, contains_pte: 16, guest_avail_mask: 0xffff0000,
} as const;
/** Bit number of the first bit left to the guest. */
export const GNTMAP_GUEST_AVAIL0 = 16;

export const GNTCOPY = { source_gref: 1, dest_gref: 2 } as const;

export const GNTTABOP = {
  map_grant_ref: 0, unmap_grant_ref: 1, setup_table: 2, dump_table: 3, transfer: 4, copy: 5, query_size: 6,
  unmap_and_replace: 7, set_version: 8, get_status_frames: 9, get_version: 10, swap_grant_ref: 11,
  cache_flush: 12,
} as const;

/** Per-element result of a grant operation. */
export const GNTST = {
  okay: 0, general_error: -1, bad_domain: -2, bad_gntref: -3, bad_handle: -4, bad_virt_addr: -5,
  bad_dev_addr: -6, no_device_space: -7, permission_denied: -8, bad_page: -9, bad_copy_arg: -10,
  address_too_big: -11, eagain: -12, no_space: -13,
} as const;
export type GntstName = keyof typeof GNTST;

/** What each result usually means. */
export const gntstMeaning: Readonly<Record<GntstName, string>> = {
  okay: 'done',
  general_error: 'the entry does not allow this: wrong type, wrong domain or read-only, or a limit was met',
  bad_domain: 'there is no such domain',
  bad_gntref: 'the reference lies beyond the table, or the map asks for neither host nor device',
  bad_handle: 'the handle is out of range or not in use',
  bad_virt_addr: 'the host address is unsuitable, or the list of frames could not be written back',
  bad_dev_addr: 'the bus address is not the one that the map returned',
  no_device_space: 'the IOMMU has no room left',
  permission_denied: 'policy forbids it, or a frame of another domain was addressed directly',
  bad_page: 'the frame is not ordinary memory of the granting domain',
  bad_copy_arg: 'the copy runs over the end of a page',
  address_too_big: 'the frame has too high an address for the receiver',
  eagain: 'the page or the reference is busy; try again later',
  no_space: 'no mapping handle is left',
};

export const gnttabMapGrantRef = struct('struct gnttab_map_grant_ref', cite, {
  host_addr: 'u64', flags: 'u32', ref: 'u32', dom: 'u16', status: 's16', handle: 'u32', dev_bus_addr: 'u64',
});
export const gnttabUnmapGrantRef = struct('struct gnttab_unmap_grant_ref', cite, {
  host_addr: 'u64', dev_bus_addr: 'u64', handle: 'u32', status: 's16',
});
export const gnttabSetupTable = struct('struct gnttab_setup_table', cite, {
  dom: 'u16', nr_frames: 'u32', status: 's16', frame_list: 'u64',
});
export const gnttabDumpTable = struct('struct gnttab_dump_table', cite, { dom: 'u16', status: 's16' });
export const gnttabTransfer = struct('struct gnttab_transfer', cite, {
  mfn: 'u64', domid: 'u16', ref: 'u32', status: 's16',
});

const gnttabCopyPtr = struct('struct gnttab_copy_ptr', cite, {
  u: union('struct gnttab_copy_ptr.u', cite, { ref: 'u32', gmfn: 'u64' }),
  domid: 'u16',
  offset: 'u16',
});
/** Each end is a reference or a frame of its domain, as the flags say. */
export const gnttabCopy = struct('struct gnttab_copy', cite, {
  source: gnttabCopyPtr, dest: gnttabCopyPtr, len: 'u16', flags: 'u16', status: 's16',
});
export const gnttabQuerySize = struct('struct gnttab_query_size', cite, {
  dom: 'u16', nr_frames: 'u32', max_nr_frames: 'u32', status: 's16',
});
export const gnttabUnmapAndReplace = struct('struct gnttab_unmap_and_replace', cite, {
  host_addr: 'u64', new_addr: 'u64', handle: 'u32', status: 's16',
});
export const gnttabSetVersion = struct('struct gnttab_set_version', cite, { version: 'u32' });
export const gnttabGetStatusFrames = struct('struct gnttab_get_status_frames', cite, {
  nr_frames: 'u32', dom: 'u16', status: 's16', frame_list: 'u64',
});
export const gnttabGetVersion = struct('struct gnttab_get_version', cite, {
  dom: 'u16', pad: 'u16', version: 'u32',
});
export const gnttabSwapGrantRef = struct('struct gnttab_swap_grant_ref', cite, {
  ref_a: 'u32', ref_b: 'u32', status: 's16',
});
export const gnttabCacheFlush = struct('struct gnttab_cache_flush', cite, {
  a: union('struct gnttab_cache_flush.a', cite, { dev_bus_addr: 'u64', ref: 'u32' }),
  offset: 'u16',
  length: 'u16',
  op: 'u32',
});

/** Domain ids with a meaning of their own; FIRST_RESERVED is the first that no domain can have. */
export const DOMID = {
  FIRST_RESERVED: 0x7ff0, SELF: 0x7ff0, IO: 0x7ff1, XEN: 0x7ff2, COW: 0x7ff3, INVALID: 0x7ff4, ANY: 0x7ff5,
  IDLE: 0x7fff, MASK: 0x7fff,
} as const;

export const grantTableStructs = [
  grantEntryV1, grantEntryV2, grantStatus, gnttabMapGrantRef, gnttabUnmapGrantRef, gnttabSetupTable,
  gnttabDumpTable, gnttabTransfer, gnttabCopy, gnttabQuerySize, gnttabUnmapAndReplace, gnttabSetVersion,
  gnttabGetStatusFrames, gnttabGetVersion, gnttabSwapGrantRef, gnttabCacheFlush,
];

export const grantTableConstants: readonly ConstantTable[] = [
  { prefix: 'GTF_', cite, values: GTF },
  { prefix: 'GNTMAP_', cite, values: GNTMAP },
  { prefix: 'GNTCOPY_', cite, values: GNTCOPY },
  { prefix: 'GNTTABOP_', cite, values: GNTTABOP },
  { prefix: 'GNTST_', cite, values: GNTST },
  { prefix: 'DOMID_', cite: xenHeader, values: DOMID },
  {
    prefix: '', cite,
    values: {
      GNTTAB_NR_RESERVED_ENTRIES, GNTTAB_RESERVED_CONSOLE, GNTTAB_RESERVED_XENSTORE,
      _GNTMAP_guest_avail0: GNTMAP_GUEST_AVAIL0,
    },
  },
];
