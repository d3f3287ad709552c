// @vitest-environment happy-dom
import { act, render, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { StoryPanel } from '../../src/panels/story/Panel.tsx';
import { summaries } from '../../src/content/summaries.ts';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { appStore } from '../../src/store/store.ts';
import { startTour } from '../../src/store/tour.ts';
import { freshPage } from '../harness/page.ts';

/** The story with the words of its step, which come on their own. */
async function told(): Promise<void> {
  render(<StoryPanel />);
  await screen.findByRole('list', { name: 'Listing' });
}

beforeEach(() => {
  freshPage();
  commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
});

describe('the story', () => {
  it('begins with one invitation', () => {
    render(<StoryPanel />);
    expect(screen.getByText('Press Space, or')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'take the tour' })).toBeTruthy();
    expect(screen.getByText('step 0 of 300')).toBeTruthy();
    expect(screen.queryByText('Call stack')).toBeNull();
  });

  it('says of another scenario what it is about before how to begin, and does not invite to a tour of the first', async () => {
    const { scenarios } = appStore.getState();
    const other = { ...scenarios[1]!, id: 'close-unplug' };
    appStore.setState({ scenarios: [scenarios[0]!, other], run: { ...DEFAULT_RUN, scenario: other.id } });
    render(<StoryPanel />);
    const summary = await screen.findByText(summaries[other.id]!);
    expect(summary.nextElementSibling?.textContent).toContain('Press Space, or → for one step.');
    expect(screen.queryByRole('button', { name: 'take the tour' })).toBeNull();
  });

  it('invites to nothing while the tour says what to do', () => {
    render(<StoryPanel />);
    act(() => startTour());
    expect(screen.getByRole('heading', { name: 'Nothing has happened yet' })).toBeTruthy();
    expect(screen.queryByText(/^Press/)).toBeNull();
  });

  it('tells a step: where we are, the stack, the marked line, the changes and the source', async () => {
    commands.seek(205);
    await told();
    const { stack, key } = appStore.getState().step!;
    expect(screen.getByText('Chapter 9 of 12 · Mapping the rings')).toBeTruthy();
    expect(screen.getByRole('heading', { level: 2 }).textContent).toBe(key.replace('#', ': '));

    const [chips, listing] = screen.getAllByRole('list');
    const functions = within(chips!).getAllByRole('listitem');
    expect(functions.map(({ textContent }) => textContent)).toEqual(stack.map(({ shown }) => shown));
    expect(functions.filter((chip) => chip.getAttribute('aria-current') === 'true')).toEqual([
      functions.at(-1),
    ]);
    expect(functions.at(-1)?.dataset['party']).toBe(stack.at(-1)?.party);

    const marked = within(listing!)
      .getAllByRole('listitem')
      .filter((line) => line.getAttribute('aria-current') === 'step');
    expect(marked.map((line) => line.querySelector('[data-rove] > :first-child')?.textContent)).toEqual([stack.at(-1)?.label]);

    expect(screen.getByText('dom0 be state')).toBeTruthy();
    const link = screen.getByRole('link', {
      name: 'Linux v6.12.117 drivers/net/xen-netback/xenbus.c, connect_data_rings',
    });
    const opened = within(chips!).getAllByRole('link');
    expect(opened).toHaveLength(stack.length);
    expect(opened[0]?.getAttribute('href')).toMatch(/xenbus\.c\?h=v6\.12\.117#n855$/);
    expect(link.getAttribute('rel')).toBe('noreferrer');
    expect(link.getAttribute('target')).toBe('_blank');
  });

  it('a function that is modelled in parts is one entry of the stack, and does not call itself', async () => {
    commands.seek(205);
    const step = appStore.getState().step!;
    const here = step.stack.at(-1)!;
    const part = { ...here, fn: `${here.fn} (a part)`, label: 'of_the_part' };
    const call = { label: 'enter_part', kind: 'call', callee: here.shown, indent: 0 } as const;
    const other = { ...call, label: 'enter_other', callee: 'other' };
    appStore.setState({ step: { ...step, stack: [...step.stack, part], listing: [...step.listing, call, other] } });
    await told();
    const chips = screen.getByRole('list', { name: 'Call stack' });
    const functions = within(chips).getAllByRole('listitem');
    expect(functions.map(({ textContent }) => textContent)).toEqual(step.stack.map(({ shown }) => shown));
    expect(functions.at(-1)?.getAttribute('aria-current')).toBe('true');
    expect(within(functions.at(-1)!).getByRole('link').title).toContain('of_the_part');
    // The Tab key comes to one control of them.
    expect(chips.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
    expect(screen.getByText('enter_part')).toBeTruthy();
    expect(screen.queryByText(`calls ${here.shown}`)).toBeNull();
    expect(screen.getByText('calls other')).toBeTruthy();
  });

  it('marks a departure from the source, and only there', async () => {
    commands.seek(205);
    await told();
    expect(screen.getByText(/^Departs from the source: the loop over several refs/)).toBeTruthy();
    act(() => commands.seek(206));
    expect(screen.queryByText(/^Departs from the source/)).toBeNull();
  });

  it('shows the first twelve changes and counts the others', async () => {
    commands.seek(1);
    const step = appStore.getState().step!;
    const changes = Array.from(
      { length: 20 },
      (_, i) => ({ cell: 'slot', name: `xs:node:/k${i}`, before: undefined, after: String(i) }) as const,
    );
    const writers = [{ cell: 'slot', name: 'xs:writer:/k0', before: undefined, after: 'dom0' }] as const;
    appStore.setState({ step: { ...step, changes: [...writers, ...changes], changed: 31 } });
    await told();
    expect(screen.getAllByText(/^key \/k/)).toHaveLength(12);
    expect(screen.queryByText(/writer/)).toBeNull();
    expect(screen.getByText('and 18 more')).toBeTruthy();
  });

  it('says so where a step changed nothing but its thread', async () => {
    commands.seek(1);
    appStore.setState({ step: { ...appStore.getState().step!, changes: [], changed: 0 } });
    await told();
    expect(screen.getByText('Only the thread itself moved on.')).toBeTruthy();
  });

  it('says so where a step stores the value that was there', async () => {
    commands.seek(1);
    const effects = [{ kind: 'event-asked', kernel: 'domU', queue: 0, ring: 'tx', field: 'rsp_event', event: 1 }] as const;
    appStore.setState({ step: { ...appStore.getState().step!, effects, changes: [], changed: 0 } });
    await told();
    expect(screen.getByText('Nothing: the value that is stored there was there already.')).toBeTruthy();
  });

  it('says of a call of what is known only while it runs that it is done there', async () => {
    commands.seek(1);
    const listing = [{ label: 'push_requests', kind: 'call', indent: 0 }] as const;
    const step = appStore.getState().step!;
    appStore.setState({ step: { ...step, key: 'xennet_start_xmit#push_requests', listing, changes: [], changed: 0 } });
    await told();
    expect(screen.getByText('Nothing yet: what is called here does it in the steps to come.')).toBeTruthy();
  });

  it('says of a call that what it is for comes in the function that it enters', async () => {
    commands.seek(1);
    const step = appStore.getState().step!;
    const listing = [{ label: 'alloc_references', kind: 'call', callee: 'gnttab_alloc_grant_references', indent: 0 }] as const;
    appStore.setState({ step: { ...step, key: 'xenbus_grant_ring#alloc_references', listing, changes: [], changed: 0 } });
    await told();
    expect(screen.getByText(
      'Nothing yet: the thread enters gnttab_alloc_grant_references, which does it in the steps to come.',
    )).toBeTruthy();
  });
});
