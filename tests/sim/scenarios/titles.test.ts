import { expect, test } from 'vitest';
import { scenarios } from '../../../src/sim/index.ts';

test('every title begins with a capital, after the kind of a fault or bug as well, unless with a name from the code', () => {
  const wrong = scenarios.map(({ title }) => title.replace(/^(Fault|Bug): /, '')).filter((title) => !/^([A-Z]|\w+_\w)/.test(title));
  expect(wrong).toEqual([]);
});

test('no title or chapter capitalises one word after another', () => {
  const titles = scenarios.flatMap(({ title, chapters }) => [title, ...chapters.map((chapter) => chapter.title)]);
  const names = /^(Connected|Closed|Closing|Xen|EAGAIN|A|The)$/;
  const capitals = titles.flatMap((title) => title.replace(/^(Fault|Bug): \S+ /, '').split(' ').slice(1))
    .filter((word) => /^[A-Z]/.test(word) && !names.test(word));
  expect(capitals).toEqual([]);
});
