import { describe, expect, it } from 'vitest';
import { stageLayout } from '../../../src/geometry/stage-zones.ts';
import { shapeOf } from '../../../src/panels/stage/model.ts';
import { wiresOf } from '../../../src/panels/stage/wires.ts';
import type { Config } from '../../../src/sim/index.ts';
import { grantItems } from '../../../src/store/stage/lists.ts';
import { Watched } from '../../store/stage/run.ts';

const layout = stageLayout(1056, 452);

/** Every position of a run, with what is wrong with a line of its stage. */
function wrongIn(run: Watched): string[] {
  const wrong: string[] = [];
  for (let position = 0; position <= run.length; position++) {
    const { rings, grants, queues } = run.seek(position);
    const shape = shapeOf(rings, queues);
    if (shape === null) continue;
    try {
      const wires = wiresOf({ rings, shape, items: grantItems(grants, rings, 0), queue: 0, scroll: 0, layout, lit: null });
      for (const { d, key } of wires) if (!/^M[\d.]/.test(d) || /NaN|Infinity/.test(d)) wrong.push(`${position} ${key}: ${d}`);
    } catch (error) {
      wrong.push(`${position}: ${String(error)}`);
    }
  }
  return wrong;
}

describe('the lines of the stage can be drawn at every step', () => {
  it.each<[string, Partial<Config>]>([
    ['netif-multipage', { txPages: 16, rxPages: 16 }],
    ['netif-multipage', { txPages: 16, rxPages: 1 }],
    ['netif-multipage', { txPages: 1, rxPages: 16 }],
    ['netif-multipage', { txPages: 8, rxPages: 8, backend: 'pvh' }],
    ['netif-multipage', { txPages: 8, rxPages: 8, queues: 2 }],
    ['close-unplug', { txPages: 1, rxPages: 1 }],
    ['fault-third-page-bad', {}],
  ])('of %s with %o', (scenario, change) => {
    expect(wrongIn(new Watched(4, 1, 64, change, scenario))).toEqual([]);
  });
});
