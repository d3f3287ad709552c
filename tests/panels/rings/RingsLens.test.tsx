// @vitest-environment happy-dom
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { RingsLens } from '../../../src/panels/lenses/RingsLens.tsx';
import { ringChoice } from '../../../src/store/ring-choice.ts';
import { appStore } from '../../../src/store/store.ts';
import { realPage } from '../../harness/real-page.ts';

beforeEach(() => ringChoice.setState({ ring: null, slot: '' }));

const ALLOCATED = 'setup_netfront#alloc_ring_pages';
const ONE = { txPages: 1, rxPages: 1 };
const region = () => screen.getByRole('region', { name: /ring of queue/ });
const circle = () => screen.getByRole('slider', { name: /^Slot of the/ });
const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Slot' });
const type = (text: string) => fireEvent.change(field(), { target: { value: text } });
const countOf = (state: string) => screen.getByText(state).closest('li')?.textContent;
const cellsOf = (row: RegExp) =>
  within(screen.getByRole('row', { name: row })).getAllByRole('cell').map(({ textContent }) => textContent);
const reading = (name: RegExp) => screen.getByRole('table', { name });
const valuesOf = (table: HTMLElement) =>
  Object.fromEntries(within(table).getAllByRole('row').slice(1).map((row) => [
    within(row).getByRole('rowheader').firstChild?.textContent,
    within(row).getByRole('button').textContent,
  ]));

describe('before and after there is a ring', () => {
  it('says what will be here', () => {
    realPage('netif-multipage', ONE).seek(0);
    expect(render(<RingsLens />).container.textContent).toMatch(/^No rings yet\./);
  });

  it('says that it is gone', () => {
    const page = realPage('close-unplug', ONE);
    const { container } = render(<RingsLens />);
    expect(region()).toBeTruthy();
    act(() => page.seek(-1));
    expect(container.textContent).toMatch(/^The rings are gone/);
  });

  it('shows the pages of a ring that is not initialised, and promises nothing of its slots', () => {
    const page = realPage('netif-multipage');
    page.after(ALLOCATED);
    render(<RingsLens />);
    expect(region().textContent).toContain('1024 slots on 4 pages, allocated, not initialised');
    expect(cellsOf(/^\s*req_prod\b/)).toEqual(['byte 0', 'not there']);
    type('5');
    expect(screen.getByText(/^Nothing says yet how to read it/)).toBeTruthy();
  });
});

describe('in the middle of traffic', () => {
  beforeEach(() => realPage('traffic', ONE).after('xenvif_tx_action#batch_copy'));

  it('every index is there with its slot and lap, shared and private apart', () => {
    render(<RingsLens />);
    expect(region().getAttribute('aria-label')).toBe('TX ring of queue 0');
    expect(within(screen.getByRole('table', { name: /^Shared/ })).getAllByRole('row')).toHaveLength(5);
    expect(cellsOf(/^\s*req_prod\b(?!_)/)).toEqual(['byte 0', '2', '2', '0']);
    expect(cellsOf(/^\s*req_cons\b/)).toEqual(['netback', '2', '2', '0']);
    fireEvent.click(screen.getByRole('radio', { name: 'RX' }));
    expect(cellsOf(/^\s*req_prod\b(?!_)/)).toEqual(['byte 0', '257', '1', '1']);
  });

  it('slots are counted by what they are', () => {
    render(<RingsLens />);
    expect(countOf('requests consumed, not answered')).toBe('2requests consumed, not answered');
    expect(countOf('free')).toBe('254free');
  });

  it('a slot has both readings, its bytes and its place, and says which of the two it is', () => {
    render(<RingsLens />);
    type('1');
    expect(circle().getAttribute('aria-valuetext')).toMatch(/^slot 1: a request that netback has consumed/);
    expect(reading(/as a request it is one/).dataset['live']).toBe('true');
    expect(reading(/as a response it is none/).dataset['live']).toBe('false');
    const request = valuesOf(reading(/as a request/));
    expect(Object.keys(request)).toEqual(['gref', 'offset', 'flags', 'id', 'size']);
    expect(request).toMatchObject({ offset: '0', flags: '0', id: '1' });
    expect(Object.keys(valuesOf(reading(/as a response/)))).toEqual(['id', 'status']);
    const { mfn } = appStore.getState().stage.rings[0]!.pages[0]!;
    expect(screen.getByText(`page 0, byte 76, machine frame 0x${mfn.toString(16)}`)).toBeTruthy();
  });

  it('who wrote a field or an index can be asked', () => {
    render(<RingsLens />);
    type('1');
    fireEvent.click(within(reading(/as a request/)).getByRole('button', { name: /^gref of the request in slot 1/ }));
    const { inquiry, stage } = appStore.getState();
    const frame = stage.rings[0]!.pages[0]!.mfn;
    expect(inquiry?.subject.cell).toEqual({ cell: 'bytes', frame, offset: 76, length: 4 });
    const writes = inquiry?.answer?.kind === 'writers' ? inquiry.answer.writes : [];
    // The request, and later in the run the response over it.
    expect(writes.map(({ key }) => key)).toEqual(['xennet_tx_setup_grant#fill_request', 'make_tx_response#write_response']);
    fireEvent.click(screen.getByRole('button', { name: /^req_cons 2/ }));
    expect(appStore.getState().inquiry?.answer).toMatchObject({ kind: 'writers' });
    expect(appStore.getState().inquiry?.subject.cell).toMatchObject({ cell: 'slot', name: 'netback:queue:0' });
  });
});

describe('a slot', () => {
  beforeEach(() => realPage('traffic', ONE).after('xenvif_tx_action#batch_copy'));

  it('is chosen with keys on the circle, around the end of the ring too', () => {
    render(<RingsLens />);
    expect(circle().getAttribute('aria-valuetext')).toBe('no slot chosen');
    const press = (key: string) => fireEvent.keyDown(circle(), { key });
    const now = () => circle().getAttribute('aria-valuenow');
    for (const [key, slot] of [
      ['ArrowRight', '0'], ['ArrowRight', '1'], ['ArrowLeft', '0'], ['ArrowLeft', '255'], ['ArrowUp', '0'],
      ['PageUp', '16'], ['End', '255'], ['PageUp', '15'], ['Home', '0'],
    ] as const) {
      press(key);
      expect(now()).toBe(slot);
    }
    expect(field().value).toBe('0');
    fireEvent.keyDown(circle(), { key: 'ArrowRight', altKey: true });
    expect(now()).toBe('0');
  });

  it('that is none is answered kindly beside the field', () => {
    render(<RingsLens />);
    type('256');
    expect(screen.getByRole('status').textContent).toBe('This ring has slots 0 to 255. As an index, 256 means slot 0.');
    expect(field().getAttribute('aria-invalid')).toBe('true');
    type('twelve');
    expect(screen.getByRole('status').textContent).toBe('“twelve” is no slot number. This ring has slots 0 to 255.');
    expect(screen.queryByRole('table', { name: /as a request/ })).toBeNull();
    type('');
    expect(screen.getByRole('status').textContent).toBe('');
    expect(screen.getByText(/^Choose a slot to see its bytes/)).toBeTruthy();
  });
});

describe('what the step changed', () => {
  it('is marked and named: a response over a request', () => {
    realPage('traffic', ONE).after('make_tx_response#write_response');
    const { container } = render(<RingsLens />);
    type('0');
    expect(screen.getByRole('row', { name: /^\s*rsp_prod_pvt changed by this step/ }).dataset['hot']).toBe('true');
    expect(container.querySelectorAll('.hotBand, [class*=hotBand]').length).toBe(1);
    // The size is left of the request; netback wrote over its gref.
    expect(valuesOf(reading(/as a response it is one/))).toMatchObject({ id: '0', status: '0' });
    expect(valuesOf(reading(/as a request it is none/))).toMatchObject({ id: '0', size: '60' });
  });

  it('is followed from ring to ring until somebody chooses one', () => {
    const page = realPage('traffic', { ...ONE, queues: 2 });
    page.after('xennet_tx_setup_grant#take_id_and_reference');
    render(<RingsLens />);
    const name = () => region().getAttribute('aria-label');
    const { queue } = appStore.getState().stage.rings.find(({ changed }) => changed !== undefined)!;
    expect(name()).toBe(`TX ring of queue ${queue}`);
    fireEvent.click(screen.getByRole('radio', { name: `q${1 - queue}` }));
    fireEvent.click(screen.getByRole('radio', { name: 'RX' }));
    act(() => page.after('xennet_tx_setup_grant#take_id_and_reference', 2));
    expect(name()).toBe(`RX ring of queue ${1 - queue}`);
    fireEvent.click(screen.getByRole('button', { name: 'Follow the step', pressed: false }));
    expect(name()).toMatch(/^TX ring of queue/);
  });

  it('is said to be more than is marked where the list was cut', () => {
    realPage('netif-multipage').after('xennet_alloc_rx_buffers#post_buffers');
    render(<RingsLens />);
    expect(region().getAttribute('aria-label')).toBe('RX ring of queue 0');
    expect(screen.getByText(/only the first 200 of \d{4,} changes are marked$/)).toBeTruthy();
    expect(countOf('requests written, not published')).toBe('1024requests written, not published');
  });
});

describe('in bytes', () => {
  it('says page by page what lies there, over seams and in vain', () => {
    realPage('netif-multipage').seek(-1);
    render(<RingsLens />);
    fireEvent.click(screen.getByRole('radio', { name: 'TX' }));
    expect(screen.getByText(/^64 bytes of header, then 1024 slots of 12 bytes: 12,352 of 16,384 bytes are used\.$/)).toBeTruthy();
    const pages = () =>
      screen.getAllByRole('listitem').map(({ textContent }) => textContent).filter((text) => text.startsWith('Page'));
    expect(pages()).toEqual([
      'Page 0 header, slots 0–335',
      'Page 1 slots 336–677',
      'Page 2 slots 677–1018; slot 677 begins 4 bytes before this page and has 8 bytes on it',
      'Page 3 slots 1018–1023; slot 1018 begins 8 bytes before this page and has 4 bytes on it; ' +
        'the last 4,032 bytes are never used',
    ]);
    fireEvent.click(screen.getByRole('radio', { name: 'RX' }));
    expect(pages()[3]).toMatch(/^Page 3 .*no slot lies here: never used$/);
  });

  it('a slot on two pages is shown in two parts that can each be asked about', () => {
    realPage('netif-multipage').seek(-1);
    render(<RingsLens />);
    fireEvent.click(screen.getByRole('radio', { name: 'TX' }));
    const { entry, page, before, after } = appStore.getState().stage.rings[0]!.straddles[0]!;
    type(String(entry));
    const parts = screen.getAllByText(/^page \d+, byte \d+, machine frame/).map(({ textContent }) => textContent);
    expect(parts.map((text) => text.split(', machine')[0])).toEqual([
      `page ${page - 1}, byte ${4096 - before}`, `page ${page}, byte 0`,
    ]);
    expect(screen.getByText(`It straddles a seam: ${before} bytes on page ${page - 1}, ${after} on the next.`)).toBeTruthy();
  });

  const next = () => screen.getByRole('button', { name: 'Next split slot' });

  it('a button goes from one slot on two pages to the next, round and round, from wherever one is', () => {
    realPage('netif-multipage').seek(-1);
    render(<RingsLens />);
    fireEvent.click(screen.getByRole('radio', { name: 'TX' }));
    expect(next().title).toBe('Slots that lie on two pages: 677, 1018');
    const visited = [0, 1, 2].map(() => {
      fireEvent.click(next());
      expect(screen.getByText(/^It straddles a seam/)).toBeTruthy();
      return field().value;
    });
    expect(visited).toEqual(['677', '1018', '677']);
    type('700');
    fireEvent.click(next());
    expect(field().value).toBe('1018');
  });

  it('a slot that was typed is not asked for in another scenario, but where the same one is open with more pages', () => {
    realPage('netif-multipage').seek(-1);
    const { run } = appStore.getState();
    render(<RingsLens />);
    type('677');
    const open = (change: Partial<typeof run>) => act(() => appStore.setState({ run: { ...run, ...change } }));
    open({ config: { ...run.config, queues: 2 } });
    expect(field().value).toBe('677');
    open({ scenario: 'close-unplug' });
    expect(field().value).toBe('');
  });

  it('says why there is none: one page, or slots that end where pages do', () => {
    const says = () => {
      const { title } = next();
      fireEvent.click(next());
      const how = document.getElementById(next().getAttribute('aria-describedby')!)!.textContent;
      return [how, next().getAttribute('aria-disabled'), title, field().value];
    };
    realPage('netif-multipage', ONE).seek(-1);
    const { unmount } = render(<RingsLens />);
    expect(says()).toEqual(['none: with one page there is no seam', 'true', '', '']);
    unmount();
    realPage('netif-multipage').seek(-1);
    render(<RingsLens />);
    fireEvent.click(screen.getByRole('radio', { name: 'RX' }));
    expect(says()[0]).toBe('none: slots of 8 bytes, behind a header of 64, end where pages do');
    expect(field().value).toBe('');
  });
});

it('draws as few elements for 4096 slots as for 256', () => {
  const sizes = [ONE, { txPages: 16, rxPages: 16, maxGrantFrames: 256 }].map((config) => {
    realPage('netif-multipage', config).seek(-1);
    const { container, unmount } = render(<RingsLens />);
    const count = container.querySelectorAll('*').length;
    unmount();
    return count;
  });
  // Sixteen pages have sixteen lines of words each; slots have none.
  expect(sizes[1]! - sizes[0]!).toBeLessThan(16 * 8);
});
