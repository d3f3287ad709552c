// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepPlaying } from '../../src/embed/playing.ts';
import { commands } from '../../src/store/commands.ts';
import { appStore } from '../../src/store/store.ts';
import { fakeOutline } from '../harness/fake-engine.ts';

/** Longer than the end is shown. */
const LONG_MS = 5000;

let seen: (visible: boolean) => void = () => {};
let stop = (): void => {};
const play = vi.spyOn(commands, 'play').mockImplementation(() => {});

beforeEach(() => {
  vi.useFakeTimers();
  play.mockClear();
  vi.stubGlobal('IntersectionObserver', class {
    constructor(listener: (entries: { isIntersecting: boolean }[]) => void) {
      seen = (visible) => listener([{ isIntersecting: visible }]);
    }
    observe(): void {}
    disconnect(): void {}
  });
  appStore.setState({ ...appStore.getInitialState(), outline: fakeOutline(appStore.getInitialState().run, 9), position: 5, playing: true }, true);
  stop = keepPlaying({ autoplay: false, loop: true }, document.body);
  seen(true);
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('what goes round and round', () => {
  it('begins again when the end has been looked at', () => {
    appStore.setState({ position: 9 });
    appStore.setState({ playing: false });
    expect(play).not.toHaveBeenCalled();
    vi.advanceTimersByTime(LONG_MS);
    expect(play).toHaveBeenCalledOnce();
  });

  it('does so too where the last picture comes after the word that it stopped', () => {
    appStore.setState({ playing: false });
    appStore.setState({ position: 9 });
    vi.advanceTimersByTime(LONG_MS);
    expect(play).toHaveBeenCalledOnce();
  });

  it('stays where somebody paused it, also when they then step to the end', () => {
    appStore.setState({ playing: false });
    appStore.setState({ position: 6 });
    appStore.setState({ position: 9 });
    vi.advanceTimersByTime(LONG_MS);
    expect(play).not.toHaveBeenCalled();
  });

  it('waits out of sight, and goes on when it is seen again', () => {
    seen(false);
    appStore.setState({ position: 9 });
    appStore.setState({ playing: false });
    vi.advanceTimersByTime(LONG_MS);
    expect(play).not.toHaveBeenCalled();
    seen(true);
    expect(play).toHaveBeenCalledOnce();
  });
});
