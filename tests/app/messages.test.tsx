// @vitest-environment happy-dom
import { act, fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { Opening, StaleMessage } from '../../src/app/Messages.tsx';
import { noticeStaleParts } from '../../src/app/later.ts';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { appStore } from '../../src/store/store.ts';
import { freshPage, sentTo } from '../harness/page.ts';

let engine: ReturnType<typeof freshPage>;

beforeEach(() => {
  engine = freshPage();
  commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
  sentTo(engine);
});

it('a run that takes its time says how far it is, and can be given up for the one before', () => {
  render(<Opening />);
  expect(screen.queryByRole('status')).toBeNull();
  const other = { ...DEFAULT_RUN, config: { ...DEFAULT_RUN.config, txPages: 16 as const } };
  act(() => appStore.setState({ run: other, opening: 4000 }));
  expect(screen.getByRole('status').textContent).toContain('4000 steps so far');
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(sentTo(engine)).toEqual([{ type: 'cancel' }]);
  expect(appStore.getState().run).toEqual(DEFAULT_RUN);
});

it('the first run of all, and a branch, have nothing to go back to', () => {
  render(<Opening />);
  act(() => appStore.setState({ opening: 4000 }));
  expect(screen.getByRole('status').textContent).toContain('4000 steps so far');
  expect(screen.queryByRole('button')).toBeNull();
});

it('a part of the page that does not come is told, with a way to reload', () => {
  const stop = noticeStaleParts();
  render(<StaleMessage />);
  expect(screen.queryByRole('alert')).toBeNull();
  act(() => void dispatchEvent(new Event('vite:preloadError')));
  expect(screen.getByRole('alert').textContent).toContain('could not be loaded');
  expect(screen.getByRole('button', { name: 'Reload at this step' })).toBeTruthy();
  stop();
});
