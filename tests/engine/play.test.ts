import { beforeEach, describe, expect, test } from 'vitest';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(() => {
  rig = new Rig();
  rig.open();
});

/** Lets time pass as a page does that acknowledges every frame within a tick. */
function watch(ms: number): void {
  for (let passed = 0; passed < ms; passed++) {
    rig.wait(1);
    rig.ack();
  }
}

const playing = (): boolean[] => rig.of('playing').map((event) => event.playing);

describe('playing', () => {
  test('steps at the pace asked for, from at once', () => {
    rig.send({ type: 'play', stepsPerSecond: 10 });
    rig.ack();
    watch(550);
    expect(rig.last().position).toBe(6);
    expect(playing()).toEqual([true]);
  });

  test('takes several steps a picture when it is fast, and more of those that repeat', () => {
    rig.send({ type: 'play', stepsPerSecond: 128 });
    rig.ack();
    watch(130);
    expect(rig.frames().map(({ position }) => position)).toEqual([0, 9, 18, 28]);
  });

  test('stops at the end and says so after the last frame', () => {
    rig.send({ type: 'play', stepsPerSecond: 100 });
    rig.ack();
    watch(1_000);
    expect(rig.last().position).toBe(45);
    expect(playing()).toEqual([true, false]);
    expect(rig.events.at(-1)).toEqual({ type: 'playing', playing: false });
  });

  test('waits for a slow page and makes up for a few steps only', () => {
    rig.send({ type: 'play', stepsPerSecond: 10 });
    rig.wait(2_000);
    expect(rig.last().position).toBe(1);
    rig.ack();
    rig.wait(100);
    expect(rig.last().position).toBe(5);
  });

  test.each([
    [{ type: 'step', how: 'into' } as const],
    [{ type: 'seek', to: 3 } as const],
    [{ type: 'choose', thread: 'front' } as const],
    [{ type: 'pause' } as const],
  ])('is paused by %j', (command) => {
    rig.send({ type: 'play', stepsPerSecond: 10 }, command);
    rig.ack();
    const { position } = rig.last();
    watch(1_000);
    expect(playing()).toEqual([true, false]);
    expect(rig.last().position).toBe(position);
  });

  test('again changes the pace without another clock', () => {
    rig.send({ type: 'play', stepsPerSecond: 10 });
    rig.ack();
    rig.send({ type: 'play', stepsPerSecond: 2 });
    rig.ack();
    watch(1_100);
    expect(rig.last().position).toBe(4);
    expect(playing()).toEqual([true]);
  });

  test.each([0, -1, NaN, 5_000])('at %d steps a second is refused', (stepsPerSecond) => {
    rig.send({ type: 'play', stepsPerSecond });
    expect(rig.rejections()).toEqual([
      `steps per second must be more than 0 and at most 1000, not ${stepsPerSecond}`,
    ]);
    expect(playing()).toEqual([]);
  });

  test('at the end is refused', () => {
    rig.frame({ type: 'step', how: 'end' });
    rig.send({ type: 'play', stepsPerSecond: 10 });
    expect(rig.rejections()).toEqual(['the run is at its end']);
  });
});
