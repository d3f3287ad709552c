import { mirror } from '../store/connection.ts';
import type { MemoryMap } from '../store/stage/slots.ts';
import type { Layout, RingPages } from './frame-names.ts';

/** What lies where in memory, with these rings; where domains lie does not change while a run is open. */
export function layoutWith(rings: readonly RingPages[]): Layout {
  return { rings, memory: (domid) => mirror.slot(`xen:memory:${domid}`) as unknown as MemoryMap | undefined };
}
