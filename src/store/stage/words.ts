// Sentences about what the stage shows, made from the view's facts and the words of the content. Pure.
import { stageWords as w } from '../../content/stage.ts';
import { fill } from '../../content/words.ts';
import type {
  GrantRowView, PageLife, PartyId, PortView, RingPageView, RingView, StageView, StateTrackView, XsKeyView,
} from '../view.ts';

export type Side = 'front' | 'back';

/** Why no netif run here goes through a state; undefined where one does. */
export function unusedState(state: number): string | undefined {
  const unused: Readonly<Record<string, string>> = w.unusedStates;
  return unused[String(state)];
}

/** '4 Connected', or a dash where there is no such copy. */
export function stateName(state: number | null): string {
  return state === null ? '–' : `${state} ${w.states[state] ?? w.noState}`;
}

/** Where a side is, as far as the store says. */
export function publishedState({ published, gone }: StateTrackView): string {
  if (published !== null) return w.states[published] ?? w.noState;
  return gone ? w.track.gone : w.track.none;
}

/** How the driver's own state differs from the store's. */
export function driverSays({ published, driver }: StateTrackView): string {
  const ahead = driver !== null && published !== null && driver > published;
  return fill(ahead ? w.track.ahead : w.track.behind, { state: stateName(driver) });
}

/** True where the driver's own state is not what the store says. */
export function isDeferred(track: StateTrackView): boolean {
  return track.driver !== null && track.published !== null && track.driver !== track.published;
}

/** What the stage has a place for, and what went before it is no more. */
const PAST = { front: 'rings', back: 'mapped', entries: 'rings', ports: 'ports' } as const;

/** Why a side has no ring pages, the table no entry of a ring, or nobody a port. */
export function whyNone(
  what: keyof typeof PAST, { past, guest, frontend: { error } }: Pick<StageView, 'past' | 'guest' | 'frontend'>,
): string {
  const { never, before, dead } = w.empty[what];
  if (!past[PAST[what]]) return error === null ? never : fill(w.empty.failed, { error });
  return guest === null ? before : dead;
}

/** 'Backend state: 2 InitWait'. */
export function trackSentence(side: Side, track: StateTrackView): string {
  return fill(w.track.name, {
    end: w.track[side], state: track.published === null ? publishedState(track) : stateName(track.published),
  });
}

/** What one station of the track says. */
export function stationSentence(side: Side, track: StateTrackView, state: number): string {
  const why = unusedState(state);
  const here = track.published === state;
  let how = '';
  if (here) how = w.track.here;
  else if (isDeferred(track) && track.driver === state) how = w.track.ghost;
  else if (why !== undefined) how = fill(w.track.unused, { why });
  return fill(w.track.station, { end: w.track[side], state: stateName(state), how });
}

/** The three copies of one side's state, in words. */
export function stateCopies(
  side: Side, track: StateTrackView,
): { copy: 'published' | 'cached' | 'driver'; where: string; what: string }[] {
  const none = side === 'front' ? w.track.noDriver : '–';
  return [
    { copy: 'published', where: w.track.node, what: stateName(track.published) },
    { copy: 'cached', where: w.track.cache, what: stateName(track.cached) },
    {
      copy: 'driver', where: side === 'front' ? w.track.frontDriver : w.track.backDriver,
      what: track.driver === null ? none : stateName(track.driver),
    },
  ];
}

export function hex(value: number): string {
  return `0x${value.toString(16)}`;
}

/** Exact for page-aligned addresses of the upper half too, though a number has only 53 bits. */
export function address(value: number): string {
  return `0x${BigInt(value).toString(16)}`;
}

export function ringName(ring: Pick<RingView, 'direction'>): string {
  return ring.direction === 'tx' ? 'TX' : 'RX';
}

/** What stands above the pages of a ring on one side. */
export function ringCaption(ring: RingView, side: Side, named: boolean): string {
  const t = w.ring;
  const name = named ? fill(t.named, { queue: ring.queue, ring: ringName(ring) }) : ringName(ring);
  if (side === 'back') {
    return ring.vaddr === null
      ? fill(t.unmapped, { name, how: mapping(ring) })
      : fill(t.back, { name, address: address(ring.vaddr) });
  }
  const left = ring.front === null && ring.back !== null;
  const count = ring.pages.length;
  return fill(t.front, {
    name,
    pages: fill(count === 1 ? t.page : t.pages, { count }),
    entries: left ? t.left : ring.entries === 0 ? '' : fill(t.entries, { count: ring.entries }),
  });
}

/** How far the mapping is while it has no address, which it has once the last page is mapped. */
function mapping({ pages, unmapped }: RingView): string {
  const some = pages.some((page) => page.handle !== null);
  if (pages.some((page) => page.forgotten)) return w.ring.forgotten;
  if (pages.every((page) => page.handle !== null)) return w.ring.whole;
  if (unmapped) return some ? w.ring.partlyUnmapped : w.ring.noLonger;
  return some ? w.ring.partly : w.ring.not;
}

/** All there is to say of a page on one side, in one sentence. */
export function pageSentence(ring: RingView, page: RingPageView, side: Side): string {
  const t = w.page;
  const parts = [fill(t.name, { ring: ringName(ring), index: page.index })];
  if (side === 'front') parts.push(fill(t.gfn, { gfn: hex(page.gfn) }));
  else if (page.handle === null) parts.push(t.notMapped);
  else if (page.forgotten) parts.push(t.forgotten, fill(t.mfn, { mfn: hex(page.mfn) }));
  else parts.push(fill(t.offset, { offset: hex(page.index * 4096) }), fill(t.mfn, { mfn: hex(page.mfn) }));
  if (side === 'front') parts.push(w.lives[page.life]);
  if (side === 'front' && page.freed) parts.push(w.ring.freed);
  if (page.ref !== null) parts.push(fill(t.ref, { ref: page.ref }));
  if (page.handle !== null) parts.push(fill(t.handle, { handle: page.handle }));
  if (page.untouched) parts.push(t.untouched);
  else if (page.entries !== null) parts.push(fill(t.entries, { first: page.entries[0], last: page.entries[1] }));
  return parts.join(', ');
}

/** Is the page part of a ring in dom0, or of one that dom0 is mapping? */
function isInRing({ handle, forgotten }: Pick<RingPageView, 'handle' | 'forgotten'>): boolean {
  return handle !== null && forgotten === undefined;
}

/** Did the step change the page as this side has it? What is granted and not mapped yet is nothing to dom0. */
export function isPageHot({ hot, handle, life }: RingPageView, side: Side): boolean {
  return hot && (side === 'front' || handle !== null || life === 'unmapped');
}

/** The entry that straddles the seam before the page; in dom0, which has both of its parts only with both pages in a row. */
export function seamBefore({ scattered, straddles, pages }: RingView, index: number, side: Side): RingView['straddles'][number] | undefined {
  return side === 'front' || !scattered && pages.slice(index - 1, index + 1).every(isInRing)
    ? straddles.find(({ page }) => page === index)
    : undefined;
}

/** Where the page lies in dom0's addresses of the ring: what was forgotten has none, nor what is not in a row yet. */
export function offsetFigure({ scattered }: RingView, { forgotten, index }: RingPageView): string {
  return forgotten ? w.ring.leaked : scattered ? '–' : `+${(index * 4096).toString(16).padStart(4, '0')}`;
}

/** All there is to say of the page, and of the entry that straddles the seam before it. */
export function tileSentence(ring: RingView, page: RingPageView, side: Side): string {
  const sentence = pageSentence(ring, page, side);
  const seam = seamBefore(ring, page.index, side);
  if (seam === undefined) return sentence;
  return `${sentence}; ${fill(w.page.seam, { entry: seam.entry, before: seam.before, after: seam.after })}`;
}

/** 'all mapped', or how many are what. */
export function livesSummary(lives: readonly PageLife[]): string {
  const counts = new Map<PageLife, number>();
  for (const life of lives) counts.set(life, (counts.get(life) ?? 0) + 1);
  const kinds = [...counts];
  const [first] = kinds;
  if (first === undefined) return w.queues.none;
  if (kinds.length === 1) return fill(w.queues.all, { life: w.legend[first[0]] });
  return kinds.map(([life, count]) => fill(w.queues.some, { count, life: w.legend[life] })).join(', ');
}

/** The bits of a version 1 grant entry's flags that the lamps show. Permit access is a type, not a bit of its own. */
export const LAMPS = [
  { key: 'permit', mask: 3 },
  { key: 'readonly', mask: 4 },
  { key: 'reading', mask: 8 },
  { key: 'writing', mask: 16 },
] as const;

export type Lamp = (typeof LAMPS)[number]['key'];

/** Whether a lamp is lit: the low two bits are the entry's type, and permit access is type 1. */
export function isLit(lamp: Lamp, flags: number): boolean {
  switch (lamp) {
    case 'permit': return (flags & 3) === 1;
    case 'readonly': return (flags & 4) !== 0;
    case 'reading': return (flags & 8) !== 0;
    case 'writing': return (flags & 16) !== 0;
  }
}

/** An entry's bytes grouped as its fields lie: flags, domid, frame. */
export function groupBytes(bytes: string): string {
  const digits = bytes.replaceAll(/\s/g, '');
  return `${digits.slice(0, 4)} ${digits.slice(4, 8)} ${digits.slice(8)}`;
}

export function grantSentence(row: Pick<GrantRowView, 'flags'>): string {
  const lit = LAMPS.filter((lamp) => isLit(lamp.key, row.flags)).map((lamp) => w.lamps[lamp.key].name);
  return lit.length === 0 ? w.grants.noFlag : lit.join(', ');
}

export function portSentence(port: Pick<PortView, 'pending' | 'masked'>): string {
  return fill(w.ports.both, {
    pending: port.pending ? w.ports.pending : w.ports.notPending,
    masked: port.masked ? w.ports.masked : w.ports.notMasked,
  });
}

function names(parties: readonly PartyId[]): string {
  return parties.map((party) => w.party[party]).join(w.keys.and);
}

/** Who wrote a key and who watches it; '' where neither is known. */
function keyAside(key: Pick<XsKeyView, 'writer' | 'watchers'>): string {
  const parts: string[] = [];
  if (key.writer !== null) parts.push(fill(w.keys.writtenBy, { party: w.party[key.writer] }));
  if (key.watchers.length > 0) parts.push(fill(w.keys.watchedBy, { parties: names(key.watchers) }));
  return parts.join(', ');
}

/** All there is to say of a key. */
export function keySentence(key: XsKeyView): string {
  const { path, value, perms } = key;
  return [fill(w.keys.value, { path, value }), value === '' ? w.keys.empty : '', keyAside(key), permsSentence(perms)]
    .filter((part) => part !== '')
    .join('; ');
}

/** xenstore permissions such as n5,r0 in words: the first names the owner and what everybody else may do. */
export function permsSentence(perms: readonly string[]): string {
  const letters: Readonly<Record<string, string>> = w.perms;
  return perms.map((perm, place) => {
    const may = letters[perm.charAt(0)] ?? perm;
    return fill(place === 0 ? w.perms.owner : w.perms.other, { domid: perm.slice(1), may });
  }).join('; ');
}
