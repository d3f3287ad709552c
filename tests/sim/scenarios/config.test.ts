import { describe, expect, test } from 'vitest';
import { checkConfig, type Config } from '../../../src/sim/index.ts';

const good: Config = { txPages: 4, rxPages: 16, queues: 8, maxGrantFrames: 256, backend: 'pvh' };

describe('a configuration', () => {
  test('within its bounds has nothing wrong with it', () => {
    expect(checkConfig(good)).toBeNull();
    expect(checkConfig({ txPages: 1, rxPages: 1, queues: 1, maxGrantFrames: 4, backend: 'pv' })).toBeNull();
  });

  test.each<[Record<string, unknown>, string]>([
    [{ txPages: 3 }, 'TX ring pages must be 1, 2, 4, 8 or 16, not 3'],
    [{ rxPages: 32 }, 'RX ring pages must be 1, 2, 4, 8 or 16, not 32'],
    [{ queues: 9 }, 'queues must be 1 to 8, not 9'],
    [{ queues: 1.5 }, 'queues must be 1 to 8, not 1.5'],
    [{ queues: '2' }, 'queues must be 1 to 8, not 2'],
    [{ maxGrantFrames: 3 }, 'grant frames must be limited to 4 to 256, not 3'],
    [{ backend: 'hvm' }, 'the backend must be pv or pvh, not hvm'],
    [{ txPages: undefined }, 'TX ring pages must be 1, 2, 4, 8 or 16, not undefined'],
  ])('with %j is refused with the reason', (change, reason) => {
    // What a permalink brings has no type.
    expect(checkConfig({ ...good, ...change })).toBe(reason);
  });
});
