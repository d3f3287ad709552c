import type { Context } from '../machine/context.ts';
import { slot } from '../machine/slot.ts';
import { nodeSlot, pendingEvents, takeEvents, xenstored } from '../xenstore/server.ts';
import { ERRNO } from '../../abi/errno.ts';
import { CONNECTION, type ClientName, type KernelName } from './kernel.ts';

/**
 * A client's side of requests to xenstored. A request with its reply is one atomic step: the bytes on the wire ring
 * are not stepped through. Each of these is meant to be the whole of one step.
 */

/** Reads `path` (relative ones under the client's own directory). @returns null if it cannot be read */
export function xsRead(c: Context, client: ClientName, path: string, tx?: number): string | null {
  const reply = xenstored.read(c, CONNECTION[client], path, tx);
  return reply.ok ? reply.value : null;
}

/** Reads an unsigned decimal number, as xenbus_read_unsigned does. @returns `fallback` if absent or not a number */
export function xsReadUnsigned(c: Context, client: ClientName, path: string, fallback: number): number {
  return parseUnsigned(xsRead(c, client, path)) ?? fallback;
}

/** The number at the start of `text` in decimal, or null: what sscanf with %u makes of it. */
export function parseUnsigned(text: string | null): number | null {
  const digits = /^\s*(\d+)/.exec(text ?? '');
  return digits ? Number(digits[1]) % 0x1_0000_0000 : null;
}

/** @returns 0 or -errno */
export function xsWrite(c: Context, client: ClientName, path: string, value: string, tx?: number): number {
  const reply = xenstored.write(c, CONNECTION[client], path, value, tx);
  return reply.ok ? 0 : -ERRNO[reply.error];
}

export function xsExists(c: Context, client: ClientName, path: string): boolean {
  return xenstored.directory(c, CONNECTION[client], path).ok;
}

/** Names of a node's children; null if it cannot be read. */
export function xsChildren(c: Context, client: ClientName, path: string, tx?: number): readonly string[] | null {
  const reply = xenstored.directory(c, CONNECTION[client], path, tx);
  return reply.ok ? reply.value : null;
}

/** Removes a node and all below it. */
export function xsRemove(c: Context, client: ClientName, path: string, tx?: number): void {
  xenstored.rm(c, CONNECTION[client], path, tx);
}

/** @returns the transaction's id */
export function xsBegin(c: Context, client: ClientName): number {
  const reply = xenstored.transactionStart(c, CONNECTION[client]);
  return reply.ok ? reply.value : 0;
}

/** Commits. @returns 0, or -EAGAIN when somebody else changed what the transaction touched */
export function xsCommit(c: Context, client: ClientName, tx: number): number {
  const reply = xenstored.transactionEnd(c, CONNECTION[client], tx, true);
  return reply.ok ? 0 : -ERRNO[reply.error];
}

export function xsAbort(c: Context, client: ClientName, tx: number): void {
  xenstored.transactionEnd(c, CONNECTION[client], tx, false);
}

/** Requests that only the toolstack makes here. */
export const xsToolstack = {
  mkdir: (c: Context, client: ClientName, path: string, tx: number): void => {
    xenstored.mkdir(c, CONNECTION[client], path, tx);
  },
  setPerms: (c: Context, client: ClientName, path: string, perms: readonly string[], tx: number): void => {
    xenstored.setPerms(c, CONNECTION[client], path, perms, tx);
  },
  watch: (c: Context, client: ClientName, path: string, token: string): void => {
    xenstored.watch(c, CONNECTION[client], path, token);
  },
  unwatch: (c: Context, client: ClientName, path: string, token: string): void => {
    xenstored.unwatch(c, CONNECTION[client], path, token);
  },
  waiting: (c: Context, client: ClientName): boolean => pendingEvents(c, CONNECTION[client]).length > 0,
  take: (c: Context, client: ClientName): void => {
    for (const event of takeEvents(c, CONNECTION[client])) c.note({ kind: 'watch-taken', conn: client, path: event.path, callback: '' });
  },
} as const;

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

/** The number at an absolute path, seen without a request: only to decide whether a thread that polls may go on. */
export function xsPeekUnsigned(c: Context, path: string): number | null {
  return parseUnsigned(c.get(nodeSlot(path))?.value ?? null);
}
