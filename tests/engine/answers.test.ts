import { beforeAll, describe, expect, test } from 'vitest';
import { answer } from '../../src/engine/answers.ts';
import { frameAt } from '../../src/engine/delta.ts';
import type { Answer, Cell, Change, Frame } from '../../src/engine/protocol.ts';
import type { Run } from '../../src/engine/run.ts';
import { createMirror } from '../../src/store/mirror.ts';
import { history, momentAt, realRun, toyRun } from './moments.ts';
import { Rig } from './rig.ts';
import { recordRun } from '../../src/sim/index.ts';
import type { StepRecord } from '../../src/sim/index.ts';
import { FIRST_PAGE } from './toy.ts';

type Writers = Extract<Answer, { kind: 'writers' }>;
type Compared = Extract<Answer, { kind: 'compare' }>;

function writers(run: Run, cell: Cell, view = 0): Writers {
  const found = answer(run, { kind: 'writers', cell }, view);
  if (found.kind !== 'writers') throw new Error(JSON.stringify(found));
  return found;
}

/** The frame of domain 5's grant table that holds entries 512 to 1023: with one page a ring, the rings' among them. */
function grantFrame(run: Run): number {
  const memory = momentAt(run, 0).slots.get('xen:memory:5') as { grant_table: number };
  return memory.grant_table + 1;
}

const state = (path: string): Cell => ({ cell: 'slot', name: `xs:node:${path}/state`, part: ['value'] });

function cellsOf(run: Run): Cell[] {
  const frame = grantFrame(run);
  return [
    state('/local/domain/0/backend/vif/5/0'),
    state('/local/domain/5/device/vif/0'),
    { cell: 'slot', name: 'xs:node:/local/domain/5/device/vif/0', part: [] },
    { cell: 'slot', name: 'thread:dom0 xenwatch', part: [] },
    { cell: 'slot', name: 'no such slot', part: ['value'] },
    { cell: 'slot', name: 'xs:node:/local/domain/5/device/vif/0/state', part: ['value', 'nowhere'] },
    { cell: 'bytes', frame, offset: 64, length: 8 },
    { cell: 'bytes', frame, offset: 67, length: 3 },
    { cell: 'bytes', frame, offset: 64, length: 2, mask: 0x18 },
    { cell: 'bytes', frame, offset: 0, length: 64 },
  ];
}

function records(run: Run, from: number, to: number): readonly StepRecord[] {
  const found = answer(run, { kind: 'records', from, to }, 0);
  if (found.kind !== 'records') throw new Error(JSON.stringify(found));
  return found.records;
}

describe('what the steps were', () => {
  const run = realRun('reconnect-unbind-bind');

  test('is what a trace of the run has, told a part at a time', () => {
    const all: StepRecord[] = [];
    let parts = 0;
    for (; all.length < run.length; parts++) all.push(...records(run, all.length, run.length));
    expect(parts).toBeGreaterThan(1);
    expect(all).toEqual(recordRun(run.scenario, run.config).records);
  });

  test('is told from any position to any other', () => {
    expect(records(run, 300, 302).map(({ number }) => number)).toEqual([301, 302]);
    expect(records(run, 300, 300)).toEqual([]);
    expect(records(run, 300, 2)).toEqual([]);
  });
});

describe('what the page shows', () => {
  const run = realRun('netif-multipage');

  function frames(from: number, to: number): readonly Frame[] {
    const found = answer(run, { kind: 'frames', from, to }, 0);
    if (found.kind !== 'frames') throw new Error(JSON.stringify(found));
    return found.frames;
  }

  test('is at each position what a frame of it alone has, told a part at a time', () => {
    const mirror = createMirror();
    let position = 380;
    for (let parts = 0; position <= 460; parts++) {
      for (const frame of frames(position, 460)) {
        mirror.apply(frame);
        run.timeline.seek(position);
        const alone = frameAt(run, 0, null);
        const fresh = createMirror();
        fresh.apply(alone);
        expect([frame.position, frame.step, frame.fingerprint]).toEqual([position, alone.step, alone.fingerprint]);
        expect(new Map(mirror.slots)).toEqual(new Map(fresh.slots));
        for (const [mfn, { bytes }] of fresh.pages) expect(mirror.pages.get(mfn)!.bytes).toEqual(bytes);
        position++;
      }
      expect(parts).toBeLessThan(10);
    }
    expect(frames(380, 460).length).toBeLessThan(81);
  });

  test('is told of one position, and of none the wrong way round', () => {
    expect(frames(run.length, run.length).map((frame) => frame.kind)).toEqual(['key']);
    expect(frames(3, 2)).toEqual([]);
  });
});

describe.each(['netif-multipage', 'close-unbind'])('who wrote it, in a run of %s', (id) => {
  let run: Run;
  let cells: Cell[];
  let values: ReturnType<typeof history>;
  beforeAll(() => {
    run = realRun(id);
    cells = cellsOf(run);
    values = history(run, cells);
  });

  test('names every position at which the value is another, with what it was and is', () => {
    const counts = cells.map((cell, index) => {
      const held = values[index]!;
      const expected = held.flatMap((after, position) =>
        position > 0 && JSON.stringify(after) !== JSON.stringify(held[position - 1])
          ? [{ position, before: held[position - 1], after }]
          : [],
      );
      const { writes, total } = writers(run, cell);
      expect(writes.map(({ position, before, after }) => ({ position, before, after }))).toEqual(expected);
      expect(total).toBe(expected.length);
      return total;
    });
    // The states move and ring entries are granted or revoked in either run: there was something to compare.
    expect([counts[0], counts[1], counts[3], counts[6]].every((count) => count! > 0)).toBe(true);
    expect([counts[4], counts[5]]).toEqual([0, 0]);
  });

  test('says which thread it was, and in which function', () => {
    const { recorder, timeline } = run;
    for (const { position, thread, key, shown } of writers(run, cells[0]!).writes) {
      expect(key).toBe(recorder.op[position - 1]!.key);
      expect(key.startsWith(`${shown}#`)).toBe(true);
      expect(thread).toBe(timeline.info(position - 1).thread.name);
    }
  });

  test('compares two positions as two pictures of them do', () => {
    const { length } = run;
    for (const [from, to] of [[0, length], [length, 0], [3, 4], [length >> 1, length >> 2], [7, 7]] as const) {
      const found = answer(run, { kind: 'compare', from, to }, 0) as Compared;
      const expected = sorted(differences(run, from, to));
      const words = Array.from({ length: found.words.length / 4 }, (_, i): Change => {
        const [frame, offset, before, after] = found.words.subarray(i * 4, i * 4 + 4) as unknown as [number, number, number, number];
        return { cell: 'word', frame, offset, before, after };
      });
      expect(sorted([...found.slots, ...words])).toEqual(expected);
    }
  });
});

/** What differs between two keyframes, threads aside. */
function differences(run: Run, from: number, to: number): Change[] {
  const [a, b] = [momentAt(run, from), momentAt(run, to)];
  const slots = [...new Set([...a.slots.keys(), ...b.slots.keys()])].flatMap((name): Change[] => {
    const [before, after] = [a.slots.get(name), b.slots.get(name)];
    if (name.startsWith('thread:') || JSON.stringify(before) === JSON.stringify(after)) return [];
    return [{ cell: 'slot', name, before, after }];
  });
  const words = [...new Set([...a.pages.keys(), ...b.pages.keys()])].flatMap((frame) => {
    const [before, after] = [a, b].map(({ pages }) => {
      const bytes = pages.get(frame) ?? new Uint8Array(4096);
      return new DataView(bytes.buffer, bytes.byteOffset, 4096);
    });
    return Array.from({ length: 1024 }, (_, word): Change => ({
      cell: 'word', frame, offset: word * 4, before: before!.getUint32(word * 4, true), after: after!.getUint32(word * 4, true),
    })).filter((change) => change.before !== change.after);
  });
  return [...slots, ...words];
}

function sorted(changes: readonly Change[]): string[] {
  return changes.map((change) => JSON.stringify({ ...change, before: change.before ?? null, after: change.after ?? null })).sort();
}

describe('an answer', () => {
  test('lists of very many writes those around the position shown, and counts all', () => {
    const rig = new Rig();
    rig.open({ scenario: 'long' });
    const ask = (id: number): Writers => {
      rig.send({ type: 'ask', id, question: { kind: 'writers', cell: { cell: 'slot', name: 'thread:front', part: [] } } });
      const { answer: found } = rig.of('answer').find((event) => event.id === id)!;
      if (found.kind !== 'writers') throw new Error(JSON.stringify(found));
      return found;
    };
    const first = ask(1);
    expect(first.writes).toHaveLength(500);
    expect(first.total).toBeGreaterThan(10_000);
    expect(first.writes[0]!.position).toBe(1);
    rig.frame({ type: 'seek', to: 9_000 });
    const around = ask(2).writes.map(({ position }) => position);
    expect(around).toHaveLength(500);
    expect([around[0]! < 9_000, around.at(-1)! > 9_000]).toEqual([true, true]);
    rig.frame({ type: 'step', how: 'end' });
    expect(ask(3).writes.at(-1)!.position).toBe(rig.outline().length);
  });

  test('moves nothing, and waits for the whole run', () => {
    const rig = new Rig();
    rig.send({ type: 'open', run: { scenario: 'long', config: toyRun().config, choices: [] }, at: { kind: 'position', position: 0 } });
    rig.ack();
    rig.send({ type: 'ask', id: 7, question: { kind: 'compare', from: 0, to: 9_000 } });
    expect(rig.of('outline')).toHaveLength(1);
    expect(rig.events.at(-1)).toMatchObject({ type: 'answer', id: 7, answer: { kind: 'compare', from: 0, to: 9_000 } });
    expect(rig.frames().map(({ position }) => position)).toEqual([0]);
    rig.settle();
    expect(rig.of('outline')).toHaveLength(1);
  });

  test.each<[Cell, string]>([
    [{ cell: 'bytes', frame: FIRST_PAGE, offset: 0, length: 0 }, '1 to 64 bytes can be asked about, not 0'],
    [{ cell: 'bytes', frame: FIRST_PAGE, offset: 0, length: 65 }, '1 to 64 bytes can be asked about, not 65'],
    [{ cell: 'bytes', frame: FIRST_PAGE, offset: 4093, length: 4 }, 'a page ends at byte 4096'],
    [{ cell: 'bytes', frame: -1, offset: 0, length: 4 }, 'the address and the length of bytes are whole numbers'],
    [{ cell: 'bytes', frame: 1, offset: 0.5, length: 4 }, 'the address and the length of bytes are whole numbers'],
    [{ cell: 'bytes', frame: 1, offset: 0, length: 8, mask: 1 }, 'bits can be picked of at most 4 bytes'],
    [{ cell: 'slot', name: 'a', part: Array.from('123456789') }, 'a part lies at most 8 fields deep'],
  ])('is a reason for %j', (cell, reason) => {
    expect(answer(toyRun(), { kind: 'writers', cell }, 0)).toEqual({ kind: 'none', reason });
  });

  test.each([-1, 46, 0.5, NaN])('is a reason for a comparison with position %d, and for what happened until then', (to) => {
    const reason = `the run has 45 steps; there is no position ${to}`;
    expect(answer(toyRun(), { kind: 'compare', from: 0, to }, 0)).toEqual({ kind: 'none', reason });
    expect(answer(toyRun(), { kind: 'records', from: 0, to }, 0)).toEqual({ kind: 'none', reason });
    expect(answer(toyRun(), { kind: 'frames', from: 0, to }, 0)).toEqual({ kind: 'none', reason });
  });
});
