import type { GrantRowView, GrantsView } from '../view.ts';
import { activeName, entryAt, entryPlace, isEntryHot, isEntryTouched } from './claims.ts';
import type { Claim } from './claims.ts';
import { foldsView } from './folds.ts';
import type { Now } from './now.ts';
import { DOMU } from './slots.ts';

/** The guest's grant table: an entry a ring page, the rest folded. `before`: as in the view before. */
export function grantsView(
  now: Now, claims: readonly Claim[], handles: ReadonlyMap<number, number>, before: GrantsView | undefined,
): GrantsView {
  if (before !== undefined && !isStale(now, claims, before)) return before;
  const table = now.get(`xen:gt:${DOMU}`);
  const known = new Map(before?.rows.map((row) => [row.ref, row]));
  const rows = claims.flatMap((claim) => claim.refs.flatMap((ref, page) => {
    if (ref === null) return [];
    const old = known.get(ref);
    if (old !== undefined && !old.hot && !isEntryTouched(now, ref) && old.ring === ringName(claim, page)) return [old];
    return [rowView(now, claim, page, ref, handles)];
  })).sort((a, b) => a.ref - b.ref);
  return {
    frames: table?.frames ?? 0,
    maxFrames: table?.maxFrames ?? 0,
    rows,
    folds: foldsView(now, rows.map(({ ref }) => ref)),
  };
}

function isStale(now: Now, claims: readonly Claim[], before: GrantsView): boolean {
  if (now.asked.size > 0 || before.rows.some(({ hot }) => hot)) return true;
  if (now.touches(`xen:gt:${DOMU}`) || now.touches('gnttab:') || now.touches('netfront:queue:')) return true;
  if (now.touches('xen:dying:') || now.touches('netback:queue:')) return true;
  if (now.touches('xen:memory:') || now.touches(`xen:active:${DOMU}:`)) return true;
  const table = now.memory(DOMU)?.grant_table ?? 0;
  const inTable = [...now.pages].some((mfn) => mfn >= table && mfn < table + before.frames);
  return inTable || claims.some(({ refs }) => refs.includes(null));
}

function ringName({ queue, direction }: Claim, page: number): string {
  return `queue ${queue} ${direction.toUpperCase()} page ${page}`;
}

function rowView(
  now: Now, claim: Claim, page: number, ref: number, handles: ReadonlyMap<number, number>,
): GrantRowView {
  const { mfn, offset } = entryPlace(now, ref);
  const status = now.asked.get(ref) ?? 0;
  const bytes = now.bytes(mfn)?.subarray(offset, offset + 8) ?? new Uint8Array(8);
  return {
    ref,
    ...entryAt(now, ref),
    bytes: Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' '),
    handle: handles.get(ref) ?? null,
    mfn: now.get(activeName(ref))?.mfn ?? null,
    ...(status < 0 ? { refusal: status } : {}),
    ring: ringName(claim, page),
    hot: isEntryHot(now, ref),
  };
}
