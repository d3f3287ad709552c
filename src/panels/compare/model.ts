/** Differences between two steps, grouped by place. Pure. */
import { GTF, grantEntryV1 } from '../../abi/grant-table.ts';
import { compareWords } from '../../content/compare.ts';
import { fill } from '../../content/words.ts';
import { describeChange, describeWord, isBookkeeping } from '../../parts/describe.ts';
import type { Described } from '../../parts/describe.ts';
import { ringName, wordPlace } from '../../parts/frame-names.ts';
import type { Layout, RingPages, WordPlace } from '../../parts/frame-names.ts';
import { hex } from '../../parts/values.ts';
import { DIRECTIONS, DOMU } from '../../store/stage/slots.ts';
import type { FrontQueue } from '../../store/stage/slots.ts';
import type { Change, SlotChange, Value } from '../../store/store.ts';

/** In their order: what one looks at first, then what it rests on. */
export const PLACES = [
  'states', 'xenstore', 'grants', 'ports', 'rings', 'netfront', 'netback', 'xen', 'logs', 'other',
] as const;
export type Place = (typeof PLACES)[number];

type Word = Extract<Change, { cell: 'word' }>;

export interface Line {
  kind: 'line';
  key: string;
  change: Change;
  said: Described;
}

/** Many words of one stretch of memory. */
export interface Fold {
  kind: 'fold';
  key: string;
  label: string;
  words: readonly Word[];
}

export interface Group {
  place: Place;
  items: readonly (Line | Fold)[];
  /** Differences, those in folds counted one by one. */
  count: number;
}

/** Fewer words than this stand one by one. */
const FOLDED = 9;

/** Slots by the beginning of their names; the first that fits. */
const slotPlaces: readonly (readonly [RegExp, Place])[] = [
  [/^xs:node:\/local\/domain\/\d+\/(device|backend)\/.+\/state$/, 'states'],
  [/^xs:/, 'xenstore'],
  [/^xen:gt:/, 'grants'],
  [/^(xen:(ports?|evtchn-refused):|irqs?[ :])/, 'ports'],
  [/^xen:/, 'xen'],
  [/^(netfront|pages:domU|xenbus:domU|netdev:eth)/, 'netfront'],
  [/^(netback|xenbus:dom0|vmalloc:dom0|unpopulated:dom0|netdev:vif|kthread:vif)/, 'netback'],
  [/^log:/, 'logs'],
];

function placeOfSlot(name: string): Place {
  return slotPlaces.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
}

/** Keys of the two ends, then other keys, then what xenstored keeps of its clients: lower comes first. */
function rankOfSlot(name: string): number {
  return name.startsWith('xs:node:/local/') ? 0 : name.startsWith('xs:node:') ? 1 : 2;
}

/** All that is different, in the order of {@link PLACES}; places where nothing is are left out. */
export function groupsOf(
  slots: readonly SlotChange[], words: Float64Array, layout: Layout, ringRefs: ReadonlySet<number>,
): Group[] {
  const found = new Map<Place, (Line | Fold)[]>(PLACES.map((place) => [place, []]));
  for (const change of [...slots].sort((a, b) => rankOfSlot(a.name) - rankOfSlot(b.name))) {
    if (!isBookkeeping(change)) found.get(placeOfSlot(change.name))!.push(lineOf(change, layout));
  }
  const entries: Word[] = [];
  const ringWords: Word[] = [];
  for (const [frame, changes] of byFrame(words)) {
    const { kind } = wordPlace(frame, 0, layout);
    if (kind === 'grant') entries.push(...changes);
    else if (kind === 'index' || kind === 'ring') ringWords.push(...changes);
    else if (kind === 'shared') found.get('ports')!.push(...changes.map((change) => lineOf(change, layout)));
    else found.get('other')!.push(...pageItems(changes, layout));
  }
  found.get('grants')!.unshift(...ringEntryItems(entries, layout, ringRefs));
  found.get('grants')!.push(...poolItems(entries, layout, ringRefs));
  found.get('rings')!.push(...ringItems(ringWords, layout));
  return PLACES.map((place) => group(place, found.get(place)!)).filter(({ count }) => count > 0);
}

function group(place: Place, items: readonly (Line | Fold)[]): Group {
  return { place, items, count: items.reduce((sum, item) => sum + (item.kind === 'line' ? 1 : item.words.length), 0) };
}

/** The changed words of each machine frame, both ascending. */
function byFrame(words: Float64Array): [frame: number, words: Word[]][] {
  const frames = new Map<number, Word[]>();
  for (let i = 0; i < words.length; i += 4) {
    const frame = words[i]!;
    const change: Word = { cell: 'word', frame, offset: words[i + 1]!, before: words[i + 2]!, after: words[i + 3]! };
    const own = frames.get(frame);
    if (own === undefined) frames.set(frame, [change]);
    else own.push(change);
  }
  for (const own of frames.values()) own.sort((a, b) => a.offset - b.offset);
  return [...frames].sort(([a], [b]) => a - b);
}

function lineOf(change: Change, layout: Layout): Line {
  const key = change.cell === 'slot' ? change.name : `${change.frame} ${change.offset}`;
  return { kind: 'line', key, change, said: describeChange(change, layout) };
}

function refOf(change: Word, layout: Layout): number {
  const place = wordPlace(change.frame, change.offset, layout);
  return place.kind === 'grant' ? place.ref : -1;
}

/** Entries of ring pages, one by one. */
function ringEntryItems(changes: readonly Word[], layout: Layout, ringRefs: ReadonlySet<number>): Line[] {
  return changes.filter((change) => ringRefs.has(refOf(change, layout))).map((change) => lineOf(change, layout));
}

/** What became of a grant entry. */
type Fate = keyof typeof compareWords.fates;

function fateOf({ before, after }: Word): Fate {
  const [was, is] = [before, after].map((first) => (first & GTF.type_mask) === GTF.permit_access);
  return was === is ? 'changed' : is ? 'granted' : 'ended';
}

/** The other entries, in stretches of references of which the same became. */
function poolItems(changes: readonly Word[], layout: Layout, ringRefs: ReadonlySet<number>): (Line | Fold)[] {
  const entries = new Map<number, Word[]>();
  for (const change of changes) {
    const ref = refOf(change, layout);
    if (!ringRefs.has(ref)) entries.set(ref, [...(entries.get(ref) ?? []), change]);
  }
  const runs: { from: number; to: number; fate: Fate; words: Word[] }[] = [];
  for (const [ref, words] of entries) {
    const [first] = words as [Word];
    const fate = first.offset % grantEntryV1.size === 0 ? fateOf(first) : 'changed';
    const run = runs.at(-1);
    if (run !== undefined && run.to === ref - 1 && run.fate === fate) {
      run.to = ref;
      run.words.push(...words);
    } else runs.push({ from: ref, to: ref, fate, words: [...words] });
  }
  return runs.flatMap(({ from, to, fate, words }) => {
    const count = (to - from + 1).toLocaleString('en');
    return folded(words, fill(compareWords.fold.grants, { from, to, fate: compareWords.fates[fate], count }), layout);
  });
}

/** The indexes of all rings one by one, then their entries a page at a time. */
function ringItems(changes: readonly Word[], layout: Layout): (Line | Fold)[] {
  const lines: Line[] = [];
  const pages = new Map<number, { place: Extract<WordPlace, { kind: 'ring' }>; words: Word[] }>();
  for (const change of changes) {
    const place = wordPlace(change.frame, change.offset, layout);
    if (place.kind !== 'ring') lines.push(lineOf(change, layout));
    else if (pages.has(change.frame)) pages.get(change.frame)!.words.push(change);
    else pages.set(change.frame, { place, words: [change] });
  }
  const inOrder = [...pages.values()].sort(({ place: a }, { place: b }) =>
    a.queue - b.queue || DIRECTIONS.indexOf(a.direction) - DIRECTIONS.indexOf(b.direction) || a.page - b.page);
  return [...lines, ...inOrder.flatMap(({ place, words }) =>
    folded(words, fill(compareWords.fold.ring, { page: place.page, ring: ringName(place) }), layout))];
}

function pageItems(changes: readonly Word[], layout: Layout): (Line | Fold)[] {
  const [{ frame }] = changes as [Word];
  const place = wordPlace(frame, 0, layout);
  const label = place.kind === 'guest'
    ? fill(compareWords.fold.guest, { gfn: hex(place.gfn), domid: place.domid })
    : fill(compareWords.fold.frame, { frame: hex(frame) });
  return folded(changes, label, layout);
}

function folded(words: readonly Word[], label: string, layout: Layout): (Line | Fold)[] {
  if (words.length < FOLDED) return words.map((change) => lineOf(change, layout));
  return [{ kind: 'fold', key: `fold ${label}`, label, words }];
}

/** A word of a fold, as a line. */
export function lineOfWord(change: Word, layout: Layout): Line {
  return lineOf(change, layout);
}

/**
 * What of the groups has these words in its name or its values; all of them where there are none. A fold of which only some
 * words have them holds only those.
 */
export function filtered(groups: readonly Group[], text: string, layout: Layout): readonly Group[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return groups;
  const has = (...texts: string[]): boolean => texts.some((one) => one.toLowerCase().includes(wanted));
  const says = ({ what, before, after }: Described): boolean => has(what, before, after);
  return groups
    .map(({ place, items }) =>
      group(place, items.flatMap((item): (Line | Fold)[] => {
        if (item.kind === 'line') return says(item.said) ? [item] : [];
        if (has(item.label)) return [item];
        const words = item.words.filter((change) =>
          says(describeWord(change, wordPlace(change.frame, change.offset, layout))));
        return words.length === 0 ? [] : [{ ...item, words }];
      })))
    .filter(({ count }) => count > 0);
}

/** What netfront keeps of its queues: now, and on either side of the differences. */
type Queues = readonly (readonly [queue: number, value: Value])[];

/** The queues that the differences and the state shown know. */
export function queuesOf(slots: readonly SlotChange[], slot: (name: string) => Value, most: number): Queues {
  const now = Array.from({ length: most }, (_, queue) => [queue, slot(`netfront:queue:${queue}`)] as const);
  const then = slots.flatMap(({ name, before, after }) => {
    const [, queue] = /^netfront:queue:(\d+)$/.exec(name) ?? [];
    return queue === undefined ? [] : [[Number(queue), before] as const, [Number(queue), after] as const];
  });
  return [...now, ...then].filter(([, value]) => value !== undefined && value !== null);
}

/** Where the pages of all these queues lie, and the references that grant them. */
export function ringsOf(
  queues: Queues, memory: Layout['memory'],
): { rings: RingPages[]; refs: ReadonlySet<number> } {
  const map = memory(DOMU);
  const rings = new Map<string, RingPages>();
  const refs = new Set<number>();
  for (const [queue, value] of queues) {
    for (const direction of DIRECTIONS) {
      const side = (value as unknown as FrontQueue)[direction];
      if (side === null || side === undefined || map === undefined) continue;
      const pages = Array.from({ length: side.pages }, (_, index) => ({
        index, mfn: map.mfns[side.gfn + index - map.gfn] ?? -1,
      }));
      rings.set(`${queue} ${direction} ${side.gfn}`, { queue, direction, pages });
      for (const ref of side.refs) refs.add(ref);
    }
  }
  return { rings: [...rings.values()], refs };
}
