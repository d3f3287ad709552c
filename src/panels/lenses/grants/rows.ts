/** The rows that the grant table shows: entries, and folds of entries that are for the same thing. Pure. */
import { GRANTS_PER_FRAME } from '../../../abi/grant-table.ts';
import type { Now } from '../../../store/stage/now.ts';
import { DOM0, DOMU } from '../../../store/stage/slots.ts';
import { entryReader, isGranted, part, runsWhere, segmentAt } from './segments.ts';
import type { Segment } from './segments.ts';
import { purposeOf, segmentLabel } from './words.ts';

export const KINDS = ['all', 'ring', 'mapped', 'granted', 'pools', 'free'] as const;
export type Kind = (typeof KINDS)[number];

export interface Filter {
  readonly text: string;
  readonly kind: Kind;
}

type Range = readonly [from: number, to: number];

/** More entries than this that are for the same thing fold; the 8 reserved ones do. */
const FEW = 7;
/** Up to so many entries that a filter finds are all shown. */
const FOUND = 64;
const ALWAYS_OPEN: ReadonlySet<Segment['use']> = new Set(['ring', 'deferred', 'tx-data']);

export interface Block {
  /** Index of its first row. */
  readonly start: number;
  readonly segment: Segment;
  /** A line that stands for its entries, or the entries. */
  readonly kind: 'fold' | 'entries';
  readonly open: boolean;
}

export interface Rows {
  readonly blocks: readonly Block[];
  readonly count: number;
  /** Entries that the filter found. */
  readonly found: number;
}

/** dom0's handles, by the guest's reference that they stand for. */
export function handlesByRef(now: Now): ReadonlyMap<number, number> {
  const prefix = `xen:handle:${DOM0}:`;
  const handles = new Map<number, number>();
  for (const name of now.slotNames()) {
    if (!name.startsWith(prefix)) continue;
    const handle = Number(name.slice(prefix.length));
    const mapping = now.get(`xen:handle:${DOM0}:${handle}`);
    if (mapping?.dom === DOMU) handles.set(mapping.ref, handle);
  }
  return handles;
}

/** Folds of which a person opened one are open: what they are for is their name, as their references change. */
export function foldName({ use, queue }: Segment): string {
  return `${use} ${queue ?? ''}`;
}

/** The rows of what the filter finds in these segments. `open`: names of folds that are open. */
export function rowsOf(
  now: Now, segments: readonly Segment[], filter: Filter, handles: ReadonlyMap<number, number>, open: ReadonlySet<string>,
): Rows {
  const parts = filtered(now, segments, filter, handles);
  const found = parts.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const isFiltered = filter.kind !== 'all' || filter.text.trim() !== '';
  const folds = !isFiltered || found > FOUND;
  const blocks: Block[] = [];
  let start = 0;
  for (const segment of parts) {
    const size = segment.to - segment.from + 1;
    if (folds && size > FEW && !ALWAYS_OPEN.has(segment.use)) {
      const isOpen = open.has(foldName(segment));
      blocks.push({ start: start++, segment, kind: 'fold', open: isOpen });
      if (!isOpen) continue;
    }
    blocks.push({ start, segment, kind: 'entries', open: true });
    start += size;
  }
  return { blocks, count: start, found };
}

/** The block and, in it, the entry that row `index` shows; `ref` is null for a fold's line. */
export function rowAt({ blocks }: Rows, index: number): { block: Block; ref: number | null } | undefined {
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (blocks[middle]!.start <= index) low = middle;
    else high = middle - 1;
  }
  const block = blocks[low];
  if (block === undefined) return undefined;
  return { block, ref: block.kind === 'fold' ? null : block.segment.from + index - block.start };
}

/** The row that shows an entry, or the closed fold that it is in; -1 if the filter hides it. */
export function rowOf({ blocks }: Rows, ref: number): number {
  for (const { kind, open, segment, start } of blocks) {
    if (ref < segment.from || ref > segment.to) continue;
    if (kind === 'entries') return start + ref - segment.from;
    if (!open) return start;
  }
  return -1;
}

/** The parts of the segments that the filter finds. */
function filtered(
  now: Now, segments: readonly Segment[], { text, kind }: Filter, handles: ReadonlyMap<number, number>,
): readonly Segment[] {
  const ofKind = segments.flatMap((segment) => kindParts(now, segment, kind, handles));
  const words = text.trim().toLowerCase();
  return words === '' ? ofKind : cut(ofKind, textRanges(now, ofKind, handles, words));
}

function kindParts(now: Now, segment: Segment, kind: Kind, handles: ReadonlyMap<number, number>): readonly Segment[] {
  const { from, to, use } = segment;
  switch (kind) {
    case 'all':
      return [segment];
    case 'ring':
      return use === 'ring' ? [segment] : [];
    case 'pools':
      return use === 'tx-pool' || use === 'rx-pool' ? [segment] : [];
    case 'free':
      return use === 'free' ? [segment] : [];
    case 'mapped':
      return cut([segment], runsWhere(from, to, (ref) => handles.has(ref)));
    case 'granted': {
      const read = entryReader(now);
      return cut([segment], runsWhere(from, to, (ref) => isGranted(read(ref).flags)));
    }
  }
}

/** What a text may mean: a reference, a range of them, a frame in hexadecimal, or words of the purpose. */
function textRanges(
  now: Now, segments: readonly Segment[], handles: ReadonlyMap<number, number>, text: string,
): Range[] {
  const range = /^(\d+)\s*(?:-|–|\.\.+|to)\s*(\d*)$/.exec(text);
  if (range !== null) {
    const from = Number(range[1]);
    return [[from, range[2] === '' ? Infinity : Number(range[2])]];
  }
  const ranges: Range[] = [];
  const ref = /^(?:ref\s*)?(\d+)$/.exec(text);
  if (ref !== null) ranges.push([Number(ref[1]), Number(ref[1])]);
  const frame = /^(?:0x)?([0-9a-f]{4,8})$/.exec(text);
  if (frame !== null) ranges.push(...frameRanges(now, segments, handles, Number.parseInt(frame[1]!, 16)));
  if (ref === null) ranges.push(...wordRanges(segments, text.split(/\s+/)));
  return ranges.sort(([a], [b]) => a - b);
}

function frameRanges(now: Now, segments: readonly Segment[], handles: ReadonlyMap<number, number>, frame: number): Range[] {
  const read = entryReader(now);
  return segments.flatMap(({ from, to }) =>
    runsWhere(from, to, (ref) => {
      const entry = read(ref);
      if (entry.flags === 0) return false;
      return entry.frame === frame || (handles.has(ref) && now.get(`xen:active:${DOMU}:${ref}`)?.mfn === frame);
    }));
}

function wordRanges(segments: readonly Segment[], words: readonly string[]): Range[] {
  const hits = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word));
  return segments.flatMap((segment): readonly Range[] => {
    if (segment.use !== 'ring' && segment.use !== 'reserved') {
      return hits(segmentLabel(segment)) ? [[segment.from, segment.to]] : [];
    }
    return runsWhere(segment.from, segment.to, (ref) => hits(purposeOf(segment, ref)));
  });
}

/** What of the segments lies in the ranges, both ascending. */
function cut(segments: readonly Segment[], ranges: readonly Range[]): Segment[] {
  const found: Segment[] = [];
  for (const segment of segments) {
    let next = segment.from;
    for (const [first, last] of ranges) {
      const from = Math.max(next, first);
      const to = Math.min(segment.to, last);
      if (from > to) continue;
      found.push(part(segment, from, to));
      next = to + 1;
    }
  }
  return found;
}

/** The entries that the current step is about, ascending: it changed them, or what Xen keeps about them, or asked for them. */
export function hotRefs(now: Now, segments: readonly Segment[]): readonly number[] {
  const hot = new Set(now.asked.keys());
  const table = now.memory(DOMU)?.grant_table ?? 0;
  const last = segments.at(-1)?.to ?? -1;
  for (const change of now.step?.changes ?? []) {
    let ref = -1;
    if (change.cell === 'word') ref = (change.frame - table) * GRANTS_PER_FRAME.v1 + (change.offset >>> 3);
    else if (change.name.startsWith(`xen:active:${DOMU}:`)) ref = Number(change.name.split(':')[3]);
    if (ref >= 0 && ref <= last) hot.add(ref);
  }
  return [...hot].sort((a, b) => a - b);
}

/** How many entries are for what. */
export function totals(segments: readonly Segment[]): ReadonlyMap<Segment['use'], number> {
  const counts = new Map<Segment['use'], number>();
  for (const { use, from, to } of segments) counts.set(use, (counts.get(use) ?? 0) + to - from + 1);
  return counts;
}

/** What a reference is for, in words. */
export function purposeAt(segments: readonly Segment[], ref: number): string {
  const segment = segmentAt(segments, ref);
  return segment === undefined ? '' : purposeOf(segment, ref);
}
