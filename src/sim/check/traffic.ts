import { GTF } from '../../abi/grant-table.ts';
import { RING_HEADER } from '../../abi/ring.ts';
import { frontQueueSlot, netfrontInfoSlot } from '../drivers/netfront/state.ts';
import { DOMID, type KernelName } from '../kernel/kernel.ts';
import { deliveredSlot, droppedSlot, sentSlot } from '../kernel/packets.ts';
import { distance } from '../kernel/ring-macros.ts';
import type { Context } from '../machine/context.ts';
import type { Machine } from '../machine/machine.ts';
import type { Config } from '../scenarios/scenario.ts';
import { gfnToMfn } from '../xen/domain.ts';
import { entryAddress } from '../xen/grant-table.ts';
import { handshakeQuestion } from './invariants.ts';
import type { Invariant, Question } from './question.ts';

/** Both ways that a packet may go: who sends, who receives. */
const WAYS: readonly (readonly [KernelName, KernelName])[] = [
  ['domU', 'dom0'],
  ['dom0', 'domU'],
];

/** Elements of a list, watched one by one. */
function numbers(list: readonly number[] | undefined): number[] {
  return Array.from({ length: list?.length ?? 0 }, (_, i) => list![i]!);
}

/** What is received was sent, and is received once. */
const receivedOnce: Invariant = {
  name: 'what is received was sent, and is received once',
  check(c) {
    for (const [from, to] of WAYS) {
      const received = numbers(c.get(deliveredSlot(to)));
      const sent = new Set(numbers(c.get(sentSlot(from))));
      for (const [i, number] of received.entries()) {
        if (!sent.has(number)) return `${to} received packet ${number}, which ${from} never sent`;
        if (received[i + 1] === number) return `${to} received packet ${number} twice`;
      }
    }
    return null;
  },
};

/** The indexes that both share keep the ring rule. */
function ringRule(config: Config): Invariant {
  return {
    name: 'the indexes of every ring keep the ring rule',
    check(c) {
      for (let queue = 0; queue < config.queues; queue++) {
        for (const direction of ['tx', 'rx'] as const) {
          const side = c.get(frontQueueSlot(queue))?.[direction];
          if (!side || side.indexes.nr_ents === 0) continue;
          const mfn = gfnToMfn(c, DOMID.domU, side.gfn)!;
          const [requests, responses] = [
            c.load32(mfn, RING_HEADER.req_prod),
            c.load32(mfn, RING_HEADER.rsp_prod),
          ];
          const entries = side.indexes.nr_ents;
          if (distance(responses, requests) > entries)
            return `queue ${queue} ${direction}: more responses than requests`;
          if (distance(side.indexes.rsp_cons, responses) > entries)
            return `queue ${queue} ${direction}: responses beyond the ring`;
        }
      }
      return null;
    },
  };
}

/** Every TX request that may still be read has a grant behind it, and no two share one. */
function requestsAreGranted(config: Config): Invariant {
  return {
    name: 'a request that is out is granted, and by a reference of its own',
    check(c) {
      for (let queue = 0; queue < config.queues; queue++) {
        const inflight = c.get(frontQueueSlot(queue))?.tx_inflight;
        const refs = new Set<number>();
        for (let i = 0; i < (inflight?.length ?? 0); i++) {
          const { ref, pending, id } = inflight![i]!;
          if (refs.has(ref)) return `queue ${queue}: reference ${ref} is used by two requests`;
          refs.add(ref);
          const { frame, offset } = entryAddress(DOMID.domU, ref);
          const permits = (c.load16(frame, offset) & GTF.type_mask) === GTF.permit_access;
          if (pending && !permits)
            return `queue ${queue}: request ${id} names reference ${ref}, which permits nothing`;
        }
      }
      return null;
    },
  };
}

/** The backend keeps the rules here, so the frontend has no reason to give it up. */
const neverBroken: Invariant = {
  name: 'nobody is caught breaking the rules',
  check: (c) => (c.get(netfrontInfoSlot)?.broken === true ? 'netfront has given its backend up' : null),
};

/** Packets of that direction that nobody has received, and nobody has thrown away. */
function lost(c: Context, from: KernelName, to: KernelName): number[] {
  const known = new Set([...(c.get(deliveredSlot(to)) ?? []), ...(c.get(droppedSlot(from)) ?? [])]);
  return (c.get(sentSlot(from)) ?? []).filter((number) => !known.has(number));
}

/** Where traffic may rest: with nobody in the middle of something, and every packet where it was sent to. */
function restingPlace(machine: Machine): string | null {
  const stuck = machine.threads.some(
    (thread) => machine.next(thread) && machine.next(thread)!.node.idle !== true,
  );
  return !stuck && WAYS.every(([from, to]) => lost(machine, from, to).length === 0)
    ? 'all packets have arrived'
    : null;
}

/** Packets that nobody will see while everybody sleeps: a wake-up was lost. */
function lostWakeUp(machine: Machine): { invariant: string; message: string } | null {
  for (const [from, to] of WAYS) {
    const numbers = lost(machine, from, to);
    if (numbers.length === 0) continue;
    const message = `packet ${numbers.join(', ')} from ${from} lies in the ring, and everybody sleeps`;
    return { invariant: 'no wake-up is lost', message };
  }
  return null;
}

/** What must hold in every state while packets go both ways, and where that may end. */
export function trafficQuestion(config: Config): Question {
  return {
    invariants: [
      ...handshakeQuestion(config).invariants,
      receivedOnce,
      ringRule(config),
      requestsAreGranted(config),
      neverBroken,
    ],
    terminal: restingPlace,
    atRest: lostWakeUp,
  };
}
