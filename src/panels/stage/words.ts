// The stage's words: names and sentences made from the view's facts.
import type {
  GrantRowView, PageLife, PartyId, PortView, RingPageView, RingView, StageView, StateTrackView,
} from '../../store/view.ts';

export type Side = 'front' | 'back';

export const STATES = [
  'Unknown', 'Initialising', 'InitWait', 'Initialised', 'Connected', 'Closing', 'Closed', 'Reconfiguring',
  'Reconfigured',
] as const;

/** States that no netif run here goes through, and why. */
export const UNUSED_STATES: Readonly<Record<number, string>> = {
  3: 'netfront and netback never use it; blkfront does',
  7: 'netfront uses it only to change its XDP headroom, which this run never does',
  8: 'netback’s answer to 7, which this run never needs',
};

export const PARTY_NAMES: Readonly<Record<PartyId, string>> = {
  domU: 'domU 5', dom0: 'dom0', xen: 'Xen', xenstored: 'xenstored', toolstack: 'toolstack',
};

export const LIFE_WORDS: Readonly<Record<PageLife, string>> = {
  allocated: 'allocated, not granted', granted: 'granted, not mapped', mapped: 'mapped by dom0',
  unmapped: 'unmapped, still granted', revoked: 'grant ended',
};

/** What becomes of a guest that is destroyed. */
export const GUEST_WORDS: Readonly<Record<NonNullable<StageView['guest']>, string>> = {
  dying: 'being destroyed', zombie: 'dead: a zombie', gone: 'dead and gone',
};

/** '4 Connected', or a dash where there is no such copy. */
export function stateName(state: number | null): string {
  return state === null ? '–' : `${state} ${STATES[state] ?? 'not a state'}`;
}

/** Where a side is, as far as the store says. */
export function publishedState({ published, gone }: StateTrackView): string {
  if (published !== null) return STATES[published] ?? 'not a state';
  return gone ? 'gone: its directory is removed' : 'no state yet';
}

/** How the driver's own state differs from the store's. */
export function driverSays({ published, driver }: StateTrackView): string {
  const ahead = driver !== null && published !== null && driver > published;
  return ahead ? `driver: ${stateName(driver)}, not written` : `driver: still ${stateName(driver)}`;
}

/** True where the driver's own state is not what the store says. */
export function isDeferred(track: StateTrackView): boolean {
  return track.driver !== null && track.published !== null && track.driver !== track.published;
}

/** The three copies of one side's state, in words. */
export function stateCopies(side: Side, track: StateTrackView): { where: string; what: string }[] {
  const none = side === 'front' ? 'netfront keeps none of its own' : '–';
  const driver = track.driver === null ? none : stateName(track.driver);
  return [
    { where: 'xenstore node', what: stateName(track.published) },
    { where: 'kernel’s cache', what: stateName(track.cached) },
    { where: side === 'front' ? 'driver’s own' : 'be->state', what: driver },
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

/** All there is to say of a page on one side, in one sentence. */
export function pageSentence(ring: RingView, page: RingPageView, side: Side): string {
  const parts = [`${ringName(ring)} page ${page.index}`];
  if (side === 'front') parts.push(`guest frame ${hex(page.gfn)}`);
  else if (page.handle === null) parts.push('not mapped here');
  else parts.push(`mapped at offset ${hex(page.index * 4096)}`, `machine frame ${hex(page.mfn)}`);
  if (side === 'front') parts.push(LIFE_WORDS[page.life]);
  if (page.ref !== null) parts.push(`grant reference ${page.ref}`);
  if (page.handle !== null) parts.push(`handle ${page.handle}`);
  if (page.untouched) parts.push('no entry ever touches it');
  else if (page.entries !== null) parts.push(`entries ${page.entries[0]} to ${page.entries[1]}`);
  return parts.join(', ');
}

/** 'all mapped', or how many are what. */
export function livesSummary(lives: readonly PageLife[]): string {
  const counts = new Map<PageLife, number>();
  for (const life of lives) counts.set(life, (counts.get(life) ?? 0) + 1);
  const kinds = [...counts];
  if (kinds.length === 0) return 'no pages yet';
  if (kinds.length === 1) return `all ${kinds[0]?.[0] ?? ''}`;
  return kinds.map(([life, count]) => `${count} ${life}`).join(', ');
}

/** The bits of a version 1 grant entry's flags that the lamps show. */
export const LAMPS = [
  { key: 'permit', letter: 'P', title: 'permit access: domU lets the named domain use the page' },
  { key: 'readonly', letter: 'RO', title: 'read-only: domU forbids writing' },
  { key: 'reading', letter: 'R', title: 'reading: Xen says the page is in use' },
  { key: 'writing', letter: 'W', title: 'writing: Xen says the page is in use for writing' },
] as const;

/** Whether a lamp is lit: the low two bits are the entry's type, and permit access is type 1. */
export function isLit(lamp: (typeof LAMPS)[number]['key'], flags: number): boolean {
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

export function grantSentence(row: GrantRowView): string {
  const lit = LAMPS.filter((lamp) => isLit(lamp.key, row.flags)).map((lamp) => lamp.key);
  return lit.length === 0 ? 'no flag set' : lit.join(', ');
}

export function portSentence(port: PortView): string {
  return `${port.pending ? 'pending' : 'not pending'}, ${port.masked ? 'masked' : 'not masked'}`;
}

const LETTERS: Readonly<Record<string, string>> = {
  n: 'no access', r: 'may read', w: 'may write', b: 'may read and write',
};

/** xenstore permissions such as n5,r0 in words: the first names the owner and what everybody else may do. */
export function permsSentence(perms: readonly string[]): string {
  return perms.map((perm, place) => {
    const domain = `domain ${perm.slice(1)}`;
    const may = LETTERS[perm.charAt(0)] ?? perm;
    return place === 0 ? `${domain} owns it; the others: ${may}` : `${domain}: ${may}`;
  }).join('; ');
}
