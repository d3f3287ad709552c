import { describe, expect, it } from 'vitest';
import { fitted, widthOf, wrapped } from '../../src/picture/text.ts';

const TYPE = { size: 10 };

describe('widthOf', () => {
  it('grows with every character, with the size and with the weight', () => {
    expect(widthOf('', TYPE)).toBe(0);
    expect(widthOf('ill', TYPE)).toBeLessThan(widthOf('WWW', TYPE));
    expect(widthOf('abc', { size: 20 })).toBeCloseTo(2 * widthOf('abc', TYPE));
    expect(widthOf('abc', { ...TYPE, bold: true })).toBeGreaterThan(widthOf('abc', TYPE));
  });

  it('takes what it does not know for wide, also where the pitch is fixed', () => {
    expect(widthOf('環', TYPE)).toBeGreaterThanOrEqual(10);
    expect(widthOf('環', { ...TYPE, mono: true })).toBeGreaterThanOrEqual(10);
    expect(widthOf('il', { ...TYPE, mono: true })).toBe(widthOf('WM', { ...TYPE, mono: true }));
  });
});

describe('fitted', () => {
  it('leaves what fits', () => {
    expect(fitted('short', 1000, TYPE)).toBe('short');
  });

  it('cuts the end, or the beginning, and what is left fits', () => {
    const text = 'a rather long line of text';
    for (const width of [20, 40, 80]) {
      const [end, start] = [fitted(text, width, TYPE), fitted(text, width, TYPE, 'start')];
      expect(end).toMatch(/^a.*…$/);
      expect(start).toMatch(/^….*t$/);
      expect(Math.max(widthOf(end, TYPE), widthOf(start, TYPE))).toBeLessThanOrEqual(width);
    }
  });

  it('is nothing where not even an ellipsis fits', () => {
    expect(fitted('text', 5, TYPE)).toBe('');
  });

  it('cuts no character into halves', () => {
    expect(fitted('🙂🙂🙂', 25, TYPE)).toBe('🙂…');
  });
});

describe('wrapped', () => {
  it('has every word, in lines that fit', () => {
    const text = 'one two three four five six';
    const lines = wrapped(text, 70, TYPE, 10);
    expect(lines.join(' ')).toBe(text);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.filter((line) => widthOf(line, TYPE) > 70)).toEqual([]);
  });

  it('ends with an ellipsis where there are too many, also within a long word', () => {
    expect(wrapped('one two three four five six', 50, TYPE, 2)).toHaveLength(2);
    expect(wrapped('one two three four five six', 50, TYPE, 2).at(-1)).toMatch(/…$/);
    expect(wrapped('x'.repeat(50), 50, TYPE, 3)).toEqual([expect.stringMatching(/^x+…$/)]);
  });
});
