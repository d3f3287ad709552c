import { describe, expect, it } from 'vitest';
import {
  bundlesOf,
  flagsOf,
  lanesOf,
  messagePath,
  positionAt,
  positionScale,
  tickPath,
} from '../../src/geometry/timeline.ts';

const run = {
  length: 6,
  threads: [
    { name: 'domU xenwatch', party: 'domU' },
    { name: 'dom0 xenwatch', party: 'dom0' },
    { name: 'toolstack', party: 'toolstack' },
    { name: 'idle', party: 'dom0' },
  ],
  thread: [2, 2, 1, 1, 0, 0],
  inXen: [0, 0, 0, 1, 0, 0],
  inXenstored: [0, 1, 0, 0, 1, 0],
};

describe('lanes', () => {
  it('stand in the order of the stage, without threads that never run', () => {
    expect(lanesOf(run).map(({ name }) => name)).toEqual([
      'toolstack',
      'xenstored',
      'dom0 xenwatch',
      'Xen',
      'domU xenwatch',
    ]);
  });

  it('have the person first, in no party’s colour, also where each party has one lane', () => {
    const acted = {
      ...run,
      threads: [...run.threads, { name: 'you', party: 'toolstack' }, { name: 'story', party: 'toolstack' }],
      thread: [2, 2, 4, 1, 0, 5],
    };
    expect(lanesOf(acted).slice(0, 3).map(({ name, party }) => [name, party])).toEqual([
      ['you', 'you'], ['story', 'you'], ['toolstack', 'toolstack'],
    ]);
    expect(lanesOf(acted, true).map(({ name }) => name)).toEqual([
      'you', 'story', 'toolstack', 'xenstored', 'dom0', 'Xen', 'domU',
    ]);
  });

  it('have a store buffer beneath the thread whose stores wait in it', () => {
    const buffered = {
      ...run,
      threads: [{ name: 'domU xenwatch store buffer', party: 'domU' }, ...run.threads, { name: 'domU x', party: 'domU' }],
      thread: [3, 2, 2, 1, 0, 5],
      inXenstored: [0, 1, 0, 0, 0, 0],
    };
    const lanes = lanesOf(buffered);
    expect(lanes.slice(-3).map(({ name }) => name)).toEqual(['domU xenwatch', '↳ store buffer', 'domU x']);
    expect(lanes.at(-2)).toMatchObject({ id: 'domU xenwatch store buffer', steps: [4] });
  });

  it('show what Xen and xenstored do in their own lanes, and who asked', () => {
    const byName = new Map(lanesOf(run).map((lane) => [lane.name, lane]));
    expect(byName.get('xenstored')).toMatchObject({ steps: [1, 4], away: [] });
    expect(byName.get('Xen')).toMatchObject({ steps: [3], away: [] });
    expect(byName.get('toolstack')).toMatchObject({ steps: [0], away: [1] });
    expect(byName.get('dom0 xenwatch')).toMatchObject({ steps: [2], away: [3], threads: [1] });
  });

  it('are one a party where there is little room', () => {
    expect(lanesOf(run, true).map(({ name, threads }) => [name, threads])).toEqual([
      ['toolstack', [2]],
      ['xenstored', []],
      ['dom0', [1, 3]],
      ['Xen', []],
      ['domU', [0]],
    ]);
  });

  it('hold every step exactly once among their own steps', () => {
    expect(
      lanesOf(run)
        .flatMap(({ steps }) => steps)
        .sort((a, b) => a - b),
    ).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('put the threads of several queues together, and leave that of one queue its name', () => {
    const names = (count: number) =>
      lanesOf({
        length: count,
        threads: Array.from({ length: count }, (_, q) => ({ name: `vif5.0-q${q}-guest-rx`, party: 'dom0' })),
        thread: Array.from({ length: count }, (_, q) => q),
        inXen: [],
        inXenstored: [],
      }).map(({ name, threads }) => [name, threads.length]);
    expect(names(1)).toEqual([['vif5.0-q0-guest-rx', 1]]);
    expect(names(8)).toEqual([['vif5.0-q*-guest-rx', 8]]);
  });
});

describe('positions and pixels', () => {
  it('lead to each other and stay within the run', () => {
    const x = positionScale(300, 1200);
    expect([x(0), x(150), x(300)]).toEqual([0, 600, 1200]);
    for (const position of [0, 1, 77, 300]) expect(positionAt(x(position), 300, 1200)).toBe(position);
    expect([positionAt(-50, 300, 1200), positionAt(5000, 300, 1200), positionAt(3, 300, 0)]).toEqual([
      0, 300, 0,
    ]);
  });
});

describe('ticks', () => {
  it('are boxes a step wide with a gap where there is room', () => {
    expect(tickPath([0, 2], positionScale(10, 100), 4, 6)).toBe('M0,4h9v6h-9ZM20,4h9v6h-9Z');
  });

  it('run together where they would be too thin, so that no picture has more boxes than pixels', () => {
    const steps = Array.from({ length: 20_000 }, (_, n) => n).filter((n) => n % 7 !== 0);
    const path = tickPath(steps, positionScale(20_000, 1000), 0, 6);
    expect(path.match(/M/g)!.length).toBeLessThanOrEqual(500);
    expect(path).not.toContain('NaN');
  });

  it('are nothing for a lane without steps', () => {
    expect(tickPath([], positionScale(10, 100), 0, 6)).toBe('');
  });
});

describe('messages and flags', () => {
  it('leave and arrive horizontally', () => {
    expect(messagePath(0, 10, 40, 30)).toBe('M0,10C20,10,20,30,40,30');
  });

  const room = { title: 36, digit: 7, around: 2 };
  const x = positionScale(1000, 1000);
  const shown = (starts: readonly number[]) =>
    flagsOf(starts.map((at) => ({ at })), x, 1000, room).map((flag) => [flag.x, flag.width, flag.text]);

  it('have a number where a title has no room before the next flag', () => {
    expect(shown([0, 20, 500, 990])).toEqual([
      [0, 20, 'number'],
      [20, 480, 'title'],
      [500, 490, 'title'],
      [990, 10, 'number'],
    ]);
    expect(shown([0, 500, 992])[2]).toEqual([992, 8, null]);
  });

  it('let a number go on over chapters that have no room for their own', () => {
    expect(shown([0, 5, 8, 100])).toEqual([
      [0, 5, null],
      [5, 3, null],
      [8, 92, 'title'],
      [100, 900, 'title'],
    ]);
    expect(shown([0, 5, 8, 14, 100])).toEqual([
      [0, 14, 'number'],
      [5, 0, null],
      [8, 0, null],
      [14, 86, 'title'],
      [100, 900, 'title'],
    ]);
  });

  it('begin where their chapters do and never lie on one another, and few have neither a title nor a number', () => {
    const starts = [0, 52, 66, 161, 191, 220, 232, 265, 337, 362, 374, 399, 416, 450, 490, 549, 610];
    for (const width of [247, 860, 1232]) {
      const scale = positionScale(630, width);
      const flags = flagsOf(starts.map((at) => ({ at })), scale, width, room);
      expect(flags.map((flag) => flag.x)).toEqual(starts.map(scale));
      const drawn = flags.filter(({ text }) => text !== null);
      for (const [i, flag] of drawn.entries()) {
        expect(flag.x + flag.width).toBeLessThanOrEqual((drawn[i + 1]?.x ?? width) + 1e-6);
      }
      if (width > 800) expect(drawn.length).toBeGreaterThanOrEqual(starts.length - 3);
    }
  });
});

describe('messages side by side', () => {
  const at = (x0: number, x1: number, y1 = 50) => ({ x0, y0: 10, x1, y1 });

  it('are one bundle that runs as the first does and counts them all', () => {
    expect(bundlesOf([at(12, 140), at(10, 100), at(11, 125)])).toEqual([{ ...at(10, 100), count: 3 }]);
  });

  it('stay apart when they start apart, end apart, or join other lanes', () => {
    expect(bundlesOf([at(10, 100), at(40, 101)])).toHaveLength(2);
    expect(bundlesOf([at(10, 100), at(10, 200)])).toHaveLength(2);
    expect(bundlesOf([at(10, 100), at(10, 100, 70)])).toHaveLength(2);
  });
});
