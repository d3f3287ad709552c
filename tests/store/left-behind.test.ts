import { expect, it } from 'vitest';
import { scenarios } from '../../src/sim/index.ts';
import { leftBehind } from '../../src/store/left-behind.ts';
import { Watched } from './stage/run.ts';

/** What that scenario leaves at its end, with its own sliders. */
function leftBy(id: string) {
  const { defaults } = scenarios.find((one) => one.id === id)!;
  const run = new Watched(defaults.txPages, defaults.queues, defaults.maxGrantFrames, defaults, id);
  run.seek(run.length);
  return leftBehind(run.now);
}

/** Receive buffers: as many as an RX ring of so many pages has entries. */
const BUFFERS = { one: 256, four: 1024 };

it('counts as forgotten what dom0 maps and netback does not know of', () => {
  expect(leftBy('fault-third-page-bad')).toEqual({ forgotten: [2059], held: 0, granted: 7 + BUFFERS.four, rings: 7 });
});

it('knows what netback holds from what it has forgotten', () => {
  expect(leftBy('netif-multipage')).toEqual({ forgotten: [], held: 8, granted: 8 + BUFFERS.four, rings: 8 });
  expect(leftBy('fault-hotplug-never')).toEqual({ forgotten: [], held: 8, granted: 8 + BUFFERS.four, rings: 8 });
});

it('counts entries that permit access, whether or not anybody maps through them', () => {
  expect(leftBy('fault-ref-not-granted')).toEqual({ forgotten: [], held: 0, granted: 1 + BUFFERS.one, rings: 1 });
  expect(leftBy('fault-port-taken')).toEqual({ forgotten: [], held: 0, granted: 2 + BUFFERS.one, rings: 2 });
  expect(leftBy('close-unplug')).toEqual({ forgotten: [], held: 0, granted: 0, rings: 0 });
});
