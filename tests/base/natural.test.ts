import { expect, it } from 'vitest';
import { numbersPadded } from '../../src/base/natural.ts';

it('orders names by the numbers in them, and else by their letters', () => {
  const names = ['vif5.0-q10-dealloc', 'stack', 'vif5.0-q2-guest-rx', 'vif5.0-q2-dealloc'];
  const padded = new Map(names.map((name) => [numbersPadded(name), name]));
  expect([...padded.keys()].sort().map((key) => padded.get(key))).toEqual([
    'stack', 'vif5.0-q2-dealloc', 'vif5.0-q2-guest-rx', 'vif5.0-q10-dealloc',
  ]);
});
