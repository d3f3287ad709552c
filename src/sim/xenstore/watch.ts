import type { Context } from '../machine/context.ts';
import { slot, type Slot } from '../machine/slot.ts';
import type { Value } from '../machine/value.ts';
import { domainPath, isBelow, levelOf, parentOf } from './paths.ts';
import { READ, rightsOf } from './permissions.ts';
import { nodeSlot } from './tree.ts';
import { PAYLOAD_MAX, type Connection, type WatchEvent, type XsNode } from './types.ts';

export interface Watch {
  /** Absolute. */
  readonly path: string;
  readonly token: string;
  /** As the client gave it. */
  readonly shown: string;
  readonly relative: boolean;
  /** How many levels below its path it reaches (Xen 4.23); all, if undefined. */
  readonly depth?: number;
  readonly [key: string]: Value;
}

const watchSlots = new Map<string, Slot<readonly Watch[]>>();
const queueSlots = new Map<string, Slot<readonly WatchEvent[]>>();

/** The watches of a connection, oldest first; undefined when it has none. */
export function watchesSlot(conn: string): Slot<readonly Watch[]> {
  let found = watchSlots.get(conn);
  if (!found) watchSlots.set(conn, (found = slot(`xs:watches:${conn}`)));
  return found;
}

/** Events sent to a connection and not taken yet, oldest first; undefined when there are none. */
export function queueSlot(conn: string): Slot<readonly WatchEvent[]> {
  let found = queueSlots.get(conn);
  if (!found) queueSlots.set(conn, (found = slot(`xs:queue:${conn}`)));
  return found;
}

/** Every connection, in the order in which they were made: the order in which watches are looked at. */
export const connectionsSlot: Slot<readonly { readonly id: string; readonly domid: number }[]> =
  slot('xs:connections');

/**
 * Queues an event. Not if it would not fit a message, and not if the same one (path and token) waits there
 * already; special names are exempt from the latter.
 */
export function sendEvent(c: Context, conn: Connection, path: string, token: string): void {
  if (path.length + token.length + 2 > PAYLOAD_MAX) return;
  const queue = c.get(queueSlot(conn.id));
  const waits = path[0] !== '@' && queue?.some((event) => event.path === path && event.token === token);
  if (waits) return;
  const event = { path, token };
  c.set(queueSlot(conn.id), queue ? [...queue, event] : [event]);
  if (c.listening) c.note({ kind: 'event', conn: conn.id, path, token });
}

/**
 * The path that an event on `path` carries for a watch: cut at the domain's own path if the watch is
 * relative.
 */
export function eventPath(conn: Connection, watch: Watch, path: string): string {
  return watch.relative ? path.slice(domainPath(conn.domid).length + 1) : path;
}

/** A change that watches may want to hear of. */
export interface Change {
  readonly path: string;
  /** True for what goes down with its ancestor: only watches on exactly this path hear of it. */
  readonly exact: boolean;
  /** As it is now, or was when it was removed; undefined if a commit finds it gone. */
  readonly node: XsNode | undefined;
  /** Its permissions before the change, where the daemon knows them (SET_PERMS and commits). */
  readonly before: readonly string[] | undefined;
}

/** Sends the events of one change, connection by connection. */
export function fireWatches(c: Context, change: Change): void {
  for (const conn of c.get(connectionsSlot) ?? []) {
    const watches = c.get(watchesSlot(conn.id));
    if (!watches || !watches.some((watch) => concerns(watch, change))) continue;
    if (!maySee(c, conn, change)) continue;
    for (const watch of watches) {
      if (concerns(watch, change)) sendEvent(c, conn, eventPath(conn, watch, change.path), watch.token);
    }
  }
}

function concerns(watch: Watch, change: Change): boolean {
  if (change.exact) return watch.path === change.path;
  if (!isBelow(change.path, watch.path)) return false;
  return watch.depth === undefined || levelOf(change.path) - levelOf(watch.path) <= watch.depth;
}

/** One of these suffices: the right to read the node as it was, as it is, or its parent. */
function maySee(c: Context, conn: Connection, { path, node, before }: Change): boolean {
  if (before && rightsOf(conn.domid, before) & READ) return true;
  if (!node) return false;
  if (rightsOf(conn.domid, node.perms) & READ) return true;
  const parent = c.get(nodeSlot(parentOf(path)));
  return parent !== undefined && (rightsOf(conn.domid, parent.perms) & READ) !== 0;
}
