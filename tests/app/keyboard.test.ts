// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepsKey, listenForShortcuts } from '../../src/app/keyboard.ts';
import { signsOf } from '../../src/app/signs.ts';
import { appStore } from '../../src/store/store.ts';
import type { Lens } from '../../src/store/store.ts';

describe('a key that goes to a dialog', () => {
  it.each([
    ['is the dialog’s while that is open', true, true],
    // A browser takes the focus out of a dialog that closes only when it next lays the page out.
    ['is the page’s as soon as that is closed, though the focus be in it still', false, false],
  ])('%s', (_, open, kept) => {
    const dialog = document.createElement('dialog');
    const button = document.createElement('button');
    dialog.toggleAttribute('open', open);
    dialog.append(button);
    document.body.append(dialog);
    expect(keepsKey(button, 'ArrowRight')).toBe(kept);
  });
});

describe('keys of the whole page', () => {
  const page = { help: vi.fn<() => void>(), lens: vi.fn<(lens: Lens) => void>() };
  let stop = (): void => {};
  const press = (key: string, shiftKey = false) =>
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true }));

  beforeEach(() => {
    appStore.setState(appStore.getInitialState(), true);
    vi.clearAllMocks();
  });
  afterEach(() => stop());

  it('are given back by Escape, from wherever the focus is', () => {
    stop = listenForShortcuts(signsOf(page));
    const radio = document.body.appendChild(Object.assign(document.createElement('input'), { type: 'radio' }));
    radio.focus();
    expect(document.activeElement).toBe(radio);
    radio.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
    expect(document.activeElement).toBe(document.body);
    radio.remove();
  });

  it('are given back by a table with the press itself, whatever key comes right after it', () => {
    stop = listenForShortcuts();
    const table = document.createElement('div');
    table.setAttribute('role', 'grid');
    table.tabIndex = 0;
    document.body.append(table);
    table.focus();
    table.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
    expect(document.activeElement).toBe(document.body);
    table.remove();
  });

  it('are given back by a button of a lens that scrolls and would keep them', () => {
    stop = listenForShortcuts();
    const box = document.body.appendChild(document.createElement('div'));
    box.dataset['scrolls'] = '';
    box.setAttribute('role', 'tabpanel');
    const button = box.appendChild(document.createElement('button'));
    button.focus();
    expect(keepsKey(button, 'End')).toBe(true);
    // By key nothing is given back.
    button.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 0 }));
    expect(document.activeElement).toBe(button);
    button.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
    expect(document.activeElement).toBe(document.body);
    box.remove();
  });

  it('step over with Shift and an arrow even from a choice, which has the arrow alone', () => {
    const radio = Object.assign(document.createElement('input'), { type: 'radio' });
    document.body.append(radio);
    expect(keepsKey(radio, 'ArrowRight')).toBe(true);
    expect(keepsKey(radio, 'ArrowRight', true)).toBe(false);
    radio.remove();
  });

  it.each([
    ['/', 'search'],
    ['b', 'breakpoints'],
    ['B', 'breakpoints'],
  ] as const)('%s opens the dialog %s, with Shift as well, as some keyboards want it', (key, dialog) => {
    stop = listenForShortcuts(signsOf(page));
    for (const shift of [false, true]) {
      appStore.setState({ dialog: null });
      press(key, shift);
      expect(appStore.getState().dialog).toBe(dialog);
    }
  });

  it('pick a lens by its number, and nothing beyond the last', () => {
    stop = listenForShortcuts(signsOf(page));
    for (const key of ['1', '7', '8', '0']) press(key);
    expect(page.lens.mock.calls).toEqual([['rings'], ['choices']]);
  });

  it.each([
    ['where single keys are switched off', page, false],
    ['on a page that shows the stage alone', undefined, true],
  ])('do nothing %s', (_, of, shortcuts) => {
    appStore.setState({ shortcuts });
    stop = listenForShortcuts(of && signsOf(of));
    for (const key of ['/', 'b', 'B', '3', '?']) press(key);
    expect(appStore.getState().dialog).toBeNull();
    expect([...page.help.mock.calls, ...page.lens.mock.calls]).toEqual([]);
  });
});
