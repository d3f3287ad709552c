import { beforeEach, describe, expect, test } from 'vitest';
import type { StepHow } from '../../src/engine/protocol.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(() => {
  rig = new Rig();
  rig.open();
});

/** Position of the n-th occurrence of a key in the natural run, just before it. */
function before(key: string, occurrence = 1): number {
  const { key: keys, keys: names } = rig.outline();
  const steps = [...keys.keys()].filter((step) => names[keys[step]!] === key);
  return steps[occurrence - 1]!;
}

function after(how: StepHow, from: number): number {
  rig.frame({ type: 'seek', to: from });
  return rig.frame({ type: 'step', how }).position;
}

describe('a step', () => {
  test('into and back moves by one', () => {
    expect(after('into', 5)).toBe(6);
    expect(after('back', 6)).toBe(5);
  });

  test('over a call goes on until it has returned, through the calls inside', () => {
    const call = before('toy_front#fill');
    expect(after('over', call)).toBe(before('toy_front#offer'));
  });

  test('over a call ends before what is entered silently after it', () => {
    const finish = before('toy_front#finish');
    expect(after('over', finish)).toBe(before('toy_forget#forget'));
  });

  test('over anything else goes into it, be it followed by a silent call', () => {
    const offer = before('toy_front#offer');
    expect(after('over', offer)).toBe(offer + 1);
    const take = before('toy_back#take');
    expect(after('over', take)).toBe(take + 1);
  });

  test('over a call passes what other threads do meanwhile', () => {
    const call = before('toy_front#fill', 2);
    // The first word of the second round is stored while back, told to go first, still logs the first.
    rig.frame({ type: 'seek', to: before('toy_note#log') });
    rig.frame({ type: 'choose', thread: 'front' });
    rig.settle();
    const { thread, threads } = rig.outline();
    const moved = before('toy_front#fill', 2);
    expect(moved).toBeLessThan(call);
    const end = after('over', moved);
    expect(end).toBe(before('toy_front#offer', 2));
    const back = threads.findIndex(({ name }) => name === 'back');
    expect(thread.slice(moved, end)).toContain(back);
  });

  /** The position at which the n-th occurrence of a key is shown. */
  const at = (key: string, occurrence = 1): number => before(key, occurrence) + 1;

  test('out of the function shown goes to the first step after it has returned', () => {
    expect(after('out', at('toy_xen_op#store'))).toBe(at('fill#count'));
    // A line that calls is the caller's.
    expect(after('out', at('fill#op'))).toBe(at('toy_front#offer'));
    expect(after('out', at('fill#count', 4))).toBe(at('toy_front#offer'));
    expect(after('out', at('toy_note#log'))).toBe(at('toy_note#log') + 1);
  });

  test('out of a thread\'s first function goes to the first step after its end', () => {
    expect(after('out', at('toy_back#take', 2))).toBe(before('toy_note#log', 3) + 2);
    expect(rig.last().slots).toContainEqual(['thread:back', 'finished']);
    expect(after('out', at('toy_front#spawn'))).toBe(rig.outline().length);
  });

  test('back over what ended a call goes to before the call', () => {
    const call = before('toy_front#fill');
    expect(after('back-over', before('toy_front#offer'))).toBe(call);
    expect(after('back-over', call)).toBe(call - 1);
  });

  test('back over what ended a function that was entered silently goes to before its first step', () => {
    const log = before('toy_note#log');
    expect(after('back-over', log + 1)).toBe(log);
  });

  test('of a chapter shows the first step of the next or the last one', () => {
    const [begin, fill, take] = rig.outline().chapters.map(({ at }) => at);
    expect([begin, fill, take]).toEqual([0, 2, 13]);
    expect(after('chapter', 0)).toBe(1);
    expect(after('chapter', 1)).toBe(3);
    expect(after('chapter', 14)).toBe(rig.outline().length);
    expect(after('chapter-back', 20)).toBe(14);
    expect(after('chapter-back', 14)).toBe(3);
    expect(after('chapter-back', 1)).toBe(0);
  });

  test('to the start and to the end', () => {
    expect(after('end', 3)).toBe(45);
    expect(after('start', 3)).toBe(0);
  });

  test.each<[StepHow, number, string]>([
    ['into', 45, 'the run is at its end'],
    ['over', 45, 'the run is at its end'],
    ['out', 45, 'the run is at its end'],
    ['end', 45, 'the run is at its end'],
    ['back', 0, 'the run is at its start'],
    ['back-over', 0, 'the run is at its start'],
    ['chapter-back', 0, 'the run is at its start'],
  ])('%s from position %i is refused', (how, from, reason) => {
    rig.frame({ type: 'seek', to: from });
    rig.send({ type: 'step', how });
    expect(rig.events.at(-1)).toEqual({ type: 'rejected', command: 'step', reason });
  });
});
