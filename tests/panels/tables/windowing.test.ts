import { expect, it } from 'vitest';
import { drawnRows, topToReach, topToShow } from '../../../src/panels/lenses/table/windowing.ts';

it('draws what can be seen and a little more, never beyond the list', () => {
  expect(drawnRows(0, 96, 24, 100_000)).toEqual([0, 8]);
  expect(drawnRows(24_000, 96, 24, 100_000)).toEqual([996, 1008]);
  expect(drawnRows(24_000, 96, 24, 10)).toEqual([10, 10]);
  expect(drawnRows(0, 96, 24, 0)).toEqual([0, 0]);
});

it('scrolls to a row only when it cannot be seen', () => {
  expect(topToShow(3, 24, 96, 24)).toBe(24);
  expect(topToShow(100, 24, 96, 24)).toBe(99 * 24);
  expect(topToShow(0, 240, 96, 24)).toBe(0);
  expect(topToReach(4, 0, 96, 24)).toBe(24);
  expect(topToReach(2, 240, 96, 24)).toBe(48);
  expect(topToReach(11, 240, 96, 24)).toBe(240);
});
