// @vitest-environment happy-dom
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '../../src/app/Messages.tsx';
import BreakpointsPanel from '../../src/panels/breakpoints/Panel.tsx';
import { EMPTY, functionsOf, pathsOf, readDraft } from '../../src/panels/breakpoints/model.ts';
import type { Draft } from '../../src/panels/breakpoints/model.ts';
import { StoryPanel } from '../../src/panels/story/Panel.tsx';
import { Stopped, BreakpointsButton } from '../../src/panels/timeline/Breakpoints.tsx';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { appStore, useApp } from '../../src/store/store.ts';
import { freshPage, sentTo } from '../harness/page.ts';

let engine: ReturnType<typeof freshPage>;

beforeEach(() => {
  engine = freshPage();
  commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
  sentTo(engine);
});

/** Of the page, the dialog while it is open, and what is refused. */
function Page() {
  const open = useApp(({ dialog }) => dialog === 'breakpoints');
  return <>{open && <BreakpointsPanel />}<Refusal about="moves" /><Refusal about="run" /></>;
}

const known = { keys: ['f#a', 'f#b', 'g#a'], maxGrantFrames: 4, mirror: { slot: () => ({ grant_table: 0x100 }) } };
const read = (draft: Partial<Draft>) => readDraft({ ...EMPTY, ...draft }, known);

describe('a form read as a breakpoint', () => {
  it.each<[Partial<Draft>, unknown, string]>([
    [{ kind: 'function', text: ' f ' }, { kind: 'function', fn: 'f' }, 'f is entered'],
    [{ kind: 'line', text: 'g#a' }, { kind: 'line', key: 'g#a' }, 'g: a'],
    [
      { kind: 'state' },
      {
        kind: 'becomes',
        cell: { cell: 'slot', name: 'xs:node:/local/domain/0/backend/vif/5/0/state', part: ['value'] },
        value: '4',
      },
      'backend state becomes 4 Connected',
    ],
    [
      { kind: 'state', end: 'frontend', state: 6 },
      {
        kind: 'becomes',
        cell: { cell: 'slot', name: 'xs:node:/local/domain/5/device/vif/0/state', part: ['value'] },
        value: '6',
      },
      'frontend state becomes 6 Closed',
    ],
    [
      { kind: 'key', text: '/local/domain/5/x' },
      { kind: 'changes', cell: { cell: 'slot', name: 'xs:node:/local/domain/5/x', part: ['value'] } },
      '/local/domain/5/x changes',
    ],
    [
      { kind: 'grant', text: '520' },
      { kind: 'changes', cell: { cell: 'bytes', frame: 0x101, offset: 64, length: 8 } },
      'grant entry 520 changes',
    ],
    [
      { kind: 'grant', text: 'of before', entry: 520 },
      { kind: 'changes', cell: { cell: 'bytes', frame: 0x101, offset: 64, length: 8 } },
      'grant entry 520 changes',
    ],
  ])('%j', (draft, stop, name) => {
    expect(read(draft)).toEqual({ stop, name });
  });

  it.each<[Partial<Draft>, string]>([
    [{ kind: 'function' }, 'Name a function of this run.'],
    [{ kind: 'function', text: 'h' }, 'This run never enters a function called “h”.'],
    [{ kind: 'line', text: 'f#c' }, 'No line of this run is called “f#c”.'],
    [{ kind: 'key', text: 'state' }, 'Both ends have a key “state”: write the whole path, such as /local/domain/5/device/vif/0/state.'],
    [{ kind: 'key', text: '/a//b' }, 'xenstore has no such path: only letters, digits and - / _ @ can stand in one, and no empty names.'],
    [{ kind: 'grant', text: 'eight' }, '“eight” is not a whole number.'],
    [{ kind: 'grant', text: '-1' }, '“-1” is not a whole number.'],
    [{ kind: 'grant', text: '2048' }, 'Grant entry 2048 is beyond the table: with 4 grant frames the last one is 2047.'],
  ])('%j is told what is wrong', (draft, problem) => {
    expect(read(draft)).toEqual({ problem });
  });

  it('knows a key by its name alone where one end has it', () => {
    const path = '/local/domain/5/device/vif/0/tx-ring-ref2';
    const mirror = { slot: (name: string): unknown => (name === `xs:node:${path}` ? { value: '2058' } : undefined) } as unknown as typeof known.mirror;
    expect(readDraft({ ...EMPTY, kind: 'key', text: 'tx-ring-ref2' }, { ...known, mirror })).toEqual(
      readDraft({ ...EMPTY, kind: 'key', text: path }, known),
    );
    expect(readDraft({ ...EMPTY, kind: 'key', text: 'tx-ring-ref9' }, { ...known, mirror })).toEqual({
      problem: 'Neither end has a key “tx-ring-ref9” at this step. Of one that comes later write the whole path, such as /local/domain/5/device/vif/0/tx-ring-ref9.',
    });
  });

  it('is offered what the run has', () => {
    expect(functionsOf(known.keys)).toEqual(['f', 'g']);
    expect(pathsOf(['xs:node:/b', 'xs:writer:/b', 'xs:node:/a', 'thread:x'])).toEqual(['/a', '/b']);
  });
});

describe('the list of breakpoints', () => {
  const add = (text: string) => {
    fireEvent.change(screen.getByRole('combobox', { name: 'Function' }), { target: { value: text } });
    fireEvent.submit(screen.getByRole('form', { name: 'Add a breakpoint' }));
  };

  it('is filled by the form, which says what is wrong beneath its field', () => {
    render(<BreakpointsPanel />);
    expect(screen.getByText(/^None yet/)).toBeTruthy();
    add('nowhere');
    const field = screen.getByRole('combobox', { name: 'Function' });
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(field.getAttribute('aria-describedby')!)?.textContent)
      .toBe('This run never enters a function called “nowhere”.');
    expect(sentTo(engine)).toEqual([]);
    add('connect');
    expect(sentTo(engine)).toEqual([{ type: 'stops', stops: [{ kind: 'function', fn: 'connect' }] }]);
    expect(screen.getByRole('checkbox', { name: 'connect is entered' })).toBeTruthy();
    add('connect');
    expect(screen.getByText('It is in the list already.')).toBeTruthy();
    expect(appStore.getState().breakpoints).toHaveLength(1);
  });

  it('offers the entries of the rings by name, and any other by its number', () => {
    render(<BreakpointsPanel />);
    const kind = screen.getByRole('combobox', { name: 'Stop when' });
    fireEvent.change(kind, { target: { value: 'grant' } });
    // No ring is there yet.
    expect(screen.queryByRole('combobox', { name: 'Grant entry' })).toBeNull();
    expect(screen.getByRole('combobox', { name: 'Grant reference' })).toBeTruthy();
    const later = /^No ring page is granted at this step; at one where some are, their entries can be chosen here by name\./;
    expect(screen.getByText(later).textContent).toContain('A whole number from 0 to 32767.');
    fireEvent.change(kind, { target: { value: 'key' } });
    const page = (index: number, ref: number | null, freed: boolean) =>
      ({ index, gfn: 1, mfn: 1, life: 'granted', ref, handle: null, freed }) as const;
    const { stage } = appStore.getState();
    const ring = {
      queue: 0, direction: 'tx', slotSize: 12, entries: 0, header: null, front: null, back: null, vaddr: null,
      pages: [page(0, 2056, false), page(1, 2057, false), page(2, 2058, true), page(3, null, false)],
    } as unknown as typeof stage.rings[number];
    act(() => appStore.setState({ stage: { ...stage, rings: [ring] } }));
    fireEvent.change(kind, { target: { value: 'grant' } });
    const entries = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Grant entry' });
    expect([...entries.options].map(({ text }) => text)).toEqual([
      'TX ring, page 0, queue 0 · 2056', 'TX ring, page 1, queue 0 · 2057', 'another, by its number',
    ]);
    const form = screen.getByRole('form', { name: 'Add a breakpoint' });
    fireEvent.change(entries, { target: { value: '2057' } });
    expect(screen.queryByRole('combobox', { name: 'Grant reference' })).toBeNull();
    fireEvent.submit(form);
    expect(screen.getByRole('checkbox', { name: 'grant entry 2057 changes' })).toBeTruthy();
    fireEvent.change(entries, { target: { value: '' } });
    expect(screen.queryByText(later)).toBeNull();
    fireEvent.change(screen.getByRole('combobox', { name: 'Grant reference' }), { target: { value: '40000' } });
    fireEvent.submit(form);
    expect(screen.getByText('Grant entry 40000 is beyond the table: with 64 grant frames the last one is 32767.')).toBeTruthy();
    // One that is there no more is no choice either.
    fireEvent.change(entries, { target: { value: '2056' } });
    act(() => appStore.setState({ stage }));
    expect(screen.queryByRole('combobox', { name: 'Grant entry' })).toBeNull();
    fireEvent.submit(form);
    expect(screen.getByText('Enter the number of a grant entry.')).toBeTruthy();
    expect(appStore.getState().breakpoints).toHaveLength(1);
  });

  it('switches and removes, and tells the engine each time', () => {
    render(<BreakpointsPanel />);
    add('connect');
    sentTo(engine);
    fireEvent.click(screen.getByRole('checkbox', { name: 'connect is entered' }));
    expect(sentTo(engine)).toEqual([{ type: 'stops', stops: [] }]);
    expect(screen.getByText('None is on.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Remove: connect is entered' }));
    expect(sentTo(engine)).toEqual([{ type: 'stops', stops: [] }]);
    expect(screen.queryByRole('checkbox')).toBeNull();
  });

  it('runs to one of them or to any, and says at that one that it does not happen', () => {
    commands.show('breakpoints');
    render(<Page />);
    add('connect');
    add('frontend_changed');
    sentTo(engine);
    fireEvent.click(screen.getByRole('button', { name: 'Run to the next time: connect is entered' }));
    fireEvent.click(screen.getByRole('button', { name: 'Run back to the one before' }));
    expect(sentTo(engine)).toEqual([
      { type: 'run', direction: 1, until: [{ kind: 'function', fn: 'connect' }] },
      { type: 'run', direction: -1 },
    ]);
    fireEvent.click(screen.getByRole('button', { name: 'Run to the next time: connect is entered' }));
    const reason = 'That does not happen in the rest of this run.';
    act(() => engine.emit({ type: 'rejected', command: 'run', reason }));
    const [row, other] = screen.getAllByRole('listitem');
    expect(within(row!).getByText(reason)).toBeTruthy();
    expect(within(other!).queryByText(reason)).toBeNull();
    // Once, and for as long as it is there to say it.
    expect(screen.getAllByText(reason)).toHaveLength(1);
    act(() => commands.show(null));
    expect(screen.queryByText(reason)).toBeNull();
    expect(appStore.getState().rejected).toBeNull();
    // What was asked for elsewhere is not about it, and was there before.
    act(() => commands.runTo({ kind: 'function', fn: 'nowhere' }));
    act(() => engine.emit({ type: 'rejected', command: 'run', reason }));
    act(() => commands.show('breakpoints'));
    expect(within(screen.getAllByRole('listitem')[0]!).queryByText(reason)).toBeNull();
    expect(screen.getAllByText(reason)).toHaveLength(1);
    act(() => commands.show(null));
    expect(screen.getAllByText(reason)).toHaveLength(1);
  });

  it('takes with it what was refused meanwhile, but not what concerns the run', () => {
    render(<Page />);
    for (const [command, stays] of [['choose', 0], ['ask', 0], ['open', 1], ['link', 1]] as const) {
      act(() => commands.show('breakpoints'));
      act(() => commands.complain({ command, reason: `no ${command}` }));
      expect(screen.getAllByText(`no ${command}`)).toHaveLength(1);
      act(() => commands.show(null));
      expect([command, screen.queryAllByText(`no ${command}`).length]).toEqual([command, stays]);
    }
  });

  it('marks the one that the run stands at, and the transport names it', async () => {
    render(<><BreakpointsPanel /><Stopped /><BreakpointsButton /></>);
    add('connect');
    act(() => {
      commands.seek(12);
      engine.emit({ type: 'stopped', position: 12, stop: { kind: 'function', fn: 'connect' } });
    });
    expect(screen.getByRole('listitem').getAttribute('aria-current')).toBe('true');
    expect(await screen.findByText('Stopped: connect is entered')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Breakpoints 1 on' })).toBeTruthy();
    act(() => commands.step('into'));
    expect(screen.queryByText(/^Stopped/)).toBeNull();
  });

  it('lets what it says of that go by its button, and by whatever is done next', async () => {
    render(<><BreakpointsPanel /><Stopped /></>);
    add('connect');
    const stop = (): void => act(() => {
      commands.seek(12);
      engine.emit({ type: 'stopped', position: 12, stop: { kind: 'function', fn: 'connect' } });
    });
    const said = (): HTMLElement | null => screen.queryByText('Stopped: connect is entered');
    stop();
    await screen.findByText('Stopped: connect is entered');
    fireEvent.pointerDown(said()!);
    fireEvent.keyDown(document.body, { key: 'Tab' });
    expect(said()).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(said()).toBeNull();
    stop();
    expect(said()).toBeTruthy();
    fireEvent.keyDown(document.body, { key: '2' });
    expect(said()).toBeNull();
    stop();
    fireEvent.pointerDown(document.body);
    expect(said()).toBeNull();
  });
});

describe('the listing', () => {
  const told = async (): Promise<HTMLElement> => {
    commands.seek(205);
    render(<StoryPanel />);
    return screen.findByRole('list', { name: 'Listing' });
  };
  const lines = (list: HTMLElement) =>
    within(list).getAllByRole('button').filter((button) => button.dataset['rove'] !== undefined);

  it('runs to the line that is pressed', async () => {
    const list = await told();
    sentTo(engine);
    fireEvent.click(lines(list)[3]!);
    const fn = appStore.getState().step!.key.split('#')[0];
    expect(sentTo(engine)).toEqual([{ type: 'run', direction: 1, until: [{ kind: 'line', key: `${fn}#scan_status` }] }]);
  });

  it('runs back to a line that does not run again', async () => {
    const list = await told();
    act(() => commands.seek(300));
    sentTo(engine);
    fireEvent.click(lines(list)[3]!);
    const fn = appStore.getState().step!.key.split('#')[0];
    expect(sentTo(engine)).toEqual([{ type: 'run', direction: -1, until: [{ kind: 'line', key: `${fn}#scan_status` }] }]);
  });

  it('is one stop of the Tab key, whose arrows move and whose B sets a breakpoint', async () => {
    const list = await told();
    const tabs = () => lines(list).filter((line) => line.tabIndex === 0);
    expect(tabs().map((line) => line.dataset['rove'])).toEqual([appStore.getState().step!.key]);
    const [first] = lines(list);
    act(() => first!.focus());
    fireEvent.keyDown(first!, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(lines(list)[1]);
    expect(tabs()).toEqual([lines(list)[1]]);
    fireEvent.keyDown(document.activeElement!, { key: 'End' });
    fireEvent.keyDown(document.activeElement!, { key: 'b' });
    const { breakpoints } = appStore.getState();
    expect(breakpoints.map(({ stop }) => stop)).toEqual([{ kind: 'line', key: lines(list).at(-1)!.dataset['rove'] }]);
    const dot = within(list).getByRole('button', { name: 'Breakpoint at attach' });
    expect(dot.getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(dot);
    expect(dot.getAttribute('aria-pressed')).toBe('false');
    expect(appStore.getState().breakpoints).toEqual([]);
  });

  it('has a stack above it whose functions are breakpoints where they are entered', async () => {
    await told();
    const { stack } = appStore.getState().step!;
    const chip = within(screen.getByRole('list', { name: 'Call stack' })).getByRole('button', { name: `Breakpoint where ${stack[0]!.shown} is entered` });
    fireEvent.click(chip);
    expect(chip.getAttribute('aria-pressed')).toBe('true');
    expect(appStore.getState().breakpoints).toEqual([
      { stop: { kind: 'function', fn: stack[0]!.shown }, name: `${stack[0]!.shown} is entered`, on: true },
    ]);
  });
});
