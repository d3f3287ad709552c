// @vitest-environment happy-dom
import { fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import terms from '../../src/content/en/terms.json';
import { Prose } from '../../src/parts/Prose.tsx';
import { appStore } from '../../src/store/store.ts';

const TEXT = 'A grant reference names a `slot`, and a slot holds **no hypercall**.';

beforeEach(() => appStore.setState({ ...appStore.getInitialState(), terms }, true));

const box = () => screen.queryByRole('tooltip');

it('a text tells the meaning of each term once, also of one in code', () => {
  const { container } = render(<Prose text={TEXT} />);
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
    'grant reference', 'slot', 'hypercall',
  ]);
  expect(container.textContent).toBe(TEXT.replaceAll(/[`*]/g, ''));
});

it('a plain text, or one before the terms have come, has none', () => {
  render(<Prose text={TEXT} plain />);
  expect(screen.queryByRole('button')).toBeNull();
  appStore.setState({ terms: null });
  render(<Prose text={TEXT} />);
  expect(screen.queryByRole('button')).toBeNull();
});

it('a term that has the focus says what it means, and Escape closes that', () => {
  render(<Prose text={TEXT} />);
  const word = screen.getByRole('button', { name: 'hypercall' });
  expect(box()).toBeNull();
  fireEvent.focus(word);
  expect(box()?.textContent).toMatch(/^hypercall A call from a domain’s kernel into Xen/);
  expect(word.getAttribute('aria-describedby')).toBe(box()?.id);
  fireEvent.keyDown(word, { key: 'Escape' });
  expect(box()).toBeNull();
  expect(word.getAttribute('aria-describedby')).toBeNull();
});

it('a term opens by a tap and closes by the next one', () => {
  render(<Prose text={TEXT} />);
  const word = screen.getByRole('button', { name: 'slot' });
  // A browser focuses what is tapped, before it clicks it.
  fireEvent.focus(word);
  fireEvent.click(word);
  expect(box()).not.toBeNull();
  fireEvent.click(word);
  expect(box()).toBeNull();
});

it('a term opens while it is pointed at; a finger that passes opens nothing', () => {
  render(<Prose text={TEXT} />);
  const around = screen.getByRole('button', { name: 'slot' }).parentElement!;
  const move = (pointerType: string, movementX: number): void => {
    const event = new PointerEvent('pointermove', { bubbles: true, pointerType });
    Object.defineProperties(event, { movementX: { value: movementX }, movementY: { value: 0 } });
    fireEvent(around, event);
  };
  move('touch', 3);
  expect(box()).toBeNull();
  // The page has moved, the pointer has not.
  fireEvent.pointerEnter(around, { pointerType: 'mouse' });
  move('mouse', 0);
  expect(box()).toBeNull();
  move('mouse', 3);
  expect(box()).not.toBeNull();
  fireEvent.pointerLeave(around);
  expect(box()).toBeNull();
});

it('a term stays open while other parts scroll, and closes when it is moved from under its box', () => {
  render(<Prose text={TEXT} />);
  const word = screen.getByRole('button', { name: 'slot' });
  let top = 100;
  word.getBoundingClientRect = () => new DOMRect(20, top, 30, 16);
  fireEvent.focus(word);
  fireEvent.scroll(document.body);
  expect(box()).not.toBeNull();
  top = 60;
  fireEvent.scroll(document.body);
  expect(box()).toBeNull();
});
