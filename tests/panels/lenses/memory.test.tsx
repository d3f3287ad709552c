// @vitest-environment happy-dom
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryLens } from '../../../src/panels/lenses/MemoryLens.tsx';
import { commands } from '../../../src/store/commands.ts';
import { mirror } from '../../../src/store/connection.ts';
import { appStore } from '../../../src/store/store.ts';
import { freshPage } from '../../harness/page.ts';
import { after, realPage } from '../../harness/real-page.ts';

const grid = () => screen.getByRole('grid');
const chosen = () => document.querySelector(`#${CSS.escape(grid().getAttribute('aria-activedescendant')!)}`)!;
const page = () => grid().getAttribute('aria-label')!.replace('Bytes of the page: ', '');
const byte = () => within(screen.getByRole('region', { name: 'The chosen byte' }));
const press = (key: string, rest = {}) => fireEvent.keyDown(grid(), { key, ...rest });
const label = () => chosen().getAttribute('aria-label') ?? chosen().textContent;

function choosePage(name: string): void {
  const option = screen.getByRole<HTMLOptionElement>('option', { name });
  fireEvent.change(screen.getByRole('combobox', { name: 'Page' }), { target: { value: option.value } });
}

function jump(to: string): void {
  fireEvent.change(screen.getByRole('textbox', { name: 'Offset' }), { target: { value: to } });
  fireEvent.submit(screen.getByRole('textbox', { name: 'Offset' }).closest('form')!);
}

describe('the memory lens before there is anything', () => {
  it('says what will be there', () => {
    freshPage();
    // What another run has left.
    commands.open(appStore.getState().run, { kind: 'position', position: 0 });
    expect(mirror.pages.size).toBe(0);
    render(<MemoryLens />);
    expect(screen.getByText(/^No page holds anything yet/)).toBeTruthy();
  });
});

describe('the memory lens in a run with packets', () => {
  beforeEach(() => {
    realPage('traffic', { txPages: 1, rxPages: 1 });
    render(<MemoryLens />);
  });

  it('follows the step to the bytes that it changed, marks them and decodes their field', () => {
    act(() => after('xennet_tx_setup_grant#fill_request'));
    expect(page()).toBe('TX ring, queue 0, page 0');
    const hot = [...grid().querySelectorAll('[role=gridcell][data-hot=true]')];
    expect(hot[0]!.getAttribute('aria-label')).toMatch(/^0x040: 08, slot 0: gref, changed by this step$/);
    expect(hot.every((cell) => cell.textContent !== '00')).toBe(true);
    expect(label()).toBe(hot[0]!.getAttribute('aria-label'));
    expect(byte().getByRole('heading').textContent).toBe('slot 0: grefstruct netif_tx_request');
    expect(byte().getByText(/^netfront has written a request here and not yet published it/)).toBeTruthy();
    expect(byte().getByRole('table', { name: 'Read as a request (now)' })).toBeTruthy();
    act(() => after('RING_PUSH_REQUESTS_AND_CHECK_NOTIFY#store_req_prod', 2));
    expect(byte().getByRole('heading').textContent).toBe('req_prodstruct netif_tx_sring');
    expect(byte().getByRole('button', { name: /^req_prod at 0x000 of TX ring.*who wrote this/ })).toBeTruthy();
    jump('64');
    expect(byte().getByText('A published request is here, and no response has taken its place.')).toBeTruthy();
  });

  it('shows a response where one has taken the place of a request', () => {
    act(() => commands.seek(appStore.getState().outline!.length));
    choosePage('TX ring, queue 0, page 0');
    jump('0x40');
    expect(byte().getByRole('heading').textContent).toBe('slot 0: idstruct netif_tx_response');
    const table = byte().getByRole('table', { name: 'Read as a response (now)' });
    expect(within(table).getAllByRole('row').map((row) => row.textContent)).toEqual(['id0', 'status0 (OKAY)']);
  });

  it('stays where a person has chosen, until it is told to follow again', () => {
    act(() => after('xennet_tx_setup_grant#fill_request'));
    choosePage('Shared info of dom0');
    const follow = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Follow the step' });
    expect(follow.checked).toBe(false);
    act(() => after('gnttab_grant_foreign_access#store_flags', 2));
    expect(page()).toBe('Shared info of dom0');
    fireEvent.click(screen.getByRole('button', { name: 'To the change' }));
    expect(page()).toBe('Grant frame 0: entries 0 to 511');
    expect(follow.checked).toBe(false);
    act(() => after('xennet_tx_setup_grant#fill_request'));
    expect(page()).toBe('Grant frame 0: entries 0 to 511');
    fireEvent.click(follow);
    expect(page()).toBe('TX ring, queue 0, page 0');
  });

  it('has lamps for the flags of a grant entry', () => {
    choosePage('Grant frame 1: 512–1023');
    jump('0x40');
    expect(byte().getByRole('heading').textContent).toBe('entry 520: flagsstruct grant_entry_v1');
    expect(byte().getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'permit: on', 'read-only: off', 'reading: on', 'writing: on',
    ]);
    expect(byte().getByText('0x0019: permit_access, reading, writing')).toBeTruthy();
    expect(byte().getByText('This entry grants queue 0 TX page 0.')).toBeTruthy();
  });

  it('names the ports that are masked', () => {
    choosePage('Shared info of domU 5');
    jump('2560');
    expect(byte().getByText('all of 0 to 63 but 11 (queue 0 TX), 12 (queue 0 RX)')).toBeTruthy();
    jump('2048');
    expect(byte().getByText('no port')).toBeTruthy();
  });

  it('is a grid with one tab stop, moved in by the keys of a grid', () => {
    choosePage('Shared info of domU 5');
    expect(grid().querySelectorAll('[tabindex]')).toHaveLength(0);
    jump('0xa00');
    const seen = [label()];
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'End', 'Home']) {
      press(key);
      seen.push(label());
    }
    expect(seen.map((one) => one.slice(0, 5))).toEqual(['0xa00', '0xa01', '0xa11', '0xa10', '0xa00', '0xa0f', '0xa00']);
    press('End', { ctrlKey: true });
    expect(label()).toMatch(/^0x\w+ to 0xff0: zeros Show them$/);
    press('Enter');
    expect(label()).toBe('0xfff: 00, nothing');
    press('Home', { ctrlKey: true });
    expect(label()).toMatch(/^0x000 to 0x\w+: zeros Show them$/);
  });

  it('renders no more than what is on screen', () => {
    choosePage('Shared info of domU 5');
    press('End', { ctrlKey: true });
    press('Enter');
    press('Home', { ctrlKey: true });
    press('Enter');
    expect(Number(grid().getAttribute('aria-rowcount'))).toBe(257);
    expect(screen.getAllByRole('row').length).toBeLessThan(40);
  });

  it('asks who wrote the field of the chosen byte by Enter', () => {
    choosePage('TX ring, queue 0, page 0');
    jump('0');
    press('Enter');
    expect(appStore.getState().inquiry?.subject.name).toBe('req_prod at 0x000 of TX ring, queue 0, page 0');
    expect(appStore.getState().inquiry?.subject.cell).toMatchObject({ cell: 'bytes', offset: 0, length: 4 });
  });

  it('says what is wrong with an offset where it is written', () => {
    const field = screen.getByRole('textbox', { name: 'Offset' });
    jump('1a0');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(document.querySelector(`#${CSS.escape(field.getAttribute('aria-describedby')!)}`)!.textContent).toBe(
      'Hexadecimal takes 0x in front: 0x1a0?',
    );
    jump('0x1a3');
    expect(field.getAttribute('aria-invalid')).toBe('false');
    expect(label()).toMatch(/^0x1a3/);
  });
});

describe('the memory lens in the handshake', () => {
  it('says of a page of zeros that it is one', () => {
    realPage('netif-multipage', { txPages: 1, rxPages: 1 });
    render(<MemoryLens />);
    choosePage('Grant frame 0: 0–511');
    expect(chosen().textContent).toContain('Every byte of this page is zero.');
    fireEvent.click(chosen());
    expect(label()).toBe('0x000: 00, entry 0: flags');
  });
});
