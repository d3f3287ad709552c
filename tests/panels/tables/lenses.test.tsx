// @vitest-environment happy-dom
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { EventsLens } from '../../../src/panels/lenses/EventsLens.tsx';
import { GrantsLens } from '../../../src/panels/lenses/GrantsLens.tsx';
import { XenstoreLens } from '../../../src/panels/lenses/XenstoreLens.tsx';
import type { Command } from '../../../src/engine/protocol.ts';
import { commands } from '../../../src/store/commands.ts';
import { appStore } from '../../../src/store/store.ts';
import { openDirectory, xenstoreChoice } from '../../../src/store/xenstore-choice.ts';
import { realPage } from '../../harness/real-page.ts';

const SMALL = { txPages: 1, rxPages: 1 };
let sent: Command[];

/** Goes somewhere; what is sent for that does not count. */
function seek(to: number): void {
  act(() => commands.seek(to));
  sent.length = 0;
}

const end = (): number => appStore.getState().outline!.length;

/** The cell that the last question was about. */
function asked(): unknown {
  const question = [...sent].reverse().find((command) => command.type === 'ask');
  return question?.question.kind === 'writers' ? question.question.cell : undefined;
}

beforeEach(() => {
  xenstoreChoice.setState(xenstoreChoice.getInitialState());
  ({ sent } = realPage('netif-multipage', SMALL));
});

describe('the grants lens', () => {
  const row = (name: RegExp): HTMLElement => screen.getByRole('row', { name });

  it('shows folds and ring pages, opens a fold and closes it', () => {
    seek(end());
    render(<GrantsLens />);
    expect(row(/queue 0 TX ring page 0/).textContent).toContain('0019');
    const fold = within(row(/reserved for the toolstack/)).getByRole('button', { expanded: false });
    fireEvent.click(fold);
    expect(row(/reserved for xenstore/)).toBeTruthy();
    fireEvent.click(within(row(/8 entries/)).getByRole('button', { expanded: true }));
    expect(screen.queryByRole('row', { name: /reserved for xenstore/ })).toBeNull();
  });

  it('draws a few rows of a fold with hundreds', () => {
    seek(end());
    render(<GrantsLens />);
    fireEvent.click(within(row(/RX buffers granted/)).getByRole('button'));
    expect(Number(screen.getByRole('grid').getAttribute('aria-rowcount'))).toBeGreaterThan(250);
    expect(screen.getAllByRole('row').length).toBeLessThan(30);
  });

  it('filters, counts what it finds, and says kindly that it finds nothing', () => {
    seek(end());
    render(<GrantsLens />);
    const field = screen.getByRole('searchbox', { name: 'Find entries' });
    fireEvent.change(field, { target: { value: '520-521' } });
    expect(screen.getByText('2 found')).toBeTruthy();
    expect(screen.getAllByRole('row')).toHaveLength(3);
    fireEvent.change(field, { target: { value: 'qwertz' } });
    expect(screen.getByText(/^No entry is that/)).toBeTruthy();
    fireEvent.keyDown(field, { key: 'Escape' });
    fireEvent.change(screen.getByRole('combobox', { name: 'Kind of entry' }), { target: { value: 'mapped' } });
    expect(screen.getByText('2 found')).toBeTruthy();
  });

  it('goes from cell to cell by arrows, and Enter asks who wrote the one it is at', () => {
    seek(end());
    render(<GrantsLens />);
    fireEvent.change(screen.getByRole('combobox', { name: 'Kind of entry' }), { target: { value: 'ring' } });
    const grid = screen.getByRole('grid');
    const active = (): string => document.getElementById(grid.getAttribute('aria-activedescendant')!)!.textContent;
    expect(active()).toBe('520');
    fireEvent.keyDown(grid, { key: 'ArrowDown' });
    expect(active()).toBe('521');
    for (let i = 0; i < 4; i++) fireEvent.keyDown(grid, { key: 'ArrowRight' });
    fireEvent.keyDown(grid, { key: 'Enter' });
    expect(asked()).toMatchObject({ cell: 'bytes', offset: (521 % 512) * 8, length: 2, mask: 8 });
    fireEvent.keyDown(grid, { key: 'Home' });
    expect(screen.getAllByRole('row').find((one) => one.querySelector('[data-active]') !== null)?.textContent).toContain('520');
  });

  it('marks the entry that the step changed', () => {
    const { outline } = appStore.getState();
    seek(outline!.key.indexOf(outline!.keys.indexOf('map_grant_ref#map_one')) + 1);
    const { container } = render(<GrantsLens />);
    const hot = [...container.querySelectorAll('[role=row][data-hot]')];
    expect(hot.map((one) => one.textContent)).toEqual([expect.stringContaining('queue 0 TX ring page 0')]);
  });

  it('lists dom0’s handles, and says before there are any what will come', () => {
    const { rerender } = render(<GrantsLens />);
    fireEvent.click(screen.getByRole('radio', { name: 'Maptrack' }));
    expect(screen.getByText(/^dom0 has nothing mapped\. A handle/)).toBeTruthy();
    seek(end());
    rerender(<GrantsLens />);
    expect(row(/queue 0 RX ring page 0/).textContent).toContain('host_map');
  });
});

describe('the events lens', () => {
  it('says that no channel is there yet, and has the ports of others folded', () => {
    render(<EventsLens />);
    expect(screen.getByText(/^No channel for the device yet/)).toBeTruthy();
    expect(screen.queryByText('domain 5 port 3: taken by others before the run')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: /^domain 5 ports 1 to 10/ }));
    expect(screen.getByText('domain 5 port 3: taken by others before the run')).toBeTruthy();
  });

  it('asks about one bit of the shared info page', () => {
    seek(end());
    render(<EventsLens />);
    fireEvent.click(screen.getByRole('button', { name: /^masked of domain 5 port 11/ }));
    expect(asked()).toMatchObject({ cell: 'bytes', offset: 2560, length: 4, mask: 1 << 11 });
    fireEvent.click(screen.getByRole('button', { name: /^pending of domain 0 port 22/ }));
    expect(asked()).toMatchObject({ offset: 2048, mask: 1 << 22 });
  });

  it('shows the notification of the step', () => {
    const { outline } = appStore.getState();
    seek(outline!.key.indexOf(outline!.keys.indexOf('evtchn_send#set_peer_pending')) + 1);
    render(<EventsLens />);
    expect(screen.getByText('nobody is bound: lost')).toBeTruthy();
    expect(screen.getByRole('img', { name: 'notifies' })).toBeTruthy();
  });
});

describe('the xenstore lens', () => {
  it('says that nothing is there, and later lists both directories', () => {
    render(<XenstoreLens />);
    expect(screen.getByText(/^No keys yet/)).toBeTruthy();
    seek(end());
    expect(screen.getByRole('grid', { name: 'device/vif/0' })).toBeTruthy();
    expect(screen.getByRole('grid', { name: 'backend/vif/5/0' })).toBeTruthy();
  });

  it('shows all about a key that is chosen, and jumps to a step of its history', () => {
    seek(end());
    render(<XenstoreLens />);
    fireEvent.click(screen.getAllByRole('button', { name: /^state/ })[0]!);
    const details = screen.getByRole('region', { name: 'Key /local/domain/5/device/vif/0/state' });
    expect(within(details).getByText('domain 0: may read')).toBeTruthy();
    expect(within(details).getByText('dom0, on this very key')).toBeTruthy();
    const steps = within(details).getAllByRole('button', { name: /^Go to step/ });
    expect(steps.map((step) => step.getAttribute('aria-label')?.split(': ').slice(1).join(': '))).toEqual([
      'made: “1”', '“1” → “4”',
    ]);
    fireEvent.click(steps.at(-1)!);
    expect(sent.at(-1)).toMatchObject({ type: 'seek' });
    expect(within(details).getAllByRole('button', { current: 'step' })).toHaveLength(1);
    fireEvent.click(within(details).getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('region')).toBeNull();
  });

  it('is a tree with one tab stop that arrows open, close and move in', () => {
    seek(end());
    render(<XenstoreLens />);
    fireEvent.click(screen.getByRole('radio', { name: 'Whole store' }));
    const tree = screen.getByRole('tree');
    const at = (): HTMLElement => document.getElementById(tree.getAttribute('aria-activedescendant')!)!;
    expect(tree.querySelectorAll('[tabindex="0"]')).toHaveLength(0);
    fireEvent.keyDown(tree, { key: 'ArrowRight' });
    expect(at().dataset['path']).toBe('/tool');
    expect(at().getAttribute('aria-expanded')).toBe('false');
    fireEvent.keyDown(tree, { key: 'ArrowRight' });
    expect(at().getAttribute('aria-expanded')).toBe('true');
    fireEvent.keyDown(tree, { key: 'ArrowDown' });
    expect(at().dataset['path']).toBe('/tool/xenstored');
    fireEvent.keyDown(tree, { key: 'ArrowLeft' });
    expect(at().dataset['path']).toBe('/tool');
    fireEvent.keyDown(tree, { key: 'ArrowLeft' });
    expect(at().getAttribute('aria-expanded')).toBe('false');
    fireEvent.keyDown(tree, { key: 'Enter' });
    expect(at().getAttribute('aria-selected')).toBe('true');
    expect(screen.getByRole('region', { name: 'Key /tool' }).textContent).toContain('No step of this run changes it');
  });

  it('finds keys by path and value in either view, or says kindly that there are none', () => {
    seek(end());
    render(<XenstoreLens />);
    const field = screen.getByRole('searchbox', { name: 'Find keys' });
    fireEvent.change(field, { target: { value: 'xenbr0' } });
    expect(screen.getByText('1 found')).toBeTruthy();
    fireEvent.click(screen.getByRole('radio', { name: 'Whole store' }));
    expect(screen.getByText('2 found')).toBeTruthy();
    fireEvent.change(field, { target: { value: 'qwertz' } });
    expect(screen.getByText('No path and no value has “qwertz” in it at this step.')).toBeTruthy();
  });

  it('comes to the directory that was asked for on the stage, whatever it showed before', async () => {
    seek(end());
    render(<XenstoreLens />);
    fireEvent.click(screen.getByRole('radio', { name: 'Whole store' }));
    fireEvent.change(screen.getByRole('searchbox', { name: 'Find keys' }), { target: { value: 'qwertz' } });
    act(() => openDirectory('backend/vif/5/0'));
    const grid = screen.getByRole('grid', { name: 'backend/vif/5/0' });
    await waitFor(() => expect(document.activeElement).toBe(grid));
    // It is come to once, not with each step.
    expect(xenstoreChoice.getState().asked).toBeNull();
  });

  it('asks for a history without calling off what else is asked', () => {
    seek(end());
    render(<XenstoreLens />);
    fireEvent.click(screen.getByRole('button', { name: /event-channel-tx = 11/ }));
    fireEvent.click(screen.getAllByRole('button', { name: /^state/ })[0]!);
    expect(sent.filter(({ type }) => type === 'ask')).toHaveLength(2);
    expect(appStore.getState().inquiry?.answer?.kind).toBe('writers');
  });
});
