import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { whenBegun } from '../../src/app/begin.ts';
import { appStore } from '../../src/store/store.ts';

const callback = vi.fn<() => void>();

beforeEach(() => {
  vi.useFakeTimers();
  callback.mockReset();
  appStore.setState({ frame: 0 });
});
afterEach(() => vi.useRealTimers());

it('calls back at the first frame, once', () => {
  whenBegun(callback);
  appStore.setState({ speed: 4 });
  expect(callback).not.toHaveBeenCalled();
  appStore.setState({ frame: 1 });
  appStore.setState({ frame: 2 });
  vi.runAllTimers();
  expect(callback).toHaveBeenCalledOnce();
});

it('calls back at once if there has been one', () => {
  appStore.setState({ frame: 3 });
  whenBegun(callback);
  expect(callback).toHaveBeenCalledOnce();
});

it('does not wait for long, and not again after that', () => {
  whenBegun(callback);
  vi.runAllTimers();
  expect(callback).toHaveBeenCalledOnce();
  appStore.setState({ frame: 1 });
  expect(callback).toHaveBeenCalledOnce();
});
