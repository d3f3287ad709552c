import { describe, expect, test } from 'vitest';
import { atomic, ret, step, whilst } from '../../../src/sim/machine/dsl.ts';
import { Machine } from '../../../src/sim/machine/machine.ts';
import { fn, type FnInfo } from '../../../src/sim/machine/program.ts';
import { slot } from '../../../src/sim/machine/slot.ts';
import { Timeline } from '../../../src/sim/machine/timeline.ts';

const info: FnInfo = { cite: { project: 'RingScope', version: '', path: 'tests', symbol: 'threads' } };
const count = slot<number>('threads:count');

const counting = fn('threads count', info, [
  whilst(() => true, [
    step('count', (c) => {
      c.enter();
      c.set(count, (c.get(count) ?? 0) + 1);
      c.leave();
    }, { ready: (c) => (c.get(count) ?? 0) % 3 !== 2 }),
  ]),
  ret(),
]);

const nudge = fn('threads nudge', info, [
  atomic('nudge', 'a test', (c) => c.set(count, (c.get(count) ?? 0) + 1)),
  ret(),
]);

const killer = fn('threads kill', info, [step('kill', (c) => c.stop('victim')), ret()]);

describe('a patient thread', () => {
  test('runs only when nobody else can', () => {
    const machine = new Machine(['busy', { name: 'clock', patient: true }]);
    machine.spawn('busy', counting, {});
    machine.spawn('clock', nudge, {});
    const timeline = new Timeline(machine, (enabled) => enabled.at(-1)!);
    timeline.seek(4);
    expect([0, 1, 2, 3].map((n) => timeline.info(n).thread.name)).toEqual(['busy', 'busy', 'clock', 'busy']);
  });

  test('may all the same be chosen early', () => {
    const machine = new Machine(['busy', { name: 'clock', patient: true }]);
    machine.spawn('busy', counting, {});
    machine.spawn('clock', nudge, {});
    expect(new Timeline(machine, (enabled) => enabled[0]!).enabled()).toHaveLength(2);
  });
});

describe('a mortal thread', () => {
  test('is put to its end wherever it is, and comes back by undoing that', () => {
    const machine = new Machine([{ name: 'victim', mortal: true }, 'killer']);
    machine.spawn('victim', counting, {});
    machine.spawn('killer', killer, {});
    const timeline = new Timeline(machine, (enabled) => enabled.at(-1)!);
    timeline.forward();
    expect(machine.next(machine.threads[0]!)).toBeUndefined();
    expect(timeline.natural()).toBeUndefined();
    timeline.back();
    expect(machine.next(machine.threads[0]!)?.key).toBe('threads count#count');
  });

  test('is the only kind that can be stopped', () => {
    const machine = new Machine(['victim', 'killer']);
    machine.spawn('killer', killer, {});
    expect(() => machine.execute(machine.threads[1]!)).toThrow('not declared as mortal');
  });
});

describe('an act', () => {
  const start = (): Timeline => {
    const machine = new Machine(['busy', 'you']);
    machine.spawn('busy', counting, {});
    return new Timeline(machine, (enabled) => enabled[0]!);
  };

  test('is one step of the run, which can be undone, redone and listened to', () => {
    const timeline = start();
    const you = timeline.machine.threadNamed('you')!;
    timeline.act(you, nudge);
    const { a, b } = timeline.machine.state;
    expect([timeline.position, timeline.info(0).op.key]).toEqual([1, 'threads nudge#nudge']);
    timeline.back();
    expect(timeline.machine.state.get(count)).toBeUndefined();
    timeline.forward();
    expect([timeline.machine.state.a, timeline.machine.state.b]).toEqual([a, b]);
    expect(timeline.effects(0)).toEqual([]);
    expect([timeline.machine.state.a, timeline.machine.state.b]).toEqual([a, b]);
  });

  test('forgets what was recorded beyond it, unless it is the same', () => {
    const timeline = start();
    const you = timeline.machine.threadNamed('you')!;
    timeline.act(you, nudge);
    timeline.forward();
    timeline.seek(0);
    timeline.act(you, nudge);
    expect([timeline.position, timeline.length]).toEqual([1, 2]);
    timeline.seek(1);
    timeline.act(you, nudge);
    expect([timeline.position, timeline.length]).toEqual([2, 2]);
  });
});
