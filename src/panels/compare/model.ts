/** Differences between two steps, grouped by place. Pure. */
import { compareWords } from '../../content/compare.ts';
import { fill } from '../../content/words.ts';
import { describeChange, describeWord, isBookkeeping } from '../../parts/describe.ts';
import type { Described } from '../../parts/describe.ts';
import { ringName, wordName, wordPlace } from '../../parts/frame-names.ts';
import type { Layout, RingPages } from '../../parts/frame-names.ts';
import { hex } from '../../parts/values.ts';
import { DIRECTIONS, DOMU } from '../../store/stage/slots.ts';
import type { FrontQueue } from '../../store/stage/slots.ts';
import type { Change, SlotChange, Value } from '../../store/store.ts';

export const PLACES = [
  'xenstore', 'grants', 'rings', 'ports', 'xen', 'netfront', 'netback', 'logs', 'other',
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

/** All that is different, in the order of {@link PLACES}; places where nothing is are left out. */
export function groupsOf(
  slots: readonly SlotChange[], words: Float64Array, layout: Layout, ringRefs: ReadonlySet<number>,
): Group[] {
  const found = new Map<Place, (Line | Fold)[]>(PLACES.map((place) => [place, []]));
  for (const change of slots) {
    if (!isBookkeeping(change)) found.get(placeOfSlot(change.name))!.push(lineOf(change, layout));
  }
  for (const [frame, changes] of byFrame(words)) {
    const { kind } = wordPlace(frame, 0, layout);
    if (kind === 'grant') found.get('grants')!.push(...grantItems(changes, layout, ringRefs));
    else if (kind === 'index' || kind === 'ring') found.get('rings')!.push(...ringItems(changes, layout));
    else if (kind === 'shared') found.get('ports')!.push(...changes.map((change) => lineOf(change, layout)));
    else found.get('other')!.push(...pageItems(changes, layout));
  }
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

/** Entries of ring pages one by one, of the pools in stretches of references. */
function grantItems(changes: readonly Word[], layout: Layout, ringRefs: ReadonlySet<number>): (Line | Fold)[] {
  const refOf = (change: Word): number => {
    const place = wordPlace(change.frame, change.offset, layout);
    return place.kind === 'grant' ? place.ref : -1;
  };
  const items: (Line | Fold)[] = [];
  let run: Word[] = [];
  const close = (): void => {
    const [first, last] = [run[0], run.at(-1)];
    if (first !== undefined && last !== undefined) {
      const label = fill(compareWords.fold.grants, { from: refOf(first), to: refOf(last) });
      items.push(...folded(run, label, layout));
    }
    run = [];
  };
  for (const change of changes) {
    const ref = refOf(change);
    if (ringRefs.has(ref)) {
      close();
      items.push(lineOf(change, layout));
      continue;
    }
    const before = run.at(-1);
    if (before !== undefined && ref > refOf(before) + 1) close();
    run.push(change);
  }
  close();
  return items;
}

/** The indexes of a ring one by one, its entries a page at a time. */
function ringItems(changes: readonly Word[], layout: Layout): (Line | Fold)[] {
  const indexes = changes.filter(({ frame, offset }) => wordPlace(frame, offset, layout).kind === 'index');
  const entries = changes.filter((change) => !indexes.includes(change));
  const [first] = entries;
  const lines = indexes.map((change) => lineOf(change, layout));
  if (first === undefined) return lines;
  const place = wordPlace(first.frame, first.offset, layout);
  const label = place.kind === 'ring'
    ? fill(compareWords.fold.ring, { page: place.page, ring: ringName(place) })
    : wordName(place);
  return [...lines, ...folded(entries, label, layout)];
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
