import { expect, it } from 'vitest';
import { byNumbers } from '../../src/base/natural.ts';

it('orders names by the numbers in them, and else by their letters', () => {
  const names = ['vif5.0-q10-dealloc', 'stack', 'vif5.0-q2-guest-rx', 'vif5.0-q2-dealloc', 'vif5.0-q10-dealloc'];
  expect([...names].sort(byNumbers)).toEqual([
    'stack', 'vif5.0-q2-dealloc', 'vif5.0-q2-guest-rx', 'vif5.0-q10-dealloc', 'vif5.0-q10-dealloc',
  ]);
});
