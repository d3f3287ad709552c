// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followAddress, openFragment } from '../../src/app/address.ts';
import { applyTheme, keepPreferences } from '../../src/app/preferences.ts';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { formatLink } from '../../src/store/permalink.ts';
import { parseLink } from '../../src/store/read-link.ts';
import { appStore } from '../../src/store/store.ts';
import { freshPage } from '../harness/page.ts';

const state = () => appStore.getState();
const stops: (() => void)[] = [];

/** A person enters a fragment, and the browser tells the page. */
function enter(fragment: string): void {
  history.replaceState(null, '', fragment);
  dispatchEvent(Object.assign(new Event('hashchange'), { newURL: location.href }));
}

beforeEach(() => {
  history.replaceState(null, '', location.pathname);
  freshPage();
  appStore.setState({ scenarios: [{ id: DEFAULT_RUN.scenario, title: 'netif', defaults: DEFAULT_RUN.config, acts: [] }] });
});

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.useRealTimers();
});

describe('opening an address', () => {
  it('without a fragment shows the beginning of the usual run', async () => {
    await openFragment('');
    expect(state()).toMatchObject({ run: DEFAULT_RUN, position: 0, rejected: null });
  });

  it('goes straight to its step', async () => {
    await openFragment(
      formatLink(
        { ...DEFAULT_RUN, config: { ...DEFAULT_RUN.config, queues: 3 } },
        { kind: 'position', position: 77 },
      ),
    );
    expect(state()).toMatchObject({ position: 77, run: { config: { queues: 3 } }, rejected: null });
  });

  it('of a chapter shows its first step', async () => {
    await openFragment(formatLink(DEFAULT_RUN, { kind: 'chapter', chapter: 'map' }));
    expect(state().position).toBe(201);
  });

  it('that is damaged says so and shows the nearest run', async () => {
    await openFragment('#v1.netif-multipage.16');
    expect(state()).toMatchObject({
      position: 0,
      run: { config: { txPages: 16 } },
      rejected: {
        command: 'link',
        reason:
          'This link is damaged: its number of RX ring pages is missing. It shows the beginning instead.',
      },
    });
  });

  it('of a scenario that is not there says which', async () => {
    await openFragment(formatLink({ ...DEFAULT_RUN, scenario: 'blkif' }, { kind: 'position', position: 5 }));
    expect(state()).toMatchObject({ run: DEFAULT_RUN, position: 0 });
    expect(state().rejected?.reason).toContain('the scenario “blkif”, which this RingScope does not have');
  });
});

describe('a link that cannot be followed, once a run is open', () => {
  const here = formatLink(DEFAULT_RUN, { kind: 'position', position: 77 });

  it.each([
    ['#v1.netif-multipage.16', 'its number of RX ring pages is missing'],
    ['#v9.x', 'it was made by a newer RingScope (version 9); this one reads version 2'],
    [formatLink({ ...DEFAULT_RUN, scenario: 'blkif' }, { kind: 'position', position: 5 }),
      'it names the scenario “blkif”, which this RingScope does not have'],
  ])('%s leaves what is on screen, and says why', async (fragment, why) => {
    await openFragment(here);
    await openFragment(fragment);
    expect(state()).toMatchObject({
      position: 77,
      run: DEFAULT_RUN,
      rejected: { command: 'link', reason: `This link cannot be followed: ${why}. What you see stays as it was.` },
    });
  });
});

describe('the address', () => {
  it('follows the steps, not more often than a browser allows', async () => {
    vi.useFakeTimers();
    const replace = vi.spyOn(history, 'replaceState');
    // A layout comes with the next picture, and the paint after it.
    const layout = vi.fn<(told: () => void) => void>((told: () => void) => {
      told();
      expect(replace).not.toHaveBeenCalled();
    });
    vi.stubGlobal('ResizeObserver', class {
      constructor(private readonly told: () => void) {}
      observe = () => setTimeout(() => layout(this.told));
      disconnect = () => {};
    });
    await openFragment('');
    stops.push(followAddress());
    for (let position = 1; position <= 50; position++) commands.seek(position);
    expect(replace).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1002);
    expect(layout).toHaveBeenCalledOnce();
    expect(replace).toHaveBeenCalledOnce();
    expect(parseLink(location.hash)).toMatchObject({ kind: 'good', at: { key: state().step!.key } });
    replace.mockRestore();
  });

  it('opens what a person enters there', async () => {
    stops.push(followAddress());
    await openFragment('');
    enter(formatLink(DEFAULT_RUN, { kind: 'position', position: 33 }));
    await expect.poll(() => state().position).toBe(33);
  });

  it('opens what a person enters there while the page writes a step of its own', async () => {
    // This DOM tells even of the change that a script made before, one turn of its loop later.
    await new Promise((resolve) => setTimeout(resolve));
    stops.push(followAddress());
    await openFragment('');
    // The address has another step's link again by the time that the page is told.
    const newURL = new URL(formatLink(DEFAULT_RUN, { kind: 'position', position: 33 }), location.href).href;
    dispatchEvent(Object.assign(new Event('hashchange'), { newURL }));
    await expect.poll(() => state().position).toBe(33);
  });
});

describe('settings', () => {
  it('are kept for the next visit', () => {
    localStorage.clear();
    stops.push(keepPreferences());
    appStore.setState({ theme: 'dark', shortcuts: false });
    appStore.setState({ theme: 'auto', shortcuts: true });
    appStore.setState({ theme: 'dark', shortcuts: false });
    stops.splice(0).forEach((stop) => stop());
    appStore.setState(appStore.getInitialState(), true);
    stops.push(keepPreferences());
    expect(state()).toMatchObject({ theme: 'dark', shortcuts: false });
  });

  it.each(['not json', '[]', '{"theme":"pink","shortcuts":3}', 'null'])(
    'fall back where %s was kept',
    (kept) => {
      localStorage.setItem('ringscope', kept);
      stops.push(keepPreferences());
      expect(state()).toMatchObject({ theme: 'auto', shortcuts: true });
    },
  );

  it('hold for the visit where storage is forbidden', () => {
    vi.stubGlobal('localStorage', {
      getItem: () => {
        throw new Error('denied');
      },
      setItem: () => {
        throw new Error('denied');
      },
    });
    stops.push(keepPreferences());
    appStore.setState({ theme: 'light' });
    expect(state().theme).toBe('light');
    vi.unstubAllGlobals();
  });

  it('show the theme on the root of the page', () => {
    stops.push(applyTheme());
    appStore.setState({ theme: 'dark' });
    expect(document.documentElement.dataset['theme']).toBe('dark');
    appStore.setState({ theme: 'auto' });
    expect(document.documentElement.dataset['theme']).toBeUndefined();
  });
});
