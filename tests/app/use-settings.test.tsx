// @vitest-environment happy-dom
import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { useSettings } from '../../src/app/use-settings.ts';

function Page() {
  const { open, setOpen, button } = useSettings();
  return (
    <>
      <button ref={button} type="button" aria-expanded={open} onClick={() => setOpen(!open)}>Settings</button>
      {open && <input aria-label="Slider" />}
      <dialog open><button type="button">Inside</button></dialog>
    </>
  );
}

it('closes the settings with Escape, but for who has the key to itself, and leads back to their button', () => {
  render(<Page />);
  const settings = screen.getByRole('button', { name: 'Settings' });
  const opened = () => settings.getAttribute('aria-expanded');
  fireEvent.click(settings);
  fireEvent.keyDown(screen.getByRole('button', { name: 'Inside' }), { key: 'Escape' });
  expect(opened()).toBe('true');
  screen.getByLabelText('Slider').focus();
  fireEvent.keyDown(screen.getByLabelText('Slider'), { key: 'Escape' });
  expect(opened()).toBe('false');
  expect(document.activeElement).toBe(settings);
});
