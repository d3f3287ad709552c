import { GRANTS_PER_FRAME, grantEntryAt, grantEntryV1 } from '../../abi/grant-table.ts';
import { wordAt } from './now.ts';
import type { Now } from './now.ts';
import { DIRECTIONS, DOM0, DOMU, QUEUES_MAX } from './slots.ts';
import type { BackSide, Direction, FrontSide } from './slots.ts';

const FRAME = grantEntryV1.offsets['frame']!;

/**
 * One ring as netfront has it, or as netback has where netfront has none (any more); with the entry of the guest's grant
 * table that names each page, null if none does.
 */
export interface Claim {
  readonly queue: number;
  readonly direction: Direction;
  /** Null where only netback knows of the ring. */
  readonly side: FrontSide | null;
  readonly back: BackSide | null;
  readonly pages: number;
  readonly refs: readonly (number | null)[];
}

/** The rings that netfront has allocated, and those that are still mapped of a guest that is dead; TX before RX. */
export function claimsOf(now: Now): readonly Claim[] {
  const claims: Claim[] = [];
  for (let queue = 0; queue < QUEUES_MAX; queue++) {
    const front = now.get(`netfront:queue:${queue}`);
    const behind = now.get(`netback:queue:${queue}`);
    for (const direction of DIRECTIONS) {
      const side = front?.[direction] ?? null;
      const back = behind?.[direction] ?? null;
      if (side !== null) {
        const refs = side.refs.length > 0 ? side.refs : entriesFor(now, side);
        claims.push({ queue, direction, side, back, pages: side.pages, refs });
      } else if (back !== null) {
        claims.push({ queue, direction, side, back, pages: back.refs.length, refs: back.refs });
      }
    }
  }
  return claims;
}

/** The guest's frame of a page: where netfront says nothing of it, its entry does. */
export function gfnOf(now: Now, { side, refs }: Claim, page: number): number {
  return side === null ? entryAt(now, refs[page]!).frame : side.gfn + page;
}

/**
 * netfront learns the references only when all pages are granted; until then the entries themselves tell, as they name
 * the page.
 */
function entriesFor(now: Now, { gfn, pages }: FrontSide): (number | null)[] {
  const refs = Array.from({ length: pages }, (): number | null => null);
  const table = now.memory(DOMU)?.grant_table ?? 0;
  const frames = now.get(`xen:gt:${DOMU}`)?.frames ?? 0;
  for (let frame = 0; frame < frames; frame++) {
    const bytes = now.bytes(table + frame);
    if (bytes === undefined) continue;
    for (let i = 0; i < GRANTS_PER_FRAME.v1; i++) {
      const page = wordAt(bytes, i * grantEntryV1.size + FRAME) - gfn;
      if (page >= 0 && page < pages) refs[page] = frame * GRANTS_PER_FRAME.v1 + i;
    }
  }
  return refs;
}

/** Where the entry lies: its machine frame and the byte offset in it. */
export function entryPlace(now: Now, ref: number): { mfn: number; offset: number } {
  const { frame, offset } = grantEntryAt(1, ref);
  return { mfn: (now.memory(DOMU)?.grant_table ?? 0) + frame, offset };
}

/** An entry's fields as the bytes have them. */
export function entryAt(now: Now, ref: number): { flags: number; domid: number; frame: number } {
  const { mfn, offset } = entryPlace(now, ref);
  const first = now.word(mfn, offset);
  return { flags: first & 0xffff, domid: first >>> 16, frame: now.word(mfn, offset + FRAME) };
}

/** Is the current step about the entry: did it change it, or what Xen keeps about it, or did it ask Xen to map it? */
export function isEntryHot(now: Now, ref: number): boolean {
  const { mfn, offset } = entryPlace(now, ref);
  return now.wordChange(mfn, offset) !== undefined || now.wordChange(mfn, offset + FRAME) !== undefined ||
    now.slotChange(activeName(ref)) !== undefined || now.asked.has(ref);
}

/** May anything about the entry be other than in the view before? */
export function isEntryTouched(now: Now, ref: number): boolean {
  return now.asked.has(ref) || now.slots.has(activeName(ref)) ||
    now.pages.size > 0 && now.pages.has(entryPlace(now, ref).mfn);
}

/** Each is put together once: every step looks for those of all pages. */
const activeNames: `xen:active:${number}:${number}`[] = [];

export function activeName(ref: number): `xen:active:${number}:${number}` {
  return (activeNames[ref] ??= `xen:active:${DOMU}:${ref}`);
}

/** dom0's maptrack handles in use, by the guest's reference that they stand for. */
export function handlesOf(now: Now): ReadonlyMap<number, number> {
  const handles = new Map<number, number>();
  const limit = now.get(`xen:maptrack:${DOM0}`)?.limit ?? 0;
  for (let handle = 0; handle < limit; handle++) {
    const mapping = now.get(`xen:handle:${DOM0}:${handle}`);
    if (mapping?.dom === DOMU) handles.set(mapping.ref, handle);
  }
  return handles;
}
