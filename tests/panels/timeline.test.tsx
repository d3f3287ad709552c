// @vitest-environment happy-dom
import { act, fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { TimelinePanel } from '../../src/panels/timeline/Panel.tsx';
import { Progress } from '../../src/panels/timeline/Progress.tsx';
import { Transport } from '../../src/panels/timeline/Transport.tsx';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { appStore } from '../../src/store/store.ts';
import { freshPage, sentTo } from '../harness/page.ts';

let engine: ReturnType<typeof freshPage>;
const position = () => appStore.getState().position;

function open(length: number): void {
  engine = freshPage(length);
  commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
  sentTo(engine);
}

beforeEach(() => open(300));

describe('the timeline', () => {
  it('says what will be here before a run is open', () => {
    appStore.setState({ outline: null });
    render(<TimelinePanel />);
    expect(screen.getByText('The lanes appear once the run is open.')).toBeTruthy();
  });

  it('draws as many elements for twenty thousand steps as for three hundred', () => {
    const first = render(<TimelinePanel />);
    const few = first.container.querySelectorAll('*').length;
    first.unmount();
    open(20_400);
    const { container } = render(<TimelinePanel />);
    expect(container.querySelectorAll('*').length).toBe(few);
  });

  it('names each lane and chapter, and the chapter we are in', () => {
    render(<TimelinePanel />);
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'toolstack',
      'xenstored',
      'dom0 xenwatch',
      'vif5.0-q0-guest-rx',
      'Xen',
      'domU xenwatch',
    ]);
    fireEvent.click(screen.getByTitle(/^\d+\. Mapping the rings$/));
    expect(position()).toBe(201);
    expect(screen.getByTitle(/^\d+\. Mapping the rings$/).getAttribute('aria-current')).toBe('true');
  });

  it('has a list beside the transport that leads to every chapter by name', () => {
    render(<Transport />);
    const list = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Chapter' });
    const mapping = [...list.options].find(({ text }) => text.endsWith('Mapping the rings'));
    fireEvent.change(list, { target: { value: mapping?.value } });
    expect(position()).toBe(201);
    expect(list.selectedOptions[0]?.text).toBe(mapping?.text);
  });

  it('gives the keys back to the run once a chapter was picked with a pointer, and keeps them for the keyboard', () => {
    render(<Transport />);
    const list = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Chapter' });
    list.focus();
    fireEvent.keyDown(list, { key: 'ArrowDown' });
    fireEvent.change(list, { target: { value: '1' } });
    expect(document.activeElement).toBe(list);
    fireEvent.pointerDown(list);
    fireEvent.change(list, { target: { value: '0' } });
    expect(document.activeElement).toBe(document.body);
  });

  it('has a lane a party where there is little room', () => {
    render(<TimelinePanel size="compact" />);
    const lanes = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(lanes).toEqual(['toolstack', 'xenstored', 'dom0', 'Xen', 'domU']);
  });

  it('lists the chapters by name where asked to', () => {
    render(<TimelinePanel size="tall" />);
    fireEvent.click(screen.getAllByRole('button', { name: /^\d+\. Ports bound$/ }).at(-1)!);
    expect(position()).toBe(226);
    expect(screen.getByRole('button', { current: 'step' }).textContent).toMatch(/^\d+\. Ports bound$/);
  });

  it('has a slider that says where we are and moves with its keys', () => {
    render(<TimelinePanel />);
    const slider = screen.getByRole('slider', { name: 'Position in the run' });
    expect(slider.getAttribute('aria-valuetext')).toBe('Before the first step of 300');
    const press = (key: string) => {
      fireEvent.keyDown(slider, { key });
      return Number(slider.getAttribute('aria-valuenow'));
    };
    expect(press('ArrowLeft')).toBe(0);
    expect(press('ArrowRight')).toBe(1);
    expect(press('PageDown')).toBe(26);
    expect(slider.getAttribute('aria-valuetext')).toBe('Step 26 of 300, The backend probes');
    expect(press('PageUp')).toBe(1);
    expect(press('End')).toBe(300);
    expect(press('ArrowUp')).toBe(300);
    expect(press('ArrowDown')).toBe(299);
    expect(press('Home')).toBe(0);
    expect(press('x')).toBe(0);
  });

  it('leaves keys with a modifier to the browser', () => {
    render(<TimelinePanel />);
    fireEvent.keyDown(screen.getByRole('slider'), { key: 'ArrowRight', altKey: true });
    expect(position()).toBe(0);
  });
});

describe('the transport', () => {
  it('has a button for every way to move', () => {
    render(<Transport />);
    const click = (name: string) => {
      fireEvent.click(screen.getByRole('button', { name }));
      return position();
    };
    expect(click('Into')).toBe(1);
    expect(click('Over')).toBe(4);
    expect(click('Out')).toBe(10);
    expect(click('Back')).toBe(9);
    expect(click('Next chapter')).toBe(26);
    expect(click('Chapter back')).toBe(1);
    expect(click('To the end')).toBe(300);
    expect(click('To the start')).toBe(0);
    expect(sentTo(engine).map((command) => (command as { how?: string }).how)).toEqual([
      'into',
      'over',
      'out',
      'back',
      undefined,
      undefined,
      'end',
      'start',
    ]);
  });

  it('marks what is unavailable and lets it keep the focus', () => {
    render(<Transport />);
    const back = screen.getByRole<HTMLButtonElement>('button', { name: 'Back' });
    expect(back.getAttribute('aria-disabled')).toBe('true');
    expect(back.disabled).toBe(false);
    fireEvent.click(back);
    expect(sentTo(engine)).toEqual([]);
  });

  it('plays and pauses with one button, at the chosen speed', () => {
    render(<Transport />);
    fireEvent.click(screen.getByRole('radio', { name: '16×' }));
    fireEvent.click(screen.getByRole('button', { name: 'Play' }));
    expect(sentTo(engine)).toEqual([{ type: 'play', stepsPerSecond: 32 }]);
    fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
    expect(screen.getByRole('button', { name: 'Play' })).toBeTruthy();
  });

  it('says at the end that playing begins again', () => {
    render(<Transport />);
    fireEvent.click(screen.getByRole('button', { name: 'To the end' }));
    const play = screen.getByRole('button', { name: 'Play again from the start' });
    expect(play.title).toBe('Play again from the start');
    fireEvent.click(screen.getByRole('button', { name: 'Back' }));
    expect(play.getAttribute('aria-label')).toBe('Play');
    fireEvent.click(screen.getByRole('button', { name: 'To the end' }));
    sentTo(engine);
    fireEvent.click(play);
    expect(sentTo(engine)).toEqual([{ type: 'seek', to: 0 }, { type: 'play', stepsPerSecond: 2 }]);
    fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
  });

  it('plays one step a second at half speed, which leaves time to read', () => {
    render(<Transport />);
    fireEvent.click(screen.getByRole('radio', { name: '½×' }));
    fireEvent.click(screen.getByRole('button', { name: 'Play' }));
    expect(sentTo(engine)).toEqual([{ type: 'play', stepsPerSecond: 1 }]);
    fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
  });
});

describe('the plain slider of an embedded page', () => {
  it('seeks', () => {
    render(<Progress />);
    fireEvent.change(screen.getByRole('slider'), { target: { value: '42' } });
    expect(position()).toBe(42);
    act(() => commands.seek(7));
    expect(screen.getByRole<HTMLInputElement>('slider').value).toBe('7');
  });
});
