// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import harm from '../../src/content/en/harm.json';
import { StoryPanel } from '../../src/panels/story/Panel.tsx';
import { scenarios } from '../../src/sim/index.ts';
import { commands } from '../../src/store/commands.ts';
import { harms } from '../../src/store/harm.ts';
import { appStore } from '../../src/store/store.ts';
import { realPage } from '../harness/real-page.ts';

const bugs = scenarios.filter(({ id }) => id.startsWith('bug-'));

/** The story of that scenario, with its defaults, at its last step. */
async function atEnd(id: string): Promise<void> {
  cleanup();
  const { defaults } = scenarios.find((one) => one.id === id)!;
  realPage(id, defaults).seek(-1);
  render(<StoryPanel />);
  await screen.findByRole('list', { name: 'Listing' });
}

/** The same in an order in which the scenario acts sooner, after that step. */
async function atEndOfAnother(id: string, after: number): Promise<void> {
  await atEnd(id);
  act(() => commands.seek(after));
  act(() => commands.choose('story'));
  act(() => commands.seek(appStore.getState().outline!.length));
}

const said = () => screen.getAllByRole('status').map(({ textContent }) => textContent).join(' ');

describe('where a bug does harm', () => {
  it('has words for each of them, and for no other', () => {
    expect(Object.keys(harm.what).sort()).toEqual(bugs.map(({ id }) => id).sort());
  });

  it.each(bugs)('$id: from its end in the natural order a button leads to the harm, which is named there', async ({ id }) => {
    const { choices, at, broken } = harms[id]!;
    await atEnd(id);
    if (choices.length > 0) {
      expect(said()).toContain('In this order the bug does no harm.');
      fireEvent.click(screen.getByRole('button', { name: 'Show an order in which it does harm' }));
    } else {
      // It may do harm with its very last step.
      const go = screen.queryByRole('button', { name: 'Go to where it did harm' });
      expect(go === null).toBe(appStore.getState().outline!.length === at);
      if (go !== null) fireEvent.click(go);
    }
    const { position, outline, branches } = appStore.getState();
    expect({ position, choices: outline!.run.choices, branches: branches.length }).toEqual({
      position: at, choices, branches: choices.length > 0 ? 2 : 1,
    });
    expect(said()).toContain('Here the bug does harm.');
    expect(said()).toContain(`“${broken}”`);
    expect(said()).not.toContain('In this order');
  });

  it('claims nothing of an order that nobody looked into', async () => {
    await atEndOfAnother('bug-double-use-of-ref', 38);
    expect(said()).toContain('the end does not say');
    expect(screen.getByRole('button', { name: 'Show the order of fewest choices in which it does harm' })).toBeTruthy();
  });

  it('knows the harm of a lost wake-up by the end of any order', async () => {
    await atEndOfAnother('bug-missing-barrier', 40);
    expect(said()).toContain('nobody takes what is left in the TX ring');
    expect(said()).toContain('That is the bug’s harm: a wake-up was lost.');
  });
});
