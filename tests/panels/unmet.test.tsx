// @vitest-environment happy-dom
import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import Unmet from '../../src/panels/timeline/Unmet.tsx';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { appStore } from '../../src/store/store.ts';
import type { Breakpoint, Stop } from '../../src/store/store.ts';
import { freshPage } from '../harness/page.ts';

const LENGTH = 8;
let engine: ReturnType<typeof freshPage>;

beforeEach(() => {
  vi.useFakeTimers();
  engine = freshPage(LENGTH);
  commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
});

afterEach(() => {
  vi.useRealTimers();
});

const stopOf = (fn: string): Stop => ({ kind: 'function', fn });
const breakpoint = (fn: string, on = true): Breakpoint => ({ stop: stopOf(fn), name: `${fn} is entered`, on });
const said = (): string | null => screen.getByRole('status').textContent;

function begin(...breakpoints: Breakpoint[]): void {
  commands.setBreakpoints(breakpoints);
  render(<Unmet />);
}

function playOut(): void {
  act(() => commands.play());
  act(() => void vi.advanceTimersByTime(60_000));
  expect(appStore.getState()).toMatchObject({ playing: false, position: LENGTH });
}

describe('a run that played to its end past a breakpoint', () => {
  it('names the one that was not met, until something else is done', () => {
    begin(breakpoint('connect'), breakpoint('probe', false));
    expect(said()).toBe('');
    playOut();
    expect(said()).toContain('The run ended without meeting the breakpoint: connect is entered');
    fireEvent.keyDown(document.body, { key: 'Tab' });
    expect(said()).not.toBe('');
    fireEvent.keyDown(document.body, { key: 'ArrowLeft' });
    expect(said()).toBe('');
  });

  it('counts several, and says from where it played', () => {
    commands.seek(3);
    begin(breakpoint('connect'), breakpoint('probe'));
    playOut();
    expect(said()).toContain('Played from step 3 to the end without meeting 2 breakpoints');
    // From the end it begins anew.
    playOut();
    expect(said()).toContain('The run ended without meeting 2 breakpoints');
    act(() => commands.seek(2));
    expect(said()).toBe('');
  });

  it('says from where it played also when it begins to look while that is under way', () => {
    commands.seek(3);
    commands.setBreakpoints([breakpoint('connect')]);
    act(() => commands.play());
    act(() => void vi.advanceTimersByTime(1000));
    const { playing, position } = appStore.getState();
    expect(playing).toBe(true);
    expect(position).toBeGreaterThan(3);
    render(<Unmet />);
    act(() => void vi.advanceTimersByTime(60_000));
    expect(said()).toContain('Played from step 3 to the end without meeting the breakpoint: connect is entered');
  });

  it('names none that stopped it before, and looks for one from when it was set', () => {
    begin(breakpoint('connect'));
    act(() => commands.seek(2));
    act(() => engine.emit({ type: 'stopped', position: 2, stop: stopOf('connect') }));
    playOut();
    expect(said()).toBe('');
    act(() => commands.seek(2));
    act(() => commands.setBreakpoints([breakpoint('connect'), breakpoint('probe')]));
    playOut();
    expect(said()).toContain('Played from step 2 to the end without meeting the breakpoint: probe is entered');
    // Another run may not meet it.
    act(() => commands.open({ ...DEFAULT_RUN, choices: [[1, 'domU xenbus']] }, { kind: 'position', position: 0 }));
    expect(said()).toBe('');
    playOut();
    expect(said()).toContain('without meeting 2 breakpoints');
  });

  it('says nothing where it paused, stopped at its last step, or was led to its end', () => {
    begin(breakpoint('connect'));
    act(() => commands.play());
    act(() => void vi.advanceTimersByTime(1000));
    act(() => commands.pause());
    expect(said()).toBe('');
    act(() => commands.step('end'));
    expect(said()).toBe('');
    act(() => commands.seek(LENGTH - 1));
    act(() => {
      engine.emit({ type: 'playing', playing: true });
      commands.seek(LENGTH);
      engine.emit({ type: 'playing', playing: true });
      engine.emit({ type: 'stopped', position: LENGTH, stop: stopOf('connect') });
      engine.emit({ type: 'playing', playing: false });
    });
    expect(said()).toBe('');
  });
});
