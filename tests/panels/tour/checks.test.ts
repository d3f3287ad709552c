import { beforeEach, describe, expect, it, vi } from 'vitest';
import { tourQuestions } from '../../../src/content/tour.ts';
import { checks, isAtRest } from '../../../src/panels/tour/checks.ts';
import { commands } from '../../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../../src/store/config.ts';
import { appStore } from '../../../src/store/store.ts';
import type { AppState, Config, RunSpec } from '../../../src/store/store.ts';
import { keySubject, slotSubject } from '../../../src/store/subjects.ts';
import { moveTour, startTour } from '../../../src/store/tour.ts';
import { realPage } from '../../harness/real-engine.ts';

beforeEach(() => {
  // The page acknowledges a frame once it is drawn; here it is drawn at once.
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => queueMicrotask(callback));
  realPage();
  startTour();
});

const holds = (id: number): boolean => checks[id]!.holds(appStore.getState());
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Goes to a step of the usual run, or of another. */
async function go(key: string, occurrence = 1, scenario = DEFAULT_RUN.scenario, change: Partial<Config> = {}): Promise<void> {
  const run: RunSpec = { scenario, config: { ...DEFAULT_RUN.config, ...change }, choices: [] };
  commands.open(run, { kind: 'key', key, occurrence });
  await settled();
  expect(appStore.getState().step?.key).toBe(key);
}

const ask = (path: string): void => commands.inquire(keySubject(path));
const FRONT = '/local/domain/5/device/vif/0';
const BACK = '/local/domain/0/backend/vif/5/0';
const ONE_PAGE = { txPages: 1, rxPages: 1 } as const;

/** What somebody does, rightly and wrongly, by the number of the question. */
const doings: Readonly<Record<number, { right: (() => unknown)[]; wrong: (() => unknown)[] }>> = {
  1: {
    right: [() => ask(`${FRONT}/tx-ring-ref0`), () => ask(`${FRONT}/tx-ring-ref`), () => ask(`${FRONT}/queue-0/tx-ring-ref0`)],
    wrong: [() => ask(`${FRONT}/tx-ring-ref1`), () => ask(`${FRONT}/rx-ring-ref0`), () => ask(`${BACK}/max-tx-ring-page-order`)],
  },
  2: {
    right: [() => go('map_grant_ref#map_one')],
    wrong: [() => go('map_grant_ref#map_one', 2), () => go('gnttab_grant_foreign_access#store_flags')],
  },
  3: {
    right: [
      () => go('unmap_grant_ref#unmap_one', 1, 'close-unplug', ONE_PAGE),
      () => go('unmap_grant_ref#unmap_one', 2, 'close-unbind', ONE_PAGE),
    ],
    wrong: [() => go('map_grant_ref#map_one'), () => go('gnttab_end_foreign_access_ref#compare_and_clear', 1, 'close-unplug', ONE_PAGE)],
  },
  4: {
    right: [
      async () => {
        ask(`${FRONT}/state`);
        await go('xenbus_switch_state#transaction_end', 2);
      },
      async () => {
        await go('map_grant_ref#map_one');
        ask(`${FRONT}/state`);
      },
    ],
    wrong: [
      () => ask(`${BACK}/state`),
      () => ask(`${FRONT}/tx-ring-ref0`),
      // The key before it tells that, and after.
      async () => {
        await go('talk_to_netback#transaction_end');
        ask(`${FRONT}/state`);
      },
      async () => {
        await go('unmap_grant_ref#unmap_one', 1, 'close-unplug', ONE_PAGE);
        ask(`${FRONT}/state`);
      },
    ],
  },
  5: {
    right: [() => go('xenbus_switch_state#transaction_end', 2), () => go('connect_rings#read_ring_ref')],
    wrong: [() => go('talk_to_netback#transaction_end'), () => go('map_grant_ref#map_one'), () => commands.seek(0)],
  },
  6: {
    right: [() => commands.configure({ txPages: 16, rxPages: 16 }), () => commands.configure({ txPages: 16 })],
    wrong: [() => commands.configure({ txPages: 8, rxPages: 8 }), () => commands.configure({ rxPages: 16 })],
  },
  7: {
    right: [() => go('xenbus_map_ring_valloc_hvm#vmap_pages', 1, undefined, { backend: 'pvh' })],
    wrong: [
      () => go('xenbus_map_ring_valloc_pv#reserve_area'),
      () => go('xenbus_map_ring_valloc_hvm#map_frames', 1, undefined, { backend: 'pvh' }),
    ],
  },
  8: {
    right: [
      () => go('map_grant_ref#map_one', 3, 'fault-third-page-bad'),
      () => go('map_grant_ref#map_one', 1, 'fault-ref-beyond-table', ONE_PAGE),
    ],
    wrong: [() => go('map_grant_ref#map_one', 3), () => go('map_grant_ref#map_one', 4, 'fault-third-page-bad')],
  },
  9: { right: [() => moveTour({ picked: 0 })], wrong: [() => moveTour({ picked: 1 }), () => moveTour({ picked: 2 })] },
  10: {
    right: [() => go('gnttab_end_foreign_access#free_page', 2, 'close-unplug', ONE_PAGE)],
    wrong: [
      () => go('unmap_grant_ref#unmap_one', 1, 'close-unplug', ONE_PAGE),
      () => go('gnttab_end_foreign_access_ref#compare_and_clear', 1, 'close-unplug', ONE_PAGE),
      // The same step where the bug is that the page is freed too early.
      async () => {
        await go('gnttab_end_foreign_access#free_page', 1, 'close-unplug', ONE_PAGE);
        const { run } = appStore.getState();
        appStore.setState({ run: { ...run, scenario: 'bug-revoke-before-unmap' } });
      },
    ],
  },
  11: {
    right: [() => go('xenvif_napi_schedule_or_enable_events#count_requests_again')],
    wrong: [
      () => go('xenvif_napi_schedule_or_enable_events#count_requests'),
      () => go('xenvif_napi_schedule_or_enable_events#store_req_event'),
    ],
  },
  12: { right: [() => moveTour({ picked: 1 })], wrong: [() => moveTour({ picked: 0 }), () => moveTour({ picked: 2 })] },
};

describe.each(tourQuestions.map(({ id }) => id))('question %i', (id) => {
  it('is not answered by starting the tour', () => {
    expect(holds(id)).toBe(false);
  });

  it('is answered by doing it, in each of its ways', async () => {
    for (const doing of doings[id]!.right) {
      await doing();
      expect(holds(id)).toBe(true);
    }
  });

  it('is not answered by doing something like it', async () => {
    for (const doing of doings[id]!.wrong) {
      await doing();
      await settled();
      expect(holds(id)).toBe(false);
    }
  });

  it('is answered by what “Show me” does', async () => {
    checks[id]!.show();
    await settled();
    expect(holds(id)).toBe(true);
    expect(appStore.getState().rejected).toBeNull();
  });
});

describe('what “Show me” leaves as it is', () => {
  it.each([
    { txPages: 1, rxPages: 1, queues: 2, maxGrantFrames: 128 },
    { txPages: 16, rxPages: 8, queues: 8, maxGrantFrames: 64 },
  ])('at question 7, the other sliders: %o', async (sliders) => {
    commands.configure(sliders);
    await settled();
    checks[7]!.show();
    await settled();
    expect(appStore.getState().run.config).toEqual({ ...sliders, backend: 'pvh' });
    expect([holds(7), appStore.getState().rejected]).toEqual([true, null]);
  });

  it('but for grant frames too few to come to the mapping', async () => {
    commands.configure({ maxGrantFrames: 1 });
    await settled();
    checks[7]!.show();
    await settled();
    expect(appStore.getState().run.config.maxGrantFrames).toBe(DEFAULT_RUN.config.maxGrantFrames);
    expect([holds(7), appStore.getState().rejected]).toEqual([true, null]);
  });
});

describe('what is said of it', () => {
  let start: AppState;
  beforeEach(() => (start = appStore.getState()));
  const miss = (id: number): string | null => checks[id]!.miss!(appStore.getState(), start);
  const here = (): number => appStore.getState().position;

  it.each([
    [1, `${FRONT}/tx-ring-ref1`, '**Not that one.** `device/vif/0/tx-ring-ref1` names page 1 of the TX ring; asked for is the first, page 0.'],
    [1, `${FRONT}/tx-ring-ref0`.replace('tx-ring-ref0', 'request-rx-copy'), '**Not that one.** `device/vif/0/request-rx-copy` is 1, and names no page by its grant reference.'],
    [1, `${BACK}/max-tx-ring-page-order`, '**Not that one.** `backend/vif/5/0/max-tx-ring-page-order` does not stand in device/vif/0, the guest’s own directory.'],
    [4, `${FRONT}/tx-ring-ref0`, '**Not that one.** Nothing in dom0 watches `device/vif/0/tx-ring-ref0`, so that writing it wakes nobody there.'],
    [4, `${BACK}/state`, '**Not that one.** `backend/vif/5/0/state` does not stand in device/vif/0, the guest’s own directory.'],
    [4, `${FRONT}/state`, '**The right key, but not that value.** At step 360 `state` is 1, which tells dom0 of no references. Go to a step at which it does, and press it there.'],
  ])('question %i: of %s', async (id, path, text) => {
    await go('talk_to_netback#transaction_end');
    ask(path);
    expect(miss(id)).toBe(text);
  });

  it('of something that is no key, and of nothing', () => {
    expect(miss(4)).toBeNull();
    commands.inquire(slotSubject('maptrack of domain 0', 'xen:maptrack:0'));
    expect(miss(4)).toMatch(/^\*\*Not that one\.\*\* “maptrack of domain 0” is no key of xenstore/);
  });

  it('which of the two is not so while the guest is not alone Connected', async () => {
    commands.seek(0);
    await settled();
    expect(miss(5)).toMatch(/before its first step/);
    await go('talk_to_netback#transaction_end');
    expect(miss(5)).toBe(`**Not yet.** At step ${here()} the guest’s \`state\` is 1, and Connected is 4.`);
    await go('map_grant_ref#map_one', 3);
    expect(miss(5)).toBe(`**Already past.** At step ${here()} dom0 has mapped 3 of the 8 ring pages; what is asked for came earlier: go back along the timeline.`);
  });

  it('where the run lacks it: of a PV dom0, of a run in which nothing is refused, of a seeded bug', async () => {
    await go('xenbus_map_ring_valloc_pv#reserve_area');
    expect(miss(7)).toBe('**Not yet.** dom0 is PV in this run, which therefore does not come to such a step.');
    expect(miss(3)).toMatch(/; this run does not come to what is asked for\.$/);
    appStore.setState({ run: { ...appStore.getState().run, scenario: 'bug-revoke-before-unmap' } });
    expect(miss(10)).toMatch(/a bug was seeded in it\.$/);
  });

  it('of one step among several the way to the next, and past all of them the way back', async () => {
    await go('gnttab_end_foreign_access#free_page', 1, 'close-unplug', ONE_PAGE);
    commands.step('back');
    await settled();
    expect(miss(10)).toMatch(/^\*\*Not yet\..* comes later\.$/);
    commands.step('end');
    await settled();
    expect(miss(10)).toMatch(/^\*\*Already past\..* came earlier: go back along the timeline\.$/);
  });
});

describe('what only passes by', () => {
  it('answers nothing: playing, or on the way to somewhere else', async () => {
    await settled();
    const state = appStore.getState();
    expect(isAtRest(state)).toBe(true);
    expect(isAtRest({ ...state, playing: true })).toBe(false);
    expect(isAtRest({ ...state, goal: 9 })).toBe(false);
    expect(isAtRest({ ...state, outline: null })).toBe(false);
  });
});
