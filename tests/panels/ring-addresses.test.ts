import { describe, expect, it } from 'vitest';
import { changesBetween } from '../../src/engine/step-view.ts';
import { describeChange } from '../../src/parts/describe.ts';
import { type Config, scenarios, Timeline } from '../../src/sim/index.ts';

/** What each step does to dom0's addresses and frames for rings, in words, with its key; as far as `until`, if given. */
function told(id: string, backend: Config['backend'], until?: string): string[] {
  const scenario = scenarios.find((one) => one.id === id)!;
  const timeline = new Timeline(scenario.build({ ...scenario.defaults, queues: 1, backend }), scenario.schedule);
  const said: string[] = [];
  while (timeline.forward()) {
    const n = timeline.length - 1;
    const { key } = timeline.info(n).op;
    for (const change of changesBetween(timeline, n, n + 1)) {
      if (change.cell !== 'slot' || !/^(vmalloc|unpopulated):/.test(change.name)) continue;
      const { what, before, after } = describeChange(change, { rings: [], memory: () => undefined });
      said.push(`${key.split('#')[1]}: ${what}: ${before} → ${after}`);
    }
    if (key === until) break;
  }
  return said;
}

const VMALLOC = 'kernel addresses of dom0 in use for mapped rings';
const FRAMES = 'guest frames of dom0 in use for mapped rings';

describe('what dom0 sets aside for a ring', () => {
  it('is an area of kernel addresses before the mapping where dom0 is PV, and no guest frame', () => {
    expect(told('netif-multipage', 'pv')).toEqual([
      `reserve_area: ${VMALLOC}: absent → areas 1, pages 4, next_vaddr 0xffffc90040005000`,
      `reserve_area: ${VMALLOC}: areas 1, pages 4, next_vaddr 0xffffc90040005000 → areas 2, pages 8, next_vaddr 0xffffc9004000a000`,
    ]);
  });

  it('is guest frames before the mapping where dom0 is PVH, and addresses only after it', () => {
    expect(told('netif-multipage', 'pvh').slice(0, 2)).toEqual([
      `alloc_unpopulated_pages: ${FRAMES}: absent → frames 4, next_gfn 0x40004`,
      `vmap_pages: ${VMALLOC}: absent → areas 1, pages 4, next_vaddr 0xffffc90040005000`,
    ]);
  });

  it('goes back where the ring cannot be mapped whole', () => {
    expect(told('fault-third-page-bad', 'pv')[1]).toBe(`free_area: ${VMALLOC}: areas 1, pages 4 → areas 0, pages 0`);
    expect(told('fault-third-page-bad', 'pvh')).toEqual([
      `alloc_unpopulated_pages: ${FRAMES}: absent → frames 4, next_gfn 0x40004`,
      `free_pages: ${FRAMES}: frames 4 → frames 0`,
    ]);
  });

  it('goes back when a ring is unmapped', () => {
    expect(told('close-unplug', 'pv').slice(-2)).toEqual([
      `free_area: ${VMALLOC}: areas 2, pages 2 → areas 1, pages 1`,
      `free_area: ${VMALLOC}: areas 1, pages 1 → areas 0, pages 0`,
    ]);
    expect(told('close-unplug', 'pvh').slice(-2)).toEqual([
      `free_area: ${VMALLOC}: areas 1, pages 1 → areas 0, pages 0`,
      `free_area: ${FRAMES}: frames 1 → frames 0`,
    ]);
  });
});
