/** What lies at a byte of a machine frame, and what people call it. Pure. */
import { sharedInfo, vcpuInfo } from '../abi/event-channel.ts';
import { GRANTS_PER_FRAME, grantEntryV1 } from '../abi/grant-table.ts';
import { PAGE_SIZE, RING_HEADER, RING_HEADER_SIZE } from '../abi/ring.ts';
import { FRAMES, ringEntries } from '../store/config.ts';
import { SLOT_SIZE } from '../store/stage/rings.ts';
import { DOM0, DOMU } from '../store/stage/slots.ts';
import type { Direction, MemoryMap } from '../store/stage/slots.ts';
import { hex } from './values.ts';

/** Where the pages of a ring lie in the machine. */
export interface RingPages {
  queue: number;
  direction: Direction;
  pages: readonly { readonly index: number; readonly mfn: number }[];
}

/** All that frames are named by. */
export interface Layout {
  rings: readonly RingPages[];
  /** Of a domain; undefined while no run is open. */
  memory: (domid: number) => MemoryMap | undefined;
}

/** What a word of memory is. */
export type WordPlace =
  /** An index in a ring's header. */
  | { kind: 'index'; queue: number; direction: Direction; index: string }
  /** `entry` and the byte in it; null in the rest of the header and behind the last entry. */
  | { kind: 'ring'; queue: number; direction: Direction; page: number; offset: number; entry: [number, number] | null }
  /** `first` holds flags and domid. */
  | { kind: 'grant'; ref: number; word: 'first' | 'frame' }
  /** In what a domain shares with Xen. */
  | { kind: 'shared'; domid: number; offset: number }
  | { kind: 'guest'; domid: number; gfn: number; offset: number }
  | { kind: 'frame'; frame: number; offset: number };

const indexes = Object.entries(RING_HEADER);

/** What the word at `offset` of a machine frame is. */
export function wordPlace(frame: number, offset: number, { rings, memory }: Layout): WordPlace {
  const table = memory(DOMU)?.grant_table;
  if (table !== undefined && frame >= table && frame < table + FRAMES.max) {
    const entry = Math.floor(offset / grantEntryV1.size);
    const word = offset % grantEntryV1.size === 0 ? 'first' : 'frame';
    return { kind: 'grant', ref: (frame - table) * GRANTS_PER_FRAME.v1 + entry, word };
  }
  for (const ring of rings) {
    const page = ring.pages.find(({ mfn }) => mfn === frame)?.index;
    if (page !== undefined) return ringPlace(ring, page, offset);
  }
  for (const domid of [DOMU, DOM0]) {
    const map = memory(domid);
    if (map?.shared_info === frame) return { kind: 'shared', domid, offset };
    const page = map?.mfns.indexOf(frame) ?? -1;
    if (page >= 0) return { kind: 'guest', domid, gfn: map!.gfn + page, offset };
  }
  return { kind: 'frame', frame, offset };
}

function ringPlace({ queue, direction, pages }: RingPages, page: number, offset: number): WordPlace {
  const index = page === 0 ? indexes.find(([, at]) => at === offset)?.[0] : undefined;
  if (index !== undefined) return { kind: 'index', queue, direction, index };
  const size = SLOT_SIZE[direction];
  const at = page * PAGE_SIZE + offset - RING_HEADER_SIZE;
  const inside = at >= 0 && at < size * ringEntries(direction, pages.length);
  const entry: [number, number] | null = inside ? [Math.floor(at / size), at % size] : null;
  return { kind: 'ring', queue, direction, page, offset, entry };
}

/** What people call that word. */
export function wordName(place: WordPlace): string {
  switch (place.kind) {
    case 'index':
      return `${place.index} of the ${ringName(place)}`;
    case 'ring':
      if (place.entry !== null) {
        const [entry, at] = place.entry;
        return `entry ${entry} of the ${ringName(place)}, bytes ${at} to ${at + 3}`;
      }
      return `${ringName(place)}, page ${place.page}, byte ${hex(place.offset, 3)}`;
    case 'grant':
      return `${place.word === 'frame' ? 'frame' : 'flags and domid'} of entry ${place.ref}`;
    case 'shared':
      return `${sharedName(place.offset)} of domain ${place.domid}`;
    case 'guest':
      return `page at gfn ${hex(place.gfn)} of domain ${place.domid}, byte ${hex(place.offset, 3)}`;
    case 'frame':
      return `machine frame ${hex(place.frame)}, byte ${hex(place.offset, 3)}`;
  }
}

/** Such as "TX ring of queue 0". */
export function ringName({ direction, queue }: Pick<RingPages, 'direction' | 'queue'>): string {
  return `${direction.toUpperCase()} ring of queue ${queue}`;
}

const PENDING = sharedInfo.offsets['evtchn_pending']!;
const MASK = sharedInfo.offsets['evtchn_mask']!;
const BITS = MASK - PENDING;

/** The port of the first bit of a byte of either bitmap of a shared info page; null elsewhere on it. */
export function bitmapAt(offset: number): number | null {
  if (offset >= PENDING && offset < PENDING + BITS) return (offset - PENDING) * 8;
  return offset >= MASK && offset < MASK + BITS ? (offset - MASK) * 8 : null;
}

/** A word of a shared info page, as event channels use it. */
function sharedName(offset: number): string {
  if (offset >= PENDING && offset < PENDING + BITS) return `pending bits of ports ${portsAt(offset - PENDING)}`;
  if (offset >= MASK && offset < MASK + BITS) return `mask bits of ports ${portsAt(offset - MASK)}`;
  const field = offset % vcpuInfo.size;
  if (offset < PENDING && field < 4) return `upcall flags of vCPU ${Math.floor(offset / vcpuInfo.size)}`;
  if (offset < PENDING && field >= 8 && field < 16) {
    return `selector of pending bits of vCPU ${Math.floor(offset / vcpuInfo.size)}`;
  }
  return `shared info, byte ${hex(offset, 3)},`;
}

/** The ports of a 32-bit word of a bitmap, by its byte in it. */
function portsAt(byte: number): string {
  return `${byte * 8} to ${byte * 8 + 31}`;
}
