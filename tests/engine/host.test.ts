import { beforeEach, describe, expect, test } from 'vitest';
import { PROTOCOL, type Place, type RunSpec } from '../../src/engine/protocol.ts';
import { Rig } from './rig.ts';
import { toyConfig } from './toy.ts';

let rig: Rig;
beforeEach(() => {
  rig = new Rig();
});

const spec: RunSpec = { scenario: 'toy', config: toyConfig, choices: [] };
const long: Partial<RunSpec> = { scenario: 'long' };

describe('a host', () => {
  test('says at once what it can do', () => {
    expect(rig.events).toEqual([
      { type: 'ready', protocol: PROTOCOL, scenarios: expect.arrayContaining([
        { id: 'toy', title: 'Toy', defaults: toyConfig, acts: [] },
      ]) },
    ]);
  });

  test('opens a run with a keyframe, then the outline', () => {
    rig.open();
    expect(rig.events.map(({ type }) => type)).toEqual(['ready', 'frame', 'outline']);
    expect(rig.last()).toMatchObject({ kind: 'key', position: 0, step: null });
    expect(rig.last().choices).toEqual([{ thread: 'front', key: 'toy_front#spawn' }]);
    expect(rig.outline()).toMatchObject({ run: spec, length: 45 });
  });

  test.each<[Place, number]>([
    [{ kind: 'position', position: 7 }, 7],
    [{ kind: 'chapter', chapter: 'take' }, 14],
    [{ kind: 'key', key: 'toy_front#offer', occurrence: 1 }, 13],
    [{ kind: 'key', key: 'toy_front#offer', occurrence: 3 }, 41],
  ])('opens a run at %j', (at, position) => {
    rig.open({}, at);
    expect(rig.last()).toMatchObject({ kind: 'key', position });
    expect(rig.rejections()).toEqual([]);
  });

  test.each<[Place, number, string]>([
    [{ kind: 'position', position: 400 }, 45, 'the run has 45 steps; there is no position 400'],
    [{ kind: 'position', position: -1 }, 0, 'the run has 45 steps; there is no position -1'],
    [{ kind: 'position', position: 1.4 }, 1, 'a position is a whole number, not 1.4'],
    [{ kind: 'position', position: NaN }, 0, 'a position is a whole number, not NaN'],
    [{ kind: 'chapter', chapter: 'x' }, 0, 'there is no chapter x: chapters are begin, take, never, fill'],
    [{ kind: 'chapter', chapter: 'x'.repeat(500) }, 0, `there is no chapter ${'x'.repeat(40)}: chapters are begin, take, never, fill`],
    [{ kind: 'chapter', chapter: 'never' }, 0, 'this run never reaches the chapter never'],
    [{ kind: 'key', key: 'toy_front#x', occurrence: 1 }, 0, 'this run never comes to toy_front#x'],
    [{ kind: 'key', key: 'toy_front#offer', occurrence: 4 }, 41, 'toy_front#offer has no occurrence 4'],
    [{ kind: 'key', key: 'toy_front#offer', occurrence: 0 }, 0, 'toy_front#offer has no occurrence 0'],
  ])('asked to open a run at %j goes to %i and says why', (at, position, reason) => {
    rig.open({}, at);
    expect(rig.last().position).toBe(position);
    expect(rig.rejections()).toEqual([reason]);
  });

  test.each<[Partial<RunSpec>, string]>([
    [{ scenario: 'x' }, 'there is no scenario x'],
    [{ config: { ...toyConfig, queues: 9 } }, 'queues must be 1 to 8, not 9'],
    [{ choices: [[-2, 'back']] }, 'a position is a whole number, not -2'],
    [{ choices: [[3, 'side']] }, 'there is no thread side: choose among front, back'],
    [{ choices: [[13, 'back'], [13, 'front']] }, 'choices must be in ascending order: 13 comes after 13'],
  ])('refuses to open %j and keeps what is open', (change, reason) => {
    rig.open();
    const events = rig.events.length;
    rig.open(change);
    expect(rig.events.slice(events)).toEqual([{ type: 'rejected', command: 'open', reason }]);
    expect(rig.frame({ type: 'step', how: 'into' }).position).toBe(1);
  });

  test('refuses what needs a run while none is open', () => {
    rig.send({ type: 'seek', to: 1 });
    expect(rig.events.at(-1)).toEqual({ type: 'rejected', command: 'seek', reason: 'no run is open' });
  });

  test('goes to the nearest position if there is none such', () => {
    rig.open();
    expect(rig.frame({ type: 'seek', to: 46 }).position).toBe(45);
    expect(rig.rejections()).toEqual(['the run has 45 steps; there is no position 46']);
  });

  test('starts anew with a keyframe when another run is opened', () => {
    rig.open({}, { kind: 'position', position: 20 });
    rig.open({ config: { ...toyConfig, queues: 1 } }, { kind: 'position', position: 5 });
    expect(rig.last()).toMatchObject({ kind: 'key', position: 5 });
    expect(rig.outline().length).toBe(17);
  });
});

describe('a frame that the page has not acknowledged', () => {
  test('holds back all others, of which only the last is sent', () => {
    rig.open();
    for (const to of [3, 30, 1, 9]) rig.send({ type: 'seek', to });
    expect(rig.frames().map(({ position }) => position)).toEqual([0, 3]);
    rig.ack();
    expect(rig.frames().map(({ position }) => position)).toEqual([0, 3, 9]);
    rig.ack();
    expect(rig.frames()).toHaveLength(3);
  });

  test('is not acknowledged by the number of another', () => {
    rig.open();
    rig.send({ type: 'seek', to: 3 }, { type: 'seek', to: 4 }, { type: 'ack', frame: rig.last().id - 1 });
    expect(rig.last().position).toBe(3);
  });
});

describe('a long run', () => {
  test('is recorded in slices, between which a seek is answered', () => {
    rig.send({ type: 'open', run: { ...spec, ...long }, at: { kind: 'position', position: 1 } });
    rig.ack();
    expect(rig.of('outline')).toEqual([]);
    expect(rig.frame({ type: 'seek', to: 1_000 }).position).toBe(1_000);
    expect(rig.of('outline')).toEqual([]);
    rig.settle();
    expect(rig.outline().length).toBeGreaterThan(10_000);
    expect(rig.last().position).toBe(1_000);
  });

  test('makes the next step before anything else of it is recorded', () => {
    rig.send({ type: 'open', run: { ...spec, ...long }, at: { kind: 'position', position: 0 } });
    rig.ack();
    for (const position of [1, 2, 3]) expect(rig.frame({ type: 'step', how: 'into' }).position).toBe(position);
    expect([...rig.of('progress'), ...rig.of('outline')]).toEqual([]);
    rig.settle();
    expect(rig.outline().length).toBeGreaterThan(10_000);
    expect(rig.last().position).toBe(3);
  });

  test('is recorded once its beginning is drawn, or a while later where nobody sees it', () => {
    for (const drawn of [true, false]) {
      rig = new Rig();
      rig.send({ type: 'open', run: spec, at: { kind: 'position', position: 0 } });
      rig.settle();
      expect(rig.frames()).toHaveLength(1);
      expect(rig.of('outline')).toEqual([]);
      if (drawn) rig.ack();
      rig.wait(drawn ? 0 : 300);
      expect(rig.of('outline')).toHaveLength(1);
      rig.wait(1_000);
      expect(rig.of('outline')).toHaveLength(1);
    }
  });

  test('shows a place as soon as it is recorded, the latest asked for', () => {
    rig.send({ type: 'open', run: { ...spec, ...long }, at: { kind: 'position', position: 9_000 } });
    expect(rig.frames()).toEqual([]);
    rig.send({ type: 'seek', to: 7_000 });
    rig.settle();
    expect(rig.frames().map(({ position }) => position)).toEqual([7_000]);
    expect(rig.events.at(-1)!.type).toBe('outline');
  });

  test('is recorded at once for a command that needs the whole of it', () => {
    rig.send({ type: 'open', run: { ...spec, ...long }, at: { kind: 'position', position: 0 } });
    rig.ack();
    expect(rig.frame({ type: 'step', how: 'end' }).position).toBe(rig.outline().length);
    rig.settle();
    expect(rig.of('outline')).toHaveLength(1);
  });

  test('gives way to another that is opened meanwhile', () => {
    rig.send({ type: 'open', run: { ...spec, ...long }, at: { kind: 'position', position: 0 } });
    rig.open();
    expect(rig.of('outline').map(({ outline }) => outline.run.scenario)).toEqual(['toy']);
  });
});

describe('a choice', () => {
  test('takes the run out of its natural order, to a new end', () => {
    rig.open({}, { kind: 'position', position: 13 });
    expect(rig.last().choices.map(({ thread }) => thread)).toEqual(['back', 'front']);
    const frame = rig.frame({ type: 'choose', thread: 'front' });
    rig.settle();
    expect(frame).toMatchObject({ kind: 'delta', position: 14, step: { thread: 'front', key: 'toy_front#fill' } });
    expect(rig.outline().run.choices).toEqual([[13, 'front']]);
    expect(rig.outline().length).toBe(45);
  });

  test('opened again from its spec gives the same run', () => {
    rig.open({}, { kind: 'position', position: 13 });
    rig.frame({ type: 'choose', thread: 'front' });
    rig.frame({ type: 'choose', thread: 'front' });
    rig.settle();
    const branched = rig.outline();
    const again = new Rig();
    again.open(branched.run);
    expect(again.outline()).toEqual(branched);
  });

  test('of what would run anyway is a step and no choice', () => {
    rig.open({}, { kind: 'position', position: 13 });
    expect(rig.frame({ type: 'choose', thread: 'back' }).position).toBe(14);
    expect(rig.of('outline')).toHaveLength(1);
    rig.open({ choices: [[13, 'back']] });
    expect(rig.outline().run.choices).toEqual([]);
  });

  test('drops the later ones, and is dropped by going back to the natural order', () => {
    rig.open({ choices: [[13, 'front'], [14, 'front']] });
    expect(rig.outline().run.choices).toEqual([[13, 'front'], [14, 'front']]);
    rig.frame({ type: 'seek', to: 13 });
    rig.frame({ type: 'choose', thread: 'back' });
    rig.settle();
    expect(rig.outline().run.choices).toEqual([]);
  });

  test('after a look at a future that it undoes sends a keyframe', () => {
    rig.open({}, { kind: 'position', position: 13 });
    rig.send({ type: 'seek', to: 30 }, { type: 'seek', to: 13 }, { type: 'choose', thread: 'front' });
    rig.ack();
    expect(rig.last()).toMatchObject({ kind: 'key', position: 14 });
  });

  test('of a thread that cannot run is refused', () => {
    rig.open();
    rig.send({ type: 'choose', thread: 'back' }, { type: 'choose', thread: 'side' });
    expect(rig.rejections()).toEqual(['at position 0 thread back cannot run', 'there is no thread side']);
  });

  test.each<[RunSpec['choices'], string]>([
    [[[2, 'back'], [13, 'front']],
      'at position 2 thread back cannot run; the run goes on in the natural order from there'],
    [[[50, 'back']], 'the run has 45 steps; there is no position 50 to choose a thread at'],
  ])('in a spec that cannot be followed (%j) is dropped with the reason', (choices, reason) => {
    rig.open({ choices });
    expect(rig.rejections()).toEqual([reason]);
    expect(rig.outline().run.choices).toEqual([]);
  });
});

describe('a defect', () => {
  test('is latched, with where it happened', () => {
    rig.open({ scenario: 'broken' });
    const fatal = rig.events.at(-1);
    expect(fatal).toMatchObject({
      type: 'fatal',
      run: { scenario: 'broken' },
      position: 0,
      reason: expect.stringMatching(/^Error: the toy broke\nat .*toy\.ts/) as string,
    });
    rig.send({ type: 'pause' }, { type: 'step', how: 'into' });
    expect(rig.events.slice(-2)).toEqual([fatal, fatal]);
  });

  test('of one run is none of another that is opened then', () => {
    rig.open({ scenario: 'broken' });
    rig.send({ type: 'pause' });
    const latched = rig.of('fatal').length;
    rig.open();
    expect(rig.of('fatal')).toHaveLength(latched);
    expect(rig.outline().run.scenario).not.toBe('broken');
    rig.send({ type: 'step', how: 'into' });
    expect(rig.of('frame').at(-1)?.frame.position).toBe(1);
    rig.open({ scenario: 'broken' });
    expect(rig.of('fatal').length).toBeGreaterThan(latched);
  });
});
