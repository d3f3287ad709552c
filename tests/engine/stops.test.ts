import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Cell, Stop, Value } from '../../src/engine/protocol.ts';
import type { Run } from '../../src/engine/run.ts';
import { nextHit } from '../../src/engine/stops.ts';
import { Frame } from '../../src/sim/index.ts';
import { history, realRun, toyRun } from './moments.ts';
import { Rig } from './rig.ts';
import { FIRST_PAGE, toyConfig } from './toy.ts';

const backend: Cell = { cell: 'slot', name: 'xs:node:/local/domain/0/backend/vif/5/0/state', part: ['value'] };
const offered: Cell = { cell: 'slot', name: 'toy:offered', part: [] };
const word: Cell = { cell: 'bytes', frame: FIRST_PAGE, offset: 8, length: 4 };

/** Every position that a stop names, found without the code under test. */
function positionsOf(run: Run, stop: Stop): number[] {
  const { op } = run.recorder;
  const all = Array.from({ length: run.length }, (_, step) => step + 1);
  if (stop.kind === 'line') return all.filter((position) => op[position - 1]!.key === stop.key);
  if (stop.kind === 'function') return entriesOf(run, stop.fn);
  const [held] = history(run, [stop.cell]) as [Value[]];
  const same = (a: Value, b: Value): boolean => JSON.stringify(a) === JSON.stringify(b);
  const changes = all.filter((position) => !same(held[position], held[position - 1]));
  return stop.kind === 'changes' ? changes : changes.filter((position) => same(held[position], stop.value));
}

/**
 * The first step of each activation of a function. An activation is known by the frame of its caller: that is one and the
 * same object from the call to the return.
 */
function entriesOf(run: Run, fn: string): number[] {
  const { timeline } = run;
  const entries: number[] = [];
  const last = new Map<string, { caller: Frame | undefined; ended: boolean }>();
  for (let step = 0; step < run.length; step++) {
    timeline.seek(step);
    const { thread, op, depth } = timeline.info(step);
    const frame = timeline.machine.state.get(thread.slot);
    const stack = frame instanceof Frame ? frame : undefined;
    if (op.fn.shown === fn) {
      const known = last.get(`${thread.name} ${depth}`);
      if (!known || known.ended || known.caller !== stack?.parent) entries.push(step + 1);
      last.set(`${thread.name} ${depth}`, { caller: stack?.parent, ended: false });
    }
    timeline.seek(step + 1);
    const after = timeline.machine.state.get(thread.slot);
    if (!(after instanceof Frame)) for (const [key, one] of last) if (key.startsWith(`${thread.name} `)) one.ended = true;
  }
  return entries;
}

/** The last of ascending positions before `from`. */
function last(positions: readonly number[], from: number): number | null {
  return positions[positions.filter((position) => position < from).length - 1] ?? null;
}

function checkEverywhere(run: Run, stops: readonly Stop[]): number[] {
  const positions = stops.map((stop) => positionsOf(run, stop));
  const all = [...new Set(positions.flat())].sort((a, b) => a - b);
  const stride = Math.max(1, Math.floor(run.length / 150));
  for (let from = 0; from <= run.length; from += stride) {
    stops.forEach((stop, index) => {
      const on = positions[index]!.find((position) => position > from) ?? null;
      const back = last(positions[index]!, from);
      expect([from, stop, nextHit(run, [stop], from, 1)?.position ?? null]).toEqual([from, stop, on]);
      expect([from, stop, nextHit(run, [stop], from, -1)?.position ?? null]).toEqual([from, stop, back]);
    });
    const on = nextHit(run, stops, from, 1);
    const back = nextHit(run, stops, from, -1);
    expect(on?.position).toBe(all.find((position) => position > from));
    expect(back?.position ?? null).toBe(last(all, from));
    for (const hit of [on, back]) {
      if (hit) expect(hit.stop).toBe(stops.find((_, index) => positions[index]!.includes(hit.position)));
    }
  }
  return positions.map(({ length }) => length);
}

describe('the next hit, on and back', () => {
  test('is the nearest of all positions, in the toy', () => {
    const counts = checkEverywhere(toyRun(), [
      { kind: 'line', key: 'fill#op' },
      { kind: 'line', key: 'fill#nowhere' },
      { kind: 'function', fn: 'fill' },
      { kind: 'function', fn: 'toy_note' },
      { kind: 'function', fn: 'toy_front' },
      { kind: 'changes', cell: offered },
      { kind: 'becomes', cell: offered, value: 2 },
      { kind: 'becomes', cell: word, value: '03 00 00 00' },
    ]);
    expect(counts).toEqual([6, 0, 3, 3, 1, 4, 1, 1]);
  });

  describe('in a real run', () => {
    let run: Run;
    beforeAll(() => {
      run = realRun('netif-multipage');
    });
    test('is the nearest of all positions', () => {
      const counts = checkEverywhere(run, [
        { kind: 'becomes', cell: backend, value: '4' },
        { kind: 'changes', cell: backend },
        { kind: 'function', fn: 'xenbus_switch_state' },
        { kind: 'function', fn: 'frontend_changed' },
        { kind: 'line', key: run.recorder.op[100]!.key },
        { kind: 'becomes', cell: backend, value: '8' },
      ]);
      expect(counts.slice(0, -1).every((count) => count > 0)).toBe(true);
      expect(counts.at(-1)).toBe(0);
    });
  });

  test('goes no further than it is asked to', () => {
    const run = toyRun();
    const stop: Stop = { kind: 'becomes', cell: offered, value: 1 };
    const { position } = nextHit(run, [stop], 0, 1)!;
    expect(nextHit(run, [stop], 0, 1, position - 1)).toBeNull();
    expect(nextHit(run, [stop], 0, 1, position)?.position).toBe(position);
  });
});

describe('a host that is to stop', () => {
  const offers: Stop = { kind: 'changes', cell: offered };
  const never: Stop = { kind: 'line', key: 'toy_front#never' };
  let rig: Rig;
  beforeEach(() => {
    rig = new Rig();
    rig.open();
  });

  const watch = (ms: number): void => {
    for (let passed = 0; passed < ms; passed++) {
      rig.wait(1);
      rig.ack();
    }
  };

  test('runs to what it is asked for, there and back, and says what it was', () => {
    expect(rig.frame({ type: 'run', direction: 1, until: [never, offers] }).position).toBe(13);
    expect(rig.of('stopped')).toEqual([{ type: 'stopped', position: 13, stop: offers }]);
    expect(rig.frame({ type: 'run', direction: 1, until: [offers] }).position).toBe(27);
    expect(rig.frame({ type: 'run', direction: -1, until: [offers] }).position).toBe(13);
  });

  test('runs to the stops that are set where none are named', () => {
    rig.send({ type: 'stops', stops: [offers] });
    expect(rig.frame({ type: 'run', direction: 1 }).position).toBe(13);
    rig.send({ type: 'stops', stops: [] }, { type: 'run', direction: 1 });
    expect(rig.rejections()).toEqual(['there is nothing to stop at']);
  });

  test('stays and says so where it does not happen', () => {
    rig.send({ type: 'run', direction: 1, until: [never] });
    rig.send({ type: 'run', direction: -1, until: [never, offers] });
    expect(rig.rejections()).toEqual([
      'That does not happen in the rest of this run.',
      'None of these happens earlier in this run.',
    ]);
    expect(rig.frames()).toHaveLength(1);
  });

  test('refuses a stop that makes no sense, and keeps those it has', () => {
    rig.send({ type: 'stops', stops: [offers] });
    const wrong: Stop = { kind: 'changes', cell: { cell: 'bytes', frame: 1, offset: 4095, length: 2 } };
    rig.send({ type: 'stops', stops: [wrong] }, { type: 'run', direction: 1, until: [wrong] });
    expect(rig.rejections()).toEqual(['a page ends at byte 4096', 'a page ends at byte 4096']);
    expect(rig.frame({ type: 'run', direction: 1 }).position).toBe(13);
  });

  test('stops while it plays, however fast, and says so before it says that it no longer plays', () => {
    rig.send({ type: 'stops', stops: [offers] }, { type: 'play', stepsPerSecond: 1_000 });
    watch(500);
    expect(rig.last().position).toBe(13);
    expect(rig.events.slice(-4).map(({ type }) => type)).toEqual(['frame', 'stopped', 'playing', 'ahead']);
    rig.send({ type: 'play', stepsPerSecond: 1_000 });
    watch(500);
    expect(rig.last().position).toBe(27);
  });

  test('heeds stops that are set while it plays', () => {
    rig.send({ type: 'play', stepsPerSecond: 100 });
    watch(50);
    expect(rig.last().position).toBeLessThan(13);
    rig.send({ type: 'stops', stops: [offers] });
    watch(500);
    expect(rig.last().position).toBe(13);
  });

  test('keeps its stops when another run is opened', () => {
    rig.send({ type: 'stops', stops: [offers] });
    rig.open({ config: { ...toyConfig, queues: 1 } });
    expect(rig.frame({ type: 'run', direction: 1 }).position).toBe(13);
  });
});

describe('a host that opens a run', () => {
  const long = { scenario: 'long', config: toyConfig, choices: [] } as const;
  const start = { kind: 'position', position: 0 } as const;
  let rig: Rig;
  beforeEach(() => {
    rig = new Rig();
    rig.open({}, { kind: 'position', position: 20 });
  });

  test('says how far it is while it takes its time', () => {
    rig.send({ type: 'open', run: long, at: start });
    rig.ack();
    rig.settle();
    const steps = rig.of('progress').map((event) => event.steps);
    expect(steps.length).toBeGreaterThan(2);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });

  test('goes back to the one before when that is called off', () => {
    rig.send({ type: 'open', run: long, at: start });
    rig.ack();
    rig.frame({ type: 'cancel' });
    expect(rig.last()).toMatchObject({ kind: 'key', position: 20 });
    expect(rig.outline().run.scenario).toBe('toy');
    rig.settle();
    expect(rig.frame({ type: 'step', how: 'into' }).position).toBe(21);
    expect(rig.of('outline').map(({ outline }) => outline.run.scenario)).toEqual(['toy', 'toy']);
  });

  test('goes back to the last that was on the screen, of several opened in haste', () => {
    rig.send({ type: 'open', run: long, at: start }, { type: 'open', run: long, at: { kind: 'position', position: 9_000 } });
    rig.send({ type: 'cancel' });
    rig.ack();
    rig.settle();
    rig.ack();
    expect(rig.last()).toMatchObject({ kind: 'key', position: 20 });
    expect(rig.outline().run.scenario).toBe('toy');
  });

  test('goes back to a branch whose recording it had put off, and ends that', () => {
    rig.open(long, { kind: 'position', position: 12_000 });
    rig.frame({ type: 'seek', to: rig.outline().key.indexOf(rig.outline().keys.indexOf('toy_front#offer')) + 1 });
    expect(rig.last().choices.map(({ thread }) => thread)).toEqual(['back', 'front']);
    const { position } = rig.last();
    rig.frame({ type: 'choose', thread: 'front' });
    rig.send({ type: 'open', run: long, at: start });
    rig.ack();
    rig.frame({ type: 'cancel' });
    rig.settle();
    expect(rig.last().position).toBe(position + 1);
    expect(rig.outline().run.choices).toEqual([[position, 'front']]);
  });

  test('refuses to call off what is not going on, or what nothing came before', () => {
    rig.send({ type: 'cancel' });
    const fresh = new Rig();
    fresh.send({ type: 'open', run: long, at: start }, { type: 'cancel' });
    expect([...rig.rejections(), ...fresh.rejections()]).toEqual([
      'nothing is being opened',
      'there is no run to go back to',
    ]);
  });
});
