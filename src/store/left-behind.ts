import { GRANTS_PER_FRAME, grantEntryV1, GTF } from '../abi/grant-table.ts';
import { claimsOf, entryAt, handlesOf } from './stage/claims.ts';
import { wordAt, type Now } from './stage/now.ts';
import { DIRECTIONS, DOMU, QUEUES_MAX } from './stage/slots.ts';

/** What of the guest's memory dom0 still has, or may have, in its hands. */
export interface Left {
  /** References of pages that dom0 maps and netback knows nothing of: nobody will ever unmap them. Ascending. */
  readonly forgotten: readonly number[];
  /** Pages that netback has mapped and knows of. */
  readonly held: number;
  /** Entries of the guest's table that permit access, and how many of those are for pages of a ring. */
  readonly granted: number;
  readonly rings: number;
}

/** What the state at the end of a run leaves. It reads the whole grant table. */
export function leftBehind(now: Now): Left {
  const known = new Set<number>();
  for (let queue = 0; queue < QUEUES_MAX; queue++) {
    const back = now.get(`netback:queue:${queue}`);
    for (const direction of DIRECTIONS) for (const ref of back?.[direction]?.refs ?? []) known.add(ref);
  }
  const mapped = [...handlesOf(now).keys()].sort((a, b) => a - b);
  const forgotten = mapped.filter((ref) => !known.has(ref));
  const refs = claimsOf(now).flatMap((claim) => claim.refs);
  return {
    forgotten,
    held: mapped.length - forgotten.length,
    granted: countGranted(now),
    rings: refs.filter((ref) => ref !== null && permits(entryAt(now, ref).flags)).length,
  };
}

function permits(flags: number): boolean {
  return (flags & GTF.type_mask) === GTF.permit_access;
}

function countGranted(now: Now): number {
  const table = now.memory(DOMU)?.grant_table ?? 0;
  const frames = now.get(`xen:gt:${DOMU}`)?.frames ?? 0;
  let count = 0;
  for (let frame = 0; frame < frames; frame++) {
    const bytes = now.bytes(table + frame);
    if (bytes === undefined) continue;
    for (let i = 0; i < GRANTS_PER_FRAME.v1; i++) if (permits(wordAt(bytes, i * grantEntryV1.size))) count++;
  }
  return count;
}
