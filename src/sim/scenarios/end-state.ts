import { RING_HEADER } from '../../abi/ring.ts';
import { backendInfoSlot, backQueueSlot, type BackSide } from '../drivers/netback/state.ts';
import { frontQueueSlot, netfrontInfoSlot, type FrontSide } from '../drivers/netfront/state.ts';
import { xlSaysSlot } from '../drivers/toolstack-says.ts';
import { BE, FE } from '../drivers/toolstack.ts';
import { DOMID, logSlot, type KernelName } from '../kernel/kernel.ts';
import { knownDevice } from '../kernel/xenbus-probe.ts';
import type { Machine } from '../machine/machine.ts';
import { gfnToMfn } from '../xen/domain.ts';
import { masked, pending, type Port } from '../xen/event-channel.ts';
import { activeSlot, entryAddress, grantTableSlot, type Mapping } from '../xen/grant-table.ts';
import { nodeSlot, type XsNode } from '../xenstore/server.ts';

/** The three copies of a xenbus state; netfront has none of its own. */
export interface EndStates {
  published: number | null;
  cached: number | null;
  driver: number | null;
}

export interface EndGrant {
  ref: number;
  flags: number;
  domid: number;
  frame: number;
  /** The 8 bytes in memory order, hexadecimal. */
  bytes: string;
  use: string;
  /** While pinned: Xen's pin word, and the machine frame it resolved. */
  pin: number | null;
  mfn: number | null;
}

export interface EndRing {
  queue: number;
  direction: 'tx' | 'rx';
  pages: number;
  entries: number;
  refs: readonly number[];
  gfns: readonly number[];
  header: Record<keyof typeof RING_HEADER, number>;
  frontend: { req_prod_pvt: number; rsp_cons: number };
  backend: { vaddr: string; handles: readonly number[]; rsp_prod_pvt: number; req_cons: number; nr_ents: number } | null;
}

export interface EndPort {
  domid: number;
  port: number;
  state: Port['state'];
  remote_dom: number;
  remote_port: number;
  pending: boolean;
  masked: boolean;
}

/** What a kernel left in an error node. */
export interface EndError {
  path: string;
  text: string;
}

export interface EndState {
  states: { frontend: EndStates; backend: EndStates };
  queues: number;
  errors: EndError[];
  /** The last line that `xl` printed; null if it had nothing to say, which is how it says that all went well. */
  toolstack: string | null;
  xenstore: { path: string; value: string; perms: readonly string[] }[];
  grant_table: { domid: number; version: number; frames: number; max_frames: number; entries: EndGrant[] };
  maptrack: ({ domid: number; handle: number } & Mapping)[];
  ports: EndPort[];
  rings: EndRing[];
  logs: Record<KernelName, readonly string[]>;
}

const ERROR_NODE = /^\/local\/domain\/\d+\/error\/.*\/error$/;

/** Everything about the world as it is now that a person would look up at the end of a run. */
export function endState(machine: Machine): EndState {
  const rings = ringsOf(machine);
  const xenstore = nodesOf(machine);
  return {
    states: {
      frontend: { ...publishedAndCached(machine, 'domU', FE), driver: null },
      backend: { ...publishedAndCached(machine, 'dom0', BE), driver: machine.get(backendInfoSlot)?.state ?? null },
    },
    queues: machine.get(netfrontInfoSlot)?.num_queues ?? 0,
    errors: xenstore.filter(({ path }) => ERROR_NODE.test(path)).map(({ path, value }) => ({ path, text: value })),
    toolstack: machine.get(xlSaysSlot)?.at(-1) ?? null,
    xenstore,
    grant_table: grantsOf(machine, rings),
    maptrack: familyOf<Mapping>(machine, 'xen:handle').map(([domid, handle, mapping]) => ({ domid, handle, ...mapping })),
    ports: familyOf<Port>(machine, 'xen:port')
      .filter(([, , port]) => port.state !== 'reserved')
      .map(([domid, number, port]) => ({
        domid,
        port: number,
        state: port.state,
        remote_dom: port.remoteDom,
        remote_port: port.remotePort,
        pending: pending(machine, domid, number),
        masked: masked(machine, domid, number),
      })),
    rings,
    logs: { dom0: machine.get(logSlot('dom0')) ?? [], domU: machine.get(logSlot('domU')) ?? [] },
  };
}

function publishedAndCached(machine: Machine, kernel: KernelName, directory: string): { published: number | null; cached: number | null } {
  const published = machine.get(nodeSlot(`${directory}/state`))?.value;
  return {
    published: published === undefined ? null : Number(published),
    cached: knownDevice(machine, kernel)?.state ?? null,
  };
}

/** The members of a family of slots `name:domain:number`, in order of their numbers. */
function familyOf<T>(machine: Machine, family: string): [number, number, T][] {
  const found: [number, number, T][] = [];
  for (const [slot, value] of machine.state.slots()) {
    const match = /^(.*):(\d+):(\d+)$/.exec(slot.name);
    if (match && match[1] === family) found.push([Number(match[2]), Number(match[3]), value as T]);
  }
  return found.sort(([d, n], [e, m]) => d - e || n - m);
}

function nodesOf(machine: Machine): EndState['xenstore'] {
  const found: EndState['xenstore'] = [];
  const walk = (path: string): void => {
    const node: XsNode | undefined = machine.get(nodeSlot(path === '' ? '/' : path));
    if (!node) return;
    found.push({ path: path === '' ? '/' : path, value: node.value, perms: node.perms });
    for (const child of node.children) walk(`${path}/${child}`);
  };
  walk('');
  return found;
}

function grantsOf(machine: Machine, rings: readonly EndRing[]): EndState['grant_table'] {
  const table = machine.get(grantTableSlot(DOMID.domU))!;
  const uses = new Map(
    rings.flatMap((ring) => ring.refs.map((ref, page) => [ref, `queue ${ring.queue} ${ring.direction} ring page ${page}`] as const)),
  );
  const entries: EndGrant[] = [];
  for (let ref = 0; ref < table.frames * 512; ref++) {
    const { frame, offset } = entryAddress(DOMID.domU, ref);
    const head = machine.load32(frame, offset);
    const gfn = machine.load32(frame, offset + 4);
    // What ended keeps its domid and frame; it permits nothing.
    if ((head & 0xffff) === 0) continue;
    const active = machine.get(activeSlot(DOMID.domU, ref));
    entries.push({
      ref,
      flags: head & 0xffff,
      domid: head >>> 16,
      frame: gfn,
      bytes: littleEndian(head) + littleEndian(gfn),
      use: uses.get(ref) ?? 'rx buffer',
      pin: active?.pin ?? null,
      mfn: active?.mfn ?? null,
    });
  }
  return { domid: DOMID.domU, version: table.version, frames: table.frames, max_frames: table.maxFrames, entries };
}

function littleEndian(word: number): string {
  return [0, 8, 16, 24].map((shift) => ((word >>> shift) & 0xff).toString(16).padStart(2, '0')).join('');
}

function ringsOf(machine: Machine): EndRing[] {
  const found: EndRing[] = [];
  for (let queue = 0; queue < 8; queue++) {
    const front = machine.get(frontQueueSlot(queue));
    const back = machine.get(backQueueSlot(queue));
    for (const direction of ['tx', 'rx'] as const) {
      const side = front?.[direction];
      if (side) found.push(ringOf(machine, queue, direction, side, back?.[direction] ?? null));
    }
  }
  return found;
}

function ringOf(machine: Machine, queue: number, direction: 'tx' | 'rx', side: FrontSide, back: BackSide | null): EndRing {
  const gfns = Array.from({ length: side.pages }, (_, i) => side.gfn + i);
  const first = gfnToMfn(machine, DOMID.domU, side.gfn)!;
  const field = (name: keyof typeof RING_HEADER): number => machine.load32(first, RING_HEADER[name]);
  return {
    queue,
    direction,
    pages: side.pages,
    entries: side.indexes.nr_ents,
    refs: side.refs,
    gfns,
    header: { req_prod: field('req_prod'), req_event: field('req_event'), rsp_prod: field('rsp_prod'), rsp_event: field('rsp_event') },
    frontend: { req_prod_pvt: side.indexes.req_prod_pvt, rsp_cons: side.indexes.rsp_cons },
    backend: back && {
      vaddr: back.ring.vaddr,
      handles: back.ring.handles,
      rsp_prod_pvt: back.indexes.rsp_prod_pvt,
      req_cons: back.indexes.req_cons,
      nr_ents: back.indexes.nr_ents,
    },
  };
}
