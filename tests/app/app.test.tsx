// @vitest-environment happy-dom
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from '../../src/app/App.tsx';
import { Boundary } from '../../src/app/Boundary.tsx';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { appStore } from '../../src/store/store.ts';
import { freshPage, sentTo } from '../harness/page.ts';

let engine: ReturnType<typeof freshPage>;
const position = () => appStore.getState().position;
const press = (key: string, more: KeyboardEventInit = {}, target: Element = document.body) =>
  fireEvent.keyDown(target, { key, ...more });

/** Lays the page out as if the window were that wide. */
function widen(width: number): void {
  (window as unknown as { happyDOM: { setViewport(size: { width: number }): void } }).happyDOM.setViewport({
    width,
  });
}

beforeEach(() => {
  widen(1440);
  engine = freshPage();
  commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
  sentTo(engine);
});

describe('shortcuts', () => {
  it('move through the run', () => {
    render(<App />);
    const after = (key: string, more?: KeyboardEventInit) => {
      press(key, more);
      return position();
    };
    expect(after('ArrowRight')).toBe(1);
    expect(after('ArrowRight', { shiftKey: true })).toBe(4);
    expect(after('ArrowUp')).toBe(10);
    expect(after('ArrowLeft')).toBe(9);
    expect(after('ArrowLeft', { shiftKey: true })).toBe(6);
    expect(after('PageDown')).toBe(26);
    expect(after('PageUp')).toBe(1);
    expect(after('End')).toBe(300);
    expect(after('Home')).toBe(0);
    press(' ');
    expect(appStore.getState().playing).toBe(true);
    press(' ');
    expect(appStore.getState().playing).toBe(false);
  });

  it('leave alone what has a use of its own for the key', async () => {
    render(<App />);
    press('ArrowRight', {}, await screen.findByLabelText('Grant frames'));
    press('ArrowRight', {}, screen.getByRole('radio', { name: '16' }));
    press('ArrowRight', {}, await screen.findByRole('tab', { name: 'Log' }));
    press(' ', {}, screen.getByRole('button', { name: 'Copy link' }));
    press('ArrowRight', { ctrlKey: true });
    press('ArrowUp', {}, screen.getByRole('tabpanel'));
    expect(sentTo(engine)).toEqual([]);
    press('ArrowRight', {}, screen.getByRole('button', { name: 'Copy link' }));
    expect(position()).toBe(1);
  });

  it('can be switched off in the help, which a question mark opens', async () => {
    render(<App />);
    press('?', { shiftKey: true });
    const dialog = await screen.findByRole<HTMLDialogElement>('dialog', { name: 'RingScope: help' });
    expect(dialog.open).toBe(true);
    fireEvent.click(screen.getByRole('checkbox', { name: 'Single-key shortcuts' }));
    press('ArrowRight');
    expect(position()).toBe(0);
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(dialog.open).toBe(false);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('the badge of the composite opens the help at what differs', async () => {
    render(<App />);
    fireEvent.click(await screen.findByRole('button', { name: /^composite/ }));
    const title = await screen.findByRole('heading', { name: 'How faithful this is' });
    expect(document.activeElement).toBe(title);
    expect(await screen.findByRole('searchbox', { name: /Search/ })).toBeTruthy();
  });
});

describe('what a screen reader hears', () => {
  it('is each step and what it changed; while playing nothing, then where that stopped', async () => {
    render(<App />);
    act(() => commands.seek(5));
    const { label } = appStore.getState().step!.stack.at(-1)!;
    const said =
      `Step 5, toolstack, frontend_changed: ${label}. Changed: machine frame 0x8f3c2, byte 0x010, ` +
      '0x00000001 to 0x00000019; dom0 be state, 2 to 4.';
    const spoken = () => screen.getAllByRole('status').find((one) => one.dataset['says'] === 'step')?.textContent;
    await waitFor(() => expect(spoken()).toBe(said));
    act(() => appStore.setState({ playing: true }));
    expect(spoken()).toBe('');
    act(() => appStore.setState({ playing: false }));
    expect(spoken()).toBe(`Paused at step 5. ${said}`);
    act(() => commands.seek(6));
    expect(spoken()).toMatch(/^Step 6, /);
  });
});

describe('marks', () => {
  it('are set and compared by their keys, whatever else the keyboard needs for the sign', () => {
    render(<App />);
    press('=');
    expect(screen.getByRole('alert').textContent).toContain('Mark two steps first');
    act(() => commands.seek(5));
    press('[');
    act(() => commands.seek(9));
    press(']', { ctrlKey: true, altKey: true, modifierAltGraph: true });
    expect(appStore.getState().marks).toMatchObject({ a: { position: 5 }, b: { position: 9 } });
    press('=', { shiftKey: true });
    expect(appStore.getState().comparison).toMatchObject({ from: 5, to: 9 });
  });
});

describe('messages', () => {
  it('a refusal is an alert and goes away on demand', () => {
    render(<App />);
    act(() => commands.choose('toolstack'));
    expect(screen.getByRole('alert').textContent).toContain(
      'toolstack cannot run: it waits for a watch event.',
    );
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('a defect says why, keeps what is shown, and leads back to its step', () => {
    const reload = vi.spyOn(location, 'reload').mockImplementation(() => {});
    render(<App />);
    act(() => commands.seek(30));
    act(() =>
      engine.emit({ type: 'fatal', reason: 'a thread has no stack', run: DEFAULT_RUN, position: 30 }),
    );
    expect(screen.getByRole('alert').textContent).toContain('a thread has no stack');
    expect(screen.getAllByText('step 30 of 300').length).toBeGreaterThan(0);
    fireEvent.click(screen.getByRole('button', { name: 'Start again from this link' }));
    expect(location.hash).toMatch(/\.30\.-\.-\.\w{4}$/);
    expect(reload).toHaveBeenCalledOnce();
    reload.mockRestore();
  });

  it('a part that cannot be drawn says so and leaves the others alone', () => {
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => {});
    let broken = true;
    const Part = () => {
      if (broken) throw new Error('no such ring');
      return <p>mended</p>;
    };
    render(
      <>
        <Boundary>
          <Part />
        </Boundary>
        <p>the rest</p>
      </>,
    );
    expect(screen.getByRole('alert').textContent).toContain('no such ring');
    expect(screen.getByText('the rest')).toBeTruthy();
    broken = false;
    fireEvent.click(screen.getByRole('button', { name: 'Draw it again' }));
    expect(screen.getByText('mended')).toBeTruthy();
    quiet.mockRestore();
  });
});

describe('the layout', () => {
  const shown = () =>
    ['Stage', 'Story', 'Lenses', 'Timeline'].filter(
      (name) => screen.queryByRole('region', { name }) !== null,
    );

  it('shows everything at once on a wide page', () => {
    render(<App />);
    expect(shown()).toEqual(['Stage', 'Story', 'Lenses', 'Timeline']);
    expect(screen.queryByRole('navigation')).toBeNull();
  });

  it('puts story and lenses into one drawer on a page of medium width', () => {
    widen(1024);
    render(<App />);
    expect(shown()).toEqual(['Stage', 'Story', 'Timeline']);
    fireEvent.click(screen.getByRole('button', { name: 'Lenses' }));
    expect(shown()).toEqual(['Stage', 'Lenses', 'Timeline']);
  });

  it('shows one view at a time on a narrow page, and the transport and what the run is always', () => {
    widen(390);
    render(<App />);
    expect(screen.getByText('composite').title).toContain('never merged');
    for (const view of ['Stage', 'Story', 'Lenses', 'Timeline']) {
      fireEvent.click(screen.getByRole('button', { name: view }));
      expect(shown()).toEqual([view]);
      expect(screen.getByRole('region', { name: 'Transport' })).toBeTruthy();
    }
  });
});

