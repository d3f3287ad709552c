import { beforeEach, describe, expect, test } from 'vitest';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(() => {
  rig = new Rig();
  rig.open();
});

const shown = (): number => rig.last().position;

describe('a part of a run', () => {
  test('is all that is shown: the picture goes to its nearest end', () => {
    expect(rig.frame({ type: 'confine', from: 10, to: 20 }).position).toBe(10);
    rig.frame({ type: 'seek', to: 15 });
    expect(rig.frame({ type: 'confine', from: 5, to: 12 }).position).toBe(12);
  });

  test('leaves a picture within it where it is', () => {
    rig.frame({ type: 'seek', to: 15 });
    const before = rig.frames().length;
    rig.send({ type: 'confine', from: 10, to: 20 });
    expect(rig.frames()).toHaveLength(before);
  });

  test.each([['into', 20], ['chapter', 20], ['end', 20], ['out', 20], ['back', 10], ['start', 10], ['chapter-back', 10]] as const)(
    'stepping %s ends at %i', (how, end) => {
      rig.frame({ type: 'confine', from: 10, to: 20 });
      rig.frame({ type: 'seek', to: 15 });
      for (let times = 0; times < 12 && shown() !== end; times++) rig.frame({ type: 'step', how });
      expect(shown()).toBe(end);
      rig.send({ type: 'step', how });
      expect(rig.rejections().at(-1)).toBe(`the run is at its ${end === 10 ? 'start' : 'end'}`);
      expect(shown()).toBe(end);
    },
  );

  test('is not left by seeking', () => {
    rig.frame({ type: 'confine', from: 10, to: 20 });
    expect(rig.frame({ type: 'seek', to: 45 }).position).toBe(20);
    expect(rig.frame({ type: 'seek', to: 0 }).position).toBe(10);
  });

  test('is played to its end', () => {
    rig.frame({ type: 'confine', from: 10, to: 20 });
    rig.send({ type: 'play', stepsPerSecond: 500 });
    for (let passed = 0; passed < 200; passed++) {
      rig.ack();
      rig.wait(1);
    }
    expect(shown()).toBe(20);
    expect(rig.of('playing').at(-1)).toEqual({ type: 'playing', playing: false });
    rig.send({ type: 'play', stepsPerSecond: 500 });
    expect(rig.rejections().at(-1)).toBe('the run is at its end');
  });

  test('is not left by running to a place outside', () => {
    rig.frame({ type: 'confine', from: 10, to: 12 });
    const outline = rig.outline();
    const key = outline.keys[outline.key[40]!]!;
    const inside = outline.key.slice(9, 12).includes(outline.key[40]!);
    expect(inside).toBe(false);
    rig.send({ type: 'run', direction: 1, until: [{ kind: 'line', key }] });
    expect(shown()).toBe(10);
    expect(rig.rejections().at(-1)).toBe('That does not happen in the rest of this run.');
  });

  test('is forgotten with the run', () => {
    rig.frame({ type: 'confine', from: 10, to: 20 });
    rig.open();
    expect(rig.frame({ type: 'seek', to: 45 }).position).toBe(45);
  });

  test.each([[-1, 5], [5, 4], [0, 46], [0.5, 3], [0, Number.NaN]])('%d to %d is none', (from, to) => {
    rig.send({ type: 'confine', from, to });
    expect(rig.rejections()).toEqual([`of a run of 45 steps, ${from} to ${to} is no part`]);
  });
});
