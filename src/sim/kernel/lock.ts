import type { Context } from '../machine/context.ts';
import { step } from '../machine/dsl.ts';
import { slot } from '../machine/slot.ts';
import type { KernelName } from './kernel.ts';

/** A sleeping lock: the name of its holder's thread, absent while free. */
function lockSlot(name: string) {
  return slot<string>(`lock:${name}`);
}

/** Takes a lock, sleeping while somebody else holds it. */
export function lock<L, R>(label: string, name: (l: Readonly<L>) => string) {
  return step<L, R>(
    label,
    (c: Context, l: L) => c.set(lockSlot(name(l)), c.thread),
    { ready: (c, l) => c.get(lockSlot(name(l))) === undefined },
  );
}

export function unlock<L, R>(label: string, name: (l: Readonly<L>) => string) {
  return step<L, R>(label, (c: Context, l: L) => c.set(lockSlot(name(l)), undefined));
}

/** Does anybody hold that lock? */
export function isHeld(c: Context, name: string): boolean {
  return c.get(lockSlot(name)) !== undefined;
}

/** The lock around configuration of network interfaces, one a kernel. */
export function rtnl(kernel: KernelName): string {
  return `rtnl:${kernel}`;
}
