// @vitest-environment happy-dom
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ScenarioPanel, SlidersPanel } from '../../src/panels/controls/Panel.tsx';
import { CopyLink, ShareButton, ThemeChoice } from '../../src/panels/controls/Share.tsx';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { appStore } from '../../src/store/store.ts';
import { freshPage } from '../harness/page.ts';

const config = () => appStore.getState().run.config;

beforeEach(() => {
  freshPage();
  commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
});

afterEach(() => vi.unstubAllGlobals());

const entries = () => screen.getByRole('status', { name: /^Entries of each queue/ });

describe('ring pages', () => {
  it('move both rings together, and say how many entries that makes', () => {
    render(<SlidersPanel />);
    const pages = screen.getByRole('group', { name: 'Ring pages' });
    expect(within(pages).getByRole<HTMLInputElement>('radio', { name: '4' }).checked).toBe(true);
    fireEvent.click(within(pages).getByRole('radio', { name: '16' }));
    expect(config()).toMatchObject({ txPages: 16, rxPages: 16 });
    expect(entries().textContent).toBe('4096 TX · 4096 RX per queue');
  });

  it('can be set apart, and be put together again', () => {
    render(<SlidersPanel />);
    const apart = screen.getByRole('button', { name: 'RX apart' });
    fireEvent.click(apart);
    fireEvent.click(
      within(screen.getByRole('group', { name: 'RX ring pages' })).getByRole('radio', { name: '1' }),
    );
    expect(config()).toMatchObject({ txPages: 4, rxPages: 1 });
    fireEvent.click(
      within(screen.getByRole('group', { name: 'TX ring pages' })).getByRole('radio', { name: '8' }),
    );
    expect(config()).toMatchObject({ txPages: 8, rxPages: 1 });
    expect(entries().textContent).toBe('2048 TX · 256 RX per queue');
    fireEvent.click(apart);
    expect(config()).toMatchObject({ txPages: 8, rxPages: 8 });
    expect(screen.queryByRole('group', { name: 'RX ring pages' })).toBeNull();
  });
});

describe('queues', () => {
  it('go from 1 to 8 and no further', () => {
    render(<SlidersPanel />);
    const fewer = screen.getByRole('button', { name: 'One queue fewer' });
    const more = screen.getByRole('button', { name: 'One queue more' });
    fireEvent.click(fewer);
    expect(config().queues).toBe(1);
    for (let i = 0; i < 9; i++) fireEvent.click(more);
    expect(config().queues).toBe(8);
    expect(more.getAttribute('aria-disabled')).toBe('true');
  });
});

describe('grant frames', () => {
  it('apply when the field is left', () => {
    render(<SlidersPanel />);
    const field = screen.getByLabelText('Grant frames');
    fireEvent.change(field, { target: { value: '128' } });
    expect(config().maxGrantFrames).toBe(64);
    fireEvent.blur(field);
    expect(config().maxGrantFrames).toBe(128);
  });

  it('out of range say why, keep what was typed, and leave the run alone', () => {
    render(<SlidersPanel />);
    const field = screen.getByLabelText<HTMLInputElement>('Grant frames');
    fireEvent.change(field, { target: { value: '3' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(screen.getByRole('alert').textContent).toBe(
      '3 grant frames are too few: the smallest number offered is 4.',
    );
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(field.value).toBe('3');
    expect(config().maxGrantFrames).toBe(64);
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(screen.queryByRole('alert')).toBeNull();
    expect(field.value).toBe('64');
  });
});

describe('backend and scenario', () => {
  it('dom0 runs as PV or PVH', () => {
    render(<SlidersPanel />);
    fireEvent.click(screen.getByRole('radio', { name: 'PVH' }));
    expect(config().backend).toBe('pvh');
  });

  it('the composite says that it is one and leads to what differs, and nothing else does', () => {
    const onWhy = vi.fn<() => void>();
    const { rerender } = render(<ScenarioPanel onWhy={onWhy} />);
    fireEvent.click(screen.getByText('composite: multi-page netif was proposed and never merged'));
    expect(onWhy).toHaveBeenCalledOnce();
    // With one page a ring, only the keys are of that tree.
    act(() => appStore.setState({ run: { ...DEFAULT_RUN, config: { ...DEFAULT_RUN.config, txPages: 1 } } }));
    expect(screen.getByText(/multi-page netif was proposed/)).toBeTruthy();
    act(() => appStore.setState({ run: { ...DEFAULT_RUN, config: { ...DEFAULT_RUN.config, txPages: 1, rxPages: 1 } } }));
    expect(screen.queryByText(/multi-page netif was proposed/)).toBeNull();
    expect(screen.getByText('composite: its page-order keys were never merged')).toBeTruthy();
    appStore.setState({ run: { ...DEFAULT_RUN, scenario: 'netif-upstream' } });
    rerender(<ScenarioPanel onWhy={onWhy} />);
    expect(screen.queryByText(/never merged/)).toBeNull();
  });
});

describe('sharing', () => {
  it('copies the address of the step and says so', async () => {
    const written: string[] = [];
    vi.stubGlobal('navigator', {
      clipboard: { writeText: (text: string) => Promise.resolve(written.push(text)) },
    });
    render(<CopyLink />);
    fireEvent.click(screen.getByRole('button', { name: /Copy link/ }));
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Copied'));
    expect(written[0]).toMatch(/#v2\.netif-multipage\.4\.4\.1\.64\.pv\.-\.0\.[-0-9a-f]+\.-\.\w{4}$/);
  });

  it('offers the text to be copied by hand where the browser refuses', async () => {
    vi.stubGlobal('navigator', { clipboard: { writeText: () => Promise.reject(new Error('not allowed')) } });
    render(<CopyLink />);
    fireEvent.click(screen.getByRole('button', { name: /Copy link/ }));
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox');
    expect(field.value).toMatch(/^http[^#]*#v\d+\.netif-multipage\./);
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(screen.queryByRole('textbox')).toBeNull();
  });
});

describe('the ways to share', () => {
  it('open by a button that says so', () => {
    const onOpen = vi.fn<() => void>();
    render(<ShareButton onOpen={onOpen} />);
    fireEvent.click(screen.getByRole('button', { name: 'Share' }));
    expect(onOpen).toHaveBeenCalledOnce();
  });
});

describe('the theme', () => {
  it('is one of three', () => {
    render(<ThemeChoice />);
    fireEvent.change(screen.getByRole('combobox', { name: 'Theme' }), { target: { value: 'dark' } });
    expect(appStore.getState().theme).toBe('dark');
  });
});
