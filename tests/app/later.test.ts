// @vitest-environment happy-dom
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { loadWhenUsable } from '../../src/app/later.ts';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { appStore } from '../../src/store/store.ts';
import { freshPage } from '../harness/page.ts';

const idle = vi.fn<(then: () => void) => void>();

// Here already, so that it is not still on its way when the tests are over.
beforeAll(() => import('../../src/panels/story/StepStory.tsx'));

beforeEach(() => {
  idle.mockReset();
  vi.stubGlobal('requestIdleCallback', idle);
  freshPage();
  appStore.setState({ frame: 0, notes: null, outline: null, step: null, starting: false });
});

it('what can wait does so until a step can be made, and then until the browser is idle', async () => {
  loadWhenUsable();
  expect(idle).not.toHaveBeenCalled();
  commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
  expect(idle).toHaveBeenCalledOnce();
  expect(appStore.getState()).toMatchObject({ notes: null, starting: true });
  idle.mock.calls[0]?.[0]();
  await expect.poll(() => appStore.getState().notes).not.toBeNull();
  expect(appStore.getState().starting).toBe(false);
});

it('the notes come at once where the first picture is one of a step', async () => {
  loadWhenUsable();
  commands.open(DEFAULT_RUN, { kind: 'position', position: 7 });
  await expect.poll(() => appStore.getState().notes).not.toBeNull();
  expect(appStore.getState().starting).toBe(true);
});
