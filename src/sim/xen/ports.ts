import { perDomain, perItem } from './slots.ts';

/** An event channel that is not free. The 2-level calls modelled here make no virq, ipi or pirq ports. */
export type Port = {
  /** reserved: taken by something outside the scenario. */
  readonly state: 'unbound' | 'interdomain' | 'reserved';
  /** interdomain: the peer; unbound: the domain that may bind; reserved: 0. */
  readonly remoteDom: number;
  /** interdomain: the peer's port; else 0. */
  readonly remotePort: number;
  /** The vCPU that notifications go to. */
  readonly vcpu: number;
};

/** `xen:port:<dom>:<port>`; undefined: free. */
export const portSlot = perItem<Port>('xen:port');

/** Which ports a domain has: what finding the lowest free one takes. */
export type Ports = {
  /** Storage exists for ports below this, a multiple of 64; decides some error codes. */
  readonly range: number;
  /** Every port from here on is free. */
  readonly next: number;
  /** The free ports below `next`, ascending. */
  readonly free: readonly number[];
};

/** `xen:ports:<dom>` */
export const portsSlot = perDomain<Ports>('xen:ports');

const PORTS_PER_BUCKET = 64;

/** Port 0 is never valid: it is taken from the start, and its bucket exists. */
export const newPorts: Ports = { range: PORTS_PER_BUCKET, next: 1, free: [] };

export function lowestFree(ports: Ports): number {
  return ports.free[0] ?? ports.next;
}

/** The same ports, with storage for `port`. */
export function withRange(ports: Ports, port: number): Ports {
  if (port < ports.range) return ports;
  return { ...ports, range: (Math.floor(port / PORTS_PER_BUCKET) + 1) * PORTS_PER_BUCKET };
}

/** The same ports, with the free `port` taken. */
export function takePort(ports: Ports, port: number): Ports {
  const { range } = withRange(ports, port);
  if (port < ports.next) return { range, next: ports.next, free: ports.free.filter((free) => free !== port) };
  const free = [...ports.free];
  for (let skipped = ports.next; skipped < port; skipped++) free.push(skipped);
  return { range, next: port + 1, free };
}

/** The same ports, with `port` free again. */
export function freePort(ports: Ports, port: number): Ports {
  const free = [...ports.free, port].sort((a, b) => a - b);
  let next = ports.next;
  while (free.at(-1) === next - 1) {
    free.pop();
    next--;
  }
  return { range: ports.range, next, free };
}
