// @vitest-environment happy-dom
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { BranchRow, TimelinePanel } from '../../src/panels/timeline/Panel.tsx';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { appStore } from '../../src/store/store.ts';
import type { RunSpec } from '../../src/store/store.ts';
import { fakeOutline } from '../harness/fake-engine.ts';
import { freshPage, sentTo } from '../harness/page.ts';

let engine: ReturnType<typeof freshPage>;
const scenario = 'fault-made-up';
const run: RunSpec = { ...DEFAULT_RUN, scenario };

/** Lets the scenarios come, which the engine tells first, then opens the run. */
beforeEach(async () => {
  engine = freshPage();
  await Promise.resolve();
  commands.open(run, { kind: 'position', position: 0 });
});

function branch(...choices: [number, string][]): void {
  engine.emit({ type: 'outline', outline: fakeOutline({ ...run, choices }) });
}

describe('the branches', () => {
  it('are not there before there is one', () => {
    render(<TimelinePanel />);
    expect(screen.queryByRole('list', { name: 'Branches' })).toBeNull();
  });

  it('are named by what happens in each, the open one is marked, and pressing another leads back', async () => {
    commands.seek(213);
    branch([213, 'dom0 xenwatch']);
    branch([213, 'dom0 xenwatch'], [240, 'act:unplug']);
    const { container } = render(<TimelinePanel />);
    const list = await screen.findByRole('list', { name: 'Branches' });
    const buttons = within(list).getAllByRole('button');
    expect(buttons.map(({ textContent }) => textContent)).toEqual([
      'natural order',
      'after step 213: dom0 xenwatch goes first',
      'after step 240: Unplug the vif',
    ]);
    expect(buttons.map((button) => button.getAttribute('aria-current'))).toEqual([null, null, 'true']);
    expect(buttons.map(({ tabIndex }) => tabIndex)).toEqual([-1, -1, 0]);
    // Where the other two leave it.
    expect(container.querySelectorAll('svg > title')).toHaveLength(2);
    sentTo(engine);
    fireEvent.click(buttons[0]!);
    expect(sentTo(engine)).toMatchObject([{ type: 'open', run: { choices: [] }, at: { position: 0 } }]);
    expect(buttons[0]!.getAttribute('aria-current')).toBe('true');
    fireEvent.click(buttons[0]!);
    expect(sentTo(engine)).toEqual([]);
  });

  it('name the scenario where it is what runs', async () => {
    branch([38, 'story']);
    branch([38, 'story'], [78, 'domU userspace']);
    render(<TimelinePanel />);
    const list = await screen.findByRole('list', { name: 'Branches' });
    expect(within(list).getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
      'natural order',
      'after step 38: the scenario goes first',
      'after step 78: domU userspace goes first',
    ]);
  });

  it('say so where some had to be forgotten', async () => {
    branch([3, 'dom0 xenwatch']);
    render(<TimelinePanel />);
    await screen.findByRole('list', { name: 'Branches' });
    act(() => appStore.setState({ forgotten: 2 }));
    expect(screen.getByText('2 older ones are no longer kept: there is room for 20.')).toBeTruthy();
  });

  it('have a row that says what brings them, where it is kept for them', async () => {
    branch();
    render(<BranchRow />);
    expect(await screen.findByText(/^none yet: /)).toBeTruthy();
    expect(screen.queryByRole('list', { name: 'Branches' })).toBeNull();
  });
});
