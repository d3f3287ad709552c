// Stage views made by hand, of the moments that the stage must draw well. Numbers follow the rules of the
// interface: ring sizes and seams from src/abi, references in the order in which the guest's allocator gives
// them out.
import { PAGE_SIZE, pagesTouched, RING_HEADER_SIZE, ringSize, seams } from '../../../src/abi/index.ts';
import type {
  GrantRowView, GrantsView, PageLife, PartyId, PortView, RingPageView, RingView, StageView, StateTrackView,
  ThreadView, XsKeyView,
} from '../../../src/store/view.ts';

const SLOT = { tx: 12, rx: 8 } as const;
const GUEST_FRAME = 0x1a3c0;
const MACHINE_FRAME = 0x8f3c0;

interface RingOptions {
  queue: number;
  direction: 'tx' | 'rx';
  pages: number;
  firstRef: number;
  firstPage: number;
  /** Pages mapped so far. */
  mapped: number;
  hot?: number;
  connected?: boolean;
}

export function ring(options: RingOptions): RingView {
  const { queue, direction, pages, firstRef, firstPage, mapped } = options;
  const slot = SLOT[direction];
  const entries = ringSize(pages * PAGE_SIZE, slot);
  const touched = pagesTouched(pages, slot);
  const posted = direction === 'rx' ? entries : 0;
  return {
    queue,
    direction,
    slotSize: slot,
    entries,
    pages: Array.from({ length: pages }, (_, index): RingPageView => ({
      index,
      gfn: GUEST_FRAME + firstPage + index,
      mfn: MACHINE_FRAME + 7 * (firstPage + index),
      life: index < mapped ? 'mapped' : 'granted',
      ref: firstRef + index,
      handle: index < mapped ? firstPage + index : null,
      untouched: index >= touched,
      entries: index >= touched ? null : [
        Math.max(0, Math.floor((index * PAGE_SIZE - RING_HEADER_SIZE) / slot)),
        Math.min(entries - 1, Math.floor(((index + 1) * PAGE_SIZE - RING_HEADER_SIZE - 1) / slot)),
      ],
      hot: options.hot === index,
    })),
    header: { req_prod: posted, req_event: 1, rsp_prod: 0, rsp_event: 1 },
    front: { req_prod_pvt: posted, rsp_cons: 0 },
    back: options.connected === true ? { rsp_prod_pvt: 0, req_cons: 0 } : null,
    vaddr: mapped > 0 ? 0xffffc90040000000 + firstPage * PAGE_SIZE : null,
    straddles: seams(pages, slot).map((seam) => ({ ...seam, entry: seam.slot })),
  };
}

const LIFE_FLAGS: Readonly<Record<PageLife, number>> = {
  allocated: 0, granted: 1, mapped: 0x19, unmapped: 1, revoked: 0,
};

function word(value: number, bytes: number): string {
  const byte = (at: number): string => ((value >>> (8 * at)) & 0xff).toString(16).padStart(2, '0');
  return Array.from({ length: bytes }, (_, at) => byte(at)).join(' ');
}

export function grantRows(rings: readonly RingView[]): GrantRowView[] {
  return rings.flatMap((from) => from.pages.map((page): GrantRowView => {
    const flags = LIFE_FLAGS[page.life];
    return {
      ref: page.ref ?? 0, domid: 0, frame: page.gfn, flags,
      bytes: `${word(flags, 2)} ${word(0, 2)} ${word(page.gfn, 4)}`,
      handle: page.handle, mfn: page.life === 'mapped' ? page.mfn : null,
      ring: `queue ${from.queue} ${from.direction.toUpperCase()} page ${page.index}`, hot: page.hot,
    };
  }));
}

const FRONT_DIR = '/local/domain/5/device/vif/0';
const BACK_DIR = '/local/domain/0/backend/vif/5/0';

function keys(
  dir: string, perms: readonly string[], list: readonly (readonly [string, string | number, PartyId])[],
  watched: PartyId,
): XsKeyView[] {
  return list.map(([name, value, writer]) => ({
    path: `${dir}/${name}`, name, value: String(value), perms, writer,
    watchers: name === 'state' ? [watched] : [], hot: false,
  }));
}

function toolstackKeys() {
  return {
    frontend: keys(FRONT_DIR, ['n5', 'r0'], [
      ['backend', BACK_DIR, 'toolstack'], ['backend-id', 0, 'toolstack'], ['state', 1, 'toolstack'],
      ['handle', 0, 'toolstack'], ['mac', '00:16:3e:12:34:56', 'toolstack'], ['trusted', 1, 'toolstack'],
    ], 'dom0'),
    backend: keys(BACK_DIR, ['n0', 'r5'], [
      ['frontend', FRONT_DIR, 'toolstack'], ['frontend-id', 5, 'toolstack'], ['online', 1, 'toolstack'],
      ['state', 1, 'toolstack'], ['script', '/etc/xen/scripts/vif-bridge', 'toolstack'],
      ['mac', '00:16:3e:12:34:56', 'toolstack'], ['bridge', 'xenbr0', 'toolstack'],
      ['handle', 0, 'toolstack'], ['type', 'vif', 'toolstack'], ['hotplug-status', '', 'toolstack'],
    ], 'domU'),
  };
}

const FEATURES = ['feature-sg', 'feature-gso-tcpv4', 'feature-gso-tcpv6', 'feature-ipv6-csum-offload'];

function publishedKeys(order: number, rings: readonly RingView[], backState: number) {
  const base = toolstackKeys();
  const queues = Math.max(...rings.map((one) => one.queue)) + 1;
  const under = (queue: number): string => queues === 1 ? '' : `queue-${queue}/`;
  const frontend = keys(FRONT_DIR, ['n5', 'r0'], [
    ['multi-queue-num-queues', queues, 'domU'],
    ['tx-ring-order', order, 'domU'], ['rx-ring-order', order, 'domU'],
    ...rings.flatMap((one) => one.pages.map((page): [string, number, PartyId] =>
      [`${under(one.queue)}${one.direction}-ring-ref${page.index}`, page.ref ?? 0, 'domU'])),
    ...Array.from({ length: queues }, (_, queue): [string, number, PartyId][] => [
      [`${under(queue)}event-channel-tx`, 11 + 2 * queue, 'domU'],
      [`${under(queue)}event-channel-rx`, 12 + 2 * queue, 'domU'],
    ]).flat(),
    ['request-rx-copy', 1, 'domU'], ['feature-rx-notify', 1, 'domU'],
    ...FEATURES.map((name): [string, number, PartyId] => [name, 1, 'domU']),
  ], 'dom0');
  const backend = keys(BACK_DIR, ['n0', 'r5'], [
    ...FEATURES.map((name): [string, number, PartyId] => [name, 1, 'dom0']),
    ['feature-rx-copy', 1, 'dom0'], ['feature-multicast-control', 1, 'dom0'],
    ['feature-dynamic-multicast-control', 1, 'dom0'], ['feature-split-event-channels', 1, 'dom0'],
    ['multi-queue-max-queues', 8, 'dom0'],
    ['max-tx-ring-page-order', order, 'dom0'], ['max-rx-ring-page-order', order, 'dom0'],
  ], 'domU');
  return {
    frontend: [...base.frontend.map((key) => key.name === 'state'
      ? { ...key, value: '4', writer: 'domU' as const }
      : key), ...frontend],
    backend: [...base.backend.map((key) => key.name === 'state'
      ? { ...key, value: String(backState), writer: 'dom0' as const }
      : key.name === 'hotplug-status' ? { ...key, value: 'connected' } : key), ...backend],
  };
}

function ports(queues: number, bound: boolean): PortView[] {
  return Array.from({ length: 2 * queues }, (_, index): PortView[] => {
    const purpose = `queue ${index >> 1} ${index % 2 === 0 ? 'TX' : 'RX'}`;
    const front: PortView = {
      dom: 5, port: 11 + index, state: bound ? 'interdomain' : 'unbound', remoteDom: 0,
      remotePort: bound ? 40 + index : 0, pending: false, masked: false, purpose, hot: false,
    };
    if (!bound) return [front];
    return [front, {
      dom: 0, port: 40 + index, state: 'interdomain', remoteDom: 5, remotePort: 11 + index,
      pending: true, masked: index % 2 === 1, purpose, hot: false,
    }];
  }).flat();
}

const NO_STATE: StateTrackView = { published: null, cached: null, driver: null, gone: false, hot: false };

function idle(party: PartyId): ThreadView {
  return { name: 'xenwatch', party, doing: 'waits: events', running: false };
}

/** Nothing done yet: both kernels run, no device. */
export function before(): StageView {
  return {
    frontend: { track: NO_STATE, netdev: null, threads: [idle('domU')], log: [], error: null },
    backend: { track: NO_STATE, netdev: null, threads: [idle('dom0')], log: [], error: null },
    toolstack: { name: 'toolstack', party: 'toolstack', doing: 'libxl__device_generic_add', running: true },
    running: { party: 'toolstack', fn: 'libxl__device_generic_add', line: 'write_frontend_key' },
    rings: [],
    grants: { frames: 1, maxFrames: 64, rows: [], folds: [] },
    xenstore: { frontend: [], backend: [], pending: null },
    ports: [],
    queues: { asked: 1, made: null },
    guest: null,
    past: { rings: false, mapped: false, ports: false },
    pulses: null,
    acts: [],
  };
}

interface RingsOptions {
  /** Pages mapped so far, by ring. */
  mapped: (direction: 'tx' | 'rx') => number;
  /** The TX page of queue 0 that the current step changed. */
  hot?: number;
  connected?: boolean;
}

function rings(pages: number, queues: number, options: RingsOptions): RingView[] {
  const pool = queues * (ringSize(pages * PAGE_SIZE, SLOT.tx) + ringSize(pages * PAGE_SIZE, SLOT.rx));
  return Array.from({ length: queues }, (_, queue) => (['tx', 'rx'] as const).map((direction, place) => {
    const firstPage = (2 * queue + place) * pages;
    return ring({
      queue, direction, pages, firstPage, firstRef: 8 + pool + firstPage, mapped: options.mapped(direction),
      ...(direction === 'tx' && queue === 0 && options.hot !== undefined ? { hot: options.hot } : {}),
      connected: options.connected ?? false,
    });
  })).flat();
}

function pools(first: number): GrantsView['folds'] {
  return [{ from: 8, to: first - 1, label: 'TX and RX data pools' }];
}

/** netfront has published and says Connected; netback has not mapped anything. */
export function published(pages = 4): StageView {
  const made = rings(pages, 1, { mapped: () => 0 });
  const first = made[0]?.pages[0]?.ref ?? 0;
  const store = publishedKeys(Math.log2(pages), made, 2);
  return {
    frontend: {
      track: { published: 4, cached: 4, driver: null, gone: false, hot: true },
      netdev: { name: 'eth0', gone: false, registered: true, carrier: true, up: false, hot: false },
      threads: [{ name: 'xenwatch', party: 'domU', doing: 'xenbus_switch_state', running: true }], log: [], error: null,
    },
    backend: {
      track: { published: 2, cached: 2, driver: 2, gone: false, hot: false },
      netdev: { name: 'vif5.0', gone: false, registered: true, carrier: false, up: true, hot: false },
      threads: [idle('dom0')], log: [], error: null,
    },
    toolstack: null,
    running: { party: 'domU', fn: 'xenbus_switch_state', line: 'write_state' },
    rings: made,
    grants: {
      frames: Math.ceil((first + 2 * pages) / 512), maxFrames: 64, rows: grantRows(made), folds: pools(first),
    },
    xenstore: {
      ...store, pending: null, frontend: store.frontend.map((key) => key.name === 'state' ? { ...key, hot: true } : key),
    },
    ports: ports(1, false),
    queues: { asked: 1, made: 1 },
    guest: null,
    past: { rings: false, mapped: false, ports: false },
    pulses: null,
    acts: [],
  };
}

/** In the middle of the batch that maps the TX ring of 4 pages: operation 3 of 4 is the current step. */
export function midMapping(pages = 4): StageView {
  const base = published(pages);
  const page = Math.min(2, pages - 1);
  const made = rings(pages, 1, { mapped: (direction) => direction === 'tx' ? page + 1 : 0, hot: page });
  return {
    ...base,
    frontend: { ...base.frontend, track: { ...base.frontend.track, hot: false }, threads: [idle('domU')] },
    backend: {
      ...base.backend,
      threads: [
        { name: 'xenwatch', party: 'dom0', doing: 'xenbus_map_ring_valloc_pv', running: true },
        { name: 'vif5.0-q0-guest-rx', party: 'dom0', doing: 'not started', running: false },
        { name: 'vif5.0-q0-dealloc', party: 'dom0', doing: 'not started', running: false },
      ],
    },
    rings: made,
    grants: { ...base.grants, rows: grantRows(made) },
    xenstore: { ...base.xenstore, frontend: base.xenstore.frontend.map((key) => ({ ...key, hot: false })) },
  };
}

/** Everything mapped and bound, netback's driver at 4 and its write to the store still deferred. */
export function connected(pages = 16, queues = 8): StageView {
  const made = rings(pages, queues, { mapped: () => pages, connected: true });
  const first = made[0]?.pages[0]?.ref ?? 0;
  const frames = Math.ceil((first + 2 * pages * queues) / 512);
  return {
    frontend: {
      track: { published: 4, cached: 4, driver: null, gone: false, hot: false },
      netdev: { name: 'eth0', gone: false, registered: true, carrier: true, up: true, hot: false },
      threads: [idle('domU')], log: [], error: null,
    },
    backend: {
      track: { published: 2, cached: 2, driver: 4, gone: false, hot: false },
      netdev: { name: 'vif5.0', gone: false, registered: true, carrier: true, up: true, hot: false },
      threads: [
        { name: 'xenwatch', party: 'dom0', doing: 'hotplug_status_changed', running: true },
        ...Array.from({ length: queues }, (_, queue) => [
          { name: `vif5.0-q${queue}-guest-rx`, party: 'dom0' as const, doing: 'waits: work', running: false },
          { name: `vif5.0-q${queue}-dealloc`, party: 'dom0' as const, doing: 'waits: work', running: false },
        ]).flat(),
      ],
      log: ['vif vif-5-0 vif5.0: Guest Rx ready'], error: null,
    },
    toolstack: null,
    running: { party: 'dom0', fn: 'hotplug_status_changed', line: 'read_status' },
    rings: made,
    grants: { frames, maxFrames: Math.max(64, frames), rows: grantRows(made), folds: pools(first) },
    xenstore: { ...publishedKeys(Math.log2(pages), made, 2), pending: null },
    ports: ports(queues, true),
    queues: { asked: queues, made: queues },
    guest: null,
    past: { rings: false, mapped: false, ports: false },
    pulses: null,
    acts: [],
  };
}

/** Every moment by name, for the page that shows them. */
export const MOMENTS: Readonly<Record<string, () => StageView>> = {
  before,
  published,
  mid: midMapping,
  mid1: () => midMapping(1),
  mid8: () => midMapping(8),
  mid16: () => midMapping(16),
  connected4: () => connected(4, 1),
  connected4x3: () => connected(4, 3),
  connected8x8: () => connected(8, 8),
  connected: () => connected(),
};
