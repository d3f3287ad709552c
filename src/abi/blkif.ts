import { xenPublic } from './cite.ts';
import type { ConstantTable } from './cite.ts';
import { array, struct } from './layout.ts';
import { ringStructs } from './ring.ts';

const cite = xenPublic('io/blkif.h');

export const BLKIF_MAX_SEGMENTS_PER_REQUEST = 11;
export const BLKIF_MAX_INDIRECT_PAGES_PER_REQUEST = 8;

export const blkifRequestSegment = struct('struct blkif_request_segment', cite, {
  gref: 'u32', first_sect: 'u8', last_sect: 'u8',
});
export const blkifRequest = struct('struct blkif_request', cite, {
  operation: 'u8', nr_segments: 'u8', handle: 'u16', id: 'u64', sector_number: 'u64',
  seg: array(blkifRequestSegment, BLKIF_MAX_SEGMENTS_PER_REQUEST),
});
export const blkifRequestDiscard = struct('struct blkif_request_discard', cite, {
  operation: 'u8', flag: 'u8', handle: 'u16', id: 'u64', sector_number: 'u64', nr_sectors: 'u64',
});
export const blkifRequestIndirect = struct('struct blkif_request_indirect', cite, {
  operation: 'u8', indirect_op: 'u8', nr_segments: 'u16', id: 'u64', sector_number: 'u64', handle: 'u16',
  indirect_grefs: array('u32', BLKIF_MAX_INDIRECT_PAGES_PER_REQUEST),
});
export const blkifResponse = struct('struct blkif_response', cite, {
  id: 'u64', operation: 'u8', status: 's16',
});

export const blkifRing = ringStructs('blkif', cite, blkifRequest, blkifResponse);

export const BLKIF_OP = {
  READ: 0, WRITE: 1, WRITE_BARRIER: 2, FLUSH_DISKCACHE: 3, DISCARD: 5, INDIRECT: 6,
} as const;
export const BLKIF_RSP = { EOPNOTSUPP: -2, ERROR: -1, OKAY: 0 } as const;

export const blkifStructs = [
  ...Object.values(blkifRing),
  blkifRequestSegment, blkifRequest, blkifRequestDiscard, blkifRequestIndirect, blkifResponse,
];

export const blkifConstants: readonly ConstantTable[] = [
  { prefix: 'BLKIF_OP_', cite, values: BLKIF_OP },
  { prefix: 'BLKIF_RSP_', cite, values: BLKIF_RSP },
  { prefix: '', cite, values: { BLKIF_MAX_SEGMENTS_PER_REQUEST, BLKIF_MAX_INDIRECT_PAGES_PER_REQUEST } },
];
