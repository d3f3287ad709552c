// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

/** Those that observe the page's root: each is told of it once, when the page is laid out. */
let observers: Set<() => void>;

beforeEach(() => {
  observers = new Set();
  vi.resetModules();
  vi.stubGlobal('ResizeObserver', class {
    private readonly callback: () => void;

    constructor(callback: () => void) {
      this.callback = callback;
    }

    observe(target: Element): void {
      if (target === document.documentElement) observers.add(this.callback);
    }

    disconnect(): void {
      observers.delete(this.callback);
    }
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function layOut(): void {
  // Those that come meanwhile belong to another layout.
  const due = [...observers];
  for (const callback of due) callback();
}

it('calls all back after one layout, with one observer, and then no more', async () => {
  const { afterLayout } = await import('../../src/store/after-layout.ts');
  const called: string[] = [];
  afterLayout(() => called.push('a'));
  afterLayout(() => called.push('b'));
  expect(observers.size).toBe(1);
  expect(called).toEqual([]);
  layOut();
  expect(called).toEqual(['a', 'b']);
  expect(observers.size).toBe(0);
});

it('has whoever looks where something is wait for whoever scrolls it', async () => {
  const { afterLayout } = await import('../../src/store/after-layout.ts');
  const called: string[] = [];
  afterLayout(() => called.push('looks'), true);
  afterLayout(() => called.push('scrolls'));
  layOut();
  expect(called).toEqual(['scrolls', 'looks']);
});

it('calls back at once whoever comes while it does, and after that with the next picture', async () => {
  const { afterLayout } = await import('../../src/store/after-layout.ts');
  const pictures: (() => void)[] = [];
  vi.stubGlobal('requestAnimationFrame', (then: () => void) => pictures.push(then));
  let times = 0;
  const again = (): void => {
    times++;
    if (times < 3) afterLayout(again);
  };
  afterLayout(again);
  layOut();
  expect(times).toBe(2);
  expect(observers.size).toBe(0);
  for (const picture of pictures.splice(0)) picture();
  layOut();
  expect(times).toBe(3);
  expect(observers.size).toBe(0);
  expect(pictures).toHaveLength(0);
});

it('can be called off, as long as it was not called', async () => {
  const { afterLayout } = await import('../../src/store/after-layout.ts');
  const called: string[] = [];
  afterLayout(() => called.push('a'))();
  afterLayout(() => off());
  const off = afterLayout(() => called.push('b'));
  afterLayout(() => called.push('c'));
  layOut();
  expect(called).toEqual(['c']);
});
