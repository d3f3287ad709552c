import { invariant } from '../../base/invariant.ts';
import type { Context } from '../machine/context.ts';
import { slot } from '../machine/slot.ts';
import { domainSlot, gfnToMfn } from '../xen/domain.ts';
import { DOMID, type KernelName } from './kernel.ts';

/**
 * Packets of this model: 60 bytes, the shortest that Ethernet has, of which the first word is a number that
 * no other packet of that direction carries; so that it can be told what became of each.
 */
export const PACKET_LENGTH = 60;

/**
 * Numbers of packets in ascending order; one that came twice is there twice. Undefined when there are none.
 */
type Numbers = readonly number[];

/** Packets that a kernel handed to its driver. */
export function sentSlot(kernel: KernelName) {
  return slot<Numbers>(`sent:${kernel}`);
}

/** Packets that a kernel's network stack received from its driver. */
export function deliveredSlot(kernel: KernelName) {
  return slot<Numbers>(`delivered:${kernel}`);
}

/** Packets that a kernel's driver threw away instead of sending. */
export function droppedSlot(kernel: KernelName) {
  return slot<Numbers>(`dropped:${kernel}`);
}

function add(numbers: Numbers | undefined, number: number): Numbers {
  return [...(numbers ?? []), number].sort((a, b) => a - b);
}

const SLOTS = { sent: sentSlot, delivered: deliveredSlot, dropped: droppedSlot } as const;

/** Notes what became of a packet: one access. */
export function record(c: Context, what: keyof typeof SLOTS, kernel: KernelName, number: number): void {
  c.enter();
  const of = SLOTS[what](kernel);
  c.set(of, add(c.get(of), number));
  c.leave();
  c.note({ kind: `packet-${what}`, kernel, number });
}

/** A page that holds a packet: its machine frame, and the number by which its kernel names it to others. */
export interface PacketPage {
  readonly mfn: number;
  readonly gfn: number;
}

/**
 * The page behind frame `gfn` of a kernel's memory. A PV kernel names machine frames to others, the rest name
 * guest frames. Reads what never changes: to be called within a compound access.
 */
export function packetPage(c: Context, kernel: KernelName, gfn: number): PacketPage {
  const mfn = gfnToMfn(c, DOMID[kernel], gfn);
  invariant(mfn !== undefined, `frame ${gfn} is no RAM of ${kernel}`);
  return { mfn, gfn: c.get(domainSlot(DOMID[kernel]))!.kind === 'pv' ? mfn : gfn };
}

/** Writes a packet: one access. */
export function writePacket(c: Context, kernel: KernelName, gfn: number, number: number): void {
  c.enter();
  c.store32(packetPage(c, kernel, gfn).mfn, 0, number);
  c.leave();
}

/** Reads the number of the packet in a page: one access. */
export function readPacket(c: Context, kernel: KernelName, gfn: number): number {
  c.enter();
  const number = c.load32(packetPage(c, kernel, gfn).mfn, 0);
  c.leave();
  return number;
}
