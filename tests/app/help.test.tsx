// @vitest-environment happy-dom
import { fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import Help from '../../src/app/Help.tsx';
import { appStore } from '../../src/store/store.ts';
import { endTour, moveTour, startTour } from '../../src/store/tour.ts';
import { freshPage } from '../harness/page.ts';

beforeEach(() => {
  freshPage();
  endTour();
});

it('offers the tour, and once it was ended in the middle says where it goes on', () => {
  const help = () => render(<Help about="keys" onClose={() => {}} onText={() => {}} />);
  const first = help();
  fireEvent.click(screen.getByRole('button', { name: 'Take the tour' }));
  moveTour({ at: 3 });
  endTour();
  first.unmount();
  const second = help();
  fireEvent.click(screen.getByRole('button', { name: 'Go on with the tour (stop 4 of 15)' }));
  expect(appStore.getState().tour).toMatchObject({ part: 'stops', at: 3 });
  moveTour({ part: 'questions', at: 1 });
  endTour();
  second.unmount();
  const third = help();
  expect(screen.getByRole('button', { name: 'Go on with the tour (question 2 of 12)' })).toBeTruthy();
  startTour();
  moveTour({ part: 'results' });
  endTour();
  third.unmount();
  help();
  expect(screen.getByRole('button', { name: 'Back to the results of the tour' })).toBeTruthy();
});
