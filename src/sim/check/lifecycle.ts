import { XenbusState } from '../../abi/xenbus.ts';
import { backQueueSlot, NETDEV as VIF } from '../drivers/netback/state.ts';
import { frontQueueSlot, NETDEV as ETH } from '../drivers/netfront/state.ts';
import { BE, FE } from '../drivers/toolstack.ts';
import { irqsSlot } from '../kernel/events.ts';
import { gnttabSlot } from '../kernel/grant-alloc.ts';
import { deferredSlot } from '../kernel/grant-deferred.ts';
import { DOMID, netdevSlot } from '../kernel/kernel.ts';
import { ringPagesSlot } from '../kernel/pages.ts';
import type { Context } from '../machine/context.ts';
import type { Machine } from '../machine/machine.ts';
import type { Config } from '../scenarios/scenario.ts';
import { dyingSlot, gfnToMfn } from '../xen/domain.ts';
import { portSlot } from '../xen/event-channel.ts';
import { activeSlot, handleSlot } from '../xen/grant-table.ts';
import { bothAgree, entry, MARKS, mappedIsGranted, permits, published } from './invariants.ts';
import type { Invariant, Question } from './question.ts';

const { Closed, Connected } = XenbusState;
const DIRECTIONS = ['tx', 'rx'] as const;

/** Handles that dom0 can come to have in use: of the first connect, and of one after it. */
function mostHandles(config: Config): number {
  return 2 * config.queues * (config.txPages + config.rxPages);
}

/** Whatever dom0 has mapped is memory that the guest has not given to anybody else. */
function mappedIsHeld(config: Config): Invariant {
  return {
    name: 'nothing is freed while it is mapped',
    check(c) {
      if (c.get(dyingSlot(DOMID.domU)) !== undefined) return null;
      for (let handle = 0; handle < mostHandles(config); handle++) {
        const mapping = c.get(handleSlot(DOMID.dom0, handle));
        if (!mapping) continue;
        const mfn = c.get(activeSlot(DOMID.domU, mapping.ref))?.mfn;
        const held = c.get(ringPagesSlot) ?? [];
        if (!held.some((gfn) => gfnToMfn(c, DOMID.domU, gfn) === mfn)) return `handle ${handle} maps frame ${mfn}, which domU has freed`;
      }
      return null;
    },
  };
}

/** Xen's marks stand in an entry that is mapped, and the guest has not wiped them out. */
function mappedIsMarked(config: Config): Invariant {
  return {
    name: 'what is mapped is marked in use',
    check(c) {
      for (let handle = 0; handle < mostHandles(config); handle++) {
        const mapping = c.get(handleSlot(DOMID.dom0, handle));
        if (mapping && (entry(c, mapping.ref).flags & MARKS) !== MARKS) return `handle ${handle} maps reference ${mapping.ref}, which is not marked`;
      }
      return null;
    },
  };
}

/** What waits on the deferred list still permits access: its reference has not been given out again. */
const deferredIsTaken: Invariant = {
  name: 'what is deferred is still granted',
  check(c) {
    for (const { ref } of c.get(deferredSlot) ?? []) {
      if (!permits(entry(c, ref).flags)) return `reference ${ref} is deferred, but permits nothing`;
    }
    return null;
  },
};

/** A reference goes back to the free ones only when nothing is mapped through it. */
function noPinnedRefIsFree(config: Config): Invariant {
  return {
    name: 'no reference is free while it is pinned',
    check(c) {
      const free = c.get(gnttabSlot)?.free ?? [];
      for (let handle = 0; handle < mostHandles(config); handle++) {
        const ref = c.get(handleSlot(DOMID.dom0, handle))?.ref;
        if (ref === undefined) continue;
        for (let run = 0; run < free.length; run++) {
          const [first, count] = free[run]!;
          if (ref >= first && ref < first + count) return `reference ${ref} is free, and mapped by handle ${handle}`;
        }
      }
      return null;
    },
  };
}

/** References of the ring pages that netfront has granted, queue by queue. */
function ringRefs(c: Context, { queues }: Config): number[] {
  const refs: number[] = [];
  for (let queue = 0; queue < queues; queue++) {
    const front = c.get(frontQueueSlot(queue));
    for (const direction of DIRECTIONS) refs.push(...(front?.[direction]?.refs ?? []));
  }
  return refs;
}

/** Nothing is marked in use that is not mapped: of the ring pages that netfront knows. */
function markedIsMapped(config: Config): Invariant {
  return {
    name: 'what is marked in use is mapped',
    check(c) {
      for (const ref of ringRefs(c, config)) {
        if (c.get(activeSlot(DOMID.domU, ref)) === undefined && (entry(c, ref).flags & MARKS) !== 0) {
          return `reference ${ref} is marked in use, and nobody has it mapped`;
        }
      }
      return null;
    },
  };
}

/** While the frontend says Connected, every reference that it has published permits access to dom0. */
function publishedIsGranted(config: Config): Invariant {
  return {
    name: 'a published reference is valid while the frontend is Connected',
    check(c) {
      if (published(c, FE) !== Connected) return null;
      for (const ref of ringRefs(c, config)) {
        const { flags, domid } = entry(c, ref);
        if (!permits(flags) || domid !== DOMID.dom0) {
          return `reference ${ref} is published, and its entry permits nothing`;
        }
      }
      return null;
    },
  };
}

/** Ports of a domain above those taken at boot: more than any scenario makes. */
const PORTS = { dom0: { first: 21, count: 40 }, domU: { first: 11, count: 40 } } as const;

/** What is left of a connection that has come apart, in words; null if nothing is. For states in which everybody rests. */
export function leftovers(c: Context, config: Config): string | null {
  for (let handle = 0; handle < mostHandles(config); handle++) {
    const mapping = c.get(handleSlot(DOMID.dom0, handle));
    if (mapping) return `handle ${handle} still maps reference ${mapping.ref}`;
  }
  const dead = c.get(dyingSlot(DOMID.domU)) !== undefined;
  if (c.get(dyingSlot(DOMID.domU)) === 'zombie') return 'the guest is a zombie, though nothing of it is mapped';
  for (const kernel of dead ? (['dom0'] as const) : (['dom0', 'domU'] as const)) {
    const { first, count } = PORTS[kernel];
    for (let port = first; port < first + count; port++) {
      if (c.get(portSlot(DOMID[kernel], port))) return `port ${port} of ${kernel} is still open`;
    }
    if ((c.get(irqsSlot(kernel)) ?? []).length > 0) return `${kernel} still has interrupts bound`;
  }
  for (let queue = 0; queue < config.queues; queue++) {
    if (c.get(backQueueSlot(queue))) return `netback still has queue ${queue}`;
    if (!dead && c.get(frontQueueSlot(queue))) return `netfront still has queue ${queue}`;
  }
  if (dead) return null;
  const held = c.get(ringPagesSlot) ?? [];
  if (held.length > 0) return `the guest still holds ${held.length} ring pages`;
  return (c.get(deferredSlot) ?? []).length > 0 ? 'grants still wait to be ended' : null;
}

/** xennet_create_dev looks every 5 seconds whether its backend is there, for ever: xenwatch does nothing else meanwhile. */
const WAITS_FOR_BACKEND = 'xennet_create_dev#wait_for_backend';

/** Names the states in which everything may rest for ever. */
function restingPlace(machine: Machine, config: Config): string | null {
  const stuck = machine.threads.flatMap((thread) => {
    const op = machine.next(thread);
    return op && op.node.idle !== true ? [op.key] : [];
  });
  const states = [published(machine, FE), published(machine, BE)];
  if (states.every((state) => state === Connected) && stuck.length === 0) {
    const up = machine.get(netdevSlot(ETH))?.carrier === true && machine.get(netdevSlot(VIF))?.carrier === true;
    return up ? 'connected' : null;
  }
  if (leftovers(machine, config) !== null) return null;
  const dying = machine.get(dyingSlot(DOMID.domU));
  if (dying === 'gone' && stuck.length === 0) return 'the guest is gone';
  if (states.every((state) => state === Closed) && stuck.length === 0) return 'closed';
  if (dying !== undefined || states.some((state) => state !== 0)) return null;
  if (stuck.length === 0) return 'unplugged';
  return stuck.every((key) => key === WAITS_FOR_BACKEND) ? 'unplugged, the guest waits for a backend' : null;
}

/** The same, but nothing is asked of a guest that is dead: its ports have closed, whatever xenstore still says. */
function whileItLives({ name, check }: Invariant): Invariant {
  return { name, check: (c) => (c.get(dyingSlot(DOMID.domU)) === undefined ? check(c) : null) };
}

/** What must hold in every state while a vif comes and goes, and where that may end. */
export function lifecycleQuestion(config: Config): Question {
  return {
    invariants: [
      mappedIsGranted(config),
      mappedIsHeld(config),
      noPinnedRefIsFree(config),
      mappedIsMarked(config),
      markedIsMapped(config),
      deferredIsTaken,
      publishedIsGranted(config),
      whileItLives(bothAgree),
    ],
    terminal: (machine) => restingPlace(machine, config),
    atRest: (machine) => {
      const message = leftovers(machine, config);
      return message === null ? null : { invariant: 'what has come apart leaves nothing behind', message };
    },
  };
}

/** What must hold where pages cannot all be mapped: of a ring that is not mapped whole, nothing stays mapped. */
export function unwindingQuestion(config: Config): Question {
  const leaked = (c: Context): string | null => {
    for (let handle = 0; handle < mostHandles(config); handle++) {
      const mapping = c.get(handleSlot(DOMID.dom0, handle));
      if (mapping) return `handle ${handle} maps reference ${mapping.ref}, and netback has forgotten it`;
    }
    return null;
  };
  return {
    invariants: [mappedIsMarked(config)],
    terminal: (machine) => (leaked(machine) === null ? 'nothing is mapped' : null),
    atRest: (machine) => {
      const message = leaked(machine);
      return message === null ? null : { invariant: 'of a ring that is not mapped whole, nothing stays mapped', message };
    },
  };
}
