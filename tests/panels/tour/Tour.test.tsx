// @vitest-environment happy-dom
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { harmDone } from '../../../src/content/harm.ts';
import { tourQuestions, tourStops } from '../../../src/content/tour.ts';
import { words } from '../../../src/content/words.ts';
import Left from '../../../src/panels/tour/Left.tsx';
import Tour from '../../../src/panels/tour/Panel.tsx';
import { checks } from '../../../src/panels/tour/checks.ts';
import { positionOf, toQuestion, toStop } from '../../../src/panels/tour/model.ts';
import { commands } from '../../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../../src/store/config.ts';
import { ringChoice } from '../../../src/store/ring-choice.ts';
import { positionOfKey } from '../../../src/store/outline.ts';
import { harmful, harms } from '../../../src/store/harm.ts';
import { appStore } from '../../../src/store/store.ts';
import { keySubject, slotSubject } from '../../../src/store/subjects.ts';
import { moveTour, startTour } from '../../../src/store/tour.ts';
import { realPage } from '../../harness/real-engine.ts';

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => queueMicrotask(callback));
  realPage();
  startTour();
  render(<><Tour /><Left /></>);
});

const settled = (): Promise<void> => act(() => new Promise<void>((resolve) => setTimeout(resolve)));
const tour = () => within(screen.getByRole('region', { name: 'Guided tour' }));
const title = () => tour().getByRole('heading', { level: 2 });

async function press(name: string): Promise<void> {
  fireEvent.click(tour().getByRole('button', { name }));
  await settled();
}

const placeOf = (index: number) => positionOf(tourStops[index]!.at, appStore.getState().outline!);

describe('a stop', () => {
  it('is gone to, with its lens, its outline and the keyboard at its heading', async () => {
    await settled();
    for (let index = 1; index < tourStops.length; index++) {
      await press('Next');
      const { position, lens, lensOpen } = appStore.getState();
      expect(position).toBe(placeOf(index));
      expect(tour().getByText(`Stop ${index + 1} of ${tourStops.length}`)).toBeTruthy();
      expect(document.activeElement).toBe(title());
      expect(document.documentElement.dataset['look']).toBe(tourStops[index]!.look.spot);
      if (tourStops[index]!.look.lens !== undefined) expect([lens, lensOpen]).toEqual([tourStops[index]!.look.lens, true]);
    }
    await press('Back');
    expect(appStore.getState().position).toBe(placeOf(tourStops.length - 2));
  });

  it('waits for somebody who steps about, and leads back', async () => {
    await press('Next');
    await act(async () => commands.step('into'));
    await settled();
    expect(tour().getByText(/^You are elsewhere/)).toBeTruthy();
    expect(document.documentElement.dataset['look']).toBeUndefined();
    await press('Return to this stop');
    expect(appStore.getState().position).toBe(placeOf(1));
    expect(tour().queryByText(/^You are elsewhere/)).toBeNull();
  });

  it('that the sliders have removed says so, and offers to skip it or to open the tour’s run', async () => {
    const range = tourStops.findIndex(({ id }) => id === 'range');
    moveTour({ at: range });
    await act(async () => commands.configure({ backend: 'pvh' }));
    await settled();
    expect(tour().getByText(/does not come to this step/)).toBeTruthy();
    expect(tour().getByRole('button', { name: 'Skip' })).toBeTruthy();
    await press('Open the tour’s run');
    expect(appStore.getState().run.config.backend).toBe('pv');
    expect(appStore.getState().position).toBe(placeOf(range));
    expect(tour().queryByText(/does not come to this step/)).toBeNull();
  });
});

describe('the stop that speaks of slots across a seam', () => {
  it('shows one in the rings lens, and gives the lens back when it is left', async () => {
    const range = tourStops.findIndex(({ id }) => id === 'range');
    act(() => toStop(range));
    await settled();
    expect(appStore.getState().lens).toBe('rings');
    const { ring, slot } = ringChoice.getState();
    expect(ring).toEqual({ queue: 0, direction: 'tx' });
    const tx = appStore.getState().stage.rings.find(({ direction }) => direction === 'tx')!;
    expect(tx.straddles.map(({ entry }) => String(entry))).toContain(slot);
    await press('Next');
    expect(ringChoice.getState()).toEqual({ ring: null, slot: '' });
  });
});

describe('the run in which one gets lost', () => {
  const bell = tourStops.findIndex(({ id }) => id === 'bell');

  async function seeLost(): Promise<void> {
    act(() => toStop(bell));
    await settled();
    await press('See one get lost');
  }

  it('opens where it does, says instead of the stop’s own words what is lost and what shows it, and leads back', async () => {
    await seeLost();
    const { run, position, outline } = appStore.getState();
    expect(run.scenario).toBe('bug-missing-final-check');
    expect(position).toBe(harms['bug-missing-final-check']!.at);
    expect(harmful(appStore.getState().scenarios, outline!.run)).toBe('does');
    expect(title().textContent).toBe(tourStops[bell]!.title);
    expect(tour().queryByText(/Xen sets dom0’s own port pending at once/)).toBeNull();
    expect(position).toBe(outline!.length);
    const said = tour().getByText(/^“Bug: .+” has opened, at its last step/).textContent;
    expect(said).toContain(harmDone('bug-missing-final-check'));
    const tx = appStore.getState().stage.rings.find(({ direction }) => direction === 'tx')!;
    expect(said).toContain('See req_prod of the TX ring, one past netback’s req_cons');
    expect(tx.header!.req_prod - tx.back!.req_cons).toBe(1);
    expect(tour().queryByText(/does not come to this step/)).toBeNull();
    await press('Back to the tour’s run');
    expect(appStore.getState().run).toEqual(DEFAULT_RUN);
    expect(appStore.getState().position).toBe(placeOf(bell));
    expect(tour().getByText(/Xen sets dom0’s own port pending at once/)).toBeTruthy();
    expect(tour().queryByText(/^“Bug: .+” has opened/)).toBeNull();
  });

  it('says so at a question as well, and leads back to its answer', async () => {
    act(() => toQuestion(10));
    await press('Show me');
    const { position } = appStore.getState();
    await press('See one get lost');
    expect(tour().getByText(/^“Bug: .+” has opened/)).toBeTruthy();
    await press('Back to the tour’s run');
    expect(appStore.getState()).toMatchObject({ run: DEFAULT_RUN, position });
    expect(tour().queryByText(/^“Bug: .+” has opened/)).toBeNull();
  });

  it.each([['Next', 1], ['Back', -1]])('is left by %s for the tour’s own', async (name, by) => {
    await seeLost();
    await press(name);
    expect(appStore.getState().run).toEqual(DEFAULT_RUN);
    expect(appStore.getState().position).toBe(placeOf(bell + by));
    expect(title().textContent).toBe(tourStops[bell + by]!.title);
  });
});

describe('the tour', () => {
  it('ends with its button, and with Escape from anywhere in it', async () => {
    await press('End tour');
    expect(appStore.getState().tour).toBeNull();
    act(() => startTour());
    fireEvent.keyDown(tour().getByRole('button', { name: 'Next' }), { key: 'Escape' });
    expect(appStore.getState().tour).toBeNull();
    expect(document.documentElement.dataset['look']).toBeUndefined();
  });
});

describe('the tour that was ended', () => {
  const notice = () => screen.queryByRole('group', { name: 'Guided tour' });
  const escape = () => fireEvent.keyDown(title(), { key: 'Escape' });

  it('says where it was left, to screen readers too, and leads back to that stop', async () => {
    await press('Next');
    await press('Next');
    // Somebody who has wandered off meanwhile is led back as well.
    await act(async () => commands.step('into'));
    const region = screen.getAllByRole('status').find(({ dataset }) => dataset['says'] === 'tour')!;
    expect(region.textContent).toBe('');
    escape();
    await settled();
    expect(region.textContent).toBe('Tour left at stop 3 of 15. “Go on” leads back to it.');
    expect(document.activeElement).toBe(notice());
    fireEvent.click(screen.getByRole('button', { name: 'Go on with the tour' }));
    await settled();
    expect(tour().getByText('Stop 3 of 15')).toBeTruthy();
    expect(appStore.getState().position).toBe(placeOf(2));
    expect(notice()).toBeNull();
    expect(region.textContent).toBe('');
  });

  it('says so through whatever is done next, until somebody goes on with it', async () => {
    await press('Next');
    escape();
    for (const doing of [
      () => commands.step('into'),
      () => commands.openLens('log'),
      () => commands.inquire(keySubject('/local/domain/5/device/vif/0/state')),
      () => commands.show('search'),
      () => commands.configure({ txPages: 1, rxPages: 1 }),
    ]) {
      await act(async () => doing());
      await settled();
      expect(notice()!.textContent).toContain('Tour left at stop 2 of 15.');
    }
    fireEvent.click(screen.getByRole('button', { name: 'Go on with the tour' }));
    await settled();
    expect(tour().getByText('Stop 2 of 15')).toBeTruthy();
    expect(notice()).toBeNull();
  });

  it('is closed by its button, and may have been at its first stop or at a question', async () => {
    act(() => moveTour({ part: 'stops', at: 0 }));
    escape();
    expect(notice()!.textContent).toContain('Tour left at stop 1 of 15.');
    fireEvent.click(screen.getByRole('button', { name: 'Close this notice' }));
    expect(notice()).toBeNull();
    act(() => startTour());
    act(() => moveTour({ part: 'questions', at: 4 }));
    escape();
    expect(notice()!.textContent).toContain('Tour left at question 5 of 12.');
    fireEvent.click(screen.getByRole('button', { name: 'Go on with the tour' }));
    expect(tour().getByText('Question 5 of 12')).toBeTruthy();
  });

  it('shows its results again once they were there, and begins anew only when that is asked for', async () => {
    act(() => moveTour({ part: 'results', at: 0, answers: { 1: 'alone' } }));
    escape();
    expect(notice()).toBeNull();
    act(() => startTour());
    expect(tour().getByText('1 of 12 without help, 11 open.')).toBeTruthy();
    await act(async () => commands.seek(20));
    await press('Begin the tour anew');
    expect(tour().getByText('Stop 1 of 15')).toBeTruthy();
    expect(appStore.getState()).toMatchObject({ position: 0, tour: { answers: {} } });
  });
});

describe('a question', () => {
  it('is answered by doing, and says why', async () => {
    act(() => moveTour({ part: 'questions', at: 3 }));
    expect(tour().queryByText('That is it.')).toBeNull();
    await act(async () => commands.inquire(keySubject('/local/domain/5/device/vif/0/state')));
    expect(tour().queryByText('That is it.')).toBeNull();
    const { outline } = appStore.getState();
    await act(async () => commands.seek(positionOfKey(outline!, 'xenbus_switch_state#transaction_end', 2)!));
    expect(tour().getByText('That is it.')).toBeTruthy();
    expect(appStore.getState().tour?.answers).toEqual({ 4: 'alone' });
  });

  it('says of a wrong value that it is not that one, until the right one is pressed', async () => {
    act(() => moveTour({ part: 'questions', at: 0 }));
    expect(tour().queryByText('Not that one.')).toBeNull();
    await act(async () => commands.inquire(keySubject('/local/domain/5/device/vif/0/rx-ring-ref0')));
    const miss = await tour().findByText('Not that one.');
    expect(miss.parentElement!.textContent).toBe('Not that one. device/vif/0/rx-ring-ref0 names a page of the RX ring; asked for is one of the TX ring.');
    expect(appStore.getState().tour?.answers).toEqual({});
    await act(async () => commands.inquire(keySubject('/local/domain/5/device/vif/0/tx-ring-ref0')));
    expect(tour().queryByText('Not that one.')).toBeNull();
    expect(tour().getByText('That is it.')).toBeTruthy();
  });

  it('stays silent on the way, and says where somebody stays at a wrong step what that is and which way on', async () => {
    await settled();
    act(() => toQuestion(1));
    const { outline } = appStore.getState();
    await act(async () => commands.step('into'));
    expect(tour().queryByText('Not yet.')).toBeNull();
    const told = async (text: RegExp): Promise<void> => {
      await waitFor(() => expect(tour().getByText(/^(Not yet|Already past)\.$/).parentElement!.textContent).toMatch(text), { timeout: 5000 });
    };
    await told(/^Not yet\. Step 1 is “.+”; what is asked for comes later\.$/);
    await act(async () => commands.seek(outline!.length));
    await told(new RegExp(`^Already past\\. Step ${outline!.length} is “.+”; what is asked for came earlier: go back along the timeline\\.$`));
    await act(async () => commands.seek(positionOfKey(outline!, 'map_grant_ref#map_one', 1)!));
    expect(tour().queryByText('Already past.')).toBeNull();
    expect(tour().getByText('That is it.')).toBeTruthy();
  });

  it.each([
    [1, 'a grant entry is asked about', () => commands.inquire(slotSubject('entry', 'xen:maptrack:0'))],
    [5, 'a step is made', () => commands.step('into')],
  ] as const)('of index %i judges nothing that could not be its answer: %s', async (at, _, doing) => {
    await act(async () => commands.seek(20));
    await settled();
    act(() => toQuestion(at));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    await act(async () => doing());
    await act(() => vi.advanceTimersByTimeAsync(5000));
    expect(tour().queryByText(/^Not yet/)).toBeNull();
    expect(appStore.getState().tour?.answers).toEqual({});
  });

  it('says of a number of pages how many of them the slots touch', async () => {
    act(() => toQuestion(5));
    await act(async () => commands.configure({ txPages: 8, rxPages: 8 }));
    expect(await tour().findByText(/TX ring pages: 8\. Their 2048 slots touch 7 of them/, {}, { timeout: 5000 })).toBeTruthy();
  });

  it('is not answered by what was there when it came, only by what is done then', async () => {
    await act(async () => commands.open(appStore.getState().run, { kind: 'key', key: 'xenbus_switch_state#transaction_end', occurrence: 2 }));
    await settled();
    act(() => moveTour({ part: 'questions', at: 4 }));
    expect(tour().getByText(/would do/)).toBeTruthy();
    expect(appStore.getState().tour?.answers).toEqual({});
    await act(async () => commands.step('into'));
    await settled();
    expect(appStore.getState().tour?.answers).toEqual({ 5: 'alone' });
  });

  it('gives a hint, and shows it; then it was shown, whatever is done after', async () => {
    act(() => moveTour({ part: 'questions', at: 5 }));
    await press('Hint');
    expect(tour().getByText(tourQuestions[5]!.hint)).toBeTruthy();
    expect(appStore.getState().tour?.hinted).toEqual([6]);
    await press('Show me');
    expect(tour().getByText('Here it is.')).toBeTruthy();
    expect(appStore.getState().run.config.txPages).toBe(16);
    expect(appStore.getState().tour?.answers).toEqual({ 6: 'shown' });
  });

  it('about a setting leads to that one when it is shown', async () => {
    act(() => toQuestion(6));
    expect(document.documentElement.dataset['look']).toBeUndefined();
    await press('Show me');
    expect(document.documentElement.dataset['look']).toBe('backend');
    expect(tour().getByRole('button', { name: 'Backend, in the settings' })).toBeTruthy();
    act(() => toQuestion(7));
    expect(document.documentElement.dataset['look']).toBeUndefined();
  });

  it('whose hint was read is answered with a hint, also when it was left in between', async () => {
    act(() => toQuestion(5));
    await press('Hint');
    act(() => toQuestion(6));
    act(() => toQuestion(5));
    await act(async () => commands.configure({ txPages: 16, rxPages: 16 }));
    expect(tour().getByText('That is it.')).toBeTruthy();
    expect(appStore.getState().tour?.answers).toEqual({ 6: 'hint' });
  });

  it('with choices says of a wrong one why, and lets another be picked', async () => {
    act(() => moveTour({ part: 'questions', at: 8 }));
    const [right, wrong] = tourQuestions[8]!.choices!;
    await press(wrong!.text);
    expect(tour().getByText(wrong!.why!)).toBeTruthy();
    expect(appStore.getState().tour?.answers).toEqual({});
    await press(right!.text);
    expect(tour().getByText('That is it.')).toBeTruthy();
    expect(appStore.getState().tour?.answers).toEqual({ 9: 'alone' });
  });

  it('that was picked right at once is so, whatever is picked then', async () => {
    act(() => moveTour({ part: 'questions', at: 8 }));
    const [right, wrong] = tourQuestions[8]!.choices!;
    await press(right!.text);
    await press(wrong!.text);
    await press(right!.text);
    expect(appStore.getState().tour?.answers).toEqual({ 9: 'alone' });
  });

  it.each([
    ['a wrong value', 0, () => commands.inquire(keySubject('/local/domain/5/device/vif/0/rx-ring-ref0')), 'Not that one.'],
    ['a wrong number of pages', 5, () => commands.configure({ txPages: 8, rxPages: 8 }), 'Not yet.'],
    ['a wrong step', 1, () => commands.step('into'), 'Not yet.'],
  ] as const)('says of %s that it is wrong, and does not count it', async (_, at, wrong, said) => {
    await settled();
    act(() => toQuestion(at));
    await act(async () => wrong());
    await tour().findByText(said, {}, { timeout: 5000 });
    await act(async () => checks[at + 1]!.show());
    await settled();
    expect(appStore.getState().tour?.answers).toEqual({ [at + 1]: 'alone' });
  });
});

describe('what a question needs', () => {
  it.each(tourQuestions.map((question, at) => [question.id, at, question] as const))(
    'is open when question %i comes, and where its answer is shown', async (_, at, { look, choices }) => {
      act(() => commands.openLens('log'));
      act(() => toQuestion(at));
      const needed = look.lens ?? 'log';
      expect(appStore.getState().lens).toBe(needed);
      // Somebody may look elsewhere meanwhile.
      act(() => commands.openLens('choices'));
      await press('Show me');
      const { lens, view } = appStore.getState();
      expect(lens).toBe(look.lens === undefined || choices !== undefined ? 'choices' : look.lens);
      if (choices === undefined) expect(view).toBe(look.lens === undefined ? 'stage' : 'lens');
    },
  );
});

describe('a question about another run than the one that is open', () => {
  async function openUnplug(): Promise<void> {
    await act(async () => commands.open({ ...DEFAULT_RUN, scenario: 'close-unplug' }, { kind: 'position', position: 0 }));
    await settled();
  }

  it('names its scenario and opens it, where its keys are', async () => {
    await openUnplug();
    act(() => toQuestion(3));
    expect(tour().getByText('This is about the scenario “Netif, multi-page rings”, and another one is open now. The button opens it with sliders of its own.')).toBeTruthy();
    await press('Open “Netif, multi-page rings”');
    expect(appStore.getState().run).toEqual(DEFAULT_RUN);
    expect(appStore.getState().step?.key).toBe('map_grant_ref#map_one');
    expect(tour().queryByText(/^This is about the scenario/)).toBeNull();
    expect(appStore.getState().tour?.answers).toEqual({});
  });

  it('that may be any with such a step names one, and nothing once one is open', async () => {
    await settled();
    act(() => toQuestion(2));
    expect(tour().getByText(/^The run that is open has no such step/)).toBeTruthy();
    await press('Open “Unplug: xl network-detach”');
    expect(appStore.getState().run.scenario).toBe('close-unplug');
    expect(tour().queryByText(/The run that is open has no such/)).toBeNull();
    act(() => toQuestion(9));
    expect(tour().queryByText(/The run that is open has no such/)).toBeNull();
  });
});

describe('the end', () => {
  it('counts apart how each was answered, and puts any but those without help again as if it were new', async () => {
    act(() => moveTour({
      part: 'results', at: 0, answers: { 1: 'alone', 2: 'shown', 4: 'hint', 9: 'hint' }, hinted: [4, 5, 9],
    }));
    expect(tour().getByText(
      '1 of 12 without help, 2 with a hint, 1 with “Show me”, 8 open.',
    )).toBeTruthy();
    expect(tour().queryByRole('button', { name: 'Try question 1 again' })).toBeNull();
    await press('Try question 4 again');
    expect(tour().getByText('Question 4 of 12')).toBeTruthy();
    expect(appStore.getState().tour).toMatchObject({ answers: { 1: 'alone', 2: 'shown', 9: 'hint' }, hinted: [5, 9] });
  });

  it('speaks of nothing that there was none of', () => {
    act(() => moveTour({ part: 'results', at: 0, answers: Object.fromEntries(tourQuestions.map(({ id }) => [id, 'alone'])) }));
    expect(tour().getByText('12 of 12 without help.')).toBeTruthy();
  });
});

describe('the way from the last question', () => {
  it('has a name of its own, which is not that of the run’s end', () => {
    act(() => toQuestion(tourQuestions.length - 1));
    expect(tour().getByRole('button', { name: 'To the results' })).toBeTruthy();
    expect(tour().queryByRole('button', { name: words.transport.end })).toBeNull();
  });
});
