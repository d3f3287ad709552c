import { nameOf, xenPublic } from './cite.ts';
import type { ConstantTable } from './cite.ts';
import { bytes, struct } from './layout.ts';

const cite = xenPublic('io/xs_wire.h');

/** Bytes of each of the two byte rings; position = index & (size - 1). */
export const XENSTORE_RING_SIZE = 1024;
/** Payload bytes of one message, at most. */
export const XENSTORE_PAYLOAD_MAX = 4096;
export const XENSTORE_ABS_PATH_MAX = 3072;
export const XENSTORE_REL_PATH_MAX = 2048;

/** Header before every message; `len` counts the payload only. */
export const xsdSockmsg = struct('struct xsd_sockmsg', cite, {
  type: 'u32', req_id: 'u32', tx_id: 'u32', len: 'u32',
});

/** The page that a domain shares with the store. */
export const xenstoreDomainInterface = struct('struct xenstore_domain_interface', cite, {
  req: bytes(XENSTORE_RING_SIZE), rsp: bytes(XENSTORE_RING_SIZE),
  req_cons: 'u32', req_prod: 'u32', rsp_cons: 'u32', rsp_prod: 'u32',
  server_features: 'u32', connection: 'u32', error: 'u32', evtchn_port: 'u32',
});

/** Message types. 20 was RESTRICT and is gone; TYPE_COUNT is one past the last. */
export const XS = {
  CONTROL: 0, DIRECTORY: 1, READ: 2, GET_PERMS: 3, WATCH: 4, UNWATCH: 5, TRANSACTION_START: 6,
  TRANSACTION_END: 7, INTRODUCE: 8, RELEASE: 9, GET_DOMAIN_PATH: 10, WRITE: 11, MKDIR: 12, RM: 13,
  SET_PERMS: 14, WATCH_EVENT: 15, ERROR: 16, IS_DOMAIN_INTRODUCED: 17, RESUME: 18, SET_TARGET: 19,
  RESET_WATCHES: 21, DIRECTORY_PART: 22, GET_FEATURE: 23, SET_FEATURE: 24, GET_QUOTA: 25, SET_QUOTA: 26,
  TYPE_COUNT: 27, INVALID: 0xffff,
} as const;
export type XsName = keyof typeof XS;

/** The name of a message type, or undefined when the number is none. */
export function xsTypeName(type: number): XsName | undefined {
  return nameOf(XS, type);
}

export const XENSTORE_SERVER_FEATURE = { RECONNECTION: 1, ERROR: 2, WATCHDEPTH: 4, DOMID_ANY: 8 } as const;
/** Values of the field `connection`. */
export const XENSTORE_CONNECTION = { CONNECTED: 0, RECONNECT: 1 } as const;
/** Values of the field `error`. */
export const XENSTORE_ERROR = { NONE: 0, COMM: 1, RINGIDX: 2, PROTO: 3 } as const;

/** The error names that can stand in an ERROR reply, in the order of the header's table. */
export const xsErrors = [
  'EINVAL', 'EACCES', 'EEXIST', 'EISDIR', 'ENOENT', 'ENOMEM', 'ENOSPC', 'EIO', 'ENOTEMPTY', 'ENOSYS', 'EROFS',
  'EBUSY', 'EAGAIN', 'EISCONN', 'E2BIG', 'EPERM',
] as const;

export const xsWireStructs = [xsdSockmsg, xenstoreDomainInterface];

export const xsWireConstants: readonly ConstantTable[] = [
  { prefix: 'XS_', cite, values: XS },
  { prefix: 'XENSTORE_SERVER_FEATURE_', cite, values: XENSTORE_SERVER_FEATURE },
  { prefix: 'XENSTORE_', cite, values: XENSTORE_CONNECTION },
  { prefix: 'XENSTORE_ERROR_', cite, values: XENSTORE_ERROR },
  {
    prefix: '', cite,
    values: { XENSTORE_RING_SIZE, XENSTORE_PAYLOAD_MAX, XENSTORE_ABS_PATH_MAX, XENSTORE_REL_PATH_MAX },
  },
];
