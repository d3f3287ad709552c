/** The pages that the memory lens can show, by the names that people call them. Pure. */
import { GRANTS_PER_FRAME } from '../../../abi/grant-table.ts';
import { memoryWords as t } from '../../../content/memory.ts';
import { fill, words } from '../../../content/words.ts';
import type { Mirror } from '../../../store/mirror.ts';
import type { StepView } from '../../../store/store.ts';
import type { RingView } from '../../../store/view.ts';

/** What is on a page. */
export type PageKind =
  | { kind: 'ring'; queue: number; direction: 'tx' | 'rx'; index: number; pages: number }
  /** Frame `index` of domain 5's grant table. */
  | { kind: 'grants'; index: number }
  | { kind: 'shared'; dom: 0 | 5 }
  /** Bytes that belong to nothing that RingScope has a layout of. */
  | { kind: 'other' };

export type MemoryPage = PageKind & {
  /** Machine frame. */
  mfn: number;
  name: string;
  /** The same in few words, for a list that has the group above it. */
  short: string;
  /** What it is listed under. */
  group: string;
};

interface DomainMemory {
  readonly shared_info: number;
  readonly grant_table: number;
}

const DOMAINS = [5, 0] as const;

/** What a domain is called. */
export function domainName(dom: 0 | 5): string {
  return dom === 5 ? words.party.domU : words.party.dom0;
}

/** Every page there is: rings, queue by queue; the grant table; shared info pages; then what else holds bytes. */
export function memoryPages(mirror: Pick<Mirror, 'slot' | 'pages'>, rings: readonly RingView[]): readonly MemoryPage[] {
  return pageLister()(mirror, rings);
}

/**
 * Lists {@link memoryPages}, and gives back the same list as long as it is the same: there may be hundreds of pages, and few
 * steps make one.
 */
export function pageLister(): typeof memoryPages {
  let known: readonly MemoryPage[] = [];
  let named = new Set<number>();
  let all: readonly MemoryPage[] = [];
  let [knownBy, othersBy] = ['', ''];
  return (mirror, rings) => {
    const by = signature(mirror, rings);
    const isNew = by !== knownBy;
    if (isNew) {
      knownBy = by;
      known = [...ringPages(rings), ...tablePages(mirror), ...sharedPages(mirror)];
      named = new Set(known.map(({ mfn }) => mfn));
    }
    const others: number[] = [];
    for (const [mfn, { bytes }] of mirror.pages) if (!named.has(mfn) && !isZero(bytes)) others.push(mfn);
    if (isNew || others.join() !== othersBy) {
      othersBy = others.join();
      all = [...known, ...others.sort((a, b) => a - b).map(otherPage)];
    }
    return all;
  };
}

/** All that the pages with a name of their own follow from. */
function signature(mirror: Pick<Mirror, 'slot'>, rings: readonly RingView[]): string {
  const ringsBy = rings.map(({ queue, direction, pages }) => `${queue}${direction}${pages.map(({ mfn }) => mfn).join()}`);
  const memory = DOMAINS.map((dom) => memoryOf(mirror, dom)?.shared_info);
  return `${ringsBy.join(' ')} ${tableFrames(mirror)} ${memory.join()}`;
}

/** A name that is short as it is. */
function called(name: string): Pick<MemoryPage, 'name' | 'short'> {
  return { name, short: name };
}

function otherPage(mfn: number): MemoryPage {
  return { kind: 'other', mfn, ...called(fill(t.other, { mfn: hex(mfn) })), group: t.others };
}

function tableFrames(mirror: Pick<Mirror, 'slot'>): number {
  return (mirror.slot('xen:gt:5') as { readonly frames: number } | undefined)?.frames ?? 0;
}

function ringPages(rings: readonly RingView[]): MemoryPage[] {
  return rings.flatMap(({ queue, direction, pages }) =>
    pages.map(({ index, mfn }): MemoryPage => ({
      kind: 'ring', queue, direction, index, pages: pages.length, mfn,
      ...called(fill(t.ringPage, { ring: direction.toUpperCase(), queue, page: index })),
      group: fill(t.queueRings, { queue }),
    })),
  );
}

function tablePages(mirror: Pick<Mirror, 'slot'>): MemoryPage[] {
  const memory = memoryOf(mirror, 5);
  if (memory === undefined) return [];
  return Array.from({ length: tableFrames(mirror) }, (_, index): MemoryPage => {
    const entries = { frame: index, from: index * GRANTS_PER_FRAME.v1, to: (index + 1) * GRANTS_PER_FRAME.v1 - 1 };
    return {
      kind: 'grants', index, mfn: memory.grant_table + index,
      name: fill(t.tableFrame, entries), short: fill(t.tableFrameShort, entries),
      group: fill(t.table, { who: domainName(5) }),
    };
  });
}

function sharedPages(mirror: Pick<Mirror, 'slot'>): MemoryPage[] {
  return DOMAINS.flatMap((dom) => {
    const memory = memoryOf(mirror, dom);
    if (memory === undefined) return [];
    return [{ kind: 'shared', dom, mfn: memory.shared_info, ...called(fill(t.shared, { who: domainName(dom) })), group: t.sharedPages }];
  });
}

function memoryOf(mirror: Pick<Mirror, 'slot'>, dom: 0 | 5): DomainMemory | undefined {
  return mirror.slot(`xen:memory:${dom}`) as unknown as DomainMemory | undefined;
}

/** Is every byte of the page 0? */
export function isZero(bytes: Uint8Array): boolean {
  return !new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4).some((word) => word !== 0);
}

/** Bytes of a page that a step changed, by their offsets, ascending. */
export function changedBytes(step: StepView | null, mfn: number): readonly number[] {
  const offsets: number[] = [];
  for (const change of step?.changes ?? []) {
    if (change.cell !== 'word' || change.frame !== mfn) continue;
    const differs = change.before ^ change.after;
    for (let i = 0; i < 4; i++) if (((differs >>> (i * 8)) & 0xff) !== 0) offsets.push(change.offset + i);
  }
  return offsets.sort((a, b) => a - b);
}

/** The pages that a step changed, each with its first changed byte, in the order in which the pages are listed. */
export function changedPlaces(
  step: StepView | null, pages: readonly MemoryPage[],
): readonly { frame: number; offset: number }[] {
  const frames = new Set((step?.changes ?? []).flatMap((change) => (change.cell === 'word' ? [change.frame] : [])));
  return pages
    .filter(({ mfn }) => frames.has(mfn))
    .map(({ mfn }) => ({ frame: mfn, offset: changedBytes(step, mfn)[0]! }));
}

/** '0x1a0', with zeros in front up to `digits`. */
export function hex(value: number, digits = 1): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}
