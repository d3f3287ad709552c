import type { Context } from './context.ts';
import { step, ret, whilst } from './dsl.ts';
import { fn } from './program.ts';
import { slot, type Slot } from './slot.ts';

/** A store that its own processor has made and nobody else can see yet. `offset` is that of its first byte. */
export type PendingStore = {
  readonly frame: number;
  readonly offset: number;
  readonly bits: 16 | 32;
  readonly value: number;
};

/** The stores of a thread that wait to become visible, oldest first; undefined when there are none. */
export function storeBufferSlot(thread: string): Slot<readonly PendingStore[]> {
  return slot<readonly PendingStore[]>(`store-buffer:${thread}`);
}

/**
 * The store buffer of one thread (whoever calls sees to counting accesses), as x86 has it (total store order): stores become visible in the order in which they
 * were made, later than they were made; the thread itself sees them at once. So a load may overtake an earlier store, and nothing
 * else is ever seen out of order: a write barrier has nothing to do here, a full barrier has.
 */
export class StoreBuffer {
  private readonly slot: Slot<readonly PendingStore[]>;

  constructor(thread: string) {
    this.slot = storeBufferSlot(thread);
  }

  push(c: Context, store: PendingStore): void {
    c.set(this.slot, [...(c.get(this.slot) ?? []), store]);
    c.note({ kind: 'store-buffered', frame: store.frame, offset: store.offset, value: store.value });
  }

  /** The word at that offset as the thread itself sees it. @param value what memory holds */
  forward(c: Context, frame: number, offset: number, value: number): number {
    let seen = value;
    for (const store of c.get(this.slot) ?? []) {
      if (store.frame === frame && (store.offset & ~3) === offset) seen = overlay(seen, store);
    }
    return seen;
  }

  /** Makes everything visible. To be called while the context stores to memory itself. */
  flush(c: Context): void {
    const stores = c.get(this.slot);
    if (!stores) return;
    for (const store of stores) apply(c, store);
    c.set(this.slot, undefined);
  }
}

function overlay(word: number, { bits, offset, value }: PendingStore): number {
  if (bits === 32) return value;
  const shift = (offset & 2) * 8;
  return ((word & ~(0xffff << shift)) | ((value & 0xffff) << shift)) >>> 0;
}

function apply(c: Context, { frame, offset, bits, value }: PendingStore): void {
  if (bits === 32) c.store32(frame, offset, value);
  else c.store16(frame, offset, value);
}

/** The buffers of those threads that have one. */
export class StoreBuffers {
  private readonly byThread: ReadonlyMap<string, StoreBuffer>;

  constructor(threads: readonly string[]) {
    this.byThread = new Map(threads.map((name) => [name, new StoreBuffer(name)]));
  }

  of(thread: string): StoreBuffer | undefined {
    return this.byThread.get(thread);
  }
}

/** The thread that drains the store buffer of another: when it runs is when a store becomes visible. */
export function drainOf(thread: string): string {
  return `${thread} store buffer`;
}

/** Makes the oldest store of a buffer visible, again and again. */
export const store_buffer_drain = fn<{ of: string }>(
  'store buffer',
  {
    cite: { project: 'RingScope', version: '', path: 'src/sim/machine/store-buffer.ts', symbol: 'store_buffer_drain' },
    departs: 'hardware, not code: when a store becomes visible is the processor’s choice',
  },
  [
    whilst(() => true, [
      step(
        'drain_oldest_store',
        (c, l) => {
          c.enter();
          const [oldest, ...rest] = c.get(storeBufferSlot(l.of))!;
          apply(c, oldest!);
          c.set(storeBufferSlot(l.of), rest.length > 0 ? rest : undefined);
          c.leave();
          c.note({ kind: 'store-drained', frame: oldest!.frame, offset: oldest!.offset, value: oldest!.value });
        },
        { ready: (c, l) => c.get(storeBufferSlot(l.of)) !== undefined, idle: true },
      ),
    ]),
    ret(),
  ],
);
