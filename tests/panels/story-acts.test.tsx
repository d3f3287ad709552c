// @vitest-environment happy-dom
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import steps from '../../src/content/en/steps.json';
import { StoryPanel } from '../../src/panels/story/Panel.tsx';
import { actTitle } from '../../src/store/acts.ts';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { appStore } from '../../src/store/store.ts';
import { realPage } from '../harness/real-page.ts';

const ID = 'third-page-bad';
const TITLE = 'Revoke the third TX ring page';

async function tellAct(): Promise<HTMLElement> {
  realPage(DEFAULT_RUN.scenario).after('talk_to_netback#transaction_end');
  commands.act(ID);
  appStore.setState({ notes: steps });
  render(<StoryPanel />);
  return screen.findByRole('list', { name: 'Listing' });
}

it('an act is told in words, and nowhere by the id that links know it by', async () => {
  const listing = await tellAct();
  expect(within(listing).getByText(TITLE)).toBeTruthy();
  expect(within(listing).getByText('at once: nobody sees it half-done')).toBeTruthy();
  expect(screen.getByText(/^RingScope’s own: no code of a kernel\./)).toBeTruthy();
  const { textContent, innerHTML } = document.body;
  // React keys what it draws by it alone; a person finds it neither as text nor by pointing.
  expect(textContent).not.toContain(ID);
  expect(innerHTML.match(/(title|aria-label)="[^"]*third-page-bad/g)).toBeNull();
});

it('a breakpoint at an act has its words', async () => {
  const listing = await tellAct();
  act(() => void fireEvent.click(within(listing).getByRole('button', { name: `Breakpoint at ${TITLE}` })));
  act(() => void fireEvent.click(screen.getByRole('button', { name: 'Breakpoint where somebody acts' })));
  expect(appStore.getState().breakpoints.map(({ name }) => name)).toEqual([TITLE, 'somebody acts']);
});

it('the title of an act is found by the key of its step', () => {
  realPage(DEFAULT_RUN.scenario);
  const { scenarios } = appStore.getState();
  expect(actTitle(scenarios, `you#${ID}`)).toBe(TITLE);
  expect(actTitle(scenarios, 'connect#read_state')).toBeUndefined();
  expect(actTitle(scenarios, 'you#no-such-act')).toBeUndefined();
});
