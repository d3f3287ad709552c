import { describe, expect, it } from 'vitest';
import { chapterAt, chapterEnd, chapterIndex, keyOf, lastPositionOf, positionOfKey } from '../../src/store/outline.ts';
import type { Outline } from '../../src/store/store.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';

/** Steps a b a | c a b, in two chapters. */
const outline: Outline = {
  run: DEFAULT_RUN,
  length: 6,
  threads: [{ name: 't', party: 'dom0' }],
  thread: new Uint8Array(6),
  key: Uint16Array.from([0, 1, 0, 2, 0, 1]),
  depth: new Uint8Array(6),
  floor: new Int8Array(6),
  inXen: new Uint8Array(6),
  inXenstored: new Uint8Array(6),
  keys: ['f#a', 'f#b', 'g#c'],
  chapters: [
    { id: 'one', title: 'One', at: 0 },
    { id: 'two', title: 'Two', at: 3 },
  ],
  messages: [],
};

describe('the chapter shown at a position', () => {
  it('is that of the step which led there', () => {
    expect([0, 1, 3, 4, 6].map((position) => chapterIndex(outline, position))).toEqual([0, 0, 0, 1, 1]);
    expect(chapterAt(outline, 4)?.title).toBe('Two');
  });

  it('is none before a chapter that begins with what somebody chose', () => {
    const [, second] = outline.chapters;
    expect([3, 4].map((position) => chapterIndex({ ...outline, chapters: [second!] }, position))).toEqual([-1, 0]);
  });

  it('is none where there are no chapters', () => {
    expect(chapterIndex({ ...outline, chapters: [] }, 3)).toBe(-1);
    expect(chapterAt({ ...outline, chapters: [] }, 3)).toBeUndefined();
  });

  it('ends where the next begins, or with the run', () => {
    expect([chapterEnd(outline, 0), chapterEnd(outline, 1)]).toEqual([3, 6]);
  });
});

describe('the key of a step', () => {
  it('counts occurrences from 1, from the beginning or from a step on', () => {
    expect(keyOf(outline, 4)).toEqual({ key: 'f#a', occurrence: 3 });
    expect(keyOf(outline, 4, 3)).toEqual({ key: 'f#a', occurrence: 1 });
    expect(keyOf(outline, -1)).toBeUndefined();
  });

  it('leads back to the position after its step', () => {
    for (let n = 0; n < outline.length; n++) {
      const { key, occurrence } = keyOf(outline, n)!;
      expect(positionOfKey(outline, key, occurrence)).toBe(n + 1);
    }
  });

  it('is not found beyond its last occurrence, outside the range, or if it never occurs', () => {
    expect(positionOfKey(outline, 'f#b', 3)).toBeUndefined();
    expect(positionOfKey(outline, 'g#c', 1, 0, 3)).toBeUndefined();
    expect(positionOfKey(outline, 'h#d', 1)).toBeUndefined();
  });

  it('is found as the last of some up to a position', () => {
    expect([0, 1, 3, 5].map((position) => lastPositionOf(outline, ['f#b', 'g#c'], position)))
      .toEqual([undefined, undefined, 2, 4]);
  });
});
