import type { Value } from '../machine/value.ts';

/** Error names as xenstored puts them on the wire (Xen xs_wire.h, xsd_errors), in index order. */
export type XsError =
  | 'EINVAL' | 'EACCES' | 'EEXIST' | 'EISDIR' | 'ENOENT' | 'ENOMEM' | 'ENOSPC' | 'EIO'
  | 'ENOTEMPTY' | 'ENOSYS' | 'EROFS' | 'EBUSY' | 'EAGAIN' | 'EISCONN' | 'E2BIG' | 'EPERM';

/** One client of the daemon: a domain's ring, or a socket (which carries domain 0). */
export interface Connection {
  readonly id: string;
  readonly domid: number;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: XsError };

/** A node: its children are names, in order of creation; see permissions.ts for the entries of `perms`. */
export interface XsNode {
  readonly value: string;
  readonly perms: readonly string[];
  readonly children: readonly string[];
  readonly [key: string]: Value;
}

export interface WatchEvent {
  readonly path: string;
  readonly token: string;
  readonly [key: string]: Value;
}

/** Largest payload of a message in bytes (XENSTORE_PAYLOAD_MAX). */
export const PAYLOAD_MAX = 4096;
