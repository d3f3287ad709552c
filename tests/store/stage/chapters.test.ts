import { describe, expect, test } from 'vitest';
import { netifRxRing, netifTxRing } from '../../../src/abi/netif.ts';
import { PAGE_SIZE, pagesTouched, ringSize } from '../../../src/abi/ring.ts';
import { framesOf } from '../../../src/geometry/stage-frames.ts';
import type { RingView, StageView } from '../../../src/store/view.ts';
import { offsetFigure, seamBefore } from '../../../src/store/stage/words.ts';
import { Watched } from './run.ts';

const RING_GFN = 0x1a3c0;

/** Pages, queues, limit of grant frames; then the frames made, and the first reference of a ring. */
const WIDTHS = [
  [1, 1, 64, 2, 520],
  [4, 1, 64, 5, 2056],
  [16, 8, 256, 129, 65_544],
] as const;

function lives(rings: readonly RingView[]): Set<string> {
  return new Set(rings.flatMap((ring) => ring.pages.map((page) => page.life)));
}

describe.each(WIDTHS)('%i pages, %i queues, limit %i', (pages, queues, limit, frames, firstRef) => {
  const run = new Watched(pages, queues, limit);
  const total = 2 * pages * queues;

  test('before the first step there is nothing but two kernels and a toolstack', () => {
    const view = run.seek(0);
    const nothing = { published: null, cached: null, driver: null, gone: false, hot: false };
    expect(view.frontend).toMatchObject({ track: nothing, netdev: null, log: [] });
    expect(view.backend).toMatchObject({ track: nothing, netdev: null, log: [] });
    expect(view.toolstack).toMatchObject({ doing: 'libxl__device_add_async', running: false });
    expect(view.rings).toEqual([]);
    expect(view.grants).toEqual({ frames: 1, maxFrames: limit, rows: [], folds: [] });
    expect(view.xenstore).toEqual({ frontend: [], backend: [], pending: null });
    expect(view.ports).toEqual([]);
    expect(view.queues).toEqual({ asked: queues, made: null });
  });

  test('the toolstack writes both directories', () => {
    const { xenstore, frontend, backend } = run.chapter('backend-found');
    expect(xenstore.frontend.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['backend', 'backend-id', 'state', 'handle', 'mac']),
    );
    expect(xenstore.backend.find(({ name }) => name === 'frontend')).toEqual({
      path: '/local/domain/0/backend/vif/5/0/frontend', name: 'frontend', value: '/local/domain/5/device/vif/0',
      perms: ['n0', 'r5'], writer: 'toolstack', watchers: [], hot: false,
    });
    expect(new Set(xenstore.frontend.map(({ writer }) => writer))).toEqual(new Set(['toolstack']));
    expect(frontend.track).toMatchObject({ published: 1, cached: null });
    expect(backend.track).toMatchObject({ published: 1, cached: null, driver: null });
    // libxl waits for the backend's state by a watch.
    expect(xenstore.backend.find(({ name }) => name === 'state')).toMatchObject({ watchers: ['toolstack'] });
  });

  test('what a transaction has written is told until its commit shows it', () => {
    expect(run.seek(10).xenstore).toMatchObject({ frontend: [], backend: [], pending: { who: 'toolstack' } });
    expect(run.seek(10).xenstore.pending?.count).toBeGreaterThan(run.seek(8).xenstore.pending?.count ?? 0);
    const { pending, frontend } = run.chapter('backend-found').xenstore;
    expect(pending).toBeNull();
    expect(frontend).not.toEqual([]);
  });

  test('the data pools are reserved before there is a ring', () => {
    const view = run.chapter('rings');
    expect(view.rings).toEqual([]);
    expect(view.grants).toEqual({
      frames, maxFrames: limit, rows: [], folds: [{ from: 8, to: firstRef - 1, label: 'TX and RX data pools' }],
    });
    expect(view.queues).toEqual({ asked: queues, made: queues });
  });

  test('every ring page is granted before the keys are published', () => {
    const { rings, grants, ports } = run.chapter('published');
    expect(rings.map(({ queue, direction }) => `${queue} ${direction}`)).toEqual(
      Array.from({ length: queues }, (_, queue) => [`${queue} tx`, `${queue} rx`]).flat(),
    );
    const all = rings.flatMap((ring) => ring.pages);
    expect(lives(rings)).toEqual(new Set(['granted']));
    expect(all.map(({ gfn }) => gfn)).toEqual(Array.from({ length: total }, (_, i) => RING_GFN + i));
    expect(all.map(({ ref }) => ref)).toEqual(Array.from({ length: total }, (_, i) => firstRef + i));
    expect(new Set(all.map(({ mfn }) => mfn)).size).toBe(total);
    expect(all.every(({ handle }) => handle === null)).toBe(true);
    expect(grants.rows).toHaveLength(total);
    expect(grants.rows[0]).toEqual({
      ref: firstRef, domid: 0, frame: RING_GFN, flags: 1, bytes: '01 00 00 00 c0 a3 01 00', handle: null, mfn: null,
      ring: 'queue 0 TX page 0', hot: false,
    });
    expect(ports).toHaveLength(2 * queues);
    expect(ports[1]).toEqual({
      dom: 5, port: 12, state: 'unbound', remoteDom: 0, remotePort: 0, pending: false, masked: false,
      purpose: 'queue 0 RX', hot: false,
    });
  });

  test('rings are as large as their pages allow', () => {
    const [tx, rx] = run.chapter('published').rings;
    expect(tx).toMatchObject({
      slotSize: 12, entries: ringSize(pages * PAGE_SIZE, netifTxRing.entry.size), back: null, vaddr: null,
      header: { req_prod: 0, req_event: 1, rsp_prod: 0, rsp_event: 1 }, front: { req_prod_pvt: 0, rsp_cons: 0 },
    });
    expect(rx).toMatchObject({ slotSize: 8, entries: ringSize(pages * PAGE_SIZE, netifRxRing.entry.size) });
    expect(tx!.pages.filter(({ untouched }) => !untouched)).toHaveLength(pagesTouched(pages, 12));
    expect(rx!.pages.filter(({ untouched }) => !untouched)).toHaveLength(pagesTouched(pages, 8));
  });

  test('the published keys tell what was granted', () => {
    const { xenstore } = run.chapter('frontend-connected');
    const value = (name: string): string | undefined => xenstore.frontend.find((key) => key.name === name)?.value;
    const under = queues === 1 ? '' : 'queue-0/';
    expect(value(`${under}tx-ring-ref${pages === 1 ? '' : '0'}`)).toBe(String(firstRef));
    expect(value(`${under}event-channel-tx`)).toBe('11');
    expect(value('tx-ring-order')).toBe(pages === 1 ? undefined : String(Math.log2(pages)));
    // Directories are only part of the names of their keys.
    expect(value('queue-0')).toBeUndefined();
    expect(xenstore.frontend.find(({ name }) => name === 'state')).toMatchObject({
      writer: 'toolstack', watchers: ['dom0'],
    });
  });

  test('posted receive buffers are granted from the pools', () => {
    const { rings, grants } = run.chapter('frontend-connected');
    const pool = queues === 1 ? 'TX data pool' : 'TX data pools';
    expect(grants.folds).toEqual([{ from: 8, to: firstRef - 1, label: `${pool}, RX buffers granted` }]);
    for (const ring of rings) {
      const posted = ring.direction === 'rx' ? ring.entries : 0;
      expect(ring.header).toMatchObject({ req_prod: posted, rsp_prod: 0 });
      expect(ring.front).toEqual({ req_prod_pvt: posted, rsp_cons: 0 });
    }
  });

  test('when queue 0 is mapped the others still wait', () => {
    const { rings, grants } = run.chapter('ports');
    const [first, others] = [rings.slice(0, 2), rings.slice(2)];
    expect(lives(first)).toEqual(new Set(['mapped']));
    expect(first.flatMap((ring) => ring.pages.map(({ handle }) => handle))).toEqual(
      Array.from({ length: 2 * pages }, (_, i) => i),
    );
    expect(first[0]).toMatchObject({ vaddr: 0xffffc90040000000, back: { rsp_prod_pvt: 0, req_cons: 0 } });
    expect(lives(others)).toEqual(new Set(queues === 1 ? [] : ['granted']));
    expect(grants.rows[0]).toMatchObject({
      flags: 0x19, bytes: '19 00 00 00 c0 a3 01 00', handle: 0, mfn: first[0]!.pages[0]!.mfn,
    });
  });

  test('netback is ahead of what it has published until the hotplug script is seen', () => {
    expect(run.chapter('backend-connected').backend.track).toEqual({ published: 2, cached: 2, driver: 4, gone: false, hot: false });
  });

  test('at the end everything is mapped, bound and up', () => {
    const view = run.seek(run.length);
    expect(lives(view.rings)).toEqual(new Set(['mapped']));
    expect(view.frontend.track).toEqual({ published: 4, cached: 4, driver: null, gone: false, hot: false });
    expect(view.backend.track).toEqual({ published: 4, cached: 4, driver: 4, gone: false, hot: false });
    expect(view.frontend.netdev).toMatchObject({ name: 'eth0', registered: true, carrier: true, up: true });
    expect(view.backend.netdev).toMatchObject({ name: 'vif5.0', registered: true, carrier: true, up: true });
    expect(view.backend.log.at(-1)).toContain('Guest Rx ready');
    expect(view.toolstack).toBeNull();
    expect(view.ports).toHaveLength(4 * queues);
    for (const port of view.ports) {
      const peer = view.ports.find((one) => one.dom === port.remoteDom && one.port === port.remotePort);
      expect(peer).toMatchObject({ remoteDom: port.dom, remotePort: port.port, purpose: port.purpose });
      expect(port).toMatchObject({ state: 'interdomain', masked: false });
    }
    expect(view.backend.threads.map(({ name }) => name)).toEqual([
      'xenwatch', 'xenbus', 'interrupts', ...Array.from({ length: queues }, (_, i) => `vif5.0-q${i}-guest-rx`),
    ]);
    expect(view.frontend.threads.find(({ name }) => name === 'xenwatch')).toMatchObject({ doing: 'waits: events' });
  });
});

test('with too few grant frames fewer queues are made than asked for, and their pools are all there is', () => {
  const run = new Watched(16, 4);
  const { queues, rings, grants, frontend } = run.seek(run.length);
  expect(queues).toEqual({ asked: 4, made: 3 });
  expect(rings).toHaveLength(6);
  expect(grants).toMatchObject({ frames: 57, maxFrames: 64 });
  expect(grants.rows[0]!.ref).toBe(24_584);
  expect(grants.folds.map(({ from, to }) => [from, to])).toEqual([[8, 24_583]]);
  expect(frontend.log.at(-1)).toContain('only created 3 queues');
});

test('a translated dom0 maps by frames, and the stage shows the same', () => {
  const pvh = new Watched(4, 1, 64, { backend: 'pvh' });
  const pv = new Watched(4, 1);
  expect(pvh.seek(pvh.length).rings).toEqual(pv.seek(pv.length).rings);
});

test('a translated dom0 has a ring at one range of addresses only once vmap has made it', () => {
  const run = new Watched(4, 1, 64, { backend: 'pvh' });
  const rangeOf = (view: StageView): number => framesOf(view.rings).filter(({ key }) => key.startsWith('tx')).length;
  const mapped = run.after('__xenbus_map_ring#scan_status');
  expect(mapped.rings[0]!.pages.map(({ handle }) => handle)).toEqual([0, 1, 2, 3]);
  expect(rangeOf(mapped)).toBe(0);
  // Nor does it lie in a row for a slot to lie on two of its pages, or have an offset in it.
  const seamsOf = ({ rings: [ring] }: StageView): boolean[] => ring!.pages.map(({ index }) => seamBefore(ring!, index, 'back') !== undefined);
  const offsetsOf = ({ rings: [ring] }: StageView): string[] => ring!.pages.map((page) => offsetFigure(ring!, page));
  expect([seamsOf(mapped), offsetsOf(mapped)]).toEqual([[false, false, false, false], ['–', '–', '–', '–']]);
  const made = run.after('xenbus_map_ring_valloc_hvm#vmap_pages');
  expect([seamsOf(made), offsetsOf(made)]).toEqual([[false, false, true, true], ['+0000', '+1000', '+2000', '+3000']]);
  expect(rangeOf(run.after('xenbus_map_ring_valloc_hvm#vmap_pages'))).toBe(4);
  // While the other ring is mapped, this one keeps its range.
  expect(rangeOf(run.after('__xenbus_map_ring#scan_status', 2))).toBe(4);
  // A kernel that runs by page tables reserves the addresses first.
  expect(rangeOf(new Watched(4, 1).after('__xenbus_map_ring#scan_status'))).toBe(4);
});

test('TX and RX rings may be of different sizes', () => {
  const run = new Watched(1, 1, 64, { txPages: 4 });
  expect(run.seek(run.length).rings.map(({ pages }) => pages.length)).toEqual([4, 1]);
});
