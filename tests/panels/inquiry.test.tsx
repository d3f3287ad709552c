// @vitest-environment happy-dom
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { WhoWrote } from '../../src/parts/WhoWrote.tsx';
import InquiryPanel from '../../src/panels/inquiry/Panel.tsx';
import { isAtEdge, nowText, standing, valueText, writeTexts } from '../../src/panels/inquiry/model.ts';
import { placeBeside, popoverPlace } from '../../src/panels/inquiry/place.ts';
import { commands } from '../../src/store/commands.ts';
import { mirror } from '../../src/store/connection.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { appStore } from '../../src/store/store.ts';
import type { Cell, Write } from '../../src/store/store.ts';
import { bytesSubject, grantSubject, keySubject } from '../../src/store/subjects.ts';
import { freshPage, sentTo } from '../harness/page.ts';
import { realPage } from '../harness/real-page.ts';

const write = (position: number, before: string | undefined, after: string): Write => ({
  position, before, after, thread: 'dom0 xenwatch', party: 'dom0', key: 'connect#read_state', shown: 'connect',
});
const writes = [write(10, undefined, '1'), write(20, '1', '2'), write(30, '2', '4')];

describe('the position among the writes', () => {
  it.each([[9, -1, false], [10, 0, true], [11, 0, false], [30, 2, true], [99, 2, false]])(
    '%i', (position, current, here) => {
      expect(standing(writes, position)).toEqual({ current, here });
    },
  );

  it('is at the edge of what is shown only where something is left out', () => {
    expect(isAtEdge(writes, 3, standing(writes, 99))).toBe(false);
    expect(isAtEdge(writes, 900, standing(writes, 99))).toBe(true);
    expect(isAtEdge(writes, 900, standing(writes, 9))).toBe(true);
    expect(isAtEdge(writes, 900, standing(writes, 25))).toBe(false);
  });
});

describe('a value', () => {
  const slot: Cell = { cell: 'slot', name: 's', part: [] };
  const bytes: Cell = { cell: 'bytes', frame: 1, offset: 0, length: 2 };
  it.each([
    ['19 00', bytes, '19 00'],
    [8, { ...bytes, mask: 8 } as const, 'set'],
    [0, { ...bytes, mask: 8 } as const, 'clear'],
    [24, { ...bytes, mask: 24 } as const, '24 (0x18)'],
    [4, slot, '4'],
    [-1, slot, '-1'],
    ['4', slot, '“4”'],
    [{ a: 1, flags: 18 }, slot, 'a 1, flags 0x12'],
    [undefined, slot, 'absent'],
  ])('%j in %j reads %s', (value, cell, text) => {
    expect(valueText(value, cell)).toBe(text);
  });
});

describe('a whole slot', () => {
  const cell: Cell = { cell: 'slot', name: 'xs:tx:dom5', part: [] };
  const open = (...paths: string[]) => [{ id: 1, conflict: false, accessed: paths.map((path) => ({ path, a: 717487499, b: -50569281 })) }];

  it('is told as elsewhere on the page, without what only the model keeps', () => {
    expect(nowText(open('/a', '/b'), cell)).toBe('open, 2 keys used');
    expect(writeTexts({ before: open('/a'), after: open('/a', '/b') }, cell)).toEqual(['open, 1 key used', 'open, 2 keys used']);
    expect(writeTexts({ before: [], after: open('/a') }, cell)).toEqual(['none', 'open, 1 key used']);
  });
});

describe('the place of the popover', () => {
  const page = { width: 1440, height: 900 };
  const box = (left: number, top: number) => ({ left, top, right: left + 40, bottom: top + 20 });
  it('is below what was pressed, above where that has more room, never beyond the page', () => {
    expect(popoverPlace(box(100, 100), page)).toEqual({ left: 100, width: 456, top: 126, bottom: null, maxHeight: 520 });
    expect(popoverPlace(box(1400, 800), page)).toEqual({ left: 976, width: 456, top: null, bottom: 106, maxHeight: 520 });
    expect(popoverPlace(box(-80, 200), { width: 390, height: 500 })).toMatchObject({ left: 8, width: 374, maxHeight: 266 });
  });

  it('does not lie over what is kept where there is room elsewhere', () => {
    const low = { width: 1024, height: 768 };
    const drawer = { left: 0, right: 1024, top: 448, bottom: 636 };
    // Too little above and below: beside, at the right or at the left.
    expect(placeBeside(drawer, { left: 20, right: 252, top: 227, bottom: 262 }, low))
      .toEqual({ left: 258, width: 456, top: 8, bottom: null, maxHeight: 432 });
    expect(placeBeside(drawer, { left: 900, right: 1000, top: 227, bottom: 262 }, low))
      .toMatchObject({ left: 438, top: 8, maxHeight: 432 });
    expect(placeBeside(drawer, { left: 20, right: 252, top: 20, bottom: 44 }, low)).toMatchObject({ left: 20, top: 50, maxHeight: 390 });
    // From the lower edge of the page.
    expect(placeBeside(drawer, { left: 20, right: 252, top: 420, bottom: 440 }, low)).toMatchObject({ top: null, bottom: 354, maxHeight: 406 });
    // A card in the right column.
    const column = { left: 1056, right: 1440, top: 48, bottom: 400 };
    expect(placeBeside(column, { left: 900, right: 1000, top: 100, bottom: 120 }, page)).toMatchObject({ left: 592, top: 126 });
    // Pressed in it, or with too little beside it: as if nothing were kept.
    expect(placeBeside(drawer, { left: 20, right: 60, top: 500, bottom: 520 }, low)).toMatchObject({ top: null, maxHeight: 486 });
    expect(placeBeside({ ...drawer, top: 200 }, { left: 20, right: 252, top: 100, bottom: 120 }, low)).toMatchObject({ top: 126 });
  });

  it('keeps to the page where what was pressed fills it or is not known', () => {
    expect(popoverPlace({ left: 0, right: 1440, top: 10, bottom: 890 }, page)).toMatchObject({ top: 8, maxHeight: 520 });
    expect(popoverPlace(null, page)).toMatchObject({ left: 492, top: 156 });
  });
});

const subject = keySubject('/a/state');
let engine: ReturnType<typeof freshPage>;
const position = () => appStore.getState().position;

function Page() {
  return (
    <main>
      <section>
        <button type="button">beside</button>
        <WhoWrote of={() => subject}>4</WhoWrote>
      </section>
      <InquiryPanel />
    </main>
  );
}

/** Presses the value, and lets the engine answer. */
function ask(found: readonly Write[] = writes, total = found.length): HTMLElement {
  render(<Page />);
  fireEvent.click(screen.getByRole('button', { name: '4' }));
  const { id } = sentTo(engine).find((command) => (command as { type: string }).type === 'ask') as { id: number };
  act(() => engine.emit({ type: 'answer', id, answer: { kind: 'writers', writes: found, total } }));
  return screen.getByRole('dialog');
}

const button = (name: string) => screen.getByRole('button', { name });
const rows = () => within(screen.getByRole('list', { name: 'Every write' })).getAllByRole('listitem');
const marked = () => rows().flatMap((row, index) => (row.getAttribute('aria-current') === 'step' ? [index] : []));

beforeEach(() => {
  engine = freshPage();
  commands.open(DEFAULT_RUN, { kind: 'position', position: 25 });
  sentTo(engine);
});

describe('who wrote this?', () => {
  it('is answered in a dialog that has the focus, named by the question', () => {
    const dialog = ask();
    expect(document.activeElement).toBe(dialog);
    expect(screen.getByRole('dialog', { name: 'Who wrote this? /a/state' })).toBe(dialog);
    expect(within(dialog).getByText('3 writes in this run, 2 of them up to this step')).toBeTruthy();
    const said = 'dom0 xenwatch · connect: read_state';
    expect(rows().map((row) => within(row).getByRole('button', {
      name: new RegExp(`${said} (absent|“.”) becomes “.”$`),
    }).textContent?.replaceAll(/\s+/g, ' '))).toEqual([
      `Step 10 connect: read_state ${said} absent →becomes “1”`,
      `Step 20 connect: read_state made what is there now ${said} “1” →becomes “2”`,
      `Step 30 connect: read_state ${said} “2” →becomes “4”`,
    ]);
  });

  it('names the steps that made the page where nothing else was ever written, and leads there', () => {
    render(<Page />);
    fireEvent.click(screen.getByRole('button', { name: '4' }));
    const { id } = sentTo(engine).find((command) => (command as { type: string }).type === 'ask') as { id: number };
    const made = { position: 7, how: 'zeroed', thread: 'domU xenwatch', party: 'domU', key: 'setup_ring#alloc', shown: 'setup_ring' } as const;
    act(() => engine.emit({ type: 'answer', id, answer: { kind: 'writers', writes: [], total: 0, origins: [made] } }));
    const dialog = screen.getByRole('dialog');
    expect(dialog.textContent).not.toContain('before step 1');
    const list = within(dialog).getByRole('list', { name: 'Where it comes from' });
    fireEvent.click(within(list).getByRole('button', { name: /7 allocates the page, zeroed domU xenwatch · setup_ring: alloc/ }));
    expect(position()).toBe(7);
  });

  it('says that Xen wrote what a hypercall writes, and by whom that was called', () => {
    ask([{ ...write(20, '1', '2'), party: 'xen', key: 'map_grant_ref#map_one', shown: 'map_grant_ref' }]);
    const [row] = rows();
    expect(row!.textContent).toContain('Xen, called by dom0 xenwatch · map_grant_ref: map_one');
    expect(row!.dataset['party']).toBe('xen');
  });

  it('says of what was committed whose transaction that was, since ids of two connections are the same, and where in it', () => {
    const committed = { ...write(20, undefined, '2'), inside: { connection: 'libxl', begun: 9, position: 12 } };
    expect(ask([committed]).textContent).toContain(
      'written at step 12, in the transaction that libxl began at step 9; seen by others from step 20 on',
    );
  });

  it('leads to each write, stays open and marks anew', () => {
    ask();
    expect(marked()).toEqual([1]);
    fireEvent.click(rows()[2]!.querySelector('button')!);
    expect(position()).toBe(30);
    expect(marked()).toEqual([2]);
    fireEvent.click(button('Previous write'));
    expect(position()).toBe(20);
    fireEvent.click(button('Next write'));
    expect(position()).toBe(30);
    fireEvent.click(button('First write'));
    expect(position()).toBe(10);
    expect(button('Previous write').getAttribute('aria-disabled')).toBe('true');
    expect(button('First write').getAttribute('aria-disabled')).toBe('true');
    act(() => commands.seek(29));
    fireEvent.click(button('Go to the last write so far'));
    expect(position()).toBe(20);
    expect(button('At the last write so far').getAttribute('aria-disabled')).toBe('true');
  });

  it('leads to the only write by one button', () => {
    ask([writes[0]!]);
    expect(button('First write').getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(button('Go to the last write so far'));
    expect(position()).toBe(10);
    act(() => commands.seek(5));
    fireEvent.click(button('First write'));
    expect(position()).toBe(10);
  });

  it('has one stop for Tab in the list, and arrows in it', () => {
    ask();
    const jumps = rows().map((row) => row.querySelector('button')!);
    expect(jumps.map(({ tabIndex }) => tabIndex)).toEqual([-1, 0, -1]);
    jumps[1]!.focus();
    fireEvent.keyDown(jumps[1]!, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(jumps[2]);
    fireEvent.keyDown(jumps[2]!, { key: 'Home' });
    expect(document.activeElement).toBe(jumps[0]);
  });

  it('closes with Escape, and gives the focus back to what was pressed', () => {
    ask();
    fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
    expect(appStore.getState().inquiry).toBeNull();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(button('4'));
  });

  it('gives the focus to what stands beside it where that has gone meanwhile', () => {
    ask();
    act(() => button('4').remove());
    fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
    expect(document.activeElement).toBe(button('beside'));
  });

  it('lets Tab go on from what was pressed', () => {
    const dialog = ask();
    const stop = button('Stop when it changes');
    stop.focus();
    expect(fireEvent.keyDown(stop, { key: 'Tab' })).toBe(true);
    expect(document.activeElement).toBe(button('4'));
    dialog.focus();
    expect(fireEvent.keyDown(dialog, { key: 'Tab', shiftKey: true })).toBe(false);
    expect(document.activeElement).toBe(button('4'));
  });

  it('sets a breakpoint on the thing, and takes it away', () => {
    ask();
    fireEvent.click(button('Stop when it changes'));
    expect(appStore.getState().breakpoints).toEqual([
      { stop: { kind: 'changes', cell: subject.cell }, name: '/a/state changes', on: true },
    ]);
    expect(button('Stop when it changes').getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(button('Stop when it changes'));
    expect(appStore.getState().breakpoints).toEqual([]);
  });

  it('says where nothing was written, or not yet', () => {
    ask([]);
    expect(screen.getByText('No step of this run changes it: it is what it was before step 1. A store of the same value is no change.')).toBeTruthy();
  });

  it('says where it is not written yet at this step', () => {
    act(() => commands.seek(3));
    ask();
    expect(screen.getByText(/^Not written yet at this step/)).toBeTruthy();
    expect(marked()).toEqual([]);
    expect(button('Go to the last write so far').getAttribute('aria-disabled')).toBe('true');
  });

  it('says how many of very many it shows, and asks for others at the edge of them', () => {
    ask(writes, 1234);
    expect(screen.getByText('1,234 writes in this run; shown are the 3 nearest to here')).toBeTruthy();
    sentTo(engine);
    act(() => commands.seek(26));
    expect(sentTo(engine).map((command) => (command as { type: string }).type)).toEqual(['seek']);
    act(() => commands.seek(40));
    expect(sentTo(engine).map((command) => (command as { type: string }).type)).toEqual(['seek', 'ask']);
    fireEvent.click(button('First write'));
    expect(sentTo(engine)).toMatchObject([
      { type: 'seek', to: 0 }, { type: 'run', direction: 1, until: [{ kind: 'changes', cell: subject.cell }] },
      { type: 'ask' },
    ]);
  });

  it('says that it looks, that it could not, and that an address is another run’s', () => {
    render(<InquiryPanel />);
    act(() => commands.inquire(bytesSubject('bytes', 1, 0, 4)));
    expect(screen.getByText('Looking through the whole run…')).toBeTruthy();
    const { inquiry } = appStore.getState();
    act(() => appStore.setState({ inquiry: { ...inquiry!, answer: { kind: 'none', reason: 'no such bytes' } } }));
    expect(screen.getByText('no such bytes')).toBeTruthy();
    act(() => appStore.setState({ inquiry: { ...inquiry!, answer: { kind: 'moved' } } }));
    expect(screen.getByText(/^Another run is open/)).toBeTruthy();
  });
});

describe('bytes', () => {
  it('are told with what they stand for, now and in each write', () => {
    const page = realPage(DEFAULT_RUN.scenario);
    page.after('map_grant_ref#map_one');
    render(<InquiryPanel />);
    act(() => commands.inquire(grantSubject(mirror, 2056, 'flags')));
    expect(screen.getByText('0x0019 (permit, reading, writing)', { selector: '[class*=meaning]' }).parentElement?.textContent)
      .toContain('19 00');
    expect(rows().map((row) => row.textContent.replaceAll(/\s+/g, ' ').replace(/^.*: \w+ 0/, '0'))).toEqual([
      '00 00 →becomes 01 00 0x0000 (none set) →becomes 0x0001 (permit)',
      '01 00 →becomes 19 00 0x0001 (permit) →becomes 0x0019 (permit, reading, writing)',
    ]);
  });
});
