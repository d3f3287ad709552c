import { describe, expect, it } from 'vitest';
import { readFrames, ringEntries } from '../../src/store/config.ts';
import { configValues, stepValues } from '../../src/store/values.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';

describe('ring entries', () => {
  it.each([
    [1, 256, 256],
    [2, 512, 512],
    [4, 1024, 1024],
    [8, 2048, 2048],
    [16, 4096, 4096],
  ])('of %i pages are %i TX and %i RX', (pages, tx, rx) => {
    expect([ringEntries('tx', pages), ringEntries('rx', pages)]).toEqual([tx, rx]);
  });
});

describe('the number of grant frames', () => {
  it.each([
    ['4', 4],
    ['256', 256],
    [' 64 ', 64],
  ])('%s is read', (text, frames) => {
    expect(readFrames(text)).toEqual({ frames });
  });

  it.each([
    ['', 'Enter a number of grant frames, from 4 to 256.'],
    ['3', '3 grant frames are too few: the smallest number offered is 4.'],
    ['257', '257 grant frames are too many: the largest number offered is 256.'],
    ['6.5', '“6.5” is not a whole number of grant frames.'],
    ['-8', '“-8” is not a whole number of grant frames.'],
  ])('%s is refused with the reason', (text, problem) => {
    expect(readFrames(text)).toEqual({ problem });
  });
});

describe('the values that notes may name', () => {
  it('come from the configuration', () => {
    expect(configValues({ ...DEFAULT_RUN.config, txPages: 16 })).toMatchObject({
      txPages: 16,
      txOrder: 4,
      txEntries: 4096,
      rxEntries: 1024,
      backend: 'PV',
      headerBytes: 64,
      entriesPerFrame: 512,
    });
  });

  it('and from what the step did: the first effect that has a field wins, and never over the configuration', () => {
    const effects = [
      { kind: 'xen', op: 'map_grant_ref', args: { ref: 2056, dom: 5 }, queues: 7 },
      { kind: 'xs', op: 'write', path: 'state' },
    ];
    expect(stepValues(DEFAULT_RUN.config, effects)).toMatchObject({
      op: 'map_grant_ref',
      ref: 2056,
      dom: 5,
      path: 'state',
      queues: 1,
    });
  });
});
