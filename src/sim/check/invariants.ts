import { GTF } from '../../abi/grant-table.ts';
import { PAGE_SIZE } from '../../abi/ring.ts';
import { XenbusState } from '../../abi/xenbus.ts';
import { backQueueSlot, NETDEV as VIF, vifSlot } from '../drivers/netback/state.ts';
import { rxEntries, txEntries } from '../drivers/netfront/queues.ts';
import { frontQueueSlot, NETDEV as ETH, netfrontInfoSlot } from '../drivers/netfront/state.ts';
import { BE, FE } from '../drivers/toolstack.ts';
import { bootedGnttab } from '../kernel/grant-alloc.ts';
import { DOMID, netdevSlot } from '../kernel/kernel.ts';
import { ringGfn } from '../kernel/pages.ts';
import { parseUnsigned } from '../kernel/xs.ts';
import type { Context } from '../machine/context.ts';
import type { Machine } from '../machine/machine.ts';
import type { Config } from '../scenarios/scenario.ts';
import { gfnToMfn } from '../xen/domain.ts';
import { portSlot } from '../xen/event-channel.ts';
import { activeSlot, entryAddress, handleSlot, p2mSlot, pteSlot } from '../xen/grant-table.ts';
import { nodeSlot } from '../xenstore/server.ts';
import type { Invariant, Question } from './question.ts';

export const MARKS = GTF.reading | GTF.writing;
const DIRECTIONS = ['tx', 'rx'] as const;

/** One entry of domU's grant table, as it stands in memory. */
export function entry(c: Context, ref: number): { flags: number; domid: number; frame: number } {
  const { frame, offset } = entryAddress(DOMID.domU, ref);
  const head = c.load32(frame, offset);
  return { flags: head & 0xffff, domid: head >>> 16, frame: c.load32(frame, offset + 4) };
}

export function permits(flags: number): boolean {
  return (flags & GTF.type_mask) === GTF.permit_access;
}

/** A published xenbus state; 0 where there is none. */
export function published(c: Context, directory: string): number {
  return parseUnsigned(c.get(nodeSlot(`${directory}/state`))?.value ?? null) ?? 0;
}

/** References of ring pages follow all the data pools, ring after ring; so do their frames. */
function ringRefs(c: Context, config: Config): { first: number; count: number } {
  const made = c.get(netfrontInfoSlot)?.num_queues ?? 0;
  const pools = made * (txEntries(config.txPages) + rxEntries(config.rxPages));
  return { first: bootedGnttab(config.maxGrantFrames).free[0]![0] + pools, count: made * (config.txPages + config.rxPages) };
}

/** Every frame that dom0 has mapped is one that the frontend granted to it, at the reference that it named. */
export function mappedIsGranted(config: Config): Invariant {
  return {
    name: 'every mapped frame is granted to the backend',
    check(c) {
      const most = config.queues * (config.txPages + config.rxPages);
      for (let handle = 0; handle < most; handle++) {
        const mapping = c.get(handleSlot(DOMID.dom0, handle));
        if (!mapping) continue;
        const { flags, domid, frame } = entry(c, mapping.ref);
        const granted = gfnToMfn(c, DOMID.domU, frame);
        const host = mapping.host_addr;
        const mapped =
          config.backend === 'pv' ? c.get(pteSlot(DOMID.dom0, host)) : c.get(p2mSlot(DOMID.dom0, host / PAGE_SIZE))?.mfn;
        if (!permits(flags) || domid !== DOMID.dom0) return `handle ${handle} maps reference ${mapping.ref}, which permits nothing`;
        if (mapped !== granted) return `handle ${handle} maps frame ${mapped}, but reference ${mapping.ref} grants ${granted}`;
      }
      return null;
    },
  };
}

/** Whenever an entry of a ring page permits access, its domid and frame are those that it will keep. */
function permittedIsFinal(config: Config): Invariant {
  return {
    name: 'an entry that permits access is final',
    check(c) {
      const { first, count } = ringRefs(c, config);
      for (let page = 0; page < count; page++) {
        const { flags, domid, frame } = entry(c, first + page);
        if (!permits(flags)) continue;
        if (domid !== DOMID.dom0) return `reference ${first + page} permits domain ${domid}`;
        if (frame !== ringGfn(page)) return `reference ${first + page} permits frame ${frame}, not ${ringGfn(page)}`;
      }
      return null;
    },
  };
}

/** A grant reference that anybody can read in xenstore has a valid entry behind it. */
function publishedIsValid(config: Config): Invariant {
  return {
    name: 'a published reference is valid',
    check(c) {
      for (const path of ringKeys(c, config)) {
        const ref = parseUnsigned(c.get(nodeSlot(path))?.value ?? null);
        if (ref === null) continue;
        const { flags, domid } = entry(c, ref);
        if (!permits(flags) || domid !== DOMID.dom0) return `${path} publishes ${ref}, an entry that permits nothing`;
      }
      return null;
    },
  };
}

/** Where the references of every ring page are published, as things stand. */
function ringKeys(c: Context, config: Config): string[] {
  const made = c.get(netfrontInfoSlot)?.num_queues ?? 0;
  return Array.from({ length: made }, (_, queue) => (made === 1 ? FE : `${FE}/queue-${queue}`)).flatMap((dir) =>
    DIRECTIONS.flatMap((direction) => {
      const pages = direction === 'tx' ? config.txPages : config.rxPages;
      const key = `${dir}/${direction}-ring-ref`;
      return pages === 1 ? [key] : Array.from({ length: pages }, (_, page) => `${key}${page}`);
    }),
  );
}

/** Xen's reading and writing bits stand in an entry exactly while something is pinned through it. */
function markedWhilePinned(config: Config): Invariant {
  return {
    name: 'reading and writing stand exactly while pinned',
    check(c) {
      const { first, count } = ringRefs(c, config);
      for (let ref = first; ref < first + count; ref++) {
        const pinned = c.get(activeSlot(DOMID.domU, ref)) !== undefined;
        const marks = entry(c, ref).flags & MARKS;
        if (pinned && marks !== MARKS) return `reference ${ref} is pinned for writing, but not marked so`;
        if (!pinned && marks !== 0) return `reference ${ref} is marked in use, but not pinned`;
      }
      return null;
    },
  };
}

/** Once both have published Connected, they agree on queues, pages, entries, references and ports. */
export const bothAgree: Invariant = {
  name: 'both ends agree once both are Connected',
  check(c) {
    if (published(c, FE) !== XenbusState.Connected || published(c, BE) !== XenbusState.Connected) return null;
    const queues = c.get(netfrontInfoSlot)?.num_queues ?? 0;
    const connected = c.get(vifSlot)?.num_queues ?? 0;
    if (queues === 0) return 'netfront has no queues';
    if (queues !== connected) return `netfront has ${queues} queues, netback connected ${connected}`;
    for (let queue = 0; queue < queues; queue++) {
      const wrong = queueDisagrees(c, queue);
      if (wrong !== null) return `queue ${queue}: ${wrong}`;
    }
    return null;
  },
};

function queueDisagrees(c: Context, queue: number): string | null {
  const front = c.get(frontQueueSlot(queue));
  const back = c.get(backQueueSlot(queue));
  if (!front || !back) return `${front ? 'netback' : 'netfront'} has none`;
  for (const direction of DIRECTIONS) {
    const ours = front[direction];
    const theirs = back[direction];
    if (!ours || !theirs) return `the ${direction} ring is not there on both sides`;
    if (ours.refs.join() !== theirs.refs.join()) return `the ${direction} ring has references ${ours.refs.join()} and ${theirs.refs.join()}`;
    if (ours.indexes.nr_ents !== theirs.indexes.nr_ents) return `the ${direction} ring has ${ours.indexes.nr_ents} and ${theirs.indexes.nr_ents} entries`;
    const [port, peer] = direction === 'tx' ? [front.tx_port, back.tx_port] : [front.rx_port, back.rx_port];
    const state = peer === null ? undefined : c.get(portSlot(DOMID.dom0, peer));
    if (state?.state !== 'interdomain' || state.remoteDom !== DOMID.domU || state.remotePort !== port) {
      return `netback's ${direction} port ${peer} is not bound to netfront's ${port}`;
    }
  }
  return null;
}

/** Names the states in which a handshake may rest for ever. */
function restingPlace(machine: Machine): string | null {
  const stuck = machine.threads.flatMap((thread) => {
    const op = machine.next(thread);
    return op && op.node.idle !== true ? [op.key] : [];
  });
  const states = [published(machine, FE), published(machine, BE)];
  const up = machine.get(netdevSlot(ETH))?.carrier === true && machine.get(netdevSlot(VIF))?.carrier === true;
  if (states.every((state) => state === XenbusState.Connected) && stuck.length === 0) return up ? 'connected' : null;
  if (!states.every((state) => state === XenbusState.Closed)) return null;
  return stuck.length === 0 ? 'closed' : null;
}

/** What must hold in every state of a handshake, and where it may end. */
export function handshakeQuestion(config: Config): Question {
  return {
    invariants: [
      mappedIsGranted(config),
      permittedIsFinal(config),
      publishedIsValid(config),
      markedWhilePinned(config),
      bothAgree,
    ],
    terminal: restingPlace,
  };
}
