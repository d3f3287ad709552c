// @vitest-environment happy-dom
import { act, fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import Marks from '../../src/panels/timeline/Marks.tsx';
import { TimelinePanel } from '../../src/panels/timeline/Panel.tsx';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { appStore } from '../../src/store/store.ts';
import { freshPage } from '../harness/page.ts';

const button = (name: string | RegExp) => screen.getByRole('button', { name });
const off = (name: string) => button(name).getAttribute('aria-disabled');
const wider = { ...DEFAULT_RUN, config: { ...DEFAULT_RUN.config, queues: 3 } };

beforeEach(() => {
  freshPage();
  commands.open(DEFAULT_RUN, { kind: 'position', position: 12 });
});

describe('the marks', () => {
  it('are set by a button, which then leads to the step, and cleared by another', () => {
    render(<Marks />);
    fireEvent.click(button('Mark A here ([)'));
    act(() => commands.seek(30));
    fireEvent.click(button('A 12: go to this mark'));
    expect(appStore.getState().position).toBe(12);
    fireEvent.click(button('Clear mark A'));
    expect(button('Mark A here ([)')).toBeTruthy();
  });

  it('are compared once there are two', () => {
    render(<Marks />);
    act(() => commands.mark('a'));
    expect(off('Compare')).toBe('true');
    act(() => commands.mark('b'));
    expect(off('Compare')).toBe('false');
    fireEvent.click(button('Compare'));
    expect(appStore.getState().comparison).toMatchObject({ from: 12, to: 12 });
  });

  it('say of a mark in another run which run that is, and open it again', () => {
    render(<Marks />);
    act(() => commands.mark('a'));
    act(() => commands.open(wider, { kind: 'position', position: 0 }));
    const away = button('A not here: it marks step 12 of another run');
    fireEvent.click(away);
    expect(screen.getByRole('dialog').textContent).toContain('ring pages 4 and 4, queues 1, grant frames 64, backend PV');
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(away);
    fireEvent.click(away);
    fireEvent.click(button('Open its run'));
    expect(appStore.getState()).toMatchObject({ run: DEFAULT_RUN, position: 12 });
    expect(button('A 12: go to this mark')).toBeTruthy();
  });

  it('say why they cannot be compared, and what to do, where Compare is pressed all the same', () => {
    render(<Marks />);
    const said = () => appStore.getState().rejected?.reason;
    act(() => commands.mark('a'));
    fireEvent.click(button('Compare'));
    expect(said()).toBe('Mark two steps first: [ marks A, ] marks B.');
    act(() => commands.open(wider, { kind: 'position', position: 0 }));
    act(() => commands.mark('b'));
    fireEvent.click(button('Compare'));
    expect(said()).toMatch(/^Only steps of the open run can be compared: press the mark that is “not here” and open its run/);
    expect(appStore.getState().comparison).toBeNull();
  });

  it('fly on the timeline where the open run has them', () => {
    const { container } = render(<TimelinePanel />);
    const flags = () => [...container.querySelectorAll('[data-leans]')].map(({ textContent }) => textContent);
    act(() => commands.mark('a'));
    act(() => commands.mark('b'));
    expect(flags()).toEqual(['A', 'B']);
    act(() => commands.open(wider, { kind: 'position', position: 0 }));
    expect(flags()).toEqual([]);
  });
});
