import { describe, expect, it } from 'vitest';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { firstShortage, needsOf } from '../../src/store/shortage.ts';
import type { Outline } from '../../src/store/store.ts';

const keys = [
  'xennet_init_queue#keep_references', 'xennet_init_queue#no_rx_references',
  'xennet_create_queues#set_real_num_queues', 'xennet_init_queue#no_tx_references', 'other#step',
];

function outline(...key: number[]): Pick<Outline, 'key' | 'keys'> {
  return { keys, key: Uint16Array.from(key) };
}

describe('the first time that fewer queues are made', () => {
  it('is said with how many are, and where it is found', () => {
    expect(firstShortage(outline(4, 0, 4, 0, 1, 2))).toEqual({ made: 2, position: 5 });
    expect(firstShortage(outline(3, 2))).toEqual({ made: 0, position: 1 });
    expect(firstShortage(outline(0, 0, 2))).toBeUndefined();
  });

  it('counts anew for a frontend that connects again', () => {
    expect(firstShortage(outline(0, 0, 2, 0, 3))).toEqual({ made: 1, position: 5 });
  });

  it('is for want of a reference for each entry of both rings', () => {
    expect(needsOf(3, { ...DEFAULT_RUN.config, txPages: 16, rxPages: 8 }, 64))
      .toEqual({ queue: 3, tx: 4096, rx: 2048, maxFrames: 64, each: 512 });
  });
});
