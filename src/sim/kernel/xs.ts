import type { Context } from '../machine/context.ts';
import { slot } from '../machine/slot.ts';
import { xenstored } from '../xenstore/server.ts';
import { ERRNO } from '../../abi/errno.ts';
import { CONNECTION, type KernelName } from './kernel.ts';

/**
 * The kernel's side of requests to xenstored. A request with its reply is one atomic step: the bytes on the wire ring
 * are not stepped through. Each of these is meant to be the whole of one step.
 */

/** Reads `path` (relative ones under the kernel's own directory). @returns null if it cannot be read */
export function xsRead(c: Context, kernel: KernelName, path: string, tx?: number): string | null {
  const reply = xenstored.read(c, CONNECTION[kernel], path, tx);
  return reply.ok ? reply.value : null;
}

/** Reads an unsigned decimal number, as xenbus_read_unsigned does. @returns `fallback` if absent or not a number */
export function xsReadUnsigned(c: Context, kernel: KernelName, path: string, fallback: number): number {
  return parseUnsigned(xsRead(c, kernel, path)) ?? fallback;
}

/** The number at the start of `text` in decimal, or null: what sscanf with %u makes of it. */
export function parseUnsigned(text: string | null): number | null {
  const digits = /^\s*(\d+)/.exec(text ?? '');
  return digits ? Number(digits[1]) % 0x1_0000_0000 : null;
}

/** @returns 0 or -errno */
export function xsWrite(c: Context, kernel: KernelName, path: string, value: string, tx?: number): number {
  const reply = xenstored.write(c, CONNECTION[kernel], path, value, tx);
  return reply.ok ? 0 : -ERRNO[reply.error];
}

export function xsExists(c: Context, kernel: KernelName, path: string): boolean {
  return xenstored.directory(c, CONNECTION[kernel], path).ok;
}

/** @returns the transaction's id */
export function xsBegin(c: Context, kernel: KernelName): number {
  const reply = xenstored.transactionStart(c, CONNECTION[kernel]);
  return reply.ok ? reply.value : 0;
}

/** Commits. @returns 0, or -EAGAIN when somebody else changed what the transaction touched */
export function xsCommit(c: Context, kernel: KernelName, tx: number): number {
  const reply = xenstored.transactionEnd(c, CONNECTION[kernel], tx, true);
  return reply.ok ? 0 : -ERRNO[reply.error];
}

export function xsAbort(c: Context, kernel: KernelName, tx: number): void {
  xenstored.transactionEnd(c, CONNECTION[kernel], tx, false);
}

/** A watch that a kernel registered. */
export type Watch = {
  readonly token: string;
  readonly path: string;
  /** Unique name of the function that xenwatch calls. */
  readonly callback: string;
  /** What the callback is about: a device's name; absent for the bus watch. */
  readonly device: string;
  /** The backend bus drops an event for a watch that has one waiting already (XSA-349). */
  readonly coalesce: boolean;
};

/** The watches that a kernel has registered, oldest first. */
export function kernelWatchesSlot(kernel: KernelName) {
  return slot<readonly Watch[]>(`kernel:${kernel}:watches`);
}

/** Events that wait for the xenwatch thread. */
export function xenwatchSlot(kernel: KernelName) {
  return slot<readonly { readonly path: string; readonly token: string }[]>(`kernel:${kernel}:xenwatch`);
}
