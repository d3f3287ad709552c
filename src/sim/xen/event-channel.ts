/**
 * Event channels with 2-level delivery [xen/common/event_channel.c, event_2l.c, Xen 4.23-dev c447b7308b].
 *
 * Pending and mask bits are the real ones, in the domain's shared info page: on x86-64 evtchn_pending lies at
 * byte 2048 and evtchn_mask at 2560 [xen/include/public/xen.h:shared_info], bit = port. The vCPU's selector
 * word and upcall flag, which only speed up the search for a pending port, are not kept: {@link ready} says
 * what an upcall would find. Absent: virq, ipi, pirq, FIFO, bind_vcpu, status and reset.
 */
import { ERRNO } from '../../abi/errno.ts';
import { offsetOf } from '../../abi/layout.ts';
import { EVTCHN_2L_NR_CHANNELS, sharedInfo } from '../../abi/event-channel.ts';
import { DOMID } from '../../abi/grant-table.ts';
import { invariant } from '../../base/invariant.ts';
import type { Context } from '../machine/context.ts';
import type { Value } from '../machine/value.ts';
import { domainSlot, dyingSlot, isPrivileged } from './domain.ts';
import { sharedInfoMfn } from './memory.ts';
import { perDomain } from './slots.ts';
import { freePort, lowestFree, portSlot, portsSlot, takePort, withRange, type Port } from './ports.ts';

export { portSlot, portsSlot, type Port } from './ports.ts';

const PENDING = offsetOf(sharedInfo, 'evtchn_pending');
const MASK = offsetOf(sharedInfo, 'evtchn_mask');

/** `xen:evtchn-refused:<dom>`: set while the security policy lets the domain make no event channels. */
export const evtchnRefusedSlot = perDomain<true>('xen:evtchn-refused');

type Plain = { readonly [key: string]: Value };

/** Runs one event channel call as one shared access, and reports it. */
function hypercall<R extends Plain>(c: Context, op: string, caller: number, args: Plain, run: () => R): R {
  c.enter();
  const result = run();
  c.leave();
  if (c.listening) c.note({ kind: 'xen', op, caller, args, result });
  return result;
}

/**
 * The lowest free port of a domain, its storage made to reach it (which stays so even if the call fails
 * later).
 * @returns undefined when every port that it may use is taken
 */
function findFreePort(c: Context, dom: number): number | undefined {
  const ports = c.get(portsSlot(dom))!;
  const port = lowestFree(ports);
  if (port > c.get(domainSlot(dom))!.maxPort) return undefined;
  c.set(portsSlot(dom), withRange(ports, port));
  return port;
}

function openPort(c: Context, dom: number, port: number, channel: Port): void {
  c.set(portsSlot(dom), takePort(c.get(portsSlot(dom))!, port));
  c.set(portSlot(dom, port), channel);
}

function resolve(caller: number, dom: number): number {
  return dom === DOMID.SELF ? caller : dom;
}

/**
 * EVTCHNOP_alloc_unbound: a port in `dom` that `remote_dom` (which need not exist) may bind; DOMID_SELF for
 * either.
 * @returns rc 0, -ESRCH, -EINVAL (dying), -ENOSPC or -EPERM, checked in this order; port 0 on failure
 */
export function allocUnbound(
  c: Context,
  caller: number,
  args: { dom: number; remote_dom: number },
): { rc: number; port: number } {
  return hypercall(c, 'alloc_unbound', caller, { ...args }, () => {
    const dom = resolve(caller, args.dom);
    if (!c.get(domainSlot(dom))) return { rc: -ERRNO.ESRCH, port: 0 };
    if (c.get(dyingSlot(dom))) return { rc: -ERRNO.EINVAL, port: 0 };
    const port = findFreePort(c, dom);
    if (port === undefined) return { rc: -ERRNO.ENOSPC, port: 0 };
    const refused = c.get(evtchnRefusedSlot(caller)) ?? (dom !== caller && !isPrivileged(caller));
    if (refused) return { rc: -ERRNO.EPERM, port: 0 };
    const remoteDom = resolve(caller, args.remote_dom);
    openPort(c, dom, port, { state: 'unbound', remoteDom, remotePort: 0, vcpu: 0 });
    return { rc: 0, port };
  });
}

/**
 * EVTCHNOP_bind_interdomain: joins a new port of the caller to an unbound one; the new port is set pending at
 * once, so that the binder looks for what was sent before.
 * @returns rc 0, -ESRCH, -ENOSPC (before the remote port is looked at) or -EINVAL; local_port 0 on failure
 */
export function bindInterdomain(
  c: Context,
  caller: number,
  args: { remote_dom: number; remote_port: number },
): { rc: number; local_port: number } {
  return hypercall(c, 'bind_interdomain', caller, { ...args }, () => {
    const remoteDom = resolve(caller, args.remote_dom);
    const remotePort = args.remote_port;
    if (!c.get(domainSlot(remoteDom)) || c.get(dyingSlot(remoteDom)) === 'gone') return { rc: -ERRNO.ESRCH, local_port: 0 };
    const port = findFreePort(c, caller);
    if (port === undefined) return { rc: -ERRNO.ENOSPC, local_port: 0 };
    const remote = channelAt(c, remoteDom, remotePort);
    if (remote?.state !== 'unbound' || remote.remoteDom !== caller) {
      return { rc: -ERRNO.EINVAL, local_port: 0 };
    }
    openPort(c, caller, port, { state: 'interdomain', remoteDom, remotePort, vcpu: 0 });
    const peer: Port = { state: 'interdomain', remoteDom: caller, remotePort: port, vcpu: remote.vcpu };
    c.set(portSlot(remoteDom, remotePort), peer);
    setPending(c, caller, port);
    return { rc: 0, local_port: port };
  });
}

/**
 * EVTCHNOP_send: sets the peer's port pending. To an unbound port it succeeds and nothing happens.
 * @returns rc 0 or -EINVAL; delivered: there was a peer; coalesced: its bit was set already, so nothing
 * changed
 */
export function send(
  c: Context,
  caller: number,
  port: number,
): { rc: number; delivered: boolean; coalesced: boolean } {
  return hypercall(c, 'send', caller, { port }, () => {
    const channel = channelAt(c, caller, port);
    if (!channel || channel.state === 'reserved') {
      return { rc: -ERRNO.EINVAL, delivered: false, coalesced: false };
    }
    if (channel.state === 'unbound') return { rc: 0, delivered: false, coalesced: false };
    const raised = setPending(c, channel.remoteDom, channel.remotePort);
    return { rc: 0, delivered: true, coalesced: !raised };
  });
}

/**
 * EVTCHNOP_close: frees the port. Its pending bit is cleared, its mask bit is not; a peer is left unbound,
 * for the closer's domain to bind again.
 * @returns rc 0, or -EINVAL for a port that is not there, free, or reserved
 */
export function close(c: Context, caller: number, port: number): { rc: number } {
  return hypercall(c, 'close', caller, { port }, () => {
    const channel = channelAt(c, caller, port);
    if (!channel || channel.state === 'reserved') return { rc: -ERRNO.EINVAL };
    if (channel.state === 'interdomain') {
      const { remoteDom, remotePort } = channel;
      const { vcpu } = c.get(portSlot(remoteDom, remotePort))!;
      c.set(portSlot(remoteDom, remotePort), { state: 'unbound', remoteDom: caller, remotePort: 0, vcpu });
    }
    c.set(portSlot(caller, port), undefined);
    c.set(portsSlot(caller), freePort(c.get(portsSlot(caller))!, port));
    setBit(c, caller, PENDING, port, false);
    return { rc: 0 };
  });
}

/**
 * EVTCHNOP_unmask: clears the port's mask bit; what is pending is then delivered, that is, {@link ready}
 * holds.
 * @returns rc 0 (for a free or reserved port too, whose mask bit stays), or -EINVAL beyond the storage that
 * exists
 */
export function unmask(c: Context, caller: number, port: number): { rc: number } {
  return hypercall(c, 'unmask', caller, { port }, () => {
    if (port < 0 || port >= c.get(portsSlot(caller))!.range) return { rc: -ERRNO.EINVAL };
    const channel = c.get(portSlot(caller, port));
    if (channel && channel.state !== 'reserved') setBit(c, caller, MASK, port, false);
    return { rc: 0 };
  });
}

/** Set-up: takes a free port for something outside the scenario. @throws Defect if it is not free */
export function reservePort(c: Context, dom: number, port: number): void {
  invariant(port > 0 && !c.get(portSlot(dom, port)), `port ${port} of domain ${dom} is not free`);
  openPort(c, dom, port, { state: 'reserved', remoteDom: 0, remotePort: 0, vcpu: 0 });
}

/** Guest side: is the port's pending bit set? */
export function pending(c: Context, dom: number, port: number): boolean {
  return bit(c, dom, PENDING, port);
}

/** Guest side: is the port's mask bit set? */
export function masked(c: Context, dom: number, port: number): boolean {
  return bit(c, dom, MASK, port);
}

/** Guest side: clears the pending bit, as a handler does before it looks for work. */
export function clearPending(c: Context, dom: number, port: number): void {
  c.enter();
  setBit(c, dom, PENDING, port, false);
  c.leave();
}

/**
 * Guest side: sets or clears the mask bit. Clearing it this way delivers nothing by itself; that is what
 * unmask is for.
 */
export function setMask(c: Context, dom: number, port: number, on: boolean): void {
  c.enter();
  setBit(c, dom, MASK, port, on);
  c.leave();
}

/** Set-up: masks every port, as a guest does while it boots. */
export function maskAll(c: Context, dom: number): void {
  for (let port = 0; port < EVTCHN_2L_NR_CHANNELS; port += 32) c.store32(sharedInfoMfn(dom), MASK + (port >>> 3), 0xffffffff);
}

/** Pending and not masked: the guest would be interrupted for this port. */
export function ready(c: Context, dom: number, port: number): boolean {
  c.enter();
  const now = bit(c, dom, PENDING, port) && !bit(c, dom, MASK, port);
  c.leave();
  return now;
}

/**
 * The channel at `port`; undefined when free, or beyond the storage that exists (so that no slot is made for
 * it).
 */
function channelAt(c: Context, dom: number, port: number): Port | undefined {
  return port >= 0 && port < c.get(portsSlot(dom))!.range ? c.get(portSlot(dom, port)) : undefined;
}

/** @returns false if the bit was set already: then nothing more happens */
function setPending(c: Context, dom: number, port: number): boolean {
  if (bit(c, dom, PENDING, port)) return false;
  setBit(c, dom, PENDING, port, true);
  return true;
}

function bit(c: Context, dom: number, bitmap: number, port: number): boolean {
  return ((c.load32(sharedInfoMfn(dom), bitmap + (port >>> 5) * 4) >>> (port & 31)) & 1) === 1;
}

function setBit(c: Context, dom: number, bitmap: number, port: number, on: boolean): void {
  const offset = bitmap + (port >>> 5) * 4;
  const word = c.load32(sharedInfoMfn(dom), offset);
  c.store32(sharedInfoMfn(dom), offset, on ? word | (1 << (port & 31)) : word & ~(1 << (port & 31)));
}
