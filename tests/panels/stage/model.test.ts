import { describe, expect, it } from 'vitest';
import {
  grantItems, hotItem, portPairs, queueSummary, ringOf, usualPerms,
} from '../../../src/store/stage/lists.ts';
import { lineOf, shapeOf } from '../../../src/panels/stage/model.ts';
import { wiresOf } from '../../../src/panels/stage/wires.ts';
import type { RingsShape } from '../../../src/geometry/stage-rings.ts';
import { stageLayout } from '../../../src/geometry/stage-zones.ts';
import { framesSentence } from '../../../src/store/stage/frames-sentence.ts';
import type { StageView } from '../../../src/store/view.ts';
import {
  address, groupBytes, isLit, livesSummary, pageSentence, permsSentence, stateCopies, stationSentence, tileSentence,
} from '../../../src/store/stage/words.ts';
import { before, connected, midMapping, published } from './mock.ts';

function wires(view: StageView, queue = 0, lit: string | null = null) {
  const shape = shapeOf(view.rings, view.queues) as RingsShape;
  const items = grantItems(view.grants, view.rings, queue);
  return wiresOf({ rings: view.rings, shape, items, queue, scroll: 0, layout: stageLayout(1056, 452), lit });
}

describe('the shape of the rings', () => {
  it('is unknown before the first ring and keeps room for every queue asked for', () => {
    expect(shapeOf([], { asked: 4, made: null })).toBeNull();
    const view = connected(16, 3);
    expect(shapeOf(view.rings, { asked: 4, made: 3 })).toEqual({ queues: 4, tx: 16, rx: 16 });
  });
});

describe('the grant list', () => {
  it('folds the pools and shows every ring entry of the only queue', () => {
    const view = midMapping();
    const items = grantItems(view.grants, view.rings, 0);
    expect(items.map((item) => item.kind)).toEqual(['fold', ...Array.from({ length: 8 }, () => 'row')]);
    expect(items[0]).toMatchObject({ from: 8, to: 2055 });
    expect(hotItem(items)).toBe(3);
  });

  it('at 16 pages and 8 queues shows the chosen queue’s 32 rows and a line for each other queue', () => {
    const view = connected(16, 8);
    const items = grantItems(view.grants, view.rings, 3);
    const rows = items.flatMap((item) => item.kind === 'row' ? [item.row.ref] : []);
    expect(rows).toHaveLength(32);
    expect(rows[0]).toBe(65_544 + 3 * 32);
    const folds = items.flatMap((item) => item.kind === 'queue' ? [item] : []);
    expect(folds.map((fold) => fold.queue)).toEqual([0, 1, 2, 4, 5, 6, 7]);
    expect(folds[0]).toMatchObject({ from: 65_544, to: 65_575, count: 32, text: 'all mapped' });
  });

  it('keeps an entry that no page claims any more', () => {
    const view = midMapping();
    const items = grantItems(view.grants, [], 0);
    expect(items.filter((item) => item.kind === 'row')).toHaveLength(8);
  });
});

describe('the wires', () => {
  it('are one a page at 4 pages: mapped, the current one last and hot, then granted ones', () => {
    const drawn = wires(midMapping());
    expect(drawn).toHaveLength(8);
    expect(drawn.every((wire) => wire.kind === 'page')).toBe(true);
    const mapped = drawn.filter((wire) => wire.life === 'mapped');
    expect(mapped.map((wire) => wire.key)).toEqual(['tx0', 'tx1', 'tx2']);
    expect(drawn.at(-1)).toMatchObject({ key: 'tx2', hot: true });
    expect(drawn.filter((wire) => wire.hot)).toHaveLength(1);
  });

  it('are one a ring at 16 pages, with the current page’s own line over them', () => {
    const drawn = wires(midMapping(16));
    expect(drawn.map((wire) => [wire.key, wire.kind, wire.life])).toEqual([
      ['tx', 'bundle', 'mixed'], ['rx', 'bundle', 'granted'], ['tx2', 'strand', 'mapped'],
    ]);
  });

  it('are one a folded queue beside the chosen queue’s two', () => {
    const drawn = wires(connected(16, 8), 2);
    expect(drawn.filter((wire) => wire.kind === 'queue')).toHaveLength(7);
    expect(drawn.filter((wire) => wire.kind === 'bundle')).toHaveLength(2);
  });

  it('are one more where a person points at a page of a bundle, and it lies on top', () => {
    const ref = connected(16, 1).rings[0]!.pages[5]!.ref!;
    expect(wires(connected(16, 1)).map((wire) => wire.kind)).toEqual(['bundle', 'bundle']);
    expect(wires(connected(16, 1), 0, lineOf.ref(ref)).at(-1)).toMatchObject({ key: 'tx5', kind: 'strand', lit: true });
    expect(wires(midMapping(), 0, lineOf.ref(2056)).at(-1)).toMatchObject({ key: 'tx0', kind: 'page', lit: true, hot: false });
    expect(wires(connected(16, 8), 2, lineOf.queue(4)).at(-1)).toMatchObject({ key: 'q4', lit: true });
  });

  it('are faint where the entry is scrolled out', () => {
    const drawn = wires(published(8));
    expect(drawn.filter((wire) => !wire.faint)).toHaveLength(8);
    expect(drawn.filter((wire) => wire.faint)).toHaveLength(8);
  });

  it('do not exist for pages without an entry', () => {
    const view = published();
    const bare = view.rings.map((ring) => ({
      ...ring, pages: ring.pages.map((page) => ({ ...page, ref: null, life: 'allocated' as const })),
    }));
    expect(wires({ ...view, rings: bare, grants: { ...view.grants, rows: [] } })).toEqual([]);
  });
});

describe('port pairs', () => {
  it('join each guest port with the port of dom0 bound to it', () => {
    const pairs = portPairs(connected(1, 1).ports);
    expect(pairs.map((pair) => [pair.front?.port, pair.back?.port])).toEqual([[11, 40], [12, 41]]);
  });

  it('leave an unbound port without a peer', () => {
    expect(portPairs(published().ports).map((pair) => pair.back)).toEqual([null, null]);
  });

  it('list a port of dom0 whose guest end is gone', () => {
    const back = connected(1, 1).ports.filter((port) => port.dom === 0);
    expect(portPairs(back).map((pair) => [pair.front, pair.back?.port])).toEqual([[null, 40], [null, 41]]);
  });
});

describe('words', () => {
  it('say all there is to say of a page', () => {
    const ring = ringOf(midMapping().rings, 0, 'tx');
    if (ring === null) throw new Error('the mock has no TX ring');
    const [first, , third] = ring.pages;
    if (first === undefined || third === undefined) throw new Error('the mock’s TX ring is too short');
    expect(pageSentence(ring, third, 'front')).toBe(
      'TX page 2, guest frame 0x1a3c2, mapped by dom0, grant reference 2058, handle 2, entries 677 to 1018');
    expect(pageSentence(ring, first, 'back')).toContain('mapped at offset 0x0, machine frame 0x8f3c0');
  });

  it('say of a mapped ring that its addresses follow each other and its machine frames do not', () => {
    const ring = ringOf(connected(4, 1).rings, 0, 'tx')!;
    expect(framesSentence(ring)).toBe(
      'TX: 4 pages follow each other from 0xffffc90040000000; their machine frames are 0x8f3c0, 0x8f3c7, 0x8f3ce, '
      + '0x8f3d5; they do not follow each other');
    const beside = { ...ring, pages: ring.pages.map((page) => ({ ...page, mfn: 100 + page.index })) };
    expect(framesSentence(beside)).toContain('these happen to follow each other');
  });

  it('say in dom0 of an entry on two pages only where both are mapped', () => {
    const ring = ringOf(connected(4, 1).rings, 0, 'tx')!;
    const seams = (unmapped: number | null, side: 'front' | 'back'): boolean[] => {
      const pages = ring.pages.map((page) => (page.index === unmapped ? { ...page, handle: null } : page));
      return pages.map((page) => tileSentence({ ...ring, pages }, page, side).includes('straddles this seam'));
    };
    // On the first page of a TX ring, the last entry ends where the page does.
    expect(seams(null, 'back')).toEqual([false, false, true, true]);
    expect(seams(2, 'back')).toEqual([false, false, false, false]);
    expect(seams(1, 'back')).toEqual([false, false, false, true]);
    expect(seams(2, 'front')).toEqual([false, false, true, true]);
  });

  it('say of each station whether the side is there, means to be, or never comes by, and why', () => {
    const { track } = connected(1, 1).backend;
    expect(stationSentence('back', track, 2)).toBe('Backend state 2 InitWait, published now');
    expect(stationSentence('back', track, 4)).toBe('Backend state 4 Connected, the driver’s own');
    expect(stationSentence('back', track, 3)).toContain('not used here: netfront and netback never use it');
    expect(stationSentence('back', track, 5)).toBe('Backend state 5 Closing');
  });

  it('name the page that no entry touches', () => {
    const rx = ringOf(published(4).rings, 0, 'rx');
    const last = rx?.pages[3];
    if (rx === null || last === undefined) throw new Error('the mock’s RX ring is too short');
    expect(pageSentence(rx, last, 'front')).toContain('no entry ever touches it');
  });

  it('group an entry’s bytes by its fields, however they are spaced', () => {
    expect(groupBytes('19 00 00 00 c2 a3 01 00')).toBe('1900 0000 c2a30100');
    expect(groupBytes('19000000c2a30100')).toBe('1900 0000 c2a30100');
  });

  it('light permit only for entries of that type: 2 is a transfer, 3 is transitive', () => {
    const lit = [0, 1, 2, 3, 0x19].filter((flags) => isLit('permit', flags));
    expect(lit).toEqual([1, 0x19]);
    expect(isLit('reading', 0x09)).toBe(true);
    expect(isLit('writing', 0x09)).toBe(false);
    expect(isLit('readonly', 0x0d)).toBe(true);
  });

  it('print addresses of the kernel’s half exactly', () => {
    expect(address(0xffffc90040003000)).toBe('0xffffc90040003000');
  });

  it('sum up the lives of many pages', () => {
    expect(livesSummary([])).toBe('no pages yet');
    expect(livesSummary(['mapped', 'mapped', 'granted'])).toBe('2 mapped, 1 granted');
    expect(queueSummary(connected(16, 2).rings, 'front').text).toBe('all mapped');
  });

  it('mark on dom0’s side only what concerns it: what is granted is nothing to it before it is mapped', () => {
    const [ring] = midMapping().rings;
    const [granted, mapped] = [{ ...ring!.pages.at(-1)!, hot: true }, { ...ring!.pages[0]!, hot: true }];
    expect([granted.life, mapped.life]).toEqual(['granted', 'mapped']);
    const hotOn = (side: 'front' | 'back') => [granted, mapped].map((page) => queueSummary([{ ...ring!, pages: [page] }], side).hot);
    expect(hotOn('front')).toEqual([true, true]);
    expect(hotOn('back')).toEqual([false, true]);
  });

  it('explain permissions by owner and reader', () => {
    expect(permsSentence(['n5', 'r0'])).toBe('domain 5 owns it; the others: no access; domain 0: may read');
    expect(usualPerms(published().xenstore.frontend)).toBe('n5,r0');
    expect(usualPerms([])).toBe('');
  });

  it('list the three copies of a state, and say that netfront has only two', () => {
    const track = connected(1, 1).backend.track;
    const copies = stateCopies('back', track).map((copy) => copy.what);
    expect(copies).toEqual(['2 InitWait', '2 InitWait', '4 Connected']);
    expect(stateCopies('front', before().frontend.track).at(-1)?.what).toContain('netfront keeps none');
  });
});
