import { describe, expect, it } from 'vitest';
import { manyPackets } from '../../tools/bench/far-step.ts';
import { atLeast, atMost, quantile } from '../../tools/bench/figure.ts';
import { picturesIn } from '../../tools/bench/frames.ts';
import { perMark, readTrace, stretchesOf } from '../../tools/bench/trace.ts';
import type { TraceEvent } from '../../tools/bench/trace.ts';

/** An event of the page's main thread; times in milliseconds. */
function event(name: string, at: number, rest: Partial<TraceEvent> & { ms?: number; ran?: number } = {}): TraceEvent {
  const { ms = 0, ran = ms, ...fields } = rest;
  return { name, ph: 'X', pid: 1, tid: 1, ts: at * 1000, dur: ms * 1000, tdur: ran * 1000, ...fields };
}

const mark = (which: 'begin' | 'end', at: number): TraceEvent => event(`bench-${which}`, at, { ph: 'R' });

function picture(at: number, state: string, pid = 1): TraceEvent {
  return event('PipelineReporter', at, { ph: 'b', tid: 2, pid, args: { frame_reporter: { state } } });
}

describe('a figure', () => {
  it('keeps its promise at the limit, and breaks it beyond', () => {
    expect(atMost(3, { name: 'script', value: 3, unit: 'ms' }).ok).toBe(true);
    expect(atMost(3, { name: 'script', value: 3.001, unit: 'ms' }).ok).toBe(false);
    expect(atLeast(50, { name: 'frames', value: 50, unit: 'frames/s' }).ok).toBe(true);
    expect(atLeast(50, { name: 'frames', value: 49.9, unit: 'frames/s' }).ok).toBe(false);
  });

  it('is a value that was measured: the median of an even number is the lower one', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2);
    expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.95)).toBe(10);
    expect(() => quantile([], 0.5)).toThrow('nothing was measured');
  });
});

describe('a trace', () => {
  it('counts script by the outermost call, by the time that the thread ran, in the step in which it begins', () => {
    const main = readTrace([
      mark('begin', 10),
      event('FunctionCall', 11, { ms: 6, ran: 4 }),
      event('EventDispatch', 12, { ms: 1 }),
      event('Layout', 13, { ms: 2, ran: 1 }),
      mark('end', 20),
      event('FunctionCall', 21, { ms: 5 }),
      mark('begin', 30),
      event('TimerFire', 31, { ms: 2 }),
      event('TimerFire', 32, { ms: 2, tid: 7 }),
      mark('end', 40),
    ]);
    expect(main.marked).toEqual([{ begin: 10, end: 20 }, { begin: 30, end: 40 }]);
    expect(perMark(main.script, main.marked).map(({ cpu }) => cpu)).toEqual([4, 2]);
    expect(perMark(main.script, main.marked).map(({ wall }) => wall)).toEqual([6, 2]);
    expect(perMark(main.forced, main.marked).map(({ cpu }) => cpu)).toEqual([1, 0]);
  });

  it('without marks is refused', () => {
    expect(() => readTrace([event('FunctionCall', 1)])).toThrow('no mark of the driver');
    expect(stretchesOf([])).toEqual([]);
  });
});

describe('pictures', () => {
  it('are those of the page that came whole onto the screen in the stretch', () => {
    const events = [
      mark('begin', 100),
      picture(99, 'STATE_PRESENTED_ALL'),
      picture(100, 'STATE_PRESENTED_ALL'),
      picture(150, 'STATE_DROPPED'),
      picture(160, 'STATE_PRESENTED_PARTIAL'),
      picture(170, 'STATE_PRESENTED_ALL', 2),
      picture(180, 'STATE_PRESENTED_ALL'),
      event('PipelineReporter', 181, { ph: 'e', tid: 2 }),
      mark('end', 600),
      picture(600, 'STATE_PRESENTED_ALL'),
    ];
    expect(picturesIn(events)).toEqual({ pictures: 2, seconds: 0.5 });
    expect(() => picturesIn([])).toThrow('no marks of the driver');
  });
});

describe('many packets', () => {
  it('set out one after another, each when the one before has come to rest, past where they are to lead', () => {
    const config = { txPages: 1, rxPages: 1, queues: 1, maxGrantFrames: 64, backend: 'pv' } as const;
    const { choices, from } = manyPackets(config, 1000, 50);
    const places = choices.map(([at]) => at);
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
    expect(new Set(choices.map(([, who]) => who))).toEqual(new Set(['act:send-to-guest']));
    expect(from).toBe(places.find((at) => at >= 1000));
    expect(choices.length).toBeGreaterThan(5);
  });
});
