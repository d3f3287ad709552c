import { expect, test } from 'vitest';
import { Watched } from './run.ts';

const run = new Watched(4, 1);

test('pages that were just allocated are all hot, and nothing is granted', () => {
  const { rings, grants } = run.after('setup_netfront#alloc_ring_pages');
  expect(rings).toHaveLength(1);
  expect(rings[0]).toMatchObject({ entries: 0, header: null, front: null });
  expect(rings[0]!.pages).toHaveLength(4);
  for (const page of rings[0]!.pages) expect(page).toMatchObject({ life: 'allocated', ref: null, hot: true });
  expect(grants.rows).toEqual([]);
});

test('an entry is filled store by store and grants its page by the last one', () => {
  const named = run.after('gnttab_grant_foreign_access#store_frame', 2);
  expect(named.grants.rows).toMatchObject([
    { ref: 2056, flags: 1, hot: false },
    { ref: 2057, flags: 0, bytes: '00 00 00 00 c1 a3 01 00', ring: 'queue 0 TX page 1', hot: true },
  ]);
  expect(named.grants.folds).toEqual([
    { from: 8, to: 2055, label: 'TX and RX data pools' },
    { from: 2058, to: 2059, label: 'taken, nothing granted' },
  ]);
  expect(named.rings[0]!.pages.map(({ life, ref }) => [life, ref])).toEqual([
    ['granted', 2056], ['allocated', null], ['allocated', null], ['allocated', null],
  ]);
  const granted = run.after('gnttab_grant_foreign_access#store_flags', 2);
  expect(granted.rings[0]!.pages[1]).toMatchObject({ life: 'granted', ref: 2057, hot: true });
});

test('a fresh ring names the indexes that came to be', () => {
  const { rings } = run.after('setup_netfront#XEN_FRONT_RING_INIT');
  expect(rings[0]!.changed).toEqual(['req_event', 'rsp_event', 'req_prod_pvt', 'rsp_cons']);
  expect(run.seek(run.frame.position + 1).rings[0]!.changed).toBeUndefined();
});

test('a batch maps page after page, and only the one of this operation is hot', () => {
  const first = run.after('map_grant_ref#map_one');
  const start = run.frame.position;
  expect(first.rings[0]!.pages.map(({ life }) => life)).toEqual(['mapped', 'granted', 'granted', 'granted']);
  for (let page = 0; page < 4; page++) {
    const { rings, grants } = run.seek(start + page);
    expect(rings[0]!.pages.map(({ life }) => life === 'mapped')).toEqual([0, 1, 2, 3].map((i) => i <= page));
    expect(rings[0]!.pages.map(({ hot }) => hot)).toEqual([0, 1, 2, 3].map((i) => i === page));
    expect(grants.rows.filter(({ hot }) => hot)).toMatchObject([{ ref: 2056 + page, flags: 0x19, handle: page }]);
    expect(rings[0]!.vaddr).toBeNull();
  }
});

test('a ring that is attached brings its private indexes', () => {
  expect(run.after('xenvif_map_frontend_rings#keep_tx_ring').rings[0]).toMatchObject({
    back: { rsp_prod_pvt: 0, req_cons: 0 }, changed: ['rsp_prod_pvt', 'req_cons'],
  });
});

test('a store to the header is named, in that ring alone', () => {
  const { rings } = run.after('xennet_alloc_rx_buffers#store_req_prod');
  expect(rings.map(({ changed }) => changed)).toEqual([undefined, ['req_prod']]);
});

test('a key that is read is hot in that step alone, as one that is written', () => {
  const hot = ({ frontend, backend }: ReturnType<typeof run.seek>['xenstore']): string[] =>
    [...frontend, ...backend].filter((key) => key.hot).map(({ name }) => name);
  expect(hot(run.after('connect_rings#read_ring_ref').xenstore)).toEqual(['tx-ring-ref0']);
  const at = run.frame.position;
  expect(hot(run.seek(at + 1).xenstore)).not.toContain('tx-ring-ref0');
  expect(hot(run.seek(at).xenstore)).toEqual(['tx-ring-ref0']);
});

test('binding sets the new port pending, and marks both ends', () => {
  const { ports } = run.after('evtchn_bind_interdomain#bind_ports');
  expect(ports).toMatchObject([
    { dom: 5, port: 11, state: 'interdomain', remotePort: 21, hot: true },
    { dom: 5, port: 12, state: 'unbound', hot: false },
    { dom: 0, port: 21, state: 'interdomain', remotePort: 11, purpose: 'queue 0 TX', pending: true, hot: true },
  ]);
});

test('a port has no purpose before its handler is bound', () => {
  expect(run.after('evtchn_alloc_unbound#alloc_port').ports).toMatchObject([{ port: 11, purpose: 'new', hot: true }]);
  expect(run.after('bind_evtchn_to_irqhandler_lateeoi#request_irq').ports[0]).toMatchObject({ purpose: 'queue 0 TX' });
});

test('a commit makes hot exactly the keys that it wrote', () => {
  const { xenstore } = run.after('talk_to_netback#transaction_end');
  expect(xenstore.backend.filter(({ hot }) => hot)).toEqual([]);
  const hot = xenstore.frontend.filter((key) => key.hot);
  expect(hot.map(({ name }) => name)).toContain('tx-ring-ref3');
  expect(hot.every(({ writer, perms }) => writer === 'domU' && perms.join() === 'n5,r0')).toBe(true);
});

test('a key is hot at the step that sets a watch on it, and no longer', () => {
  const hot = (): string[] => run.view.xenstore.frontend.flatMap((key) => (key.hot ? [key.name] : []));
  run.after('register_xenbus_watch#request_watch', 1);
  expect(hot()).toEqual(['state']);
  run.seek(run.frame.position + 1);
  expect(hot()).toEqual([]);
});

test('a state is hot when its write is committed, and its driver goes first', () => {
  const intended = run.after('backend_switch_state#set_intended_state').backend.track;
  expect(intended).toEqual({ published: 1, cached: 1, driver: 2, gone: false, hot: true });
  const committed = run.after('xenbus_switch_state#transaction_end').backend.track;
  expect(committed).toMatchObject({ published: 2, driver: 2, gone: false, hot: true });
});

test('the thread of the step runs, one that could go on shows where it is, the others wait', () => {
  const { frontend, backend } = run.chapter('connect-rings');
  expect(backend.threads[0]).toEqual({
    name: 'xenwatch', party: 'dom0', doing: run.frame.step!.stack.at(-1)!.shown, running: true,
  });
  expect(frontend.threads.map(({ doing }) => doing)).toEqual(['waits: events', 'process_msg', 'xennet_open']);
});

test('after a move backwards the step that led there is hot, not the ones undone', () => {
  run.after('map_grant_ref#map_one', 4);
  const back = run.after('map_grant_ref#map_one', 2);
  expect(back.rings[0]!.pages.map(({ hot }) => hot)).toEqual([false, true, false, false]);
  expect(back.grants.rows.map(({ ref, hot }) => (hot ? ref : null)).filter(Boolean)).toEqual([2057]);
});
