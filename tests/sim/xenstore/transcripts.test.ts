import { describe, expect, it } from 'vitest';
import { Transcript } from './replay.ts';

// Left out: payloads that are no well-formed request (the wire is not modelled), and requests about domains.
describe('recorded transcripts of the C daemon', () => {
  it.each([
    ['basic', 211, { 'malformed payload': 15, 'other request type': 27 }],
    ['watch', 96, { 'malformed payload': 7 }],
    ['tx', 254, { 'malformed payload': 5, 'other request type': 1 }],
    ['perms-socket', 105, { 'malformed payload': 3 }],
    ['rand-0', 470, { 'other request type': 2 }],
  ])('%s: every reply and event is the same, in %i requests', (name, compared, skipped) => {
    const file = new URL(`../../fixtures/vectors/xenstore/head-${name}.jsonl`, import.meta.url);
    const replay = Transcript.replay(file);
    expect(replay.differences).toEqual([]);
    expect({ compared: replay.compared, skipped: replay.skipped }).toEqual({ compared, skipped });
  });
});
