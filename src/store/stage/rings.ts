import { GTF } from '../../abi/grant-table.ts';
import { netifRxRing, netifTxRing } from '../../abi/netif.ts';
import { RING_HEADER } from '../../abi/ring.ts';
import type { PageLife, RingPageView, RingView } from '../view.ts';
import { activeName, entryAt, gfnOf, isEntryHot, isEntryTouched } from './claims.ts';
import type { Claim } from './claims.ts';
import type { Now } from './now.ts';
import { ringShape } from './ring-shape.ts';
import { DOMU } from './slots.ts';

export const SLOT_SIZE = { tx: netifTxRing.entry.size, rx: netifRxRing.entry.size } as const;

const HEADER = ['req_prod', 'req_event', 'rsp_prod', 'rsp_event'] as const;
const FRONT = ['req_prod_pvt', 'rsp_cons'] as const;
const BACK = ['rsp_prod_pvt', 'req_cons'] as const;

/** Every ring of the device. `before`: the rings of the view before, of which those that nothing touched are kept. */
export function ringsView(
  now: Now, claims: readonly Claim[], handles: ReadonlyMap<number, number>, before: readonly RingView[],
): readonly RingView[] {
  return claims.map((claim) => {
    const old = before.find(({ queue, direction }) => queue === claim.queue && direction === claim.direction);
    return old !== undefined && !isStale(now, claim, old) ? old : ringView(now, claim, handles);
  });
}

function isStale(now: Now, { queue, pages, refs, back }: Claim, old: RingView): boolean {
  return old.changed !== undefined || old.pages.some(({ hot }) => hot) || old.pages.length !== pages ||
    now.slots.has(`netfront:queue:${queue}`) || now.slots.has(`netback:queue:${queue}`) ||
    now.slots.has(`xen:memory:${DOMU}`) || now.slots.has('pages:domU') || now.pages.has(old.pages[0]?.mfn ?? 0) ||
    // While the entries are being made it is they that tell which is whose.
    refs.some((ref) => ref === null || isEntryTouched(now, ref)) ||
    // Whether dom0 still works on a page that it maps is for its threads to say.
    (old.back === null && old.pages.some(({ handle, forgotten }) =>
      handle !== null && (forgotten ?? false) !== isForgotten(now, back, old.pages.every((page) => page.handle !== null)))) ||
    // A leap may pass over all of a mapping: nothing differs but that it was.
    old.pages.some(({ life, ref }) => ref !== null && (life === 'granted' || life === 'unmapped') && life !== unused(now, ref)) ||
    (old.unmapped ?? false) !== isUnmapped(now, refs) || (old.scattered ?? false) !== isScattered(now, back);
}

function ringView(now: Now, claim: Claim, handles: ReadonlyMap<number, number>): RingView {
  const { queue, direction, side, back } = claim;
  const slotSize = SLOT_SIZE[direction];
  const { nr_ents } = side?.indexes ?? back!.indexes;
  const pages = pagesView(now, claim, handles);
  const changed = changedFields(now, claim, pages[0]!.mfn);
  return {
    queue,
    direction,
    slotSize,
    entries: nr_ents,
    pages,
    header: nr_ents === 0 || pages[0]!.freed === true ? null : headerAt(now, pages[0]!.mfn),
    front: side === null || nr_ents === 0 ? null : pick(side.indexes),
    back: back ? { rsp_prod_pvt: back.indexes.rsp_prod_pvt, req_cons: back.indexes.req_cons } : null,
    // Exact: addresses of pages have no more than 52 significant bits.
    vaddr: back ? Number(`0x${back.ring.vaddr}`) : null,
    ...(isUnmapped(now, claim.refs) ? { unmapped: true } : {}),
    ...(isScattered(now, back) ? { scattered: true } : {}),
    straddles: ringShape(pages.length, slotSize).straddles,
    ...(changed.length === 0 ? {} : { changed }),
  };
}

function pick({ req_prod_pvt, rsp_cons }: NonNullable<RingView['front']>): RingView['front'] {
  return { req_prod_pvt, rsp_cons };
}

function pagesView(now: Now, claim: Claim, handles: ReadonlyMap<number, number>): RingPageView[] {
  const { queue, direction, side, refs, back } = claim;
  const forgotten = isForgotten(now, back, refs.every((ref) => ref !== null && handles.has(ref)));
  const change = now.slotChange(`netfront:queue:${queue}`);
  const allocated = change !== undefined && !change.before?.[direction] && Boolean(change.after?.[direction]);
  const granted = side === null || side.refs.length > 0;
  const held = now.get('pages:domU');
  const heldBefore = now.slotChange('pages:domU')?.before;
  return ringShape(claim.pages, SLOT_SIZE[direction]).pages.map((shape, index) => {
    const gfn = gfnOf(now, claim, index);
    const ref = refs[index] ?? null;
    const active = ref === null ? undefined : now.get(activeName(ref));
    const freed = side !== null && held?.includes(gfn) === false;
    const life = ref === null ? 'allocated' : lifeOf(now, ref, active, granted || freed);
    const handle = ref === null ? null : handles.get(ref) ?? null;
    return {
      index,
      gfn,
      mfn: active?.mfn ?? mfnOf(now, gfn),
      life,
      // An entry that is still being filled grants nothing yet.
      ref: life === 'allocated' ? null : ref,
      handle,
      ...(forgotten && handle !== null ? { forgotten: true } : {}),
      ...(freed ? { freed } : {}),
      ...shape,
      hot: allocated || (freed && heldBefore?.includes(gfn) === true) || (ref !== null && isEntryHot(now, ref)),
    };
  });
}

/**
 * Is what dom0 maps of the ring lost to it: netback has no such ring, and the thread that maps rings is not about to make
 * it one? Handles of a ring that is not mapped whole are gone as soon as its mapping returns.
 */
function isForgotten(now: Now, back: Claim['back'], whole: boolean): boolean {
  return back === null && lineIn(now, '__xenbus_map_ring') === undefined &&
    !(whole && lineIn(now, 'xenvif_map_frontend_rings') !== undefined);
}

/** A PVH kernel has Xen map the pages each at a frame of its own; only vmap gives the ring one range of addresses. */
function isScattered(now: Now, back: Claim['back']): boolean {
  return back === null && /^(map_frames|vmap_pages)$/.test(lineIn(now, 'xenbus_map_ring_valloc_hvm') ?? '');
}

/** Where the thread that maps rings is in that function; undefined outside of it. */
function lineIn(now: Now, fn: string): string | undefined {
  const stack = now.get('thread:dom0 xenwatch');
  return stack === 'finished' ? undefined : stack?.find((frame) => frame.fn === fn)?.label;
}

function lifeOf(now: Now, ref: number, active: object | undefined, granted: boolean): PageLife {
  if (active !== undefined) return 'mapped';
  if ((entryAt(now, ref).flags & GTF.type_mask) === GTF.permit_access) return unused(now, ref);
  return granted ? 'revoked' : 'allocated';
}

/** What a page is that the guest grants and nobody maps: it was mapped before, or not since its ring was made. */
function unused(now: Now, ref: number): 'granted' | 'unmapped' {
  return now.isGone(activeName(ref)) ? 'unmapped' : 'granted';
}

/** Was a page of the ring mapped that is not now? Its entry may have ended since: that grant is over as well. */
function isUnmapped(now: Now, refs: Claim['refs']): boolean {
  return refs.some((ref) => ref !== null && now.isGone(activeName(ref)));
}

/** The machine frame behind a guest frame that holds a page of a ring. */
function mfnOf(now: Now, gfn: number): number {
  const memory = now.memory(DOMU);
  return memory?.mfns[gfn - memory.gfn] ?? 0;
}

function headerAt(now: Now, mfn: number): NonNullable<RingView['header']> {
  const [req_prod, req_event, rsp_prod, rsp_event] = HEADER.map((field) => now.word(mfn, RING_HEADER[field]));
  return { req_prod: req_prod!, req_event: req_event!, rsp_prod: rsp_prod!, rsp_event: rsp_event! };
}

/** Names of the indexes that the current step changed, or brought into being. */
function changedFields(now: Now, { queue, direction }: Claim, mfn: number): string[] {
  const front = now.slotChange(`netfront:queue:${queue}`);
  const back = now.slotChange(`netback:queue:${queue}`);
  const fronts = [front?.before, front?.after].map((state) => state?.[direction]?.indexes)
    .map((indexes) => (indexes?.nr_ents === 0 ? undefined : indexes));
  const backs = [back?.before, back?.after].map((state) => state?.[direction]?.indexes);
  return [
    ...HEADER.filter((field) => now.wordChange(mfn, RING_HEADER[field]) !== undefined),
    ...FRONT.filter((field) => fronts[0]?.[field] !== fronts[1]?.[field]),
    ...BACK.filter((field) => backs[0]?.[field] !== backs[1]?.[field]),
  ];
}
