// @vitest-environment happy-dom
import { fireEvent, render, screen, within } from '@testing-library/react';
import { summaries } from '../../src/content/summaries.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { ScenarioPanel } from '../../src/panels/controls/Panel.tsx';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { appStore } from '../../src/store/store.ts';
import { freshPage, sentTo } from '../harness/page.ts';

let engine: ReturnType<typeof freshPage>;

beforeEach(async () => {
  engine = freshPage();
  // The engine says which it has at the next turn.
  await Promise.resolve();
  commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
  sentTo(engine);
  render(<ScenarioPanel onWhy={() => {}} />);
  fireEvent.click(screen.getByRole('button', { name: 'Scenario: Netif multi-page' }));
  await screen.findByRole('dialog', { name: 'Choose a scenario' });
});

const list = () => screen.getByRole('listbox', { name: 'Scenarios' });
const selected = () => within(list()).getByRole('option', { selected: true }).textContent;

describe('the scenario menu', () => {
  it('has the scenarios by kind and begins with the one that is open', () => {
    const groups = within(list()).getAllByRole('group');
    expect(groups.map((group) => group.textContent)).toEqual([
      'HandshakeNetif multi-pageopen now', 'FaultsA made-up fault',
    ]);
    expect(selected()).toContain('Netif multi-page');
    expect(screen.getByText(summaries['netif-multipage']!)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Open it again' })).toBeTruthy();
  });

  it('lets a summary be read before anything is opened', () => {
    fireEvent.click(within(list()).getByRole('option', { name: 'A made-up fault' }));
    expect(screen.queryByText(summaries['netif-multipage']!)).toBeNull();
    expect(screen.getByText('3 things you can do in it')).toBeTruthy();
    expect(screen.getByText(/^Opens with 1 TX and 1 RX ring pages, queues: 2, grant frames: 32, backend PVH/)).toBeTruthy();
    expect(sentTo(engine)).toEqual([]);
  });

  it('gives the stage of what it opens the room that enlarged lenses had', () => {
    appStore.setState({ lensHeight: 400 });
    fireEvent.keyDown(list(), { key: 'ArrowDown' });
    fireEvent.keyDown(list(), { key: 'Enter' });
    expect(appStore.getState().lensHeight).toBeNull();
  });

  it('opens one with its own sliders, at its beginning', () => {
    fireEvent.keyDown(list(), { key: 'ArrowDown' });
    expect(selected()).toBe('A made-up fault');
    fireEvent.keyDown(list(), { key: 'ArrowDown' });
    expect(selected()).toBe('A made-up fault');
    fireEvent.keyDown(list(), { key: 'Enter' });
    expect(sentTo(engine)).toEqual([{
      type: 'open',
      run: {
        scenario: 'fault-made-up',
        config: { txPages: 1, rxPages: 1, queues: 2, maxGrantFrames: 32, backend: 'pvh' },
        choices: [],
      },
      at: { kind: 'position', position: 0 },
    }]);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByRole('button', { name: 'Scenario: A made-up fault' })).toBe(document.activeElement);
  });
});
