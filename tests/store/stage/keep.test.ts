import { expect, test } from 'vitest';
import { keep } from '../../../src/store/stage/keep.ts';

test('what is equal stays the same object, whatever its depth', () => {
  const old = { a: [{ b: 1 }, { b: 2 }], c: { d: null }, e: [1] };
  const now = keep(old, { a: [{ b: 1 }, { b: 3 }], c: { d: null }, e: [1] });
  expect(now).toEqual({ a: [{ b: 1 }, { b: 3 }], c: { d: null }, e: [1] });
  expect(now.a[0]).toBe(old.a[0]);
  expect(now.a[1]).not.toBe(old.a[1]);
  expect(now.c).toBe(old.c);
  expect(now.e).toBe(old.e);
  expect(keep(old, structuredClone(old))).toBe(old);
});

test('a list that grows or shrinks is another list of the same items', () => {
  const old = [{ a: 1 }, { a: 2 }];
  const longer = keep(old, [{ a: 1 }, { a: 2 }, { a: 3 }]);
  expect(longer).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
  expect(longer[1]).toBe(old[1]);
  expect(keep(old, [{ a: 1 }])).toEqual([{ a: 1 }]);
});

test('a field that is gone, new or of another kind is a change', () => {
  expect(keep({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
  expect(keep({ a: 1 }, { b: undefined })).toStrictEqual({ b: undefined });
  expect(keep({ a: [] }, { a: {} })).toEqual({ a: {} });
  expect(keep({ a: {} }, { a: null })).toEqual({ a: null });
  expect(keep(null, { a: 1 })).toEqual({ a: 1 });
});

test('neither argument is modified', () => {
  const old = Object.freeze({ a: Object.freeze([Object.freeze({ b: 1 })]) });
  const now = Object.freeze({ a: Object.freeze([Object.freeze({ b: 1 }), Object.freeze({ b: 2 })]) });
  expect(keep(old, now)).toEqual({ a: [{ b: 1 }, { b: 2 }] });
});
