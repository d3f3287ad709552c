import { anything, assert, constantFrom, oneof, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessage } from '../../src/embed/messages.ts';

describe('a message of the page around', () => {
  it.each([
    { type: 'ping' },
    { type: 'open', link: '#v1.x' },
    { type: 'step', how: 'over' },
    { type: 'seek', to: 12 },
    { type: 'seek', to: 'xenvif_connect#map_tx' },
    { type: 'play', speed: 4 },
    { type: 'play', speed: 0.5 },
    { type: 'pause' },
    { type: 'setTheme', theme: 'dark' },
    { type: 'getState', id: 'q1' },
  ])('%j is understood', (message) => {
    expect(readMessage({ ringscope: 1, ...message })).toEqual({ message });
  });

  it('steps into where it does not say how', () => {
    expect(readMessage({ ringscope: 1, type: 'step' })).toEqual({ message: { type: 'step', how: 'into' } });
  });

  it.each([null, undefined, 1, 'ringscope', [], {}, { type: 'ping' }])('%j is for somebody else', (data) => {
    expect(readMessage(data)).toBeNull();
  });

  it.each([
    [{ ringscope: 2, type: 'ping' }, /^ringscope: 2, but this frame speaks version 1$/],
    [{ ringscope: 1 }, /^type: /],
    [{ ringscope: 1, type: 'reboot' }, /^type: /],
    [{ ringscope: 1, type: 'seek', to: -1 }, /^to: /],
    [{ ringscope: 1, type: 'seek', to: 1.5 }, /^to: /],
    [{ ringscope: 1, type: 'seek', to: 'x'.repeat(4001) }, /^to: /],
    [{ ringscope: 1, type: 'play', speed: 3 }, /^speed: /],
    [{ ringscope: 1, type: 'setTheme', theme: '<b>' }, /^theme: /],
    [{ ringscope: 1, type: 'open', link: 7 }, /^link: /],
    [{ ringscope: 1, type: 'getState', id: {} }, /^id: /],
  ])('%j says what is wrong with it', (data, why) => {
    expect(readMessage(data)).toEqual({ wrong: expect.stringMatching(why) as string });
  });

  it('of any other kind never throws, and never has a long complaint', () => {
    const kinds = constantFrom('ping', 'open', 'step', 'seek', 'play', 'pause', 'setTheme', 'getState', 'state', '__proto__');
    const hostile = record(
      { ringscope: constantFrom(1, '1', 2, null), type: oneof(kinds, anything()), link: anything(), how: anything(), to: anything(), id: anything() },
      { requiredKeys: ['ringscope'] },
    );
    assert(
      property(oneof(hostile, anything()), (data) => {
        const read = readMessage(data);
        if (read !== null && 'wrong' in read) expect(read.wrong.length).toBeLessThan(400);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});
