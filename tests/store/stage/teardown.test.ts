import { describe, expect, test } from 'vitest';
import { endingOf } from '../../../src/store/ending.ts';
import { ringCaption } from '../../../src/store/stage/words.ts';
import type { RingPageView, StageView } from '../../../src/store/view.ts';
import { Watched } from './run.ts';

function open(scenario: string): Watched {
  return new Watched(2, 1, 64, {}, scenario);
}

function lives(view: StageView): string[] {
  return [...new Set(view.rings.flatMap((ring) => ring.pages.map(({ life }) => life)))];
}

/** The view at every position, from the first. */
function* all(run: Watched): Generator<StageView> {
  for (let position = 0; position <= run.length; position++) yield run.seek(position);
}

describe('an unplugged vif', () => {
  const run = open('close-unplug');

  test('has pages mapped, then unmapped and granted still, then revoked, then none', () => {
    const stages: string[] = [];
    for (const view of all(run)) {
      const now = lives(view).join('+') || 'none';
      if (stages.at(-1) !== now) stages.push(now);
    }
    const order = ['mapped', 'unmapped', 'revoked', 'none'];
    expect(stages.filter((stage) => !stage.includes('+')).map((stage) => order.indexOf(stage))).toEqual([0, 1, 2, 3]);
  });

  test('has a page freed from the step on that frees it, which is about that page', () => {
    const pages = (): RingPageView[] => run.view.rings.flatMap((ring) => ring.pages);
    run.after('gnttab_end_foreign_access#free_page', 2);
    expect(pages().map(({ freed }) => freed)).toEqual([true, true, undefined, undefined]);
    expect(pages().map(({ hot }) => hot)).toEqual([false, true, false, false]);
    run.seek(run.frame.position + 1);
    expect(pages().map(({ freed }) => freed)).toEqual([true, true, undefined, undefined]);
    expect(pages().map(({ hot }) => hot)).toEqual([false, false, false, false]);
    run.seek(run.frame.position - 2);
    expect(pages().map(({ freed }) => freed)).toEqual([true, undefined, undefined, undefined]);
  });

  test('has no indexes in a page that is freed', () => {
    run.after('gnttab_end_foreign_access#free_page', 1);
    const header = () => run.view.rings.map((ring) => `${ring.direction} ${ring.header === null ? 'none' : 'there'}`);
    run.seek(run.frame.position - 1);
    expect(header()).toEqual(['tx there', 'rx there']);
    run.seek(run.frame.position + 1);
    expect(header()).toEqual(['tx none', 'rx there']);
  });

  test('says of each ring that dom0 has unmapped it, also once its entries have ended', () => {
    const said = { tx: [] as string[], rx: [] as string[] };
    for (const { rings } of all(run)) {
      for (const ring of rings) {
        const caption = ringCaption(ring, 'back', false).replace(/at 0x.*/, 'at its address');
        if (said[ring.direction].at(-1) !== caption) said[ring.direction].push(caption);
      }
    }
    expect(said.tx).toEqual(['TX at its address', 'TX ring, no longer mapped']);
    expect(said.rx).toEqual(said.tx.map((caption) => caption.replace('TX', 'RX')));
  });

  test('keeps no pool of references that are the kernel’s again', () => {
    for (const { grants } of all(run)) {
      for (const [first, count] of run.now.get('gnttab:domU')?.free ?? []) {
        const last = first + count - 1;
        expect(grants.folds.filter(({ from, to }) => from <= last && to >= first)).toEqual([]);
      }
    }
  });

  test('walks through Closed to being gone, on both sides', () => {
    const walks = { frontend: [] as unknown[], backend: [] as unknown[] };
    for (const view of all(run)) {
      for (const end of ['frontend', 'backend'] as const) {
        const { published, gone } = view[end].track;
        const at = gone ? 'gone' : published;
        if (walks[end].at(-1) !== at) walks[end].push(at);
      }
    }
    expect(walks).toEqual({ frontend: [4, 6, 'gone'], backend: [4, 5, 6, 'gone'] });
  });

  test('leaves nothing, which is told from nothing yet', () => {
    const view = run.seek(run.length);
    expect(view.rings).toEqual([]);
    expect(view.ports).toEqual([]);
    expect(view.xenstore).toEqual({ frontend: [], backend: [], pending: null });
    expect(view.past).toEqual({ rings: true, mapped: true, ports: true });
    expect(view.frontend.netdev).toMatchObject({ name: 'eth0', gone: true, registered: false });
    expect(view.backend.netdev).toMatchObject({ name: 'vif5.0', gone: true, registered: false });
    expect(endingOf(view)).toEqual({ kind: 'gone' });
    expect(run.seek(0).past).toEqual({ rings: false, mapped: false, ports: false });
  });

  test('is the same view wherever one comes from', () => {
    for (const part of [0.9, 0.2, 1, 0.5, 0.7, 0]) {
      run.seek(Math.round(run.length * part));
      expect(run.view).toStrictEqual(run.anew());
      expect(run.view).toStrictEqual(run.fromScratch());
    }
  });
});

test.each(['close-unplug', 'close-forced', 'close-unbind', 'close-crash', 'close-early'])('%s never has a view that takes rings that are gone for rings to come', (scenario) => {
  const run = open(scenario);
  const wrong: number[] = [];
  let were = false;
  for (const { rings, past } of all(run)) {
    were ||= rings.length > 0;
    if (were && rings.length === 0 && !past.rings) wrong.push(run.frame.position);
  }
  expect(were).toBe(true);
  expect(wrong).toEqual([]);
});

test('an interface that is unbound and bound again begins at Initialising and ends Connected', () => {
  const run = open('reconnect-unbind-bind');
  const walk: unknown[] = [];
  for (const { frontend } of all(run)) if (walk.at(-1) !== frontend.track.published) walk.push(frontend.track.published);
  expect(walk).toEqual([4, 5, 6, 1, 4]);
  expect(endingOf(run.view)).toEqual({ kind: 'connected' });
});

test('rings that are made again are granted and mapped, not unmapped because they were once', () => {
  const run = open('reconnect-unbind-bind');
  let before = '';
  const pairs = new Set<string>();
  for (const view of all(run)) {
    const now = lives(view).join('+');
    if (before !== now) pairs.add(`${before} > ${now}`);
    before = now;
  }
  expect(pairs).toContain('granted > mapped+granted');
  expect(lives(run.view)).toEqual(['mapped']);
});

describe('rings of which dom0 could not map one page', () => {
  const run = new Watched(4, 1, 64, {}, 'fault-third-page-bad');
  const tx = (view: StageView): string[] => view.rings.find(({ direction }) => direction === 'tx')!.pages.map(({ life }) => life);

  test('have pages that it mapped and gave up again: unmapped, and granted still', () => {
    const view = run.seek(run.length);
    expect(view.backend.track.published).toBe(4);
    expect(tx(view)).toContain('unmapped');
    for (const { pages } of view.rings) {
      for (const { life, ref, handle } of pages) {
        if (life !== 'unmapped') continue;
        expect(handle).toBeNull();
        expect(view.grants.rows.find((row) => row.ref === ref)?.flags).toBe(1);
      }
    }
    // dom0 never came to the other ring.
    expect(new Set(view.rings.find(({ direction }) => direction === 'rx')!.pages.map(({ life }) => life))).toEqual(new Set(['granted']));
  });

  test('mark the page and the entry that Xen refuses in the step that refuses it, and no other', () => {
    run.seek(0);
    for (const page of [0, 1, 2, 3]) {
      const { grants, rings } = run.after('map_grant_ref#map_one', page + 1);
      expect(grants.rows.filter(({ hot }) => hot).map(({ ref }) => ref)).toEqual([rings[0]!.pages[page]!.ref ?? 2058]);
      expect(rings[0]!.pages.map(({ hot }) => hot)).toEqual([0, 1, 2, 3].map((i) => i === page));
      expect(rings[0]!.pages[2]!.life).not.toBe('mapped');
      // GNTST_general_error.
      expect(grants.rows.flatMap(({ ref, refusal }) => (refusal === undefined ? [] : [[ref, refusal]]))).toEqual(page === 2 ? [[2058, -1]] : []);
    }
    expect(run.seek(run.frame.position + 1).grants.rows.filter(({ hot }) => hot)).toEqual([]);
  });

  test('keep the page behind the bad one mapped, and from the return of the mapping on in no ring', () => {
    const forgotten = (view: StageView) => view.rings.flatMap(({ direction, pages, back, vaddr }) =>
      pages.filter((page) => page.forgotten).map(({ index, life, handle }) => ({ direction, index, life, handle, back, vaddr })));
    const last = [{ direction: 'tx', index: 3, life: 'mapped', handle: 3, back: null, vaddr: null }];
    expect(forgotten(run.seek(run.length))).toEqual(last);
    const views = Array.from({ length: run.length + 1 }, (_, position) => ({ view: run.seek(position), key: run.frame.step?.key }));
    const first = views.findIndex(({ view }) => forgotten(view).length > 0);
    // Before, and while the batch is looked through and unwound, somebody is still at work on it.
    expect(views[first]?.key).toBe('HYPERVISOR_grant_table_op#return_unmap');
    expect(views.slice(first).every(({ view }) => forgotten(view).length === 1)).toBe(true);
  });

  test('are the same wherever one comes from, over the mapping and back too', () => {
    const granted = run.chapter('mapping').rings;
    expect(new Set(granted.flatMap(({ pages }) => pages.map(({ life }) => life)))).not.toContain('unmapped');
    const from = run.frame.position;
    for (const to of [run.length, from, run.length - 40, from, run.length]) {
      run.seek(to);
      expect(run.view).toStrictEqual(run.anew());
      expect(run.view).toStrictEqual(run.fromScratch());
    }
  });
});

describe('a guest that is dead', () => {
  const run = open('close-crash');

  test('stays as a zombie while dom0 maps its rings, which are drawn until they are unmapped', () => {
    const zombie = [...all(run)].filter(({ guest }) => guest === 'zombie');
    expect(zombie.length).toBeGreaterThan(0);
    for (const view of zombie) {
      expect(lives(view)).toContain('mapped');
      expect(view.grants.rows.some(({ handle }) => handle !== null)).toBe(true);
    }
    // netfront’s own memory is no more by then.
    expect(new Set(zombie.at(-1)!.rings.map(({ front }) => front))).toEqual(new Set([null]));
  });

  test('is gone at the end, and nobody is said to hold references of it', () => {
    const view = run.seek(run.length);
    expect(view.guest).toBe('gone');
    expect(view.grants.folds).toEqual([]);
    expect(endingOf(view)).toEqual({ kind: 'gone' });
  });
});
