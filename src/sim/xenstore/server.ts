/**
 * xenstored, the C daemon of Xen 4.23, as far as devices use it: one call is one request with its reply, and
 * one shared access. Events that a request causes are queued before its reply; the first event of a new watch
 * comes after.
 */
import type { Context } from '../machine/context.ts';
import type { Value } from '../machine/value.ts';
import { canonical, isRelative, parentOf } from './paths.ts';
import { DOMID_ANY, normalised, OWNER, ownerOf, READ, WRITE } from './permissions.ts';
import { privileged, QUOTA } from './quota.ts';
import {
  closeTransaction,
  commit,
  findTransaction,
  openTransaction,
  StoreView,
  TransactionView,
  txSlot,
} from './transaction.ts';
import { create, find, removeTree, store, type View } from './tree.ts';
import { PAYLOAD_MAX, type Connection, type Result, type WatchEvent, type XsError } from './types.ts';
import { connectionsSlot, eventPath, queueSlot, sendEvent, watchesSlot, type Watch } from './watch.ts';

export type { Connection, Result, WatchEvent, XsError, XsNode } from './types.ts';
export { connect, plant } from './setup.ts';
export { nodeSlot, writerSlot } from './tree.ts';
export { connectionsSlot, queueSlot, watchesSlot } from './watch.ts';
export { txSlot } from './transaction.ts';

const DONE: Result<null> = { ok: true, value: null };

function refuse(error: XsError): { readonly ok: false; readonly error: XsError } {
  return { ok: false, error };
}

interface Details {
  readonly [key: string]: Value;
}

/** Reports a request and its reply: `path` as given, `node` the absolute path that it means. */
function report(c: Context, conn: Connection, op: string, result: Result<Value>, more: Details): void {
  if (!c.listening) return;
  const { path } = more;
  const node = typeof path === 'string' ? canonical(conn.domid, path) : undefined;
  const error = result.ok ? undefined : result.error;
  c.note({ kind: 'xs', op, conn: conn.id, ...more, node, ok: result.ok, error });
}

interface NodeRequest {
  readonly op: string;
  readonly path: string;
  /** Transaction; 0 and undefined are none. */
  readonly tx: number | undefined;
  /** What the report shows as its value; that of the reply if undefined. */
  readonly value?: Value;
  /** Are special names (with a leading @) taken? */
  readonly special?: boolean;
  /** Looked at before the path. */
  readonly check?: () => XsError | undefined;
}

/** Runs a request on a node, in the store or in a transaction. */
function serve<T extends Value>(
  c: Context,
  conn: Connection,
  request: NodeRequest,
  act: (view: View, path: string) => Result<T>,
): Result<T> {
  c.enter();
  const { op, path, tx } = request;
  const open = tx ? findTransaction(c, conn, tx) : undefined;
  const wrong = tx && !open ? 'ENOENT' : request.check?.();
  const absolute = path[0] === '@' && !request.special ? undefined : canonical(conn.domid, path);
  let result: Result<T>;
  if (wrong) result = refuse(wrong);
  else if (absolute === undefined) result = refuse('EINVAL');
  else if (open) {
    const view = new TransactionView(c, conn, open);
    result = act(view, absolute);
    view.save();
  } else result = act(new StoreView(c, conn), absolute);
  if (c.listening) {
    const value = request.value ?? (result.ok ? (result.value ?? undefined) : undefined);
    report(c, conn, op, result, { path, value, tx });
  }
  c.leave();
  return result;
}

/** Runs a request that is about no node. */
function control<T extends Value>(
  c: Context,
  conn: Connection,
  op: string,
  more: Details,
  act: () => Result<T>,
): Result<T> {
  c.enter();
  const result = act();
  report(c, conn, op, result, more);
  c.leave();
  return result;
}

/** Does the hypervisor know that domain? Here: it is dom0, the wildcard, or has a connection. */
function domainExists(c: Context, domid: number): boolean {
  if (domid === 0 || domid === DOMID_ANY) return true;
  return (c.get(connectionsSlot) ?? []).some((conn) => conn.domid === domid);
}

/**
 * The requests. Paths are absolute, or relative to the caller's /local/domain/<n>; bad ones give EINVAL, an
 * unknown transaction ENOENT. A node that is absent or not permitted gives EACCES, or ENOENT to who has the
 * same right to its nearest existing ancestor.
 */
export const xenstored = {
  read(c: Context, conn: Connection, path: string, tx?: number): Result<string> {
    return serve(c, conn, { op: 'READ', path, tx }, (view, at) => {
      const node = find(view, at, READ);
      return typeof node === 'string' ? refuse(node) : { ok: true, value: node.value };
    });
  },

  /**
   * Makes missing ancestors. Writing the same value still fires watches. ENOSPC: over a guest's node size.
   */
  write(c: Context, conn: Connection, path: string, value: string, tx?: number): Result<null> {
    return serve(c, conn, { op: 'WRITE', path, tx, value }, (view, at) => {
      const old = find(view, at, WRITE);
      if (old === 'ENOENT') return made(view, at, value);
      if (typeof old === 'string') return refuse(old);
      const node = { ...old, value };
      const error = store(view, at, node);
      if (error) return refuse(error);
      view.fire(at, false, node);
      return DONE;
    });
  },

  /** Nothing happens, and no watch fires, if the node exists. */
  mkdir(c: Context, conn: Connection, path: string, tx?: number): Result<null> {
    return serve(c, conn, { op: 'MKDIR', path, tx }, (view, at) => {
      const old = find(view, at, WRITE);
      if (old === 'ENOENT') return made(view, at, '');
      return typeof old === 'string' ? refuse(old) : DONE;
    });
  },

  /** Removes a subtree; only its top needs write permission. An absent node is fine if its parent exists. */
  rm(c: Context, conn: Connection, path: string, tx?: number): Result<null> {
    return serve(c, conn, { op: 'RM', path, tx }, (view, at) => {
      const node = find(view, at, WRITE);
      if (node === 'ENOENT') return view.read(parentOf(at)) ? DONE : refuse('ENOENT');
      if (typeof node === 'string') return refuse(node);
      if (at === '/') return refuse('EINVAL');
      const error = removeTree(view, at);
      return error ? refuse(error) : DONE;
    });
  },

  /** Names of the children in order of creation. E2BIG: the list does not fit a message. */
  directory(c: Context, conn: Connection, path: string, tx?: number): Result<readonly string[]> {
    return serve(c, conn, { op: 'DIRECTORY', path, tx }, (view, at) => {
      const node = find(view, at, READ);
      if (typeof node === 'string') return refuse(node);
      let bytes = 0;
      for (const name of node.children) bytes += name.length + 1;
      return bytes > PAYLOAD_MAX ? refuse('E2BIG') : { ok: true, value: node.children };
    });
  },

  getPerms(c: Context, conn: Connection, path: string, tx?: number): Result<readonly string[]> {
    return serve(c, conn, { op: 'GET_PERMS', path, tx, special: true }, (view, at) => {
      const node = find(view, at, READ);
      return typeof node === 'string' ? refuse(node) : { ok: true, value: node.perms };
    });
  },

  /**
   * Entries are a letter (n, r, w, b) and a domain id; the first names the owner and everybody else's right.
   * EINVAL: none, or malformed; ENOSPC: too many for a guest; ENOENT: no such first domain; EPERM: a guest
   * may not give its node away.
   */
  setPerms(c: Context, conn: Connection, path: string, perms: readonly string[], tx?: number): Result<null> {
    const check = (): XsError | undefined => checkPerms(c, conn, perms);
    return serve(c, conn, { op: 'SET_PERMS', path, tx, value: perms, special: true, check }, (view, at) => {
      const node = find(view, at, WRITE | OWNER);
      if (typeof node === 'string') return refuse(node);
      const list = perms.map((entry) => normalised(entry)!);
      if (!privileged(conn.domid) && ownerOf(list) !== ownerOf(node.perms)) return refuse('EPERM');
      const now = { ...node, perms: list };
      const error = store(view, at, now);
      if (error) return refuse(error);
      view.fire(at, false, now, node.perms);
      return DONE;
    });
  },

  /**
   * The first event follows at once, with the path as given, whether or not the node exists. EEXIST: a
   * duplicate; ENOSPC: too many for a guest; EINVAL also for a negative `depth` (levels below the path; all,
   * if left out).
   */
  watch(c: Context, conn: Connection, path: string, token: string, depth?: number): Result<null> {
    c.enter();
    const watches = c.get(watchesSlot(conn.id)) ?? [];
    const absolute = canonical(conn.domid, path);
    let result: Result<null> = DONE;
    if (absolute === undefined || (depth ?? 0) < 0) result = refuse('EINVAL');
    else if (watches.some((old) => old.path === absolute && old.token === token)) result = refuse('EEXIST');
    else if (!privileged(conn.domid) && watches.length >= QUOTA.watches) result = refuse('ENOSPC');
    report(c, conn, 'WATCH', result, { path, token });
    if (absolute !== undefined && result.ok) {
      const base: Watch = { path: absolute, token, shown: path, relative: isRelative(path) };
      const watch = depth === undefined ? base : { ...base, depth };
      c.set(watchesSlot(conn.id), [...watches, watch]);
      sendEvent(c, conn, eventPath(conn, watch, absolute), token);
    }
    c.leave();
    return result;
  },

  /** ENOENT: no such watch. Events already queued stay queued. */
  unwatch(c: Context, conn: Connection, path: string, token: string): Result<null> {
    return control(c, conn, 'UNWATCH', { path, token }, () => {
      const absolute = canonical(conn.domid, path);
      if (absolute === undefined) return refuse('EINVAL');
      const watches = c.get(watchesSlot(conn.id)) ?? [];
      const rest = watches.filter((watch) => watch.path !== absolute || watch.token !== token);
      if (rest.length === watches.length) return refuse('ENOENT');
      c.set(watchesSlot(conn.id), rest.length > 0 ? rest : undefined);
      return DONE;
    });
  },

  /** Drops the connection's watches and transactions. */
  resetWatches(c: Context, conn: Connection): Result<null> {
    return control(c, conn, 'RESET_WATCHES', {}, () => {
      c.set(watchesSlot(conn.id), undefined);
      c.set(txSlot(conn.id), undefined);
      return DONE;
    });
  },

  /** EBUSY: inside transaction `tx`; ENOSPC: too many open for a guest. @returns the id */
  transactionStart(c: Context, conn: Connection, tx?: number): Result<number> {
    return control(c, conn, 'TRANSACTION_START', { tx }, () => {
      if (tx) return refuse(findTransaction(c, conn, tx) ? 'EBUSY' : 'ENOENT');
      const open = c.get(txSlot(conn.id))?.length ?? 0;
      if (!privileged(conn.domid) && open >= QUOTA.transactions) return refuse('ENOSPC');
      return { ok: true, value: openTransaction(c, conn) };
    });
  },

  /**
   * EAGAIN: somebody changed a node that the transaction had accessed; nothing is applied and the id is gone.
   */
  transactionEnd(c: Context, conn: Connection, tx: number, commits: boolean): Result<null> {
    return control(c, conn, 'TRANSACTION_END', { tx, value: commits ? 'T' : 'F' }, () => {
      const found = findTransaction(c, conn, tx);
      if (!found) return refuse('ENOENT');
      closeTransaction(c, conn, found);
      const error = commits ? commit(c, conn, found) : undefined;
      return error ? refuse(error) : DONE;
    });
  },
};

function checkPerms(c: Context, conn: Connection, perms: readonly string[]): XsError | undefined {
  if (perms.length === 0) return 'EINVAL';
  if (!privileged(conn.domid) && perms.length > QUOTA.permissions) return 'ENOSPC';
  if (perms.some((entry) => normalised(entry) === undefined)) return 'EINVAL';
  return domainExists(c, ownerOf(perms)) ? undefined : 'ENOENT';
}

function made(view: View, path: string, value: string): Result<null> {
  const node = create(view, path, value);
  if (typeof node === 'string') return refuse(node);
  view.fire(path, false, node);
  return DONE;
}

/** The events that wait for a connection, oldest first. */
export function pendingEvents(c: Context, conn: Connection): readonly WatchEvent[] {
  return c.get(queueSlot(conn.id)) ?? [];
}

/** Takes all the events that wait for a connection. */
export function takeEvents(c: Context, conn: Connection): readonly WatchEvent[] {
  c.enter();
  const events = pendingEvents(c, conn);
  c.set(queueSlot(conn.id), undefined);
  c.leave();
  return events;
}

/** Forgets the events of one watch that a client reads and finds nobody for: to it they are as if they had not come. */
export function dropEvents(c: Context, conn: Connection, token: string): void {
  c.enter();
  const left = pendingEvents(c, conn).filter((event) => event.token !== token);
  c.set(queueSlot(conn.id), left.length > 0 ? left : undefined);
  c.leave();
}
