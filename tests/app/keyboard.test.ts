// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { keepsKey } from '../../src/app/keyboard.ts';

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
