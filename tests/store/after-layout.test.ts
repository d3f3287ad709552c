import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let pictures: (() => void)[] = [];

beforeEach(() => {
  pictures = [];
  vi.useFakeTimers();
  vi.resetModules();
  vi.stubGlobal('requestAnimationFrame', (then: () => void) => pictures.push(then));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function draw(): void {
  for (const then of pictures.splice(0)) then();
}

it('calls all back after one picture, with one timer', async () => {
  const { afterLayout } = await import('../../src/store/after-layout.ts');
  const called: string[] = [];
  afterLayout(() => called.push('a'));
  afterLayout(() => called.push('b'));
  expect(pictures).toHaveLength(1);
  draw();
  expect(called).toEqual([]);
  expect(vi.getTimerCount()).toBe(1);
  vi.runAllTimers();
  expect(called).toEqual(['a', 'b']);
});

it('lets what comes after a picture wait for the next one', async () => {
  const { afterLayout } = await import('../../src/store/after-layout.ts');
  const called: string[] = [];
  afterLayout(() => called.push('a'));
  draw();
  afterLayout(() => called.push('b'));
  vi.runAllTimers();
  expect(called).toEqual(['a']);
  draw();
  vi.runAllTimers();
  expect(called).toEqual(['a', 'b']);
});

it('can be called off before the picture and after it', async () => {
  const { afterLayout } = await import('../../src/store/after-layout.ts');
  const called: string[] = [];
  afterLayout(() => called.push('a'))();
  const off = afterLayout(() => called.push('b'));
  afterLayout(() => called.push('c'));
  draw();
  off();
  vi.runAllTimers();
  expect(called).toEqual(['c']);
});
