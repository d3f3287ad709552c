import { netifRxRing, netifTxRing } from '../../src/abi/netif.ts';
import { RING_HEADER, slotOffset } from '../../src/abi/ring.ts';
import { backQueueSlot } from '../../src/sim/drivers/netback/state.ts';
import { frontQueueSlot } from '../../src/sim/drivers/netfront/state.ts';
import { Timeline, type Config, type Effect, type Machine } from '../../src/sim/index.ts';
import { DOMID } from '../../src/sim/kernel/kernel.ts';
import { connectedWorld } from '../../src/sim/scenarios/connected.ts';
import { naturalOrder } from '../../src/sim/scenarios/cast.ts';
import type { Differences } from '../../src/sim/scenarios/world.ts';
import { gfnToMfn } from '../../src/sim/xen/domain.ts';

export const ONE: Config = { txPages: 1, rxPages: 1, queues: 1, maxGrantFrames: 64, backend: 'pv' };

/** Two ends that are Connected, with one page and one queue; what the acts of the story do comes after. */
export function connected(story: readonly string[], differences: Differences = {}): Machine {
  return connectedWorld(ONE, { ...differences, story });
}

/** One step of a run, as far as the tests of the data path look at it. */
export interface Taken {
  readonly thread: string;
  readonly key: string;
  readonly effects: readonly Effect[];
}

/** Runs until nobody can, in the natural order. @returns every step that was taken */
export function run(machine: Machine): Taken[] {
  const timeline = new Timeline(machine, naturalOrder);
  const taken: Taken[] = [];
  for (let thread = timeline.natural(); thread; thread = timeline.natural()) {
    const effects: Effect[] = [];
    timeline.forward(thread, effects);
    taken.push({ thread: thread.name, key: timeline.info(timeline.length - 1).op.key, effects });
  }
  return taken;
}

/** Every effect of a kind, without its kind. */
export function effectsOf(taken: readonly Taken[], kind: string): Record<string, unknown>[] {
  return taken.flatMap(({ effects }) =>
    effects.flatMap(({ kind: is, ...fields }) => (is === kind ? [fields as Record<string, unknown>] : [])),
  );
}

type Direction = 'tx' | 'rx';
const SLOT = { tx: netifTxRing.entry.size, rx: netifRxRing.entry.size } as const;

/** The page of a ring of queue 0. */
export function ringFrame(machine: Machine, direction: Direction): number {
  return gfnToMfn(machine, DOMID.domU, machine.get(frontQueueSlot(0))![direction]!.gfn)!;
}

/** The words of a slot. */
export function slotWords(machine: Machine, direction: Direction, index: number): number[] {
  const at = slotOffset(SLOT[direction], 256, index);
  return Array.from({ length: SLOT[direction] / 4 }, (_, i) => machine.load32(ringFrame(machine, direction), at + i * 4));
}

export function pokeSlot(machine: Machine, direction: Direction, index: number, words: readonly number[]): void {
  const at = slotOffset(SLOT[direction], 256, index);
  words.forEach((word, i) => machine.store32(ringFrame(machine, direction), at + i * 4, word));
}

export function header(machine: Machine, direction: Direction): Record<keyof typeof RING_HEADER, number> {
  const field = (name: keyof typeof RING_HEADER) => machine.load32(ringFrame(machine, direction), RING_HEADER[name]);
  return {
    req_prod: field('req_prod'), req_event: field('req_event'), rsp_prod: field('rsp_prod'), rsp_event: field('rsp_event'),
  };
}

export function pokeHeader(machine: Machine, direction: Direction, field: keyof typeof RING_HEADER, value: number): void {
  machine.store32(ringFrame(machine, direction), RING_HEADER[field], value);
}

/** Turns both rings at rest so that everything continues at index `base`, on both sides. */
export function plantIndexes(machine: Machine, base: number): void {
  const u32 = (value: number) => value >>> 0;
  const front = machine.get(frontQueueSlot(0))!;
  const back = machine.get(backQueueSlot(0))!;
  const [first] = front.rx_posted!;
  for (let i = 0; i < 256; i++) {
    const slot = (base + i) & 255;
    pokeSlot(machine, 'rx', slot, [slot, first![0] + i]);
  }
  for (const direction of ['tx', 'rx'] as const) {
    const out = direction === 'rx' ? 256 : 0;
    pokeHeader(machine, direction, 'req_prod', u32(base + out));
    pokeHeader(machine, direction, 'rsp_prod', base);
    pokeHeader(machine, direction, 'req_event', u32(base + 1));
    pokeHeader(machine, direction, 'rsp_event', u32(base + 1));
  }
  const frontAt = (out: number) => ({ nr_ents: 256, rsp_cons: base, req_prod_pvt: u32(base + out) });
  const backAt = { nr_ents: 256, req_cons: base, rsp_prod_pvt: base };
  machine.set(frontQueueSlot(0), {
    ...front, tx: { ...front.tx!, indexes: frontAt(0) }, rx: { ...front.rx!, indexes: frontAt(256) },
  });
  machine.set(backQueueSlot(0), {
    ...back, tx: { ...back.tx!, indexes: backAt }, rx: { ...back.rx!, indexes: backAt },
  });
}
