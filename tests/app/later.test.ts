// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest';
import { loadAfterFirstPicture } from '../../src/app/later.ts';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { appStore } from '../../src/store/store.ts';
import { freshPage } from '../harness/page.ts';

const idle = vi.fn<(then: () => void) => void>();

beforeEach(() => {
  idle.mockReset();
  vi.stubGlobal('requestIdleCallback', idle);
  freshPage();
  appStore.setState({ frame: 0, notes: null });
});

it('the notes wait for the first picture, and then until the browser is idle', async () => {
  loadAfterFirstPicture();
  expect(idle).not.toHaveBeenCalled();
  commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
  expect(idle).toHaveBeenCalledOnce();
  expect(appStore.getState().notes).toBeNull();
  idle.mock.calls[0]?.[0]();
  await vi.waitFor(() => expect(appStore.getState().notes).not.toBeNull());
});

it('the notes come at once where the first picture is one of a step', async () => {
  loadAfterFirstPicture();
  commands.open(DEFAULT_RUN, { kind: 'position', position: 7 });
  await vi.waitFor(() => expect(appStore.getState().notes).not.toBeNull());
  expect(idle).not.toHaveBeenCalled();
});
