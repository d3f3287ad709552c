import { describe, expect, it } from 'vitest';
import { fieldAt, leafAt } from '../../../src/panels/lenses/memory/fields.ts';
import { changedPlace, nextChange, placeAfter } from '../../../src/panels/lenses/memory/follow.ts';
import { lineAt, linesOf, moved, parseOffset } from '../../../src/panels/lenses/memory/lines.ts';
import { changedBytes, memoryPages, pageLister } from '../../../src/panels/lenses/memory/pages.ts';
import { readingOf } from '../../../src/panels/lenses/memory/readings.ts';
import { grantEntryV1, netifRxRequest, PAGE_SIZE, seams, sharedInfo } from '../../../src/abi/index.ts';
import type { MemoryPlace, StepView } from '../../../src/store/store.ts';
import type { RingView } from '../../../src/store/view.ts';
import { ring } from '../stage/mock.ts';

const TX = ring({ queue: 0, direction: 'tx', pages: 4, firstRef: 2056, firstPage: 0, mapped: 2 });
const RX = ring({ queue: 0, direction: 'rx', pages: 4, firstRef: 2060, firstPage: 4, mapped: 0 });
const txPage = (index: number) => ({ kind: 'ring', queue: 0, direction: 'tx', index, pages: 4 }) as const;
const rxPage = (index: number) => ({ kind: 'ring', queue: 0, direction: 'rx', index, pages: 4 }) as const;

function stepThatChanges(...words: [frame: number, offset: number, before: number, after: number][]): StepView {
  const changes = words.map(([frame, offset, before, after]) => ({ cell: 'word', frame, offset, before, after }) as const);
  return { n: 0, thread: 't', party: 'domU', key: 'f#l', stack: [], listing: [], effects: [], changes, changed: changes.length };
}

describe('the field under a byte', () => {
  it('of a struct is the member that the interface puts there, padding between included', () => {
    expect(leafAt(netifRxRequest, 5)).toMatchObject({ path: 'gref', at: 4, length: 4 });
    expect(leafAt(sharedInfo, 2048 + 8 * 3 + 1)).toMatchObject({ path: 'evtchn_pending[3]', at: 2072, length: 8 });
    expect(leafAt(sharedInfo, 64 + 3)).toMatchObject({ path: '', type: 'padding', at: 66, length: 6 });
  });

  it.each([
    [0, 'req_prod', 'domU'], [4, 'req_event', 'dom0'], [8, 'rsp_prod', 'dom0'], [12, 'rsp_event', 'domU'],
    [16, 'pvt', null], [63, '__pad', null],
  ])('%i of a ring’s first page is %s', (offset, path, writer) => {
    expect(fieldAt(txPage(0), TX, offset)).toMatchObject({ struct: 'struct netif_tx_sring', item: null, path, writer });
  });

  it('covers every byte of every page of a ring once, each field the same from all of its bytes', () => {
    for (const [page, of] of [[txPage, TX], [rxPage, RX]] as const) {
      for (let index = 0; index < 4; index++) {
        for (let at = 0; at < PAGE_SIZE; ) {
          const field = fieldAt(page(index), of, at);
          if (field === null) {
            at++;
            continue;
          }
          expect(field.start).toBe(at);
          for (let i = 1; i < field.length; i++) expect(fieldAt(page(index), of, at + i)).toEqual(field);
          at += field.length;
        }
      }
    }
  });

  it('of a slot over a seam is cut where the page ends', () => {
    const seam = seams(4, 12)[0]!;
    expect(fieldAt(txPage(seam.page - 1), TX, PAGE_SIZE - 1)).toMatchObject({ item: seam.slot, path: 'gref', length: 4 });
    expect(fieldAt(txPage(seam.page), TX, 0)).toMatchObject({ item: seam.slot, path: 'offset', start: 0, length: 2 });
    const last = fieldAt(txPage(3), TX, PAGE_SIZE - 1);
    expect(last).toBeNull();
  });

  it('of a grant frame is one of the entry that lies there', () => {
    expect(fieldAt({ kind: 'grants', index: 4 }, undefined, 8 * 8 + 4)).toMatchObject({
      struct: grantEntryV1.name, item: 4 * 512 + 8, path: 'frame', start: 68, length: 4,
    });
  });

  it('of a shared info page ends with the struct', () => {
    expect(fieldAt({ kind: 'shared', dom: 0 }, undefined, 2560)).toMatchObject({ path: 'evtchn_mask[0]', writer: 'dom0' });
    expect(fieldAt({ kind: 'shared', dom: 0 }, undefined, sharedInfo.size)).toBeNull();
    expect(fieldAt({ kind: 'other' }, undefined, 0)).toBeNull();
  });
});

describe('what a slot holds', () => {
  const at = (change: Partial<RingView>): RingView => ({ ...TX, ...change });
  const header = { req_prod: 0, req_event: 1, rsp_prod: 0, rsp_event: 1 };
  const front = { req_prod_pvt: 0, rsp_cons: 0 };
  const back = { rsp_prod_pvt: 0, req_cons: 0 };

  it('goes through both of its readings, private and published', () => {
    const states = [
      at({ header, front, back }),
      at({ header, front: { ...front, req_prod_pvt: 6 }, back }),
      at({ header: { ...header, req_prod: 6 }, front: { ...front, req_prod_pvt: 6 }, back }),
      at({ header: { ...header, req_prod: 6 }, front: { ...front, req_prod_pvt: 6 }, back: { rsp_prod_pvt: 6, req_cons: 6 } }),
      at({ header: { ...header, req_prod: 6, rsp_prod: 6 }, front: { ...front, req_prod_pvt: 6 }, back: { rsp_prod_pvt: 6, req_cons: 6 } }),
    ].map((one) => readingOf(one, 5));
    expect(states).toEqual([
      { as: 'req', state: 'empty' }, { as: 'req', state: 'written' }, { as: 'req', state: 'published' },
      { as: 'rsp', state: 'written' }, { as: 'rsp', state: 'published' },
    ]);
  });

  it('is a request again once the ring has gone round', () => {
    const round = at({ header: { ...header, req_prod: 1025, rsp_prod: 1024 }, front: { ...front, req_prod_pvt: 1025 }, back });
    expect(readingOf(round, 0)).toEqual({ as: 'req', state: 'published' });
    expect(readingOf(round, 1)).toEqual({ as: 'rsp', state: 'published' });
  });

  it('is nothing before the ring is initialised', () => {
    expect(readingOf(undefined, 0).state).toBe('empty');
    expect(readingOf(at({ header: null, entries: 0 }), 0).state).toBe('empty');
  });
});

describe('the rows of a page', () => {
  const bytes = new Uint8Array(PAGE_SIZE);
  bytes[0] = 1;
  bytes[0x100] = 1;

  it('fold long runs of zeros, and no short one', () => {
    expect(linesOf(bytes, 16, new Set())).toEqual([
      { from: 0, to: 0, folded: false },
      { from: 0x10, to: 0xf0, folded: true },
      { from: 0x100, to: 0x100, folded: false },
      { from: 0x110, to: 0xff0, folded: true },
    ]);
    const near = Uint8Array.from(bytes);
    near[0x30] = 1;
    expect(linesOf(near, 16, new Set()).slice(0, 4).map(({ folded }) => folded)).toEqual([false, false, false, false]);
  });

  it('are one fold where every byte is zero', () => {
    expect(linesOf(undefined, 8, new Set())).toEqual([{ from: 0, to: 0xff8, folded: true }]);
  });

  it('keep those that were opened, and leave none out', () => {
    const lines = linesOf(bytes, 16, new Set([0x80]));
    expect(lines.map(({ from, to, folded }) => [from, to, folded]).slice(1, 4)).toEqual([
      [0x10, 0x70, true], [0x80, 0x80, false], [0x90, 0xf0, true],
    ]);
    let next = 0;
    for (const { from, to } of lines) {
      expect(from).toBe(next);
      next = to + 16;
    }
    expect(next).toBe(PAGE_SIZE);
    expect(lineAt(lines, 0x8f, 16)).toBe(2);
  });

  it.each([
    ['ArrowRight', false, 0, 1], ['ArrowLeft', false, 0, 0], ['ArrowRight', false, 0xf, 0x10],
    ['ArrowDown', false, 3, 0x13], ['ArrowDown', false, 0x13, 0x103], ['ArrowUp', false, 0x103, 0x13],
    ['ArrowRight', false, 0x13, 0x100], ['ArrowLeft', false, 0x13, 0xf],
    ['PageDown', false, 3, 0x113], ['PageUp', false, 0x113, 3],
    ['Home', false, 0x10a, 0x100], ['End', false, 0x10a, 0x10f], ['Home', true, 0x10a, 0], ['End', true, 0, 0xfff],
  ])('are moved over by %s (control: %s) from %i to %i', (key, ctrl, from, to) => {
    expect(moved(key, ctrl, from, linesOf(bytes, 16, new Set()), 16, 3)).toBe(to);
  });

  it('leave other keys alone', () => {
    expect(moved('b', false, 0, linesOf(bytes, 16, new Set()), 16, 3)).toBeUndefined();
  });
});

describe('an offset as people write it', () => {
  it.each([
    ['0x1a0', 0x1a0], [' 416 ', 416], ['0XFFF', 0xfff], ['0', 0],
    ['', { wrong: 'empty' }], ['1a0', { wrong: 'prefix' }], ['ff', { wrong: 'prefix' }], ['-1', { wrong: 'nonsense' }],
    ['1.5', { wrong: 'nonsense' }], ['start', { wrong: 'nonsense' }], ['4096', { wrong: 'beyond' }], ['0x1000', { wrong: 'beyond' }],
  ])('%j is %j', (text, offset) => expect(parseOffset(text)).toEqual(offset));
});

describe('the pages', () => {
  const slots: Record<string, unknown> = {
    'xen:memory:0': { shared_info: 0x3c0000, grant_table: 0x3c0001, gfn: 0, mfns: [] },
    'xen:memory:5': { shared_info: 0x3c1400, grant_table: 0x3c1401, gfn: 0x1a3c0, mfns: [] },
    'xen:gt:5': { frames: 2, maxFrames: 64 },
  };
  const full = new Uint8Array(PAGE_SIZE).fill(1);
  const mirror = {
    slot: (name: string) => slots[name] as never,
    pages: new Map([
      [0x777, { bytes: full, version: 1 }], [0x3c1401, { bytes: full, version: 1 }],
      [0x555, { bytes: new Uint8Array(PAGE_SIZE), version: 1 }],
    ]),
  };
  const pages = memoryPages(mirror, [TX]);

  it('are those of rings, of the table, shared info, and others that hold bytes', () => {
    expect(pages.map(({ name }) => name)).toEqual([
      'TX ring, queue 0, page 0', 'TX ring, queue 0, page 1', 'TX ring, queue 0, page 2', 'TX ring, queue 0, page 3',
      'Grant frame 0: entries 0 to 511', 'Grant frame 1: entries 512 to 1023',
      'Shared info of domU 5', 'Shared info of dom0', 'Machine frame 0x777',
    ]);
    expect(memoryPages({ slot: () => undefined, pages: new Map() }, [])).toEqual([]);
  });

  it('are the same list until there are others', () => {
    const list = pageLister();
    const before = list(mirror, [TX]);
    expect(list(mirror, [{ ...TX }])).toBe(before);
    expect(list({ ...mirror, pages: new Map() }, [TX])).toHaveLength(before.length - 1);
    expect(list(mirror, [TX, RX])).toEqual(memoryPages(mirror, [TX, RX]));
  });

  const [first, second] = [pages[0]!.mfn, 0x3c1401];
  const step = stepThatChanges([second, 0x40, 0, 0x1900], [first, 0, 0x00000100, 0x00000200], [second, 0x10, 1, 1]);

  it('are marked where a step made a byte another', () => {
    expect(changedBytes(step, second)).toEqual([0x41]);
    expect(changedBytes(step, first)).toEqual([1]);
    expect(changedBytes(null, first)).toEqual([]);
  });

  it('are followed: to the page shown if it changed, else to the first that did', () => {
    const place = (frame: number | null, follow = true): MemoryPlace => ({ frame, offset: 5, follow });
    expect(placeAfter(place(null), step, pages)).toEqual({ frame: first, offset: 1, follow: true });
    expect(placeAfter(place(second), step, pages)).toEqual({ frame: second, offset: 0x41, follow: true });
    const chosen = place(0x777, false);
    expect(placeAfter(chosen, step, pages)).toBe(chosen);
    expect(placeAfter(chosen, null, pages)).toBe(chosen);
    expect(changedPlace(chosen, step, pages)).toEqual({ frame: first, offset: 1 });
  });

  it('are gone through change by change, round and round', () => {
    const one = nextChange({ frame: 0x777, offset: 0, follow: false }, step, pages)!;
    const two = nextChange({ ...one, follow: false }, step, pages)!;
    expect([one, two, nextChange({ ...two, follow: false }, step, pages)]).toEqual([
      { frame: first, offset: 1 }, { frame: second, offset: 0x41 }, { frame: first, offset: 1 },
    ]);
    expect(nextChange({ frame: first, offset: 0, follow: false }, null, pages)).toBeNull();
  });
});
