import { beforeEach, expect, test } from 'vitest';
import { Rig } from './rig.ts';
import { toyConfig } from './toy.ts';

let rig: Rig;
beforeEach(() => {
  rig = new Rig();
});

const run = { scenario: 'toy', config: toyConfig, choices: [] };

/** Opens the toy at its tenth position, where the state was once this. */
function open(state: string): void {
  rig.send({ type: 'open', run, at: { kind: 'position', position: 10 }, state });
  rig.settle();
  rig.ack();
}

test('a state that is what it was when the link was made needs no words', () => {
  rig.open({}, { kind: 'position', position: 10 });
  const { fingerprint } = rig.last();
  open(fingerprint.slice(0, 4));
  expect(rig.last()).toMatchObject({ position: 10, fingerprint });
  expect(rig.rejections()).toEqual([]);
});

test('another state is shown all the same, and said to be another', () => {
  rig.open({}, { kind: 'position', position: 10 });
  const other = rig.last().fingerprint.startsWith('0000') ? '0001' : '0000';
  open(other);
  expect(rig.last().position).toBe(10);
  expect(rig.rejections()).toEqual([
    'The link names this step, but the model has changed since: its state was another one then.',
  ]);
  rig.frame({ type: 'seek', to: 12 });
  expect(rig.rejections()).toHaveLength(1);
});

test('of a place that is missing that alone is said', () => {
  rig.send({ type: 'open', run, at: { kind: 'position', position: 999 }, state: '0000' });
  rig.settle();
  expect(rig.rejections()).toEqual(['the run has 45 steps; there is no position 999']);
});
