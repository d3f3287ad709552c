/** What the entries of the guest's grant table are for, as runs of references. Pure. */
import { GNTTAB_NR_RESERVED_ENTRIES, GRANTS_PER_FRAME, GTF, grantEntryV1 } from '../../../abi/grant-table.ts';
import { wordAt } from '../../../store/stage/now.ts';
import type { Now } from '../../../store/stage/now.ts';
import { DOMU, QUEUES_MAX } from '../../../store/stage/slots.ts';
import type { Runs } from '../../../store/stage/slots.ts';
import type { RingView } from '../../../store/view.ts';

/**
 * `taken`: for nothing that shows yet. `new`: in the table, and not yet in the kernel's free list. `left` and `blank`:
 * granted or not by a guest that is dead, whose lists say nothing any more.
 */
export type Use =
  | 'reserved' | 'ring' | 'tx-pool' | 'rx-pool' | 'rx-buffer' | 'tx-data' | 'deferred' | 'free' | 'taken' | 'new'
  | 'left' | 'blank';

/** References `from` to `to`, both included, that are for the same thing. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly use: Use;
  /** Null where the use knows of no queue. */
  readonly queue: number | null;
  /** Of a ring: which, and the page that `from` grants; the others follow. */
  readonly ring?: { readonly direction: 'tx' | 'rx'; readonly page: number };
  /** Of `tx-data`: the packet. */
  readonly packet?: number;
}

/** Entries in the table: whole frames of 512. None once the domain is gone. */
export function entryCount(now: Now): number {
  if (now.get(`xen:dying:${DOMU}`) === 'gone') return 0;
  return (now.get(`xen:gt:${DOMU}`)?.frames ?? 0) * GRANTS_PER_FRAME.v1;
}

/** Every reference of the table in exactly one segment, ascending. */
export function segmentsOf(now: Now, rings: readonly RingView[]): readonly Segment[] {
  const count = entryCount(now);
  const dead = now.get(`xen:dying:${DOMU}`) !== undefined;
  const free = dead ? [] : now.get('gnttab:domU')?.free ?? [];
  const known = [
    { from: 0, to: GNTTAB_NR_RESERVED_ENTRIES - 1, use: 'reserved', queue: null } as const,
    ...rings.flatMap((ring) => ringSegments(ring, free)),
    ...(dead ? [] : listed(now)),
  ].sort((a, b) => a.from - b.from);
  const kernelHas = (now.get('gnttab:domU')?.nr_grant_frames ?? 0) * GRANTS_PER_FRAME.v1;
  const rest = (from: number, to: number): Segment[] => dead ? leftBehind(now, from, to) : unlisted(from, to, kernelHas);
  const all: Segment[] = [];
  let next = 0;
  for (const segment of known) {
    // Where two lists name one entry, the first to do so tells more: a ring page can also wait to be ended.
    const from = Math.max(segment.from, next);
    const to = Math.min(segment.to, count - 1);
    if (from > to) continue;
    if (from > next) all.push(...rest(next, from - 1));
    all.push(from === segment.from && to === segment.to ? segment : part(segment, from, to));
    next = to + 1;
  }
  if (next < count) all.push(...rest(next, count - 1));
  return joined(all);
}

/** The granted pages of a ring, in runs of references that follow on from each other; netfront still knows those that are `free` again. */
function ringSegments({ queue, direction, pages }: RingView, free: Runs): Segment[] {
  const found: Segment[] = [];
  for (const { ref, index: page } of pages) {
    const last = found.at(-1);
    if (ref === null || free.some(([first, count]) => ref >= first && ref < first + count)) continue;
    if (last?.to === ref - 1 && last.ring?.page === page - (ref - last.from)) found[found.length - 1] = { ...last, to: ref };
    else found.push({ from: ref, to: ref, use: 'ring', queue, ring: { direction, page } });
  }
  return found;
}

/** What the guest's own lists say: the kernel's free and deferred references, and netfront's pools and buffers. */
function listed(now: Now): Segment[] {
  const found = [
    ...ofRuns(now.get('gnttab:domU')?.free ?? [], 'free', null),
    ...(now.get('gnttab deferred:domU') ?? []).map(({ ref }): Segment => ({ from: ref, to: ref, use: 'deferred', queue: null })),
  ];
  for (let queue = 0; queue < QUEUES_MAX; queue++) {
    const front = now.get(`netfront:queue:${queue}`);
    if (front === undefined) continue;
    found.push(...ofRuns(front.gref_tx, 'tx-pool', queue), ...ofRuns(front.gref_rx, 'rx-pool', queue));
    found.push(...ofRuns(front.rx_posted ?? [], 'rx-buffer', queue));
    for (const { ref, packet } of front.tx_inflight ?? []) found.push({ from: ref, to: ref, use: 'tx-data', queue, packet });
  }
  return found;
}

function ofRuns(runs: Runs, use: Use, queue: number | null): Segment[] {
  return runs.map(([first, count]) => ({ from: first, to: first + count - 1, use, queue }));
}

/** What no list names: taken by somebody who has not used it, or not yet known to the kernel. */
function unlisted(from: number, to: number, kernelHas: number): Segment[] {
  const parts: Segment[] = [];
  if (from < kernelHas) parts.push({ from, to: Math.min(to, kernelHas - 1), use: 'taken', queue: null });
  if (to >= kernelHas) parts.push({ from: Math.max(from, kernelHas), to, use: 'new', queue: null });
  return parts;
}

/** What a dead guest left in its table. */
function leftBehind(now: Now, from: number, to: number): Segment[] {
  const found: Segment[] = [];
  const read = entryReader(now);
  let next = from;
  for (const [first, last] of runsWhere(from, to, (ref) => isGranted(read(ref).flags))) {
    if (first > next) found.push(blank(next, first - 1));
    found.push({ from: first, to: last, use: 'left', queue: null });
    next = last + 1;
  }
  if (next <= to) found.push(blank(next, to));
  return found;
}

function blank(from: number, to: number): Segment {
  return { from, to, use: 'blank', queue: null };
}

function joined(segments: readonly Segment[]): Segment[] {
  const all: Segment[] = [];
  for (const segment of segments) {
    const last = all.at(-1);
    const goes = last !== undefined && last.to === segment.from - 1 && last.use === segment.use &&
      last.queue === segment.queue && last.ring === undefined && last.packet === undefined;
    if (goes) all[all.length - 1] = { ...last, to: segment.to };
    else all.push(segment);
  }
  return all;
}

/** Does an entry with these flags let its domain in? */
export function isGranted(flags: number): boolean {
  return (flags & GTF.type_mask) === GTF.permit_access;
}

/** The longest runs [first, last] of numbers from `from` to `to` for which that is so. */
export function runsWhere(from: number, to: number, so: (n: number) => boolean): (readonly [number, number])[] {
  const runs: (readonly [number, number])[] = [];
  let first = -1;
  for (let n = from; n <= to + 1; n++) {
    const is = n <= to && so(n);
    if (is && first < 0) first = n;
    if (is || first < 0) continue;
    runs.push([first, n - 1]);
    first = -1;
  }
  return runs;
}

/** The segment that a reference is in. */
export function segmentAt(segments: readonly Segment[], ref: number): Segment | undefined {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (segments[middle]!.from <= ref) low = middle;
    else high = middle - 1;
  }
  return segments[low];
}

/** An entry's fields as the bytes have them. */
interface Fields {
  readonly flags: number;
  readonly domid: number;
  readonly frame: number;
}

/** Reads entry after entry, quickly where neighbours follow on from each other. */
export function entryReader(now: Now): (ref: number) => Fields {
  const table = now.memory(DOMU)?.grant_table ?? 0;
  let page = -1;
  let bytes: Uint8Array | undefined;
  return (ref) => {
    const frame = Math.floor(ref / GRANTS_PER_FRAME.v1);
    if (frame !== page) {
      page = frame;
      bytes = now.bytes(table + frame);
    }
    if (bytes === undefined) return { flags: 0, domid: 0, frame: 0 };
    const at = (ref % GRANTS_PER_FRAME.v1) * grantEntryV1.size;
    const first = wordAt(bytes, at);
    return { flags: first & 0xffff, domid: first >>> 16, frame: wordAt(bytes, at + grantEntryV1.offsets['frame']!) };
  };
}

/** References `from` to `to` of a segment. */
export function part(segment: Segment, from: number, to: number): Segment {
  const { ring } = segment;
  if (ring === undefined) return { ...segment, from, to };
  return { ...segment, from, to, ring: { ...ring, page: ring.page + from - segment.from } };
}
