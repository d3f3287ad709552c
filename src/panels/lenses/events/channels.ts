/** The event channels of both domains, as pairs of ports. Pure. */
import type { Now } from '../../../store/stage/now.ts';
import { bitOf, purposesOf } from '../../../store/stage/ports.ts';
import { DOM0, DOMU } from '../../../store/stage/slots.ts';
import type { Port } from '../../../store/stage/slots.ts';
import type { Effect } from '../../../store/store.ts';

export type Dom = typeof DOM0 | typeof DOMU;

interface Bit {
  readonly on: boolean;
  readonly hot: boolean;
}

/** One end: a port of a domain. */
export interface End {
  readonly dom: Dom;
  readonly port: number;
  /** `free`: it was in use, and nobody has it now. */
  readonly state: Port['state'] | 'free';
  /** The domain that may bind, or is bound. */
  readonly remoteDom: number | null;
  readonly pending: Bit;
  readonly masked: Bit;
  /** The function that runs; null while it is bound to no interrupt. */
  readonly handler: string | null;
  /** Did the step change what it is bound to? */
  readonly hot: boolean;
}

/** A channel: two ends, or one that waits for its other. */
export interface Channel {
  readonly key: string;
  readonly purpose: string;
  readonly front: End | null;
  readonly back: End | null;
  /** What of it the current step notified. */
  readonly sent: Sent | null;
  readonly hot: boolean;
}

/** A notification: from which domain's port, and what came of it. */
export interface Sent {
  readonly from: Dom;
  readonly port: number;
  readonly outcome: 'sent' | 'coalesced' | 'lost';
}

/** Ports of a domain that others took before the run, and where the free ones begin. */
export interface Others {
  readonly dom: Dom;
  /** Runs [first, last]. */
  readonly reserved: readonly (readonly [number, number])[];
  readonly next: number;
  readonly most: number;
}

/** What the device's drivers have, ascending by the guest's port, and what is dom0's alone after that. */
export function channelsOf(now: Now): readonly Channel[] {
  const purposes = purposesOf(now);
  const sent = sentBy(now);
  const fronts = endsOf(now, DOMU);
  const backs = endsOf(now, DOM0);
  const channel = (front: End | null, back: End | null): Channel => {
    const ends = [front, back].filter((end) => end !== null);
    const purpose = ends.map(({ dom, port }) => purposes.get(`${dom}:${port}`)).find((text) => text !== undefined) ?? '';
    const mine = ends.some(({ dom, port }) => dom === sent?.from && port === sent.port) ? sent : null;
    const hot = mine !== null || ends.some((end) => end.hot || end.pending.hot || end.masked.hot);
    return { key: ends.map(({ dom, port }) => `${dom}:${port}`).join(' '), purpose, front, back, sent: mine, hot };
  };
  const paired = fronts.map((front) => {
    const peer = now.get(`xen:port:${DOMU}:${front.port}`);
    const back = peer?.state === 'interdomain' && peer.remoteDom === DOM0
      ? backs.find(({ port }) => port === peer.remotePort) ?? null
      : null;
    return channel(front, back);
  });
  const alone = backs.filter((back) => paired.every((pair) => pair.back !== back)).map((back) => channel(null, back));
  return [...paired, ...alone];
}

function endsOf(now: Now, dom: Dom): End[] {
  const { next, free } = now.get(`xen:ports:${dom}`) ?? { next: 1, free: [] };
  const handlers = new Map((now.get(dom === DOMU ? 'irqs:domU' : 'irqs:dom0') ?? []).map((irq) => [irq.port, irq.handler]));
  const ends: End[] = [];
  for (let port = 1; port < next; port++) {
    const name = `xen:port:${dom}:${port}` as const;
    const channel = now.get(name);
    if (channel?.state === 'reserved' || (channel === undefined && !free.includes(port))) continue;
    ends.push({
      dom,
      port,
      state: channel?.state ?? 'free',
      remoteDom: channel?.remoteDom ?? null,
      pending: bitOf(now, dom, 'pending', port),
      masked: bitOf(now, dom, 'masked', port),
      handler: handlers.get(port) ?? null,
      hot: now.slotChange(name) !== undefined || isHandlerHot(now, dom, port),
    });
  }
  return ends;
}

function isHandlerHot(now: Now, dom: Dom, port: number): boolean {
  const change = now.slotChange(dom === DOMU ? 'irqs:domU' : 'irqs:dom0');
  if (change === undefined) return false;
  const bound = (irqs: typeof change.before): boolean => (irqs ?? []).some((irq) => irq.port === port);
  return bound(change.before) !== bound(change.after);
}

/** The notification that the current step is; null if it is none, or was refused. */
function sentBy(now: Now): Sent | null {
  for (const effect of now.step?.effects ?? []) {
    if (effect.kind !== 'xen' || effect['op'] !== 'send') continue;
    const { caller, args, result } = effect as Effect & {
      caller: number; args: { port: number }; result: { rc: number; delivered: boolean; coalesced: boolean };
    };
    if (result.rc !== 0 || (caller !== DOMU && caller !== DOM0)) return null;
    const outcome = !result.delivered ? 'lost' : result.coalesced ? 'coalesced' : 'sent';
    return { from: caller, port: args.port, outcome };
  }
  return null;
}

/** What else there is to say of a domain's ports. */
export function othersOf(now: Now, dom: Dom): Others {
  const { next } = now.get(`xen:ports:${dom}`) ?? { next: 1 };
  const reserved: (readonly [number, number])[] = [];
  for (let port = 1; port < next; port++) {
    if (now.get(`xen:port:${dom}:${port}`)?.state !== 'reserved') continue;
    const last = reserved.at(-1);
    if (last?.[1] === port - 1) reserved[reserved.length - 1] = [last[0], port];
    else reserved.push([port, port]);
  }
  return { dom, reserved, next, most: now.get(`xen:domain:${dom}`)?.maxPort ?? 0 };
}
