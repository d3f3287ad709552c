// @vitest-environment happy-dom
import { act, fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LensesPanel } from '../../src/panels/lenses/Panel.tsx';
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

describe('the lenses', () => {
  it('are tabs that arrow keys move between, round and round', () => {
    render(<LensesPanel />);
    const tab = (name: RegExp) => screen.getByRole('tab', { name });
    expect(tab(/Xenstore/).getAttribute('aria-selected')).toBe('true');
    fireEvent.keyDown(tab(/Xenstore/), { key: 'ArrowRight' });
    expect(tab(/Grants/).getAttribute('aria-selected')).toBe('true');
    fireEvent.keyDown(tab(/Grants/), { key: 'End' });
    fireEvent.keyDown(tab(/Choices/), { key: 'ArrowLeft' });
    expect(tab(/Log/).getAttribute('aria-selected')).toBe('true');
    fireEvent.keyDown(tab(/Log/), { key: 'ArrowRight' });
    expect(tab(/Choices/).getAttribute('aria-selected')).toBe('true');
    expect(document.activeElement).toBe(tab(/Choices/));
    fireEvent.keyDown(tab(/Choices/), { key: 'End' });
    fireEvent.keyDown(tab(/Choices/), { key: 'ArrowRight' });
    expect(tab(/Rings/).getAttribute('aria-selected')).toBe('true');
    expect(screen.getByRole('tabpanel').getAttribute('aria-labelledby')).toBe(tab(/Rings/).id);
  });

  it('say what will be there before there is anything', async () => {
    render(<LensesPanel />);
    expect(await screen.findByText(/^No keys yet/)).toBeTruthy();
    fireEvent.click(screen.getByRole('tab', { name: 'Log' }));
    expect(await screen.findByText(/^Neither kernel has printed anything yet/)).toBeTruthy();
  });

  it('close and open by a button, and open for a tab that is chosen', () => {
    const onToggle = vi.fn<(open: boolean) => void>();
    const { rerender } = render(<LensesPanel open onToggle={onToggle} />);
    fireEvent.click(screen.getByRole('button', { name: 'Close the lenses', expanded: true }));
    expect(onToggle).toHaveBeenLastCalledWith(false);
    rerender(<LensesPanel open={false} onToggle={onToggle} />);
    expect(screen.queryByRole('tabpanel')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Open the lenses', expanded: false }));
    fireEvent.click(screen.getByRole('tab', { name: 'Log' }));
    expect(onToggle.mock.calls).toEqual([[false], [true], [true]]);
  });

  it('say no number of threads where none could run, for then a person may still do something', () => {
    render(<LensesPanel />);
    expect(screen.getByRole('tab', { name: 'Choices 2' })).toBeTruthy();
    act(() => appStore.setState({ choices: [] }));
    expect(screen.getByRole('tab', { name: 'Choices' })).toBeTruthy();
  });

  it('offer what could run now and let a person choose it', async () => {
    render(<LensesPanel />);
    fireEvent.click(screen.getByRole('tab', { name: 'Choices 2' }));
    const [natural, other] = await screen.findAllByRole('listitem');
    expect(natural?.textContent).toContain('natural order');
    expect(other?.textContent).not.toContain('natural order');
    fireEvent.click(screen.getByRole('button', { name: /^Run it: domU xenwatch/ }));
    expect(sentTo(engine)).toEqual([{ type: 'choose', thread: 'domU xenwatch' }]);
  });

  it('say which order the run is in: before a branch leaves the natural one, where it does, and after', async () => {
    const { outline, choices } = appStore.getState();
    const [first, second] = choices;
    const at = (position: number) => act(() => appStore.setState({
      position, outline: { ...outline!, run: { ...outline!.run, choices: [[5, second!.thread]] } },
    }));
    appStore.setState({ lens: 'choices' });
    at(5);
    render(<LensesPanel />);
    expect(await screen.findByText(/^This branch leaves the natural order only after step 5\./)).toBeTruthy();
    const row = (thread: string) => screen.getByText(thread).closest('li')!.textContent;
    expect(row(first!.thread)).toContain('natural order');
    expect(row(second!.thread)).toContain('runs in this branch');
    at(6);
    expect(screen.getByText(/^This branch last left the natural order after step 5\./)).toBeTruthy();
    expect(row(first!.thread)).not.toMatch(/natural order$/);
    expect(row(first!.thread)).toContain('natural order from here');
    expect(row(second!.thread)).not.toContain('runs in this branch');
  });

  it('list what a person could do below the threads, and why not', async () => {
    const { stage } = appStore.getState();
    appStore.setState({
      lens: 'choices',
      choices: [],
      stage: {
        ...stage,
        acts: [
          { id: 'unplug', kind: 'toolstack', party: 'toolstack', title: 'Unplug the vif', refusal: null },
          { id: 'revoke', kind: 'fault', party: 'domU', title: 'Clear an entry', refusal: 'nothing is granted' },
        ],
      },
    });
    render(<LensesPanel />);
    const refused = await screen.findByRole('button', { name: 'Do it: Clear an entry' });
    expect(refused.getAttribute('aria-disabled')).toBe('true');
    expect(screen.getByText('nothing is granted')).toBeTruthy();
    fireEvent.click(refused);
    expect(sentTo(engine)).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Do it: Unplug the vif' }));
    expect(sentTo(engine)).toEqual([{ type: 'choose', thread: 'act:unplug' }]);
  });

  it('say so when nothing can run', async () => {
    appStore.setState({ choices: [], lens: 'choices' });
    render(<LensesPanel />);
    expect(await screen.findByText(/^Nothing can run/)).toBeTruthy();
  });
});
