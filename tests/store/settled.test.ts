// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { settledStore } from '../../src/store/settled.ts';
import { appStore } from '../../src/store/store.ts';

let pictures: (() => void)[];
let told: number[];
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  pictures = [];
  vi.stubGlobal('requestAnimationFrame', (then: () => void) => pictures.push(then));
  appStore.setState({ playing: false, frame: 0 });
  told = [];
  stop = settledStore.subscribe(({ frame }) => told.push(frame));
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function draw(): void {
  for (const then of pictures.splice(0)) then();
}

/** As a step of a run that plays, so many milliseconds after the one before. */
function play(frame: number, ms: number): void {
  vi.advanceTimersByTime(ms);
  appStore.setState({ frame });
  draw();
}

it('tells of each step at once while nothing plays', () => {
  appStore.setState({ frame: 1 });
  appStore.setState({ frame: 2 });
  expect(told).toEqual([1, 2]);
});

it('tells of a step that plays after its picture', () => {
  appStore.setState({ playing: true });
  vi.advanceTimersByTime(1000);
  told = [];
  appStore.setState({ frame: 1 });
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([]);
  draw();
  vi.advanceTimersByTime(0);
  expect(told).toEqual([1]);
});

it('tells of some of the steps that play fast, of the last one too, and of where it is as soon as that ends', () => {
  appStore.setState({ playing: true });
  told = [];
  for (let frame = 1; frame <= 16; frame++) play(frame, 1000 / 32);
  expect(told.length).toBeLessThanOrEqual(2);
  vi.advanceTimersByTime(1000);
  expect(told.at(-1)).toBe(16);
  play(17, 1000);
  play(18, 1000 / 32);
  expect(told.at(-1)).toBe(17);
  appStore.setState({ playing: false });
  expect(told.at(-1)).toBe(18);
});
