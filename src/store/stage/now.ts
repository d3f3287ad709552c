import { PAGE_SIZE } from '../../abi/ring.ts';
import type { Change, Frame, StepView } from '../../engine/protocol.ts';
import type { Mirror } from '../mirror.ts';
import { DOMU } from './slots.ts';
import type { MemoryMap, SlotName, Slots } from './slots.ts';

type SlotChange = Extract<Change, { cell: 'slot' }>;
type WordChange = Extract<Change, { cell: 'word' }>;

interface Changed<T> {
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** Of a frame, what the mirror does not keep. */
export type Moment = Pick<Frame, 'step' | 'choices' | 'gone'>;

/** The mirror at one moment: what it holds, what may have changed since the view before, what the step changed. */
export class Now {
  /** Slots and pages that the last frame or the current step touched. */
  readonly slots: Set<string>;
  readonly pages: Set<number>;
  /** Threads that could run next. */
  readonly ready: ReadonlySet<string>;
  readonly step: StepView | null;
  /** Grant references of domain 5 that Xen was asked to map in the step, with the status that it answered. */
  readonly asked: ReadonlyMap<number, number>;
  /** Slots of the keys that the step read. */
  readonly read: ReadonlySet<string>;
  private readonly gone: ReadonlySet<string>;
  private readonly mirror: Mirror;
  private readonly slotChanges = new Map<string, SlotChange>();
  private readonly wordChanges = new Map<number, WordChange>();

  constructor(mirror: Mirror, { step, choices, gone }: Moment) {
    this.mirror = mirror;
    this.step = step;
    this.gone = new Set(gone);
    this.ready = new Set(choices.map(({ thread }) => thread));
    this.read = readIn(step);
    this.slots = new Set([...mirror.changed.slots, ...this.read]);
    this.pages = new Set(mirror.changed.pages);
    this.asked = askedIn(step);
    // After a move backwards the step that led here is not in the frame, which undid a later one.
    for (const change of step?.changes ?? []) {
      if (change.cell === 'slot') {
        this.slots.add(change.name);
        this.slotChanges.set(change.name, change);
      } else {
        this.pages.add(change.frame);
        this.wordChanges.set(change.frame * PAGE_SIZE + change.offset, change);
      }
    }
  }

  get<N extends SlotName>(name: N): Slots[N] | undefined {
    return this.mirror.slot(name) as unknown as Slots[N] | undefined;
  }

  /** Is the slot absent, and was not always? */
  isGone(name: SlotName): boolean {
    return this.gone.has(name);
  }

  /** Is a slot whose name begins so absent, and was not always? */
  isAnyGone(prefix: string): boolean {
    for (const name of this.gone) if (name.startsWith(prefix)) return true;
    return false;
  }

  memory(domid: number): MemoryMap | undefined {
    return this.get(`xen:memory:${domid}`);
  }

  slotNames(): Iterable<string> {
    return this.mirror.slots.keys();
  }

  /** The bytes of a machine frame; undefined if they are all zeros. */
  bytes(mfn: number): Uint8Array | undefined {
    return this.mirror.pages.get(mfn)?.bytes;
  }

  /** The unsigned 32-bit word there, little-endian. */
  word(mfn: number, offset: number): number {
    const bytes = this.bytes(mfn);
    return bytes === undefined ? 0 : wordAt(bytes, offset);
  }

  /** Did anything touch a slot whose name begins so? */
  touches(prefix: string): boolean {
    for (const name of this.slots) if (name.startsWith(prefix)) return true;
    return false;
  }

  /** What the current step did to a slot; undefined if nothing. */
  slotChange<N extends SlotName>(name: N): Changed<Slots[N]> | undefined {
    return this.slotChanges.get(name) as unknown as Changed<Slots[N]> | undefined;
  }

  /** What the current step did to a word; undefined if nothing. */
  wordChange(mfn: number, offset: number): WordChange | undefined {
    return this.wordChanges.get(mfn * PAGE_SIZE + offset);
  }
}

/** A refusal changes nothing that could tell it: what Xen was asked for does. */
function askedIn(step: StepView | null): ReadonlyMap<number, number> {
  return new Map(step?.effects.flatMap(({ kind, op, args, result }): [number, number][] =>
    kind === 'xen' && op === 'map_grant_ref' && (args as { dom: number }).dom === DOMU
      ? [[(args as { ref: number }).ref, (result as { status: number }).status]] : []));
}

function readIn(step: StepView | null): ReadonlySet<string> {
  return new Set(step?.effects.flatMap(({ op, node, ok }) => (op === 'READ' && ok ? [`xs:node:${node as string}`] : [])));
}

export function wordAt(bytes: Uint8Array, offset: number): number {
  return (bytes[offset]! | (bytes[offset + 1]! << 8) | (bytes[offset + 2]! << 16) | (bytes[offset + 3]! << 24)) >>> 0;
}
