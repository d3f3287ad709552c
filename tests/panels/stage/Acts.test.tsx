// @vitest-environment happy-dom
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { menuPlace } from '../../../src/panels/stage/menu-place.ts';
import { Stage } from '../../../src/panels/stage/Stage.tsx';
import { commands } from '../../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../../src/store/config.ts';
import { appStore } from '../../../src/store/store.ts';
import type { ActView } from '../../../src/store/view.ts';
import { freshPage, sentTo } from '../../harness/page.ts';
import { midMapping } from './mock.ts';

const ACTS: readonly ActView[] = [
  { id: 'unplug', kind: 'toolstack', party: 'toolstack', title: 'Unplug the vif', refusal: null },
  { id: 'revoke', kind: 'fault', party: 'domU', title: 'Clear a grant entry', refusal: 'no page is granted yet' },
  { id: 'send', kind: 'guest', party: 'domU', title: 'Send a packet', refusal: null },
];

let engine: ReturnType<typeof freshPage>;

beforeEach(() => {
  engine = freshPage();
  commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
  sentTo(engine);
});

function opener(where: string): HTMLElement | null {
  return screen.queryByRole('button', { name: `Act in ${where}`, hidden: true });
}

async function openMenu(where: string) {
  fireEvent.click(opener(where)!);
  const menu = await screen.findByRole('menu', { name: `Act in ${where}`, hidden: true });
  return { menu, item: (name: string) => within(menu).getByRole('menuitem', { name: new RegExp(`^${name}`), hidden: true }) };
}

describe('acts on the stage', () => {
  it('are offered where they happen, and nowhere else', () => {
    const { rerender } = render(<Stage view={midMapping()} />);
    expect(screen.queryAllByRole('button', { name: /^Act in/, hidden: true })).toEqual([]);
    rerender(<Stage view={{ ...midMapping(), acts: ACTS }} />);
    expect(opener('domU 5')).toBeTruthy();
    expect(opener('dom0')).toBeNull();
    expect(opener('Xen')).toBeNull();
    expect(opener('the toolstack')).toBeTruthy();
    expect(within(screen.getByRole('region', { name: 'toolstack', hidden: true })).getByText('idle')).toBeTruthy();
  });

  it('stand in a menu by kind; one that cannot be done stays, says why and does nothing', async () => {
    render(<Stage view={{ ...midMapping(), acts: ACTS }} />);
    const { menu, item } = await openMenu('domU 5');
    const groups = within(menu).getAllByRole('group', { hidden: true }).map((group) => group.getAttribute('aria-label'));
    expect(groups).toEqual(['Things people do', 'Things that break']);
    const revoke = item('Clear a grant entry');
    expect(revoke.getAttribute('aria-disabled')).toBe('true');
    expect(revoke.textContent).toContain('no page is granted yet');
    fireEvent.click(revoke);
    expect(sentTo(engine)).toEqual([]);
    fireEvent.click(item('Send a packet'));
    expect(sentTo(engine)).toEqual([{ type: 'choose', thread: 'act:send' }]);
    expect(screen.queryByRole('menu', { hidden: true })).toBeNull();
  });

  it('are reached by arrow keys, and Escape leads back to the button', async () => {
    render(<Stage view={{ ...midMapping(), acts: ACTS }} />);
    const { menu, item } = await openMenu('domU 5');
    await waitFor(() => expect(document.activeElement).toBe(item('Send a packet')));
    fireEvent.keyDown(menu, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(item('Clear a grant entry'));
    fireEvent.keyDown(menu, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(item('Send a packet'));
    fireEvent.keyDown(menu, { key: 'End' });
    expect(document.activeElement).toBe(item('Clear a grant entry'));
    fireEvent.keyDown(menu, { key: 'Escape' });
    expect(screen.queryByRole('menu', { hidden: true })).toBeNull();
    expect(document.activeElement).toBe(opener('domU 5'));
  });

  it('hold the run still while a person chooses', async () => {
    appStore.setState({ playing: true });
    render(<Stage view={{ ...midMapping(), acts: ACTS }} />);
    await openMenu('domU 5');
    expect(sentTo(engine)).toEqual([{ type: 'pause' }]);
  });
});

describe('a menu', () => {
  const page = { width: 390, height: 844 };

  it('stands under its button, within the page', () => {
    const place = menuPlace({ left: 310, right: 374, top: 60, bottom: 104 }, page);
    expect(place).toEqual({ left: '54px', width: '320px', top: '108px', bottom: 'auto', maxHeight: '728px' });
    expect(menuPlace({ left: 8, right: 60, top: 60, bottom: 104 }, page).left).toBe('8px');
    expect(menuPlace({ left: 8, right: 60, top: 60, bottom: 104 }, { width: 300, height: 844 }).width).toBe('284px');
  });

  it('stands above it where there is more room', () => {
    const place = menuPlace({ left: 310, right: 374, top: 700, bottom: 744 }, page);
    expect(place).toMatchObject({ top: 'auto', bottom: '148px', maxHeight: '688px' });
  });
});
